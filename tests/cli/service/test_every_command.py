"""Every command of the 27 methods in every situation; the run ends with the table of what was seen."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from tests.cli.running import Cli, Ended
from tests.cli.service.cases import CASES, NOBODY, Case
from tests.cli.table import TABLE
from tests.sandbox.desk import Desk, Person
from watchprint import UserService
from watchprint.cli.exits import Exit


@contextmanager
def time_flies(desk: Desk) -> Generator[None]:
    """Within the block a minute passes many times a second, so that waits between tries are over at once."""
    ended, own = threading.Event(), Desk(desk.server)

    def move() -> None:
        while not ended.wait(0.03):
            own.advance(60)
        own.close()

    mover = threading.Thread(target=move)
    mover.start()
    try:
        yield
    finally:
        ended.set()
        mover.join()


def said(ended: Ended, code: Exit, *words: str) -> None:
    """The command ended so, with nothing on stdout and one sentence that has these words."""
    assert ended.code == code, ended
    assert ended.out == ""
    for word in words:
        assert word in ended.sentence


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.command)
def test_a_command_in_every_situation(case: Case, cli: Cli, desk: Desk, ann: Person) -> None:
    def note(column: str, seen: str) -> None:
        TABLE.note(case.command, column, seen)

    # a blank token: told before anything is sent
    desk.obey("DELETE", "requests")
    said(cli(*case.typed, "--token", "  "), Exit.USAGE, "blank")
    assert desk.requests() == []
    note("blank token", "2")

    # a token that was revoked
    spare = desk.obey("POST", "tokens", {"user": "ann"})["access_token"]
    body = {"token": spare, "client_id": desk.client_id, "client_secret": desk.client_secret}
    assert desk.post("/oauth/revoke", body).status == 200
    said(cli.hiding(spare)(*case.typed, "--token", spare), Exit.SIGN_IN, "sign in again", "watchprint login")
    note("revoked token", "5")

    # too fast
    desk.fault("429", times=None, retry_after_s=300)
    said(cli(*case.typed), Exit.THROTTLED, "slow down", "300 s")
    desk.obey("DELETE", "faults")
    note("throttled", "7")

    # Trakt is down
    desk.fault("503", times=None)
    with time_flies(desk):
        down = cli(*case.typed)
    desk.obey("DELETE", "faults")
    desk.freeze("2026-03-01T20:15:30Z")
    said(down, case.down, "try again later" if case.down is Exit.NO_ANSWER else "may or may not be stored")
    note("Trakt down", str(int(case.down)))

    # the effect, read back from the sandbox's own tables
    case.prepare(cli)
    ended = cli(*case.typed, "--json")
    assert (ended.code, ended.err) == (Exit.OK, "")
    state = desk.obey("GET", "users/ann")
    assert case.effect(state, ended.json), (ended.json, state)
    note("effect", "ok")

    # something that Trakt does not know
    note("unknown id", "–" if case.unknown is None else unknown(case, cli))
    assert TABLE.complete(case.command)


def unknown(case: Case, cli: Cli) -> str:
    """How the command ends for an unknown id, after it was checked."""
    assert case.unknown is not None
    typed, code = case.unknown
    ended = cli(*typed)
    assert ended.code == code, ended
    if code is Exit.OK:
        assert "nothing" in ended.out
        return "0, no rows"
    assert "know" in ended.sentence
    if NOBODY in typed and ended.out:
        assert NOBODY in ended.sentence
    return "4"


def test_the_cases_are_the_27_methods() -> None:
    methods = {name.replace("_", "-") for name in dir(UserService) if not name.startswith("_")} - {"runner"}
    assert sorted(case.command for case in CASES) == sorted(methods)
    assert len(CASES) == 27


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.command)
def test_what_a_person_sees_is_words(case: Case, cli: Cli) -> None:
    case.prepare(cli)
    ended = cli(*case.typed)
    assert (ended.code, ended.err) == (Exit.OK, "")
    assert ended.out.strip()
    for sign in ("None", "(", "{", "_at=", "Movie", "kind="):
        assert sign not in ended.out.replace("(1995)", "").replace("(2008)", ""), ended.out


@pytest.mark.parametrize("typed", ["movie:tmdb:949", "movie:heat-1995", "movie:Heat (1995)", "tmdb:949", "tt0113277"])
def test_a_search_takes_items_as_other_commands_do(typed: str, cli: Cli) -> None:
    found = cli("search", typed, "--json").json
    assert ("movie", "Heat") in [(row["item"]["type"], row["item"].get("title")) for row in found]


@pytest.mark.parametrize("words", ["movie: the game", "heat", "show"])
def test_words_are_no_item(words: str, cli: Cli) -> None:
    assert cli("search", words).code == Exit.OK
