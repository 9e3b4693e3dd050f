"""How quick the sandbox is: its catalogues beside the bare decoding of their files, the demo user, 100,000 plays.

The large catalogue is measured where the reference material lies beside the checkout.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from watchprint.sandbox.catalogue import builtin, load_folder
from watchprint.sandbox.life import add_user, demo_user
from watchprint.sandbox.server import SandboxServer
from watchprint.sandbox.serving.options import ServerOptions
from watchprint.sandbox.state import State

LARGE = Path(__file__).parents[2] / "shared" / "catalog"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def run(rounds: int = 9) -> None:
    """Measure and print."""
    catalogue = builtin()
    _print("ready in-process, shipped titles (bar 0.5 s)", _seconds(_started, rounds))
    _print("shipped catalogue", _seconds(builtin.__wrapped__, rounds))
    _print("demo user", _seconds(lambda: demo_user(State(seed=1), catalogue, seed=1, now=NOW), rounds))
    big = _seconds(lambda: add_user(State(seed=1), catalogue, slug="big", plays=100_000, now=NOW), rounds)
    _print("user of 100,000 plays (bar 5 s)", big)
    if LARGE.is_dir():
        bare, ours = _seconds(_decoded, rounds), _seconds(lambda: load_folder(LARGE), rounds)
        _print("large catalogue (bar 2 s)", ours)
        print(f"  {'':46} {ours / bare:6.1f} x the bare decoding of its files")


def _started() -> None:
    server = SandboxServer(ServerOptions(port=0, demo=False))
    server.start()
    server.stop()


def _decoded() -> list[Any]:
    import pyarrow.parquet as pq

    return [pq.read_table(path).to_pylist() for path in sorted(LARGE.glob("*.parquet"))]


def _seconds(deed: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began_s = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - began_s)
    return median(taken)


def _print(what: str, seconds: float) -> None:
    print(f"  {what:46} {seconds:6.3f} s")
