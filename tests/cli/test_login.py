"""Signing in and out: by a code on a device, by a token in hand; what is kept, where, and for whom."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Cli, Ended, Terminal
from tests.sandbox.desk import Desk, Person
from watchprint.cli.exits import Exit

CODE = re.compile(r"enter the code ([0-9A-F]{8})")


def kept(cli: Cli) -> list[Path]:
    """The token files of this home."""
    return sorted(Path(cli.env["WATCHPRINT_HOME"]).glob("**/token*.json"))


@contextmanager
def waiting(cli: Cli, *arguments: str) -> Generator[tuple[subprocess.Popen[str], str]]:
    """A sign-in by device, as a process, and the code that it shows; ended if it has not ended."""
    with cli.begin("login", *arguments) as process:
        assert process.stderr is not None
        shown = ""
        while "Waiting for your approval" not in shown:
            line = process.stderr.readline()
            assert line, shown
            shown += line
        found = CODE.search(shown)
        assert found, shown
        assert "▄" not in shown
        try:
            yield process, found[1]
        finally:
            if process.poll() is None:
                process.kill()


def ended(cli: Cli, process: subprocess.Popen[str]) -> Ended:
    out, err = process.communicate(timeout=30)
    return cli.kept_secret(Ended(process.returncode, out, err))


def pass_time(desk: Desk, process: subprocess.Popen[str], seconds: float = 6) -> None:
    """Let the sandbox's time pass until the process has ended."""
    until_s = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until_s:
        desk.advance(seconds)
        time.sleep(0.05)


def test_a_code_that_is_approved_signs_in_and_the_pair_is_a_private_file(nobody: Cli, desk: Desk, ann: Person) -> None:
    with waiting(nobody, "--json") as (process, code):
        desk.obey("POST", "approve", {"user_code": code, "user": "ann"})
        pass_time(desk, process)
        done = ended(nobody, process)
    assert done.code == Exit.OK
    [file] = kept(nobody)
    assert done.json == {"user": "ann", "renewable": True, "file": str(file)}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    pair = json.loads(file.read_text())
    hidden = nobody.hiding(pair["access_token"], pair["refresh_token"])
    assert hidden("add-to-history", "movie:tmdb:949").code == Exit.OK
    assert len(desk.obey("GET", "users/ann")["history"]) == 1
    assert hidden("doctor").code == Exit.OK


@pytest.mark.parametrize(
    ("deed", "code", "words"),
    [("deny", Exit.REFUSED, "the user refused"), ("wait", Exit.SIGN_IN, "the code ran out")],
)
def test_a_code_that_is_denied_or_runs_out_signs_nobody_in(
    nobody: Cli, desk: Desk, ann: Person, deed: str, code: Exit, words: str
) -> None:
    with waiting(nobody) as (process, user_code):
        if deed == "deny":
            desk.obey("POST", "approve", {"user_code": user_code, "deny": True})
        pass_time(desk, process, 6 if deed == "deny" else 120)
        done = ended(nobody, process)
    assert done.code == code
    assert words in done.sentence
    assert kept(nobody) == []


def test_a_sign_in_that_trakt_gave_is_kept_though_trakt_then_breaks(nobody: Cli, desk: Desk, ann: Person) -> None:
    with waiting(nobody) as (process, code):
        desk.fault("503", path="/users/settings", times=None)
        desk.obey("POST", "approve", {"user_code": code, "user": "ann"})
        pass_time(desk, process)
        done = ended(nobody, process)
    assert done.code == Exit.OK
    assert "Trakt does not say whose it is" in done.err
    desk.obey("DELETE", "faults")
    assert len(kept(nobody)) == 1
    assert nobody("get-history").code == Exit.OK


def test_a_terminal_shows_a_qr_code_and_ctrl_c_ends_the_wait(nobody: Cli, desk: Desk) -> None:
    with Terminal(nobody.whole(), "login") as terminal:
        shown = terminal.until("Waiting for your approval")
        assert "▄" in shown or "█" in shown
        assert "or scan this" in shown
        terminal.type("\x03")
        assert terminal.ended() == Exit.INTERRUPTED
        assert "interrupted; what was stored stays stored" in terminal.text
        assert "Traceback" not in terminal.text
    assert kept(nobody) == []


@pytest.mark.parametrize("by", ["argument", "stdin"])
def test_a_token_in_hand_is_kept_once_trakt_has_accepted_it(nobody: Cli, ann: Person, by: str) -> None:
    hidden = nobody.hiding(ann.access)
    given, stdin = (ann.access, "") if by == "argument" else ("-", f"{ann.access}\n")
    done = hidden.process("login", "--token", given, stdin=stdin)
    assert done.code == Exit.OK
    assert "Signed in as ann" in done.err
    assert "cannot be renewed" in done.err
    [file] = kept(nobody)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert hidden.process("get-user-stats", "--json").json["movies"]["plays"] == 0


