"""Signing in and out: by a code on a device, by a token in hand; which account it links, and where tokens are."""

from __future__ import annotations

import re
import stat
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.keeping import accounts, files_with, home_of, pair_of
from tests.cli.running import Cli, Ended, Terminal
from tests.sandbox.desk import Desk, Person
from watchprint.cli.exits import Exit
from watchprint.trakt.tokens import FileTokens, Tokens

CODE = re.compile(r"enter the code ([0-9A-F]{8})")


def token_files(cli: Cli) -> list[Path]:
    """The token files of this home: where there is a store, only what waits to be taken over."""
    return sorted(home_of(cli).glob("**/token*.json"))


def sign_in(cli: Cli, desk: Desk, user: str, *more: str) -> Ended:
    """A sign-in by device, approved by this user."""
    with waiting(cli, *more) as (process, code):
        desk.obey("POST", "approve", {"user_code": code, "user": user})
        pass_time(desk, process)
        return ended(cli, process)


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


def test_a_code_that_is_approved_signs_in_and_the_pair_is_sealed(nobody: Cli, desk: Desk, ann: Person) -> None:
    done = sign_in(nobody, desk, "ann", "--json")
    assert done.code == Exit.OK
    assert done.json == {"user": "ann", "account": "ann", "renewable": True}
    pair = pair_of(nobody)
    assert pair is not None
    assert pair.refresh_token is not None
    assert token_files(nobody) == []
    assert files_with(home_of(nobody), [pair.access_token, pair.refresh_token]) == []
    assert [stat.S_IMODE(path.stat().st_mode) for path in (home_of(nobody), home_of(nobody) / "keys")] == [0o700, 0o600]
    hidden = nobody.hiding(pair.access_token, pair.refresh_token)
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
    assert accounts(nobody) == []


def test_a_sign_in_that_trakt_gave_is_kept_though_trakt_then_breaks(nobody: Cli, desk: Desk, ann: Person) -> None:
    with waiting(nobody) as (process, code):
        desk.fault("503", path="/users/settings", times=None)
        desk.obey("POST", "approve", {"user_code": code, "user": "ann"})
        pass_time(desk, process)
        done = ended(nobody, process)
    assert done.code == Exit.OK
    assert "Trakt does not say whose the sign-in is" in done.err
    [file] = token_files(nobody)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert nobody("get-history").code == Exit.NO_ANSWER
    assert token_files(nobody) == [file]
    desk.obey("DELETE", "faults")
    again = nobody("get-history")
    assert again.code == Exit.OK
    assert "taken over" in again.err
    assert token_files(nobody) == []
    assert [account.name for account in accounts(nobody)] == ["ann"]
    assert "taken over" not in nobody("get-history").err


def test_a_token_file_from_before_there_was_a_store_is_taken_over_once(nobody: Cli, desk: Desk, ann: Person) -> None:
    file = FileTokens(home_of(nobody) / f"token-{desk.server.base_url.partition('://')[2].replace(':', '_')}.json")
    file.keep(Tokens(ann.access, ann.refresh))
    hidden = nobody.hiding(ann.access, ann.refresh)
    done = hidden.process("get-history")
    assert done.code == Exit.OK
    assert "taken over" in done.err
    assert not file.path.exists()
    assert pair_of(nobody) == Tokens(ann.access, ann.refresh)
    newer = sign_in(nobody, desk, "ann")
    assert newer.code == Exit.OK
    pair = pair_of(nobody)
    file.keep(Tokens(ann.access, ann.refresh))
    assert hidden("get-history").code == Exit.OK
    assert pair_of(nobody) == pair, "an older pair in a file must not replace the one that was renewed since"


def test_an_account_is_known_again_by_its_trakt_user(nobody: Cli, desk: Desk, ann: Person) -> None:
    assert nobody("accounts", "create", "Änne", "--zone", "Europe/Berlin").code == Exit.OK
    assert sign_in(nobody, desk, "ann", "--json").json["account"] == "Änne", "the only account, a local one, is meant"
    bob = desk.user("bob")
    named = nobody.hiding(bob.access)("login", "--token", bob.access, "--json")
    assert named.json == {"user": "bob", "account": "bob", "renewable": False}, "another user is another account"
    assert nobody("logout", "--account", "Änne").code == Exit.OK
    assert sign_in(nobody, desk, "ann", "--json").json["account"] == "Änne"
    assert [account.name for account in accounts(nobody)] == ["bob", "Änne"]
    refused = nobody("login", "--token", bob.access, "--account", "änne")
    assert refused.code == Exit.USAGE
    assert "linked to the account 'bob'" in refused.sentence
    assert pair_of(nobody, "bob") == Tokens(bob.access)
    carl = desk.user("carl")
    assert nobody("login", "--token", carl.access, "--account", "bob").code == Exit.USAGE
    assert nobody("login", "--token", carl.access, "--account", "the third", "--json").json["account"] == "the third"
    assert nobody("login", "--token", carl.access, "--account", "a\x07b").code == Exit.USAGE


