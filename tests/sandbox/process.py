"""A sandbox as a process of its own, for tests of starting, ending and what is kept between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Process:
    """`python -m watchprint.sandbox` with these arguments; killed at the end of the block if need be."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "watchprint.sandbox", "--port", "0", *self.arguments]
        self.child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.child.poll() is None:
            self.child.kill()
        self.child.communicate()

    def greeting(self) -> dict[str, Any]:
        """The first line of stdout."""
        assert self.child.stdout is not None
        said: dict[str, Any] = json.loads(self.child.stdout.readline())
        self.base_url = said["base_url"]
        return said

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON of a control call."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base_url}/__sandbox__/{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Exit code, the rest of stdout, and stderr after that signal."""
        os.kill(self.child.pid, number)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        """The same for a process that ends by itself."""
        out, err = self.child.communicate(timeout=20)
        return self.child.returncode, out, err


def environment() -> dict[str, str]:
    """This process's, without what would make warnings of the child errors of the test."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONWARNINGS", "PYTHONDEVMODE")}


def new_state(folder: Path) -> list[str]:
    """The arguments for a sandbox without the demo user that keeps its state in that folder."""
    return ["--no-demo", "--state", str(folder / "state.json")]