@pytest.mark.parametrize(
    ("token", "code", "words"),
    [
        ("no-such-token", Exit.SIGN_IN, "does not accept the access token"),
        (" ", Exit.USAGE, "blank"),
        ("two words", Exit.USAGE, "characters that no token has"),
        ("tök", Exit.USAGE, "characters that no token has"),
    ],
)
def test_a_wrong_token_is_not_kept_and_the_old_pair_stays(
    nobody: Cli, ann: Person, token: str, code: Exit, words: str
) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    [file] = kept(nobody)
    before = file.read_bytes()
    done = nobody.hiding("no-such-token", "two words")("login", "--token", token)
    assert done.code == code
    assert words in done.sentence
    assert file.read_bytes() == before
    assert nobody("login", "--token", "-", stdin="").code == Exit.USAGE


def test_signing_out_withdraws_the_pair_and_removes_it(nobody: Cli, desk: Desk, ann: Person) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    assert "Signed out" in nobody.process("logout").err
    assert kept(nobody) == []
    assert desk.get("/users/settings", ann).status == 401
    assert nobody("logout").code == Exit.NOT_CONFIGURED
    assert "nobody is signed in" in nobody("get-history").sentence


def test_signing_out_while_trakt_is_away_loses_nothing_unless_it_is_wanted(
    nobody: Cli, desk: Desk, ann: Person
) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    desk.fault("403", path="/oauth/revoke", times=None)
    assert nobody("logout").code == Exit.SIGN_IN
    assert len(kept(nobody)) == 1
    done = nobody("logout", "--local", "--json")
    assert done.json == {"signed_out": True, "withdrawn": False}
    assert kept(nobody) == []
    assert nobody("logout", "--local", "--json").json == {"signed_out": False, "withdrawn": False}
    assert desk.get("/users/settings", ann).status == 200


def test_a_damaged_token_file_is_told_and_mended_by_signing_in(nobody: Cli, ann: Person) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    [file] = kept(nobody)
    file.write_text('{"access_token": "cut o')
    done = nobody("get-history")
    assert done.code == Exit.NOT_CONFIGURED
    assert "it is damaged" in done.sentence
    assert "watchprint login" in done.sentence
    assert nobody("logout").code == Exit.NOT_CONFIGURED
    assert nobody("login", "--token", ann.access).code == Exit.OK
    assert nobody("get-history").code == Exit.OK


def test_each_trakt_has_a_pair_of_its_own(nobody: Cli, desk: Desk, ann: Person) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    elsewhere = nobody.having(TRAKT_API_URL=desk.server.base_url.replace("127.0.0.1", "localhost"))
    desk.obey("DELETE", "requests")
    assert "nobody is signed in" in elsewhere("get-history").sentence
    assert desk.requests() == []


@pytest.mark.parametrize("in_the_way", ["home", "home/sub"])
def test_a_home_that_cannot_be_written_is_told_before_a_code_is_shown(
    nobody: Cli, desk: Desk, tmp_path: Path, in_the_way: str
) -> None:
    (tmp_path / "home").write_text("a file")
    desk.obey("DELETE", "requests")
    done = nobody.having(WATCHPRINT_HOME=str(tmp_path / in_the_way))("login")
    assert done.code == Exit.NOT_CONFIGURED
    assert "cannot be written" in done.sentence
    assert desk.requests() == []


def test_an_application_without_a_secret_signs_in_by_token_only(nobody: Cli, ann: Person) -> None:
    without = nobody.having(TRAKT_CLIENT_SECRET=None)
    done = without("login")
    assert done.code == Exit.NOT_CONFIGURED
    assert "TRAKT_CLIENT_SECRET" in done.sentence
    assert without("login", "--token", ann.access).code == Exit.OK


def test_a_pair_is_renewed_by_the_command_that_finds_it_old(nobody: Cli, desk: Desk, ann: Person) -> None:
    with waiting(nobody) as (process, code):
        desk.obey("POST", "approve", {"user_code": code, "user": "ann"})
        pass_time(desk, process)
        assert ended(nobody, process).code == Exit.OK
    [file] = kept(nobody)
    before: dict[str, Any] = json.loads(file.read_text())
    desk.advance(8 * 86_400)
    assert nobody("get-history").code == Exit.OK
    after = json.loads(file.read_text())
    assert after["access_token"] != before["access_token"]
    assert after["refresh_token"] != before["refresh_token"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
