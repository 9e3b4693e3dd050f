"""`TRAKT_API_URL=sandbox` from end to end: one background process a home, one clock, and none left at the end."""

from __future__ import annotations

import json
import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.keeping import pair_of
from tests.cli.running import Cli, Ended, gone
from watchprint.cli.exits import Exit
from watchprint.sandbox import background


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Cli]:
    """The command line with this home's own sandbox, which is ended after the test."""
    home = tmp_path / "home"
    yield Cli({"TRAKT_API_URL": "sandbox", "WATCHPRINT_HOME": str(home)})
    background.stop(home)


def home_of(own: Cli) -> Path:
    return Path(own.env["WATCHPRINT_HOME"])


def pid_of(own: Cli) -> int:
    return int(json.loads((home_of(own) / "sandbox" / "process.json").read_text())["pid"])


def control(own: Cli, call: str, body: Any = None) -> Any:
    greeting = background.running(home_of(own))
    assert greeting is not None
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{greeting['base_url']}/__sandbox__/{call}", data, timeout=10) as answer:
        return json.load(answer)


def sign_in(own: Cli) -> Ended:
    """A sign-in by device: the code is approved, and the wait for it skipped by the sandbox's clock."""
    with own.begin("login") as process:
        assert process.stderr is not None
        shown = ""
        while "Waiting for your approval" not in shown:
            line = process.stderr.readline()
            assert line, shown
            shown += line
        code = re.search(r"enter the code ([0-9A-F]{8})", shown)
        assert code
        control(own, "approve", {"user_code": code[1]})
        until_s = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < until_s:
            control(own, "clock", {"advance_s": 6})
            time.sleep(0.05)
        out, err = process.communicate(timeout=30)
    return Ended(process.returncode, out, shown + err)


def test_from_signing_in_to_the_end(own: Cli) -> None:
    assert own("sandbox", "status", "--json").json is None
    assert "No sandbox is running" in own("sandbox", "status").err
    assert own("sandbox", "stop", "--json").json == {"stopped": False}

    done = sign_in(own)
    assert done.code == Exit.OK, done
    assert "Signed in as demo" in done.err
    pid = pid_of(own)
    pair = pair_of(own)
    assert pair is not None
    assert pair.refresh_token is not None
    hidden = own.hiding(pair.access_token, pair.refresh_token)

    rows = hidden.process("get-history", "--limit", "3", "--json").json
    assert len(rows) == 3
    assert pid_of(own) == pid
    found = own("sandbox", "status", "--json").json
    assert found["users"] == ["demo"]
    assert found["base_url"] in own("sandbox", "status").out
    assert hidden("doctor").code == Exit.OK

    assert "its state is kept" in own.process("sandbox", "stop").err
    assert gone(pid)
    assert own("sandbox", "status", "--json").json is None

    assert [row["id"] for row in hidden.process("get-history", "--limit", "3", "--json").json] == [
        row["id"] for row in rows
    ]
    assert pid_of(own) != pid
    assert hidden("logout").code == Exit.OK
    assert own("sandbox", "stop", "--json").json == {"stopped": True}


def test_every_command_has_the_sandboxs_time(own: Cli) -> None:
    greeting = background.ensure(home_of(own))
    me = own.having(WATCHPRINT_TOKEN=greeting["users"][0]["access_token"])
    now = datetime.fromisoformat(control(own, "clock", {"advance_s": 3 * 86_400})["now"])
    assert now - datetime.now(UTC) > timedelta(days=2)
    assert me.process("add-to-history", "movie:tmdb:949", "--json").json["added"] == 1
    newest = me("get-history", "--limit", "1", "--json").json[0]
    assert abs(datetime.fromisoformat(newest["watched_at"]) - now) < timedelta(minutes=2)

    begun = me("checkin-movie", "movie:tmdb:603", "--json").json
    over = datetime.fromisoformat(begun["becomes_play_at"]) - now
    assert timedelta(hours=2) < over < timedelta(hours=3)
    control(own, "clock", {"advance_s": 4 * 3600})
    assert me("get-user-watching").out.startswith("Nothing is being watched.")
    assert me("get-history", "--limit", "1", "--json").json[0]["id"] == begun["id"]

    control(own, "clock", {"now": "2031-05-01T12:00:00Z"})
    assert me("get-history").code == Exit.SIGN_IN


def test_an_hour_of_faults_passes_while_a_command_waits(own: Cli) -> None:
    greeting = background.ensure(home_of(own))
    me = own.having(WATCHPRINT_TOKEN=greeting["users"][0]["access_token"])
    control(own, "faults", {"kind": "429", "match": {"path": "/users/me/stats"}, "times": 1, "retry_after_s": 55})
    began_s = time.monotonic()
    with me.begin("get-user-stats", "--json") as process:
        until_s = time.monotonic() + 40
        while process.poll() is None and time.monotonic() < until_s:
            control(own, "clock", {"advance_s": 30})
            time.sleep(0.1)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == Exit.OK
    assert json.loads(out)["movies"]["plays"] > 0
    assert time.monotonic() - began_s < 40


def test_a_sandbox_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    ended = Cli({"TRAKT_API_URL": "sandbox", "WATCHPRINT_HOME": str(tmp_path / "home")})("get-history")
    assert ended.code == Exit.NOT_CONFIGURED
    assert "Choose another WATCHPRINT_HOME" in ended.sentence


def test_one_that_was_killed_is_replaced_without_a_word(own: Cli) -> None:
    greeting = background.ensure(home_of(own))
    me = own.having(WATCHPRINT_TOKEN=greeting["users"][0]["access_token"])
    os.kill(pid_of(own), signal.SIGKILL)
    assert gone(pid_of(own))
    assert me("sandbox", "status", "--json").json is None
    assert me.process("get-history", "--limit", "1").code == Exit.OK
