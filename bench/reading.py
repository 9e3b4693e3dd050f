"""Reading 25,000 plays from a local Trakt: ours on both faces and both drivers, beside peers and bare loops.

Every contender is a process of its own that reads when it is told to, in turn, in one run; what it read is compared
with the server's state. Peers are installed into environments of their own. Never asks anything but loopback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.peers import environment

PLAYS = 25_000
ROOT = Path(__file__).parents[1]


@dataclass(slots=True)
class Contender:
    """One way to read.

    Args:
        name: How it is called in the table.
        script: Its module in contenders/.
        arguments: What the script takes.
        peer: The distribution that it needs, in an environment of its own; None: this one.
    """

    name: str
    script: str
    arguments: tuple[str, ...] = ()
    peer: str | None = None
    seconds: list[float] = field(default_factory=list)


def contenders(abreast: int = 4) -> list[Contender]:
    """All of them, ours first."""
    n = str(abreast)
    return [
        Contender("ours, blocking, httpx2", "ours", ("blocking", "httpx2", n)),
        Contender("ours, async, httpx2", "ours", ("async", "httpx2", n)),
        Contender("ours, blocking, pyreqwest", "ours", ("blocking", "pyreqwest", n)),
        Contender("ours, async, pyreqwest", "ours", ("async", "pyreqwest", n)),
        Contender("bare loop, blocking, httpx2", "bare", ("httpx2", "blocking")),
        Contender("bare loop, async, httpx2", "bare", ("httpx2", "async")),
        Contender("bare loop, blocking, pyreqwest", "bare", ("pyreqwest", "blocking")),
        Contender("bare loop, async, pyreqwest", "bare", ("pyreqwest", "async")),
        Contender("pytrakt", "with_pytrakt", (), "pytrakt"),
        Contender("trakt.py", "with_trakt_py", (), "trakt-py"),
    ]


def run(rounds: int = 9, delayed_rounds: int = 3) -> None:
    """Measure and print."""
    with _sandbox() as trakt:
        print(f"Reading {PLAYS:,} plays (100 pages of 250), medians of {rounds}, interleaved")
        plain = _measured(trakt, contenders(), rounds)
        _table(plain)
        _ratios(plain)
        _control(trakt, "faults", {"kind": "slow", "match": {"path": "/sync/history*"}, "times": 10**6, "delay_s": 0.1})
        print(f"\nThe same with 100 ms added to each answer, medians of {delayed_rounds}")
        delayed = _measured(trakt, contenders(), delayed_rounds)
        wide = [
            Contender("ours, blocking, httpx2, 8 abreast", "ours", ("blocking", "httpx2", "8")),
            Contender("ours, async, httpx2, 8 abreast", "ours", ("async", "httpx2", "8")),
        ]
        _table([*delayed, *_measured(trakt, wide, delayed_rounds)])


def _measured(trakt: dict[str, Any], all_of_them: list[Contender], rounds: int) -> list[Contender]:
    """Each contender's times; every read must equal what the server has."""
    with ExitStack() as stack:
        processes = [stack.enter_context(_process(contender, trakt)) for contender in all_of_them]
        for turn in range(rounds + 1):
            for contender, process in zip(all_of_them, processes, strict=True):
                read = _tell(process, contender)
                if (read["rows"], read["sum"]) != (PLAYS, trakt["sum"]):
                    raise SystemExit(f"{contender.name} read {read['rows']} rows that are not the server's")
                if turn:
                    contender.seconds.append(read["seconds"])
    return all_of_them


def _tell(process: subprocess.Popen[str], contender: Contender) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("read\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"{contender.name} has ended")
    read: dict[str, Any] = json.loads(line)
    return read


@contextmanager
def _process(contender: Contender, trakt: dict[str, Any]) -> Generator[subprocess.Popen[str]]:
    python = environment(contender.peer) if contender.peer else sys.executable
    command = [python, "-m", f"bench.contenders.{contender.script}", *contender.arguments]
    env = {**os.environ, "BENCH_TRAKT": json.dumps(trakt), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def _sandbox() -> Generator[dict[str, Any]]:
    """A sandbox without rate limits, with a user of 25,000 plays, and what its history adds up to."""
    command = [sys.executable, "-m", "watchprint", "sandbox", "--port", "0", "--rate-limits", "off"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            trakt: dict[str, Any] = json.loads(process.stdout.readline())
            user = _control(trakt, "users", {"slug": "reader", "plays": PLAYS, "vip": True})
            state = _control(trakt, "users/reader")
            yield {**trakt, "user": user, "sum": sum(play["id"] for play in state["history"])}
        finally:
            process.terminate()


def _control(trakt: dict[str, Any], call: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{trakt['base_url']}/__sandbox__/{call}", data=data)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _table(measured: Sequence[Contender]) -> None:
    for contender in measured:
        middle = median(contender.seconds)
        spread = f"{min(contender.seconds):.3f}-{max(contender.seconds):.3f}"
        print(f"  {contender.name:36} {middle:7.3f} s   {PLAYS / middle:9,.0f} rows/s   ({spread})")


def _ratios(measured: Sequence[Contender]) -> None:
    """The bars of the specification, as ratios of this run."""
    middle = {contender.name: median(contender.seconds) for contender in measured}
    peer = middle["pytrakt"]
    for driver, bar in (("httpx2", 1.3), ("pyreqwest", 2.0)):
        for face in ("blocking", "async"):
            bare = middle[f"bare loop, {face}, {driver}"]
            ours = middle[f"ours, {face}, {driver}"]
            print(
                f"  {face:8} {driver:9}: {bare / ours:5.2f} x the bare loop (bar 0.8)   "
                f"{peer / ours:5.2f} x pytrakt (bar {bar})   {middle['trakt.py'] / ours:5.2f} x trakt.py"
            )
