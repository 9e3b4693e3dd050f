"""What the page about building it in promises: each error has its line, and what to do after a lost answer is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

import watchprint
from tests.plan.conftest import ROOT
from watchprint import AlreadyActive, Episode, Movie, NotFound, Show, TraktError, TraktService, UnknownOutcome
from watchprint.testing import TestTrakt, TestUser

PAGE = (ROOT / "docs" / "embedding.md").read_text("utf-8")
HEAT, PILOT = Movie(tmdb=949), Episode(Show(tmdb=1396), season=1, number=1)
AT = "2026-01-31T20:15:00Z"
BRANCHES = {"TraktError", "NoAnswer", "Refused"}

Call = Callable[[Any], Any]
CALLS: dict[str, tuple[Call, Call | None]] = {
    "add_to_history": (lambda me: me.add_to_history([HEAT, PILOT], at=AT), None),
    "remove_from_history": (
        lambda me: me.remove_from_history(HEAT, all_plays=True),
        lambda me: me.add_to_history(HEAT, at=AT),
    ),
    "scrobble_stop": (lambda me: me.scrobble_stop(HEAT, progress=95), None),
    "add_to_collection": (lambda me: me.add_to_collection(HEAT), None),
    "remove_from_collection": (lambda me: me.remove_from_collection(HEAT), lambda me: me.add_to_collection(HEAT)),
    "add_to_watchlist": (lambda me: me.add_to_watchlist(HEAT), None),
    "remove_from_watchlist": (lambda me: me.remove_from_watchlist(HEAT), lambda me: me.add_to_watchlist(HEAT)),
    "add_to_list": (lambda me: me.add_to_list("mine", HEAT), lambda me: me.create_list("Mine")),
    "remove_from_favorites": (lambda me: me.remove_from_favorites(HEAT), lambda me: me.add_to_favorites(HEAT)),
}
KEPT = ("history", "collection", "watchlist", "lists", "ratings", "watching")


def test_every_error_is_named_with_what_to_do() -> None:
    kinds = {name for name in watchprint.__all__ if _is_error(getattr(watchprint, name))} - BRANCHES
    table = PAGE.partition("## When something goes wrong")[2].partition("\n## ")[0]
    named = {
        name for line in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", line)
    }
    assert named == kinds


def test_the_sketches_are_python() -> None:
    sketches = re.findall(r"^```py\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(sketches) == 2
    for sketch in sketches:
        compile(sketch, "embedding.md", "exec")


@pytest.mark.parametrize("name", CALLS)
def test_after_a_lost_answer_the_same_again_is_stored_once(name: str, trakt: TestTrakt, trakt_user: TestUser) -> None:
    call, before = CALLS[name]
    with TraktService.from_env() as service:
        me = service.as_user(trakt_user.access_token)
        if before is not None:
            before(me)
        trakt.fault("stored_504", method="POST", path="/s*" if name != "add_to_list" else "/users/*")
        with pytest.raises(UnknownOutcome):
            call(me)
        once = {table: trakt.state(trakt_user)[table] for table in KEPT}
        call(me)
    assert {table: trakt.state(trakt_user)[table] for table in KEPT} == once


def test_a_list_and_a_check_in_say_that_they_were_there(trakt: TestTrakt, trakt_user: TestUser) -> None:
    with TraktService.from_env() as service:
        me = service.as_user(trakt_user.access_token)
        me.create_list("Mine")
        trakt.fault("stored_504", method="DELETE")
        with pytest.raises(UnknownOutcome):
            me.delete_list("mine")
        with pytest.raises(NotFound):
            me.delete_list("mine")
        trakt.fault("stored_504", path="/checkin")
        with pytest.raises(UnknownOutcome):
            me.checkin_movie(HEAT)
        with pytest.raises(AlreadyActive):
            me.checkin_movie(HEAT)
        trakt.fault("stored_504", method="POST", path="/users/me/lists")
        with pytest.raises(UnknownOutcome):
            me.create_list("Twice")
        assert [row.name for row in me.get_user_lists()] == ["Twice"], "so that one looks before making it again"
        me.create_list("Twice")
        assert [row.name for row in me.get_user_lists()] == ["Twice", "Twice"]


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, TraktError)
