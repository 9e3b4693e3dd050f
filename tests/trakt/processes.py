"""Other processes, begun together and never left running."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[str]


@contextmanager
def doing(*words: object, how_many: int = 1) -> Generator[list[Process]]:
    """Processes that each are ready for what the words say (tests/trakt/holding.py)."""
    command = [sys.executable, "-m", "tests.trakt.holding", *map(str, words)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(how_many)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate()
        yield running
    finally:
        for process in running:
            process.kill()
            process.communicate()


def go(running: list[Process]) -> None:
    """Let them all begin at once, and wait until they are done."""
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


def said(*words: object) -> str:
    """What one process prints that does its work and ends."""
    command = [sys.executable, "-m", "tests.trakt.holding", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
