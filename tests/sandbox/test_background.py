"""A home's background sandbox: started once, found again, kept over a stop, ended when idle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from watchprint.sandbox import background


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home whose sandbox is ended after the test."""
    yield tmp_path / "home"
    background.stop(tmp_path / "home")


def pid_of(home: Path) -> int:
    return int(json.loads((home / "sandbox" / "process.json").read_text())["pid"])


def control(greeting: dict[str, Any], path: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{greeting['base_url']}/__sandbox__/{path}", data, timeout=10) as answer:
        return json.load(answer)


def gone(pid: int) -> bool:
    """Whether the process ends within a few seconds."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_it_is_started_once_and_found_again(home: Path) -> None:
    assert background.running(home) is None
    first = background.ensure(home)
    pid = pid_of(home)
    assert background.ensure(home) == background.running(home) == first
    assert pid_of(home) == pid
    assert first.keys() == {"base_url", "auth_url", "client_id", "client_secret", "users"}
    assert len(first["users"]) == 1


def test_two_starters_get_one_process(home: Path) -> None:
    code = (
        "import sys, json, pathlib\nfrom watchprint.sandbox import background\n"
        "print(json.dumps(background.ensure(pathlib.Path(sys.argv[1]))))"
    )
    starters = [subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE) for _ in range(2)]
    told = [json.loads(starter.communicate(timeout=60)[0]) for starter in starters]
    assert told[0] == told[1] == background.running(home)


def test_threads_of_one_process_get_one_sandbox_too(home: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: background.ensure(home), range(4)))
    assert all(greeting == told[0] for greeting in told)


def test_a_stop_keeps_everything_for_the_next_start(home: Path) -> None:
    first = background.ensure(home)
    ann = control(first, "users", {"slug": "ann", "plays": 3})
    pid = pid_of(home)
    assert background.stop(home) is True
    assert gone(pid)
    assert background.running(home) is None
    assert background.stop(home) is False
    second = background.ensure(home)
    assert [user["slug"] for user in second["users"]] == [first["users"][0]["slug"], "ann"]
    assert second["users"][1] == ann


def test_it_ends_when_idle_and_starts_again(home: Path) -> None:
    background.ensure(home, idle_exit_s=0.3)
    pid = pid_of(home)
    assert gone(pid)
    assert background.running(home) is None
    assert background.ensure(home)["users"]
    assert pid_of(home) != pid


def test_a_killed_one_is_replaced(home: Path) -> None:
    background.ensure(home)
    pid = pid_of(home)
    os.kill(pid, 9)
    assert gone(pid)
    assert background.ensure(home)["users"]
    assert pid_of(home) != pid


def test_another_server_on_the_old_port_is_not_taken_for_it(home: Path) -> None:
    greeting = background.ensure(home)
    file = home / "sandbox" / "process.json"
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "pid": os.getpid()}))
    found = background.running(home)
    file.write_text(json.dumps(kept))
    assert found is None
    assert background.running(home) == greeting


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"pid": 1}', '{"pid": "x", "base_url": "y"}'])
def test_a_spoilt_process_file_is_no_process(home: Path, text: str) -> None:
    (home / "sandbox").mkdir(parents=True)
    (home / "sandbox" / "process.json").write_text(text)
    assert background.running(home) is None
    assert background.stop(home) is False


def test_the_file_with_the_tokens_is_private(home: Path) -> None:
    background.ensure(home)
    assert (home / "sandbox" / "process.json").stat().st_mode & 0o077 == 0
    assert (home / "sandbox").stat().st_mode & 0o077 == 0
    assert (home / "sandbox" / "state.json").stat().st_mode & 0o077 == 0


def test_a_start_that_fails_says_why_and_leaves_no_process(home: Path) -> None:
    (home / "sandbox").mkdir(parents=True)
    (home / "sandbox" / "state.json").write_text("spoilt")
    with pytest.raises(background.BackgroundFailed, match=r"did not start: .*cannot be read.*log"):
        background.ensure(home)
    assert background.running(home) is None


def test_a_home_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(background.BackgroundFailed, match="WATCHPRINT_HOME"):
        background.ensure(tmp_path / "file")


def test_asking_loads_no_web_server() -> None:
    code = "import sys, watchprint.sandbox.background\nsys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
