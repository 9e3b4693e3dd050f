"""`watchprint sync`, `status` and `insights` over a real sandbox, from one process and from several."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

import pytest

from tests.cli.keeping import changed, files_with, home_of, looked_up, pair_of
from tests.cli.running import Cli, Terminal
from tests.sandbox.desk import Desk
from watchprint.app import Watchprint
from watchprint.cli.copy.going import span
from watchprint.cli.copy.sync import OUTCOMES
from watchprint.cli.exits import Exit
from watchprint.domain.play import Arrival, Source
from watchprint.settings import Settings
from watchprint.store import Work
from watchprint.sync import Outcome
from watchprint.trakt.tokens import Tokens


@pytest.fixture
def mine(nobody: Cli, desk: Desk) -> Iterator[Cli]:
    """The command line of a home in which Ann, with 150 plays, is signed in; no secret of hers lies open in it."""
    ann = desk.user("ann", plays=150, zone="Europe/Berlin")
    cli = nobody.hiding(ann.access, ann.refresh)
    with Watchprint.open(Settings.from_env(cli.env)) as app:
        app.link(Tokens(ann.access, ann.refresh, app.clock.now(), 7 * 86_400))
    yield cli
    assert files_with(home_of(cli), [ann.access, ann.refresh]) == []


def quiet(desk: Desk) -> None:
    """Let what has just changed become old, and forget what was asked."""
    desk.advance(600)
    desk.obey("DELETE", "requests")


def test_the_first_copy_the_second_and_one_change(mine: Cli, desk: Desk) -> None:
    first = mine.process("sync", "--json")
    assert first.code == Exit.OK
    assert (first.json["outcome"], first.json["whole"], first.json["plays"]["added"]) == ("changed", True, 150)
    quiet(desk)
    assert mine.process("sync").code == Exit.OK
    quiet(desk)
    again = mine.process("sync")
    assert "nothing has changed" in again.out
    assert "1 request," in again.out
    assert [row["path"] for row in desk.requests()] == ["/sync/last_activities"]
    assert mine.process("add-to-history", "movie:tmdb:949", "--json").json["added"] == 1
    due = mine("status", "--json").json
    now = datetime.fromisoformat(desk.obey("GET", "clock")["now"])
    assert datetime.fromisoformat(due["next_sync_at"]) <= now, "a write makes it due"
    assert "due now" in mine("status").out
    changed_now = mine.process("sync", "--json").json
    assert changed_now["plays"]["added"] == 1
    totals = mine.process("insights", "totals", "--json").json
    assert next(row["plays"] for row in totals["rows"] if row["kind"] == "all") == 151
    assert totals["zone"] == "Europe/Berlin"
    assert mine("insights", "punch-card", "--zone", "UTC", "--json").json["zone"] == "UTC"
    assert mine("sync", "--whole", "--json").json["whole"]


def test_a_copy_that_was_never_made_is_not_taken_for_an_empty_one(mine: Cli) -> None:
    done = mine("insights", "totals", "--json")
    assert done.code == Exit.OK
    assert "run `watchprint sync` first" in done.err
    assert mine("sync").code == Exit.OK
    assert mine("insights", "totals").err == ""


def test_sources_of_insights_do_not_mix(mine: Cli, desk: Desk) -> None:
    bob = desk.user("bob", plays=9)
    direct = mine.hiding(bob.access).having(WATCHPRINT_TOKEN=bob.access)
    answer = direct("insights", "totals", "--json").json
    assert next(row["plays"] for row in answer["rows"] if row["kind"] == "all") == 9
    assert direct("insights", "totals", "--account", "ann").code == Exit.USAGE
    assert mine("insights", "totals", "--export", "x.zip", "--account", "ann").code == Exit.USAGE


def test_a_token_wins_over_who_is_signed_in_and_is_never_mixed(mine: Cli, desk: Desk) -> None:
    bob = desk.user("bob", plays=3)
    given = mine.hiding(bob.access).having(WATCHPRINT_TOKEN=bob.access)
    assert len(given("get-history", "--json").json) == 3
    both = given("get-history", "--account", "ann")
    assert both.code == Exit.USAGE
    assert "a token and an account are both given" in both.sentence
    assert len(mine("get-history", "--account", "ANN", "--json").json) == 150
    assert mine("get-history", "--account", "bob").code == Exit.NOT_FOUND


def test_two_processes_at_once_beside_a_running_service(mine: Cli, desk: Desk) -> None:
    desk.advance(4 * 86_400)
    with Watchprint.open(Settings.from_env(mine.env)) as service:
        with mine.begin("sync", "--json") as one, mine.begin("sync", "--json") as other:
            ours = service.sync()
            told = [process.communicate(timeout=120) for process in (one, other)]
        assert (one.returncode, other.returncode) == (Exit.OK, Exit.OK), told
        outcomes = [json.loads(out)["outcome"] for out, _ in told] + [ours.outcome]
        assert set(outcomes) <= {"changed", "nothing", "elsewhere"}
        assert "changed" in outcomes
        assert service.plays().num_rows == 150, "no play twice"
        assert service.insight("totals").n == 150
    assert [row["path"] for row in desk.requests()].count("/oauth/token") == 1
    pair = pair_of(mine)
    assert pair is not None
    assert desk.get("/users/settings", pair.access_token).status == 200


def test_all_accounts_and_the_code_of_the_one_that_failed(mine: Cli, desk: Desk) -> None:
    bob = desk.user("bob", plays=5)
    assert mine("login", "--token", bob.access).code == Exit.OK
    assert mine("accounts", "create", "local").code == Exit.OK
    done = mine("sync", "--all", "--json")
    assert [(row["account"], row["plays"]["added"]) for row in done.json] == [("ann", 150), ("bob", 5)]
    assert mine("sync", "--account", "local").code == Exit.NOT_CONFIGURED
    assert mine("sync", "--account", "local", "--all").code == Exit.USAGE
    desk.post("/oauth/revoke", {"token": bob.access, "client_id": desk.client_id, "client_secret": desk.client_secret})
    failed = mine("sync", "--all", "--json")
    assert failed.code == Exit.SIGN_IN
    assert failed.json[1]["outcome"] in {"disconnected", "sign_in_again"}


def test_a_withdrawn_sign_in_says_sign_in_again_and_the_queue_is_kept(mine: Cli, desk: Desk) -> None:
    assert mine("sync").code == Exit.OK
    pair = pair_of(mine)
    assert pair is not None

    def owe(work: Work) -> None:
        account = work.accounts.named("ann")
        [play] = work.plays.page(account.id, limit=1)
        door = (Source("session", "s1"),)
        arrival = Arrival(title_id=play.title_id, watched_at=work.now, sources=door, state="owed")
        work.plays.arrive(account.id, [arrival])

    changed(mine, owe)
    desk.post(
        "/oauth/revoke",
        {"token": pair.access_token, "client_id": desk.client_id, "client_secret": desk.client_secret},
    )
    done = mine("sync")
    assert done.code == Exit.SIGN_IN
    assert "watchprint login" in done.out
    status = mine("status")
    assert "watchprint login" in status.out
    assert "1 to send" in status.out
    assert mine("status", "--json").json["queue"] == {"owed": 1, "sending": 0, "unsure": 0}
    assert mine("insights", "totals").code == Exit.OK, "the copy can be asked all the same"


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [("423", Exit.REFUSED, "locked"), ("403", Exit.SIGN_IN, "refuses"), ("503", Exit.NO_ANSWER, "try again later")],
)
def test_what_trakt_refuses_ends_with_its_own_code(mine: Cli, desk: Desk, fault: str, code: Exit, words: str) -> None:
    desk.fault(fault, path="/sync/last_activities", times=None)
    done = mine("sync")
    assert done.code == code
    assert words in done.out
    desk.obey("DELETE", "faults")
    assert mine("sync").code == Exit.OK


def test_lost_keys_are_told_and_mended_by_signing_in(mine: Cli, desk: Desk) -> None:
    (home_of(mine) / "keys").unlink()
    assert "is gone" in mine("doctor").out
    for command in (("get-history",), ("sync",)):
        done = mine(*command)
        assert done.code in (Exit.NOT_CONFIGURED, Exit.SIGN_IN), done
        assert "key ring" in done.err + done.out
    assert mine("insights", "totals").code == Exit.OK
    again = desk.user("carl")
    assert mine("login", "--token", again.access, "--account", "carl").code == Exit.OK
    assert len(mine("get-history", "--account", "carl", "--json").json) == 0
    assert mine("doctor").code == Exit.NOT_CONFIGURED


def test_the_doctor_sees_store_accounts_and_keys(mine: Cli, desk: Desk) -> None:
    assert mine("sync").code == Exit.OK
    seen = mine("doctor")
    assert seen.code == Exit.OK
    assert "1 account, 150 plays" in seen.out
    assert "keys: 1 in" in seen.out
    assert "signed in as ann" in seen.out
    desk.fault("423", path="/sync/last_activities", times=None)
    mine("sync")
    assert "only Trakt's support can help" in mine("doctor").out


def test_progress_is_drawn_on_a_terminal_and_ctrl_c_leaves_what_was_read(mine: Cli, desk: Desk) -> None:
    with Terminal(mine.whole(), "sync") as terminal:
        assert terminal.ended(90) == Exit.OK
    assert "ann: " in terminal.text
    assert "the copy is what Trakt has" in terminal.text
    desk.fault("slow", path="/sync/last_activities", times=None, delay_s=30)
    with Terminal(mine.whole(), "sync") as stopped:
        until_s = time.monotonic() + 60
        while not looked_up(mine, lambda work: work.leases.holder("sync 1")) and time.monotonic() < until_s:
            time.sleep(0.05)
        stopped.type("\x03")
        assert stopped.ended() == Exit.INTERRUPTED
    assert "Traceback" not in stopped.text
    desk.obey("DELETE", "faults")
    assert mine("sync").code == Exit.OK
    assert mine("status", "--json").json["plays"] == 150


def test_a_local_home_asks_nothing(nobody: Cli, desk: Desk) -> None:
    bare = nobody.having(TRAKT_CLIENT_ID=None)
    desk.obey("DELETE", "requests")
    assert bare("accounts", "create", "ann").code == Exit.OK
    for typed in ("status", "insights totals", "accounts", f"backup {home_of(bare) / 'b.db'}"):
        assert bare(*typed.split()).code == Exit.OK
    for typed in ("sync", "login", "get-history --account ann"):
        done = bare(*typed.split())
        assert done.code == Exit.NOT_CONFIGURED
        assert "TRAKT_CLIENT_ID is not set" in done.sentence
    assert bare("forget", "ann", "--yes").code == Exit.OK
    assert desk.requests() == []


def test_where_no_account_is_linked_all_of_them_are_none(mine: Cli) -> None:
    mine("accounts", "create", "local")
    assert mine("forget", "ann", "--yes").code == Exit.OK
    ended = mine("sync", "--all")
    assert (ended.code, ended.out) == (Exit.OK, "")
    assert "No account is linked" in ended.err
    assert mine("sync", "--all", "--json").json == []


def test_every_outcome_has_its_code_and_words() -> None:
    assert set(OUTCOMES) == set(get_args(Outcome))
    assert {code for name, (code, _) in OUTCOMES.items() if name in ("nothing", "changed")} == {Exit.OK}


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 s"), (99.4, "99 s"), (100, "2 min"), (5999, "1 h 40 min")])
def test_times_to_go_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert span(seconds) == words
