"""The demo's own sandbox: the one of the demo's home, which ends with the demo, however that ends.

Its state is kept, so that the next demo goes on where this one ended. Knows nothing of what is shown.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import signal
import threading
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from watchprint.cli.exits import Exit
from watchprint.sandbox import background
from watchprint.trakt.errors import NotConfigured

IDLE_EXIT_S: Final = 10
"""The sandbox of a demo that was killed ends by itself after so long; one that lives holds a request."""
LOOK_S: Final = 1.0


class Desk:
    """A running sandbox and what it said of itself.

    Args:
        home: The demo's home, whose sandbox it is.
        greeting: Addresses, application and users.
    """

    def __init__(self, home: Path, greeting: dict[str, Any]) -> None:
        self.home = home
        self.greeting = greeting
        self.base_url: str = greeting["base_url"]

    def approve(self, user_code: str, slug: str) -> None:
        """Do what the user would do in the browser."""
        body = json.dumps({"user_code": user_code, "user": slug}).encode()
        request = urllib.request.Request(f"{self.base_url}/__sandbox__/approve", body)
        request.add_header("Content-Type", "application/json")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10):
            pass

    def wait(self) -> None:
        """Return when the sandbox has ended."""
        while background.running(self.home) is not None:
            time.sleep(LOOK_S)


@contextmanager
def desk(home: Path, seed: int) -> Generator[Desk]:
    """A sandbox with the demo user, for the length of the block.

    Raises:
        NotConfigured: The home cannot be written, another demo uses it, or the sandbox does not start.
    """
    with _alone(home), ended_by_signal():
        try:
            try:
                greeting = background.ensure(home, idle_exit_s=IDLE_EXIT_S, seed=seed)
            except background.BackgroundFailed as error:
                raise NotConfigured(str(error)) from error
            yield Desk(home, greeting)
        finally:
            _end(home)


@contextmanager
def _alone(home: Path) -> Generator[None]:
    """One demo at a time in a home: the second would lose its sandbox when the first ends."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (home / "demo.lock").open("wb")
    except OSError as error:
        raise NotConfigured(
            f"the demo cannot write its folder {home} ({error.strerror}): set WATCHPRINT_HOME to a folder of your own"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotConfigured(
                f"another demo is at work in {home}: end it, or take another --seed or WATCHPRINT_HOME"
            ) from None
        yield


def _end(home: Path) -> None:
    """End the sandbox, and not be kept from it by a second Ctrl-C."""
    try:
        background.stop(home)
    except KeyboardInterrupt:
        background.stop(home)


@contextmanager
def ended_by_signal() -> Generator[None]:
    """Within the block, SIGTERM and a closed terminal end this process in order, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _end_in_order) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            with contextlib.suppress(TypeError):
                signal.signal(number, handler)


def _end_in_order(number: int, frame: FrameType | None) -> None:
    raise SystemExit(Exit.TERMINATED)
