"""Every insight over 100,000 plays, beside the shortest DuckDB query and the Polars one that give the same rows.

    python -m bench insights                       all of them
    python -m bench.insights [--plays 100000] [--rounds 9] [NAME ...]

Interleaved in one run, medians; only the ratios mean anything across machines, and where others use it too, those of
the time on the processors rather than on the clock. The hand-written ones (`by_hand`) read the same prepared view in
the same DuckDB, or the same rows in frames of Polars, and give the same rows without coverage, exclusions and the ids
behind them; that the rows agree is asserted first. Where an insight is numerics over a reduced table, theirs are the
shortest query for that table and plain calls of the same libraries. Ours is warm: the view is made, and what stands
behind a selection (n, coverage, exclusions) is kept after the first answer about it; the answer itself is forgotten
each time. The first answer, marks included, is timed apart.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.by_hand import PEERS
from bench.by_hand.peer import Frames, Peer, Prepared, agree
from bench.history import ZONE, history
from watchprint import insights

BAR = 1.5


def medians_ms(calls: dict[str, Callable[[], Any]], rounds: int) -> dict[str, tuple[float, float]]:
    """The medians of each call on the clock and on the processors, all calls taken in turn."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            start, worked = time.perf_counter(), time.process_time()
            call()
            seen[name].append(((time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000))
    return {name: (_median(values, 0), _median(values, 1)) for name, values in seen.items()}


def _median(values: list[tuple[float, float]], place: int) -> float:
    return statistics.median(each[place] for each in values)


def calls_of(peer: Peer, lens: Any, prepared: Prepared, frames: Frames) -> dict[str, Callable[[], Any]]:
    """Ours, and the hand-written ones, whose rows are the same.

    Raises:
        AssertionError: their rows are not the same.
    """

    def ours() -> Any:
        lens.forget_answers()
        return lens.ask(peer.name, zone=ZONE)

    calls: dict[str, Callable[[], Any]] = {"ours": ours}
    calls |= {"DuckDB": partial(peer.by_duck, prepared), "Polars": partial(peer.polars, frames)}
    told = peer.ours(ours())
    for each in ("DuckDB", "Polars"):
        if not told or not agree(told, calls[each]()):
            raise AssertionError(f"The rows of {peer.name} and those by {each} are not the same.")
    return calls


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--plays", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args(arguments)
    tables = history(asked.plays)
    start = time.perf_counter()
    lens = insights.prepared(plays=tables.plays, titles=tables.titles, ratings=tables.ratings)
    load_s = time.perf_counter() - start
    start = time.perf_counter()
    lens.ask("by-year", zone=ZONE)
    first_s = time.perf_counter() - start
    prepared = Prepared(tables)
    frames = Frames(prepared)
    print(f"{asked.plays:,} plays, {tables.titles.num_rows:,} titles, {tables.ratings.num_rows:,} ratings")
    print(f"loaded in {load_s:.2f} s, first answer (marks made) {first_s:.2f} s; medians of {asked.rounds}\n")
    print(f"{'':<12}{'on the clock':>33}{'ours of':>20}{'(processors)':>16}")
    print(
        f"{'insight':<12}{'ours':>11}{'DuckDB':>11}{'Polars':>11}{'DuckDB':>11}{'Polars':>9}{'DuckDB':>9}{'Polars':>7}"
    )
    over = []
    for peer in PEERS:
        if asked.names and peer.name not in asked.names:
            continue
        ms = medians_ms(calls_of(peer, lens, prepared, frames), asked.rounds)
        took = "".join(f"{clock:>8.1f} ms" for clock, _ in ms.values())
        ratios = [ms["ours"][place] / ms[each][place] for place in (0, 1) for each in ("DuckDB", "Polars")]
        over += [peer.name] if ratios[0] > BAR else []
        print(f"{peer.name:<12}{took}" + "".join(f"{ratio:>8.2f}x" for ratio in ratios), flush=True)
    print(f"\nover {BAR}x of DuckDB on the clock: {', '.join(over) or 'none'}")


def run() -> None:
    """Measure with the defaults and print, as `python -m bench` does."""
    main([])


if __name__ == "__main__":
    main()
