"""What other processes do with a token file; run as `python -m tests.trakt.holding WHAT PATH …`."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from watchprint.trakt.clock import SystemClock
from watchprint.trakt.drivers.with_httpx2 import BlockingHttpx2
from watchprint.trakt.errors import TraktError
from watchprint.trakt.ports import Application
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import FileTokens, Tokens

PADDING = "x" * 900
"""Tokens are long: a pair that is cut would be noticed."""


def pair(number: int) -> Tokens:
    """A pair whose two tokens tell that they belong together."""
    return Tokens(f"a{number}-{PADDING}", f"r{number}-{PADDING}")


def runner(path: Path, url: str) -> BlockingRunner:
    """A client of that server with the tokens in this file."""
    app = Application("the-client-id", "the-client-secret", api_url=url, auth_url=url)
    return BlockingRunner(Session(app, SystemClock()), BlockingHttpx2(5.0), FileTokens(path))


def replace_for_ever(path: Path) -> None:
    """One new pair after the other, as fast as the disk allows."""
    source = FileTokens(path)
    print("ready", flush=True)
    while True:
        with source.lock():
            held = source.current()
            number = int(held.access_token.partition("-")[0][1:])
            source.renewed(held, pair(number + 1))


def refresh_for_ever(path: Path, url: str) -> None:
    """One real refresh after the other, until the pair is spent and lost."""
    client = runner(path, url)
    print("ready", flush=True)
    while True:
        client.renewed(FileTokens(path).current().access_token)


def refresh(path: Path, url: str, times: str) -> None:
    """So many refreshes, together with everybody else."""
    client = runner(path, url)
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(int(times)):
        client.renewed(FileTokens(path).current().access_token)


def renew_on_a_full_disk(path: Path, url: str, most_bytes: str) -> None:
    """One refresh where no file may grow beyond so many bytes."""
    client, held = runner(path, url), FileTokens(path).current()
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), int(most_bytes)))
    try:
        client.renewed(held.access_token)
    except TraktError as error:
        print(type(error).__name__, error)


def count(path: Path, counter: str, times: str) -> None:
    """Add to a number in a file, each time under the lock."""
    source, file = FileTokens(path), Path(counter)
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(int(times)):
        with source.lock():
            number = int(file.read_text())
            file.write_text(str(number + 1))


def fork(path: Path) -> None:
    """Fork under the lock, leave it, and see whether it can be had while the child still lives."""
    source, (reading, writing) = FileTokens(path), os.pipe()
    with source.lock():
        child = os.fork()
        if child == 0:
            os.read(reading, 1)
            os._exit(0)
    signal.signal(signal.SIGALRM, lambda *_: (print("held", flush=True), os.write(writing, b"x"), os._exit(0)))
    signal.alarm(5)
    with source.lock():
        print("free")
    os.write(writing, b"x")
    os.waitpid(child, 0)


DOINGS: dict[str, Callable[..., None]] = {
    "replace": replace_for_ever,
    "refresh-for-ever": refresh_for_ever,
    "refresh": refresh,
    "full": renew_on_a_full_disk,
    "count": count,
    "fork": fork,
}

if __name__ == "__main__":
    DOINGS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
