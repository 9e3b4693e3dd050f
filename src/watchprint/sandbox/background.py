"""A home's one background sandbox: started on demand, found again by every process, ended when idle.

Everything is in `HOME/sandbox/`: `state.json` (the tables), `process.json` (who answers where, with the tokens:
readable by its owner only), `log`, and `lock`, which makes two starters get one process. Standard library only:
asking whether one runs must not load a web server.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

IDLE_EXIT_S: Final = 900.0
READY_S: Final = 30.0
STOP_S: Final = 10.0


class BackgroundFailed(Exception):
    """The sandbox could not be started or stopped; the text says why and where its log is."""


def ensure(home: Path, *, idle_exit_s: float = IDLE_EXIT_S, seed: int | None = None) -> dict[str, Any]:
    """The greeting of this home's sandbox, which is started when it does not run.

    Args:
        home: The home folder (WATCHPRINT_HOME).
        idle_exit_s: A sandbox started now ends after so long without a request [s].
        seed: What the demo user's life is made from, where none is kept yet.

    Raises:
        BackgroundFailed: It does not start.
    """
    found = running(home)
    if found is not None:
        return found
    with _locked(home):
        return running(home) or _start(_folder(home), idle_exit_s, seed)


def running(home: Path) -> dict[str, Any] | None:
    """The greeting of this home's sandbox; None: it does not run. Asking counts as use."""
    process = _process(home)
    return _greeting(process) if process else None


def stop(home: Path) -> bool:
    """End this home's sandbox, which keeps its state; False: it did not run.

    Raises:
        BackgroundFailed: It does not end.
    """
    if not _folder(home).is_dir():
        return False
    with _locked(home):
        process = _process(home)
        if process is None or _greeting(process) is None:
            return False
        os.kill(process["pid"], signal.SIGTERM)
        _wait_for_end(home, process)
        (_folder(home) / "process.json").unlink(missing_ok=True)
        return True


def _folder(home: Path) -> Path:
    return home / "sandbox"


@contextlib.contextmanager
def _locked(home: Path) -> Generator[None]:
    """One starter or stopper at a time."""
    folder = _folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("wb")
    except OSError as error:
        raise BackgroundFailed(
            f"The sandbox cannot keep its state in {folder}: {error.strerror}. Choose another WATCHPRINT_HOME."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _process(home: Path) -> dict[str, Any] | None:
    """What process.json says; None: nothing usable."""
    try:
        process = json.loads((_folder(home) / "process.json").read_bytes())
        return {"pid": int(process["pid"]), "base_url": str(process["base_url"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _greeting(process: dict[str, Any]) -> dict[str, Any] | None:
    """The greeting of the process that answers there, if it is the one that was started."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{process['base_url']}/__sandbox__/greeting", timeout=5) as answer:
            greeting = json.load(answer)
    except (OSError, ValueError):
        return None
    if not isinstance(greeting, dict) or greeting.pop("pid", None) != process["pid"]:
        return None
    return greeting


def _start(folder: Path, idle_exit_s: float, seed: int | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "watchprint.sandbox", "--port", "0"]
    command += ["--state", str(folder / "state.json"), "--idle-exit", str(idle_exit_s)]
    command += [] if seed is None else ["--seed", str(seed)]
    with (folder / "log").open("ab") as log:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True
        )
    greeting = _first_line(child, folder)
    threading.Thread(target=child.wait, name="sandbox-reaper", daemon=True).start()
    _write_private(folder / "process.json", {"pid": child.pid, **greeting})
    return greeting


def _first_line(child: subprocess.Popen[bytes], folder: Path) -> dict[str, Any]:
    """The greeting that a new process prints; a process that prints none is ended."""
    assert child.stdout is not None
    timer = threading.Timer(READY_S, child.kill)
    timer.start()
    try:
        with child.stdout as stdout:
            line = stdout.readline()
        greeting = json.loads(line)
    except ValueError as error:
        child.kill()
        child.wait()
        why = _last_words(folder / "log")
        raise BackgroundFailed(f"The sandbox did not start: {why} Its log is {folder / 'log'}.") from error
    except BaseException:
        child.kill()
        child.wait()
        raise
    finally:
        timer.cancel()
    assert isinstance(greeting, dict)
    return greeting


def _last_words(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."


def _write_private(path: Path, values: dict[str, Any]) -> None:
    """Write the file whole, readable by its owner only."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(values, file)
    os.replace(part, path)


def _wait_for_end(home: Path, process: dict[str, Any]) -> None:
    """Return when the process has gone and its state file is free again."""
    until_s = time.monotonic() + STOP_S
    lock = _folder(home) / "state.json.lock"
    while time.monotonic() < until_s:
        with lock.open("ab") as file, contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.02)
    raise BackgroundFailed(
        f"The sandbox (process {process['pid']}) does not end. End it by hand; its log is {_folder(home) / 'log'}."
    )