def test_a_code_of_another_accounts_user_is_withdrawn_and_not_kept(nobody: Cli, desk: Desk, ann: Person) -> None:
    bob = desk.user("bob")
    assert nobody("login", "--token", bob.access).code == Exit.OK
    assert sign_in(nobody, desk, "ann", "--account", "bob").code == Exit.USAGE
    assert [account.name for account in accounts(nobody)] == ["bob"]
    assert token_files(nobody) == []
    assert any(row["path"] == "/oauth/revoke" for row in desk.requests())


def test_a_terminal_shows_a_qr_code_and_ctrl_c_ends_the_wait(nobody: Cli, desk: Desk) -> None:
    with Terminal(nobody.whole(), "login") as terminal:
        shown = terminal.until("Waiting for your approval")
        assert "▄" in shown or "█" in shown
        assert "or scan this" in shown
        terminal.type("\x03")
        assert terminal.ended() == Exit.INTERRUPTED
        assert "interrupted; what was stored stays stored" in terminal.text
        assert "Traceback" not in terminal.text
    assert accounts(nobody) == []


@pytest.mark.parametrize("by", ["argument", "stdin"])
def test_a_token_in_hand_is_kept_once_trakt_has_accepted_it(nobody: Cli, ann: Person, by: str) -> None:
    hidden = nobody.hiding(ann.access)
    given, stdin = (ann.access, "") if by == "argument" else ("-", f"{ann.access}\n")
    done = hidden.process("login", "--token", given, stdin=stdin)
    assert done.code == Exit.OK
    assert "Signed in as ann" in done.err
    assert "cannot be renewed" in done.err
    assert pair_of(nobody) == Tokens(ann.access)
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
    done = nobody.hiding("no-such-token", "two words")("login", "--token", token)
    assert done.code == code
    assert words in done.sentence
    assert pair_of(nobody) == Tokens(ann.access)
    assert nobody("login", "--token", "-", stdin="").code == Exit.USAGE


def test_signing_out_withdraws_the_pair_and_removes_it(nobody: Cli, desk: Desk, ann: Person) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    assert "Signed out" in nobody.process("logout").err
    assert pair_of(nobody) is None
    assert desk.get("/users/settings", ann).status == 401
    assert nobody("logout").code == Exit.NOT_CONFIGURED
    assert "nobody is signed in" in nobody("get-history").sentence


def test_signing_out_while_trakt_is_away_loses_nothing_unless_it_is_wanted(
    nobody: Cli, desk: Desk, ann: Person
) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    desk.fault("403", path="/oauth/revoke", times=None)
    assert nobody("logout").code == Exit.SIGN_IN
    assert pair_of(nobody) is not None
    done = nobody("logout", "--local", "--json")
    assert done.json == {"signed_out": True, "withdrawn": False}
    assert pair_of(nobody) is None
    assert nobody("logout", "--local", "--json").json == {"signed_out": False, "withdrawn": False}
    assert desk.get("/users/settings", ann).status == 200


def test_a_damaged_token_file_is_told_and_mended_by_signing_in(nobody: Cli, desk: Desk, ann: Person) -> None:
    file = FileTokens(home_of(nobody) / f"token-{desk.server.base_url.partition('://')[2].replace(':', '_')}.json").path
    file.parent.mkdir(mode=0o700)
    file.write_text('{"access_token": "cut o')
    done = nobody("get-history")
    assert done.code == Exit.NOT_CONFIGURED
    assert "it is damaged" in done.sentence
    assert "watchprint login" in done.sentence
    assert nobody("logout").code == Exit.NOT_CONFIGURED
    assert nobody("login", "--token", ann.access).code == Exit.OK
    assert nobody("get-history").code == Exit.OK


def test_tokens_are_sent_to_no_other_trakt(nobody: Cli, desk: Desk, ann: Person) -> None:
    assert nobody("login", "--token", ann.access).code == Exit.OK
    elsewhere = nobody.having(TRAKT_API_URL=desk.server.base_url.replace("127.0.0.1", "localhost"))
    desk.obey("DELETE", "requests")
    for command in (("get-history",), ("sync",), ("logout",)):
        done = elsewhere(*command)
        assert done.code == Exit.NOT_CONFIGURED
        assert "sent to no other Trakt" in done.sentence
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
    assert sign_in(nobody, desk, "ann").code == Exit.OK
    before = pair_of(nobody)
    desk.advance(8 * 86_400)
    assert nobody("get-history").code == Exit.OK
    after = pair_of(nobody)
    assert before is not None
    assert after is not None
    assert after.access_token != before.access_token
    assert after.refresh_token != before.refresh_token
