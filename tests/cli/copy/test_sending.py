"""`watchprint send-on`, as people type it, at a real sandbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli.keeping import changed, home_of, looked_up
from tests.cli.running import Cli
from tests.sandbox.desk import Desk, Person
from tests.sending.desk import EVENING, HEAT, episode, taken_in
from watchprint.store import Store


@pytest.fixture
def signed_in(nobody: Cli, ann: Person) -> Cli:
    """Ann's account is linked in this home, and has an import of three plays; one has a title that Trakt has not."""
    cli = nobody.hiding(ann.access, ann.refresh)
    ended = cli("login", "--token", "-", stdin=f"{ann.access}\n")
    assert ended.code == 0, ended.err
    return cli


@pytest.fixture
def number(signed_in: Cli) -> int:
    with Store.open(home=home_of(signed_in)) as store:
        [account] = store.read(lambda work: work.accounts.all())
        rows = [(HEAT, EVENING), (episode(1), EVENING + timedelta(days=1)), (None, None)]
        return taken_in(store, account.id, rows)


def at_trakt(desk: Desk) -> int:
    return len(desk.obey("GET", "users/ann")["history"])


def test_a_preview_shows_and_sends_nothing(signed_in: Cli, number: int, desk: Desk) -> None:
    ended = signed_in("send-on", str(number), "--preview")
    assert ended.code == 0, ended.err
    assert "2 would be sent" in ended.out
    assert "Heat (1995)" in ended.out
    assert "nobody knows what it was of" in ended.out
    said = signed_in("send-on", str(number), "--preview", "--json").json
    assert [told["title"] for told in said["send"]] == ["Heat (1995)", "Breaking Bad 1x01"]
    assert at_trakt(desk) == 0


def test_it_asks_before_it_sends(signed_in: Cli, number: int, desk: Desk) -> None:
    refused = signed_in("send-on", str(number), stdin="n\n")
    assert refused.code == 2
    assert "nothing was sent" in " ".join(refused.err.split())
    assert at_trakt(desk) == 0
    ended = signed_in("send-on", str(number), stdin="yes\n")
    assert ended.code == 0, ended.err
    assert "Send 2 plays to Trakt?" in ended.err
    assert at_trakt(desk) == 2


def test_with_yes_it_sends_and_reports_as_data(signed_in: Cli, number: int, desk: Desk) -> None:
    said = signed_in("send-on", str(number), "--yes", "--json").json
    assert (said["outcome"], said["sent"], said["existing"], said["left"]) == ("done", 2, 0, 0)
    assert [told["why"] for told in said["cannot"]] == ["nobody knows what it was of"]
    again = signed_in("send-on", str(number), "--yes", "--json").json
    assert (again["sent"], at_trakt(desk)) == (0, 2)


def test_where_it_stops_the_exit_code_says_why(signed_in: Cli, number: int, desk: Desk) -> None:
    desk.fault("423", path="/sync/history*", times=None)
    ended = signed_in("send-on", str(number), "--yes")
    assert ended.code == 6
    assert "only Trakt's support can help" in " ".join(ended.out.split())
    account = looked_up(signed_in, lambda work: work.accounts.all())[0]
    assert account.link is not None
    assert account.link.status == "locked"
    assert at_trakt(desk) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["99"], 4, "no import number 99"),
        (["1", "--preview", "--yes"], 2, "a preview sends nothing"),
        (["1", "--account", "bob", "--yes"], 3, "'bob' is not linked to Trakt"),
        (["one"], 2, "a valid integer"),
    ],
)
def test_what_cannot_be_sent_is_said(signed_in: Cli, number: int, arguments: list[str], code: int, words: str) -> None:
    changed(signed_in, lambda work: work.accounts.create("bob"))
    ended = signed_in("send-on", *arguments)
    assert ended.code == code, ended.err
    assert words in " ".join(ended.err.split())


def test_where_nothing_waits_it_says_so(signed_in: Cli, number: int, desk: Desk) -> None:
    assert signed_in("send-on", str(number), "--yes").code == 0
    ended = signed_in("send-on", str(number))
    assert ended.code == 0
    assert f"Nothing of import {number} waits to be sent." in ended.err
    said = signed_in("send-on", str(number), "--json").json
    assert (said["outcome"], said["sent"], at_trakt(desk)) == ("done", 0, 2)


def test_asked_with_json_stdout_is_the_report_alone(signed_in: Cli, number: int, desk: Desk) -> None:
    ended = signed_in("send-on", str(number), "--json", stdin="y\n")
    assert "Send 2 plays to Trakt?" in ended.err
    assert ended.json["sent"] == 2
