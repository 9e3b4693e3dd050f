"""The demo's own sandbox: a process that ends with the demo, however that ends. Knows nothing of what is shown."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from watchprint.cli.exits import Exit
from watchprint.trakt.errors import NotConfigured

IDLE_EXIT_S: Final = 10
"""The sandbox of a demo that was killed ends by itself after so long; one that lives holds a request."""
END_S: Final = 10


class Desk:
    """A running sandbox and what it said of itself.

    Args:
        process: It.
        greeting: Addresses, application and users.
    """

    def __init__(self, process: subprocess.Popen[bytes], greeting: dict[str, Any]) -> None:
        self._process = process
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
        self._process.wait()


@contextmanager
def desk(folder: Path, seed: int) -> Generator[Desk]:
    """A sandbox with the demo user, for the length of the block.

    Raises:
        NotConfigured: The folder cannot be written, or the sandbox does not start.
    """
    log = folder / "sandbox.log"
    command = [sys.executable, "-m", "watchprint.sandbox", "--port", "0", "--seed", str(seed)]
    command += ["--idle-exit", str(IDLE_EXIT_S)]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = log.open("wb")
    except OSError as error:
        raise NotConfigured(
            f"the demo cannot write its folder {folder} ({error.strerror}): set WATCHPRINT_HOME to a folder of your own"
        ) from error
    with written, ended_by_signal():
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=written, start_new_session=True
        )
        try:
            yield Desk(process, _greeting(process, log))
        finally:
            _end(process)


def _greeting(process: subprocess.Popen[bytes], log: Path) -> dict[str, Any]:
    assert process.stdout is not None
    try:
        greeting: dict[str, Any] = json.loads(process.stdout.readline())
    except ValueError:
        why = log.read_text(errors="replace").strip().splitlines()
        raise NotConfigured(f"the sandbox did not start: {why[-1] if why else 'it said nothing'}") from None
    return greeting


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process, and not be kept from it by a second Ctrl-C."""
    process.terminate()
    try:
        process.wait(END_S)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()
    finally:
        if process.stdout is not None:
            process.stdout.close()


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
