"""`watchprint sandbox` as a process: its first line says where it is, it ends in order, and refuses in a sentence."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Cli
from watchprint.cli.exits import Exit

BARE = Cli({})


@contextmanager
def sandbox(*options: str) -> Generator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A running one, and what it said first."""
    with BARE.begin("sandbox", "--port", "0", *options) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def control(greeting: dict[str, Any], call: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{greeting['base_url']}/__sandbox__/{call}", data, timeout=10) as answer:
        return json.load(answer)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_in_order(number: signal.Signals) -> None:
    with sandbox() as (process, greeting):
        assert greeting.keys() == {"base_url", "auth_url", "client_id", "client_secret", "users"}
        assert [user["slug"] for user in greeting["users"]] == ["demo"]
        assert control(greeting, "settings")["rate_limits"] is True
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (Exit.OK, "", "")


def test_every_option_arrives(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    options = ("--no-demo", "--strict", "--rate-limits", "off", "--pause-leaves-watching", "--seed", "3")
    times = ("--now", "2026-01-31T20:15:00Z", "--state", str(state), "--redirect-uri", "https://example.org/back")
    with sandbox(*options, *times) as (process, greeting):
        assert greeting["users"] == []
        settings = control(greeting, "settings")
        assert settings["strict"] is settings["pause_leaves_watching"] is True
        assert settings["rate_limits"] is False
        assert control(greeting, "clock")["now"].startswith("2026-01-31T20:15")
        found = control(greeting, "state")
        assert found["seed"] == 3
        assert "https://example.org/back" in found["apps"][0]["redirect_uris"]
        control(greeting, "users", {"slug": "ann"})
        process.terminate()
        assert process.wait(20) == Exit.OK
    with sandbox("--no-demo", "--state", str(state)) as (_, greeting):
        assert [user["slug"] for user in greeting["users"]] == ["ann"]


def test_it_ends_when_idle() -> None:
    with sandbox("--no-demo", "--idle-exit", "0.2") as (process, _):
        assert process.wait(20) == Exit.OK


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--now", "noon"), Exit.USAGE, "'noon' is no instant"),
        (("--now", "2026-01-31T20:15:00"), Exit.USAGE, "has no zone"),
        (("--port", "70000"), Exit.USAGE, "--port"),
        (("--rate-limits", "maybe"), Exit.USAGE, "--rate-limits"),
        (("--idle-exit", "-1"), Exit.USAGE, "--idle-exit"),
        (("--host", "256.256.256.256"), Exit.NOT_CONFIGURED, "cannot listen on"),
        (("--catalogue", "/dev/null/titles", "--port", "0"), Exit.NOT_CONFIGURED, "/dev/null/titles"),
        (("--state", "/dev/null/state.json", "--port", "0"), Exit.NOT_CONFIGURED, "/dev/null/state.json"),
        (("--seed", "x"), Exit.USAGE, "--seed"),
        (("--nonsense",), Exit.USAGE, "--nonsense"),
        (("start",), Exit.USAGE, "start"),
    ],
)
def test_what_it_cannot_be_started_with(options: tuple[str, ...], code: Exit, words: str) -> None:
    ended = BARE.process("sandbox", *options, timeout_s=20)
    assert (ended.code, ended.out) == (code, ""), ended
    assert words in ended.err


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = BARE.process("sandbox", "--port", str(taken.getsockname()[1]))
    assert ended.code == Exit.NOT_CONFIGURED
    assert "Choose another --port" in ended.err


def test_a_state_file_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text("{cut")
    ended = BARE.process("sandbox", "--port", "0", "--state", str(file))
    assert ended.code == Exit.NOT_CONFIGURED
    assert str(file) in ended.err
    assert file.read_text() == "{cut"
