"""The demo as people and machines start it: it shows everything, leaves nothing running, and can be run again."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.keeping import files_with, looked_up
from tests.cli.running import Cli, Ended, Terminal, gone
from watchprint import UserService
from watchprint.cli.demo.desk import IDLE_EXIT_S
from watchprint.cli.demo.run import BANNER
from watchprint.cli.demo.tables import SHOWN
from watchprint.cli.exits import Exit
from watchprint.sandbox.following import HELD_S

METHODS = sorted(name for name in dir(UserService) if not name.startswith("_") and name != "runner")


@pytest.fixture
def demo(tmp_path: Path) -> Cli:
    """The command line with a home of its own, 80 columns wide, and no colour."""
    return Cli({"WATCHPRINT_HOME": str(tmp_path / "home"), "COLUMNS": "80", "NO_COLOR": "1"})


def home_of(demo: Cli) -> Path:
    return Path(demo.env["WATCHPRINT_HOME"])


def address(text: str) -> str:
    """Where the demo's sandbox answers."""
    found = re.search(r"A Trakt answers at (http://127\.0\.0\.1:\d+)", text)
    assert found, text
    return found[1]


def get(url: str) -> Any:
    """The JSON that a control call answers."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as answer:
        return json.load(answer)


def sandboxes(of: int) -> list[int]:
    """The sandbox processes that this process has started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,command="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [int(row[0]) for row in rows if int(row[1]) == of and "watchprint.sandbox" in row[2]]


def looked_at(ended: Ended) -> None:
    """The tables of a demo are whole: bannered, equal to Trakt's, every method, and no wider than the terminal."""
    assert ended.code == Exit.OK, ended
    lines = ended.out.splitlines()
    assert sum(BANNER in line for line in lines) == len(SHOWN) + 1
    assert max(map(len, lines)) <= 80
    assert "All 7 figures equal Trakt's own." in lines
    told = dict(line.split(None, 1) for line in lines[lines.index("The 27 methods, once each") + 2 :] if line.strip())
    assert sorted(told) == METHODS
    assert "1 added; the same again: 0 added, 1 skipped" in told["add_to_history"]


def test_without_a_terminal_it_ends_and_nothing_is_left(demo: Cli) -> None:
    began_s = time.monotonic()
    with demo.begin("demo") as process:
        out, err = process.communicate(timeout=60)
    ended = demo.kept_secret(Ended(process.returncode, out, err))
    looked_at(ended)
    assert time.monotonic() - began_s < 60
    assert BANNER in err
    assert re.search(r"Copied [\d,]+ plays, the whole history", err)
    assert "for what the tour changed" in err
    assert "Go on:" in err
    assert sandboxes(process.pid) == []
    with pytest.raises(OSError, match="refused"):
        get(f"{address(err)}/__sandbox__/greeting")
    pair = looked_up(demo.having(WATCHPRINT_HOME=str(home_of(demo) / "demo")), lambda work: work.credentials.get(1))
    assert pair is not None
    assert pair.refresh_token is not None
    assert [path.name for path in files_with(home_of(demo), [pair.access_token, pair.refresh_token])] == ["state.json"]


def test_a_second_run_reads_only_what_changed_and_says_so(demo: Cli) -> None:
    first = demo.process("demo", "--json")
    assert first.json["sync"]["whole"]
    second = demo.process("demo", "--once")
    looked_at(second)
    assert "Signed in already as 'demo'" in second.err
    assert re.search(r"(Nothing has|Only what) changed since the last demo", second.err)
    third = demo.process("demo", "--json").json
    assert not third["sync"]["whole"]
    assert third["sync"]["requests"] < first.json["sync"]["requests"] / 4
    assert third["differs_from_trakt"] == []


def test_a_sandbox_that_was_lost_is_signed_in_to_anew(demo: Cli) -> None:
    assert demo.process("demo", "--once").code == Exit.OK
    shutil.rmtree(home_of(demo) / "demo" / "sandbox")
    again = demo.process("demo", "--once")
    looked_at(again)
    assert "Approved for the user 'demo'" in again.err


def test_one_demo_at_a_time_in_a_home(demo: Cli, on_terminal: Terminal) -> None:
    on_terminal.until("The sandbox stays until Ctrl-C.")
    other = demo.process("demo", "--once")
    assert other.code == Exit.NOT_CONFIGURED
    assert "another demo is at work" in other.sentence
    on_terminal.type("\x03")
    assert on_terminal.ended() == Exit.OK


def test_it_runs_again_in_the_same_home_and_beside_itself(demo: Cli) -> None:
    with demo.begin("demo", "--once") as one, demo.begin("demo", "--once", "--seed", "7") as other:
        outs = [process.communicate(timeout=120) for process in (one, other)]
    for process, (out, err) in zip((one, other), outs, strict=True):
        looked_at(Ended(process.returncode, out, err))
    assert outs[0][0] != outs[1][0]


