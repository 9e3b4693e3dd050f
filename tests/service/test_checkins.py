"""Check-ins: where they go, what they say, when they become a play; a place stays here unless it is shared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.cases import HEAT, heat, own_id, second
from tests.service.faces import Blocking, Face
from watchprint import AlreadyActive, Invalid, Place

ODEON = Place("Odeon", kind="cinema", latitude=51.5101, longitude=-0.1302)
NOW = datetime(2026, 3, 1, 20, 15, 30, tzinfo=UTC)


def body(desk: Desk) -> Any:
    return next(row["body"] for row in desk.requests() if row["path"] == "/checkin" and row["method"] == "POST")


def test_a_check_in_becomes_a_play(face: Face, desk: Desk, ann: Person) -> None:
    made = face.call("checkin_movie", ann.access, heat)
    assert made.becomes_play_at == NOW + timedelta(minutes=170)
    assert (made.item.ids.trakt, made.shared_to, made.place) == (HEAT, (), None)
    desk.advance(170 * 60)
    [play] = face.call("get_history", ann.access)
    assert (play.id, play.action) == (made.id, "checkin")


def test_it_goes_to_connected_networks_only(face: Face, desk: Desk, ann: Person) -> None:
    made = face.call("checkin_episode", ann.access, second, sharing=["twitter", "mastodon"], message="again")
    assert (made.shared_to, made.not_connected) == (("twitter",), ("mastodon",))
    assert body(desk)["message"] == "again"
    assert body(desk)["sharing"] == {"twitter": True, "mastodon": False, "tumblr": False}
    face.call("delete_checkin", ann.access)
    with pytest.raises(Invalid, match="twitter, mastodon"):
        face.call("checkin_episode", ann.access, second, sharing=["myspace"])
    assert desk.obey("GET", "users/ann")["watching"] is None


def test_a_place_is_returned_and_not_sent(face: Face, desk: Desk, ann: Person) -> None:
    made = face.call("checkin_movie", ann.access, heat, place=ODEON, message="Heat!")
    assert made.place == ODEON
    seen = str([row["body"] for row in desk.requests()])
    assert "Odeon" not in seen
    assert "51.5" not in seen


@pytest.mark.parametrize(("message", "says"), [("Heat!", "Heat! at Odeon"), (None, "at Odeon")])
def test_a_shared_place_is_named_but_not_located(
    face: Face, desk: Desk, ann: Person, message: str | None, says: str
) -> None:
    face.call("checkin_movie", ann.access, heat, place=ODEON, share_place=True, message=message)
    assert body(desk)["message"] == says
    assert "51.5" not in str(body(desk))


def test_a_second_one_says_how_long_the_first_runs(face: Face, ann: Person) -> None:
    made = face.call("checkin_movie", ann.access, heat)
    with pytest.raises(AlreadyActive) as running:
        face.call("checkin_episode", ann.access, own_id)
    assert running.value.expires_at == made.becomes_play_at
    assert face.call("delete_checkin", ann.access) is None
    assert face.call("delete_checkin", ann.access) is None
    assert face.call("checkin_episode", ann.access, own_id).id != made.id


@pytest.mark.parametrize(
    ("method", "item", "more", "says"),
    [
        ("checkin_movie", second, {}, "checkin_movie takes movie, not an episode"),
        ("checkin_episode", heat, {}, "checkin_episode takes episode, not a movie"),
        ("checkin_movie", heat, {"place": "Odeon"}, "a place is a Place"),
        ("checkin_movie", heat, {"share_place": True}, "pass it as place="),
        ("checkin_movie", heat, {"message": 5}, "a message is text"),
    ],
)
def test_what_makes_no_sense_is_told(
    service: Blocking, desk: Desk, ann: Person, method: str, item: Any, more: dict[str, Any], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        service.call(method, ann.access, item, **more)
    assert desk.requests() == []
