"""The command line as tests run it: in this process, or as a process of its own; secrets never come out of it."""

from __future__ import annotations

import builtins
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from watchprint.cli.app import main

PROGRAM = [sys.executable, "-m", "watchprint"]
VARIABLES = (
    "TRAKT_CLIENT_ID",
    "TRAKT_CLIENT_SECRET",
    "TRAKT_API_URL",
    "TRAKT_REDIRECT_URI",
    "WATCHPRINT_TOKEN",
    "WATCHPRINT_HOME",
    "WATCHPRINT_DATABASE_URL",
    "WATCHPRINT_KEYS",
    "ONCE",
    "COLUMNS",
    "NO_COLOR",
)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one sentence that says what went wrong."""
        lines = [line for line in self.err.splitlines() if line.startswith("watchprint: ")]
        assert len(lines) == 1, self.err
        return lines[0].removeprefix("watchprint: ")


class _Stdin(io.StringIO):
    """Text as a person or a pipe gives it."""


@dataclass
class Cli:
    """The command line with these variables, and nothing else of Watchprint's in the environment.

    Attributes:
        env: The variables.
        secrets: What must never come out.
        folder: The folder in which processes are started; None: the tests' own.
    """

    env: dict[str, str]
    secrets: tuple[str, ...] = ()
    folder: Path | None = None

    def having(self, **changes: str | None) -> Cli:
        """The same with other variables; None takes one away."""
        env = {k: v for k, v in (self.env | changes).items() if v is not None}
        return replace(self, env=env)

    def hiding(self, *secrets: str) -> Cli:
        """The same, with more that must never come out."""
        return replace(self, secrets=(*self.secrets, *secrets))

    def __call__(self, *arguments: str, stdin: str = "") -> Ended:
        """Run it in this process."""
        out, err = io.StringIO(), io.StringIO()
        before, stdin_before = dict(os.environ), sys.stdin
        os.environ.clear()
        os.environ.update(self.whole())
        sys.stdin = _Stdin(stdin)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main(arguments)
        finally:
            sys.stdin = stdin_before
            os.environ.clear()
            os.environ.update(before)
        return self.kept_secret(Ended(int(code), out.getvalue(), err.getvalue()), arguments)

    def process(self, *arguments: str, stdin: str = "", timeout_s: float = 60) -> Ended:
        """Run it as a process."""
        done = subprocess.run(
            [*PROGRAM, *arguments],
            env=self.whole(),
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        return self.kept_secret(Ended(done.returncode, done.stdout, done.stderr), arguments)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start it as a process; the caller ends it."""
        return subprocess.Popen(
            [*PROGRAM, *arguments],
            env=self.whole(),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def whole(self) -> dict[str, str]:
        """The environment."""
        left_out = (*VARIABLES, "PYTHONWARNINGS", "PYTHONDEVMODE")
        return {k: v for k, v in os.environ.items() if k not in left_out} | self.env

    def kept_secret(self, ended: Ended, arguments: Iterable[str] = ()) -> Ended:
        """What came out, in which there is no secret, no trace and no raw control character."""
        for secret in self.secrets:
            assert secret not in ended.out + ended.err, f"{arguments}: a secret came out"
        assert "Traceback" not in ended.err, ended.err
        assert "\x1b" not in ended.out + ended.err
        return ended


class Terminal:
    """A command on a terminal of its own (24 x 80), as a person has it."""

    def __init__(self, env: Mapping[str, str], *arguments: str) -> None:
        self.text = ""
        self._arguments, self._env = arguments, dict(env) | {"TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80"}

    def __enter__(self) -> Self:
        self.pid, self._file = pty.fork()
        if self.pid == 0:  # the child: nothing of the test runs here
            os.execvpe(PROGRAM[0], [*PROGRAM, *self._arguments], self._env)
        return self

    def __exit__(
        self, kind: builtins.type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not hasattr(self, "code"):
            os.kill(self.pid, signal.SIGKILL)
            self.ended()
        os.close(self._file)

    def until(self, words: str, timeout_s: float = 60) -> str:
        """All that was shown, once these words were."""
        until_s = time.monotonic() + timeout_s
        while words not in self.text:
            assert time.monotonic() < until_s, f"{words!r} was not shown: {self.text}"
            self._read(0.2)
        return self.text

    def type(self, keys: str) -> None:
        """Type; "\\x03" is Ctrl-C."""
        os.write(self._file, keys.encode())

    def ended(self, timeout_s: float = 30) -> int:
        """The exit code, once it has ended."""
        until_s = time.monotonic() + timeout_s
        while time.monotonic() < until_s:
            self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self._read(0):
                    pass
                self.code = os.waitstatus_to_exitcode(status)
                return self.code
        raise AssertionError(f"it does not end: {self.text}")

    def _read(self, wait_s: float) -> bool:
        ready, _, _ = select.select([self._file], [], [], wait_s)
        try:
            data = os.read(self._file, 65_536) if ready else b""
        except OSError:  # the other side is closed
            return False
        self.text += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)


def gone(pid: int, within_s: float = 10) -> bool:
    """Whether the process ends in that time."""
    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        state = Path(f"/proc/{pid}/stat")
        try:
            os.kill(pid, 0)
            if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False