def test_as_data(demo: Cli) -> None:
    ended = demo.process("demo", "--json")
    assert ended.code == Exit.OK
    found = ended.json
    assert 4_000 <= found["plays"] <= 7_000
    assert found["differs_from_trakt"] == []
    assert list(found["insights"]) == list(SHOWN)
    assert sorted(step["method"] for step in found["methods"]) == METHODS


@pytest.fixture
def on_terminal(demo: Cli) -> Iterator[Terminal]:
    """The demo on a terminal."""
    with Terminal(demo.whole(), "demo") as terminal:
        yield terminal


def test_on_a_terminal_it_stays_until_ctrl_c(demo: Cli, on_terminal: Terminal) -> None:
    shown = on_terminal.until("The sandbox stays until Ctrl-C.")
    [sandbox] = sandboxes(on_terminal.pid)
    exports = dict(
        pair.split("=", 1) for line in shown.splitlines() if "  export " in line for pair in line.split()[1:]
    )
    assert exports["TRAKT_API_URL"] == "sandbox"
    beside = Cli({k: v.strip() for k, v in exports.items()}).having(WATCHPRINT_HOME=str(home_of(demo) / "demo"))
    assert beside.process("get-history", "--limit", "1").code == 0
    assert beside.process("insights", "totals", "--json").json["n"] > 0
    assert beside.process("sandbox", "status", "--json").json["base_url"] == address(shown)
    on_terminal.type("\x03")
    assert on_terminal.ended() == Exit.OK
    assert "nothing is left running" in on_terminal.text
    assert gone(sandbox)
    assert "Traceback" not in on_terminal.text


def test_it_outlives_the_idle_time_of_its_sandbox(demo: Cli, on_terminal: Terminal) -> None:
    on_terminal.until("The sandbox stays until Ctrl-C.")
    [sandbox] = sandboxes(on_terminal.pid)
    time.sleep(IDLE_EXIT_S + 1)
    assert get(f"{address(on_terminal.text)}/__sandbox__/greeting")["pid"] == sandbox
    on_terminal.type("\x03")
    assert on_terminal.ended() == Exit.OK


def test_on_a_terminal_once_ends_it(demo: Cli) -> None:
    with Terminal(demo.having(ONCE="1").whole(), "demo") as terminal:
        assert terminal.ended(90) == Exit.OK
        assert "The 27 methods, once each" in terminal.text
        assert "stays until" not in terminal.text


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED), (signal.SIGHUP, Exit.TERMINATED)],
)
def test_a_signal_in_the_middle_ends_it_in_order(demo: Cli, number: signal.Signals, code: Exit) -> None:
    with demo.begin("demo") as process:
        until_s = time.monotonic() + 30
        while not (running := sandboxes(process.pid)) and time.monotonic() < until_s:
            time.sleep(0.02)
        [sandbox] = running
        time.sleep(0.3)
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    assert "Traceback" not in err
    assert gone(sandbox)


def test_the_sandbox_of_a_demo_that_was_killed_ends_by_itself(demo: Cli, on_terminal: Terminal) -> None:
    on_terminal.until("The sandbox stays until Ctrl-C.")
    [sandbox] = sandboxes(on_terminal.pid)
    os.kill(on_terminal.pid, signal.SIGKILL)
    assert on_terminal.ended() == -signal.SIGKILL
    try:
        assert gone(sandbox, HELD_S + IDLE_EXIT_S + 15)
    finally:
        if not gone(sandbox, 0.1):
            os.kill(sandbox, signal.SIGKILL)


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_home_that_cannot_be_written(demo: Cli, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    home = tmp_path / "file" if place == "a file" else tmp_path / "file" / "home"
    ended = demo.having(WATCHPRINT_HOME=str(home)).process("demo")
    assert ended.code == Exit.NOT_CONFIGURED
    assert "set WATCHPRINT_HOME to a folder of your own" in ended.sentence


def test_it_asks_nothing_of_the_environment(demo: Cli) -> None:
    elsewhere = {"TRAKT_API_URL": "http://127.0.0.1:1", "TRAKT_CLIENT_ID": "mine", "WATCHPRINT_TOKEN": "mine"}
    ended = demo.having(**elsewhere, http_proxy="http://127.0.0.1:1").process("demo", "--once")
    looked_at(ended)


def test_in_ascii_and_in_colour(demo: Cli) -> None:
    plain = demo.having(PYTHONIOENCODING="ascii").process("demo", "--once")
    assert plain.code == Exit.OK
    assert plain.out.isascii()
    assert "####" in plain.out
    with Terminal(demo.having(ONCE="1", NO_COLOR=None).whole(), "demo") as terminal:
        assert terminal.ended(90) == Exit.OK
    colours = set(re.findall(r"\x1b\[([0-9;]*)m", terminal.text))
    assert colours
    for colour in colours:
        assert not re.search(r"(^|;)(30|37|4[0-8]|90|97|10[0-7])(;|$)", colour), "holds on light and dark"
