"""Scrobbling: what a progress becomes, what is sent for it, and what an earlier play is."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.cases import HEAT, S1E2, breaking_bad, heat, own_id, second
from tests.service.faces import Blocking, Face
from watchprint import Episode, Invalid, Movie, NotFound, Season, UnknownOutcome


def state(desk: Desk) -> Any:
    return desk.obey("GET", "users/ann")


def sent(desk: Desk) -> list[tuple[str, Any]]:
    return [(row["path"], row["body"]) for row in desk.requests()]


def test_a_viewing_from_start_to_play(face: Face, desk: Desk, ann: Person) -> None:
    started = face.call("scrobble_start", ann.access, heat, 0)
    assert (started.action, started.progress, started.play_id, started.already) == ("start", 0, None, False)
    paused = face.call("scrobble_pause", ann.access, heat, 41.5)
    assert (paused.action, paused.progress, paused.play_id) == ("pause", 41.5, None)
    assert (state(desk)["watching"], state(desk)["playback"][0]["progress"]) == (None, 41.5)
    stopped = face.call("scrobble_stop", ann.access, heat, 80)
    assert (stopped.action, stopped.play_id) == ("scrobble", state(desk)["history"][0]["id"])
    assert stopped.item.ids.trakt == HEAT


@pytest.mark.parametrize(("progress", "sent_progress"), [(99.9, 79.9), (80, 79.9), (79.95, 79.9), (50, 50), (1, 1)])
def test_a_pause_is_a_stop_below_80(
    service: Blocking, desk: Desk, ann: Person, progress: float, sent_progress: float
) -> None:
    answer = service.call("scrobble_pause", ann.access, heat, progress)
    assert (answer.action, answer.progress) == ("pause", sent_progress)
    [(path, body)] = sent(desk)
    assert (path, body["progress"]) == ("/scrobble/stop", sent_progress)
    assert state(desk)["history"] == []


@pytest.mark.parametrize("method", ["scrobble_pause", "scrobble_stop"])
def test_below_one_percent_nothing_is_sent(face: Face, desk: Desk, ann: Person, method: str) -> None:
    answer = face.call(method, ann.access, heat, 0.99)
    assert (answer.action, answer.progress, answer.item) == ("none", 0.99, heat)
    assert sent(desk) == []


def test_a_stop_below_80_saves_the_position(service: Blocking, desk: Desk, ann: Person) -> None:
    assert service.call("scrobble_stop", ann.access, second, 79.99).action == "pause"
    assert state(desk)["playback"][0]["progress"] == 79.99


@pytest.mark.parametrize("item", [heat, second, own_id])
def test_a_title_just_scrobbled_is_no_error(face: Face, desk: Desk, ann: Person, item: Any) -> None:
    first = face.call("scrobble_stop", ann.access, item, 95)
    again = face.call("scrobble_stop", ann.access, item, 97.5)
    assert (again.already, again.action, again.progress) == (True, "scrobble", 97.5)
    assert (again.play_id, again.item.ids) == (first.play_id, first.item.ids)
    assert again.watched_at == datetime(2026, 3, 1, 20, 15, tzinfo=UTC)
    assert again.expires_at is not None
    assert again.expires_at > again.watched_at
    assert len(state(desk)["history"]) == 1


def test_the_play_behind_a_conflict_is_looked_up_but_not_needed(service: Blocking, desk: Desk, ann: Person) -> None:
    service.call("scrobble_stop", ann.access, heat, 95)
    desk.fault("500", "/sync/history", times=None)
    again = service.call("scrobble_stop", ann.access, heat, 95)
    assert (again.already, again.play_id, again.item) == (True, None, heat)


def test_a_stop_whose_answer_got_lost_is_settled_by_a_second(face: Face, desk: Desk, ann: Person) -> None:
    desk.fault("stored_504", "/scrobble/stop")
    with pytest.raises(UnknownOutcome):
        face.call("scrobble_stop", ann.access, heat, 95)
    assert face.call("scrobble_stop", ann.access, heat, 95).already is True
    assert len(state(desk)["history"]) == 1


def test_an_episode_by_its_own_id_is_found_first(service: Blocking, desk: Desk, ann: Person) -> None:
    answer = service.call("scrobble_start", ann.access, own_id, 5)
    assert answer.item.ids.trakt == S1E2
    assert [path for path, _ in sent(desk)] == ["/search/tmdb/62086", "/scrobble/start"]
    assert sent(desk)[1][1]["episode"]["ids"]["trakt"] == S1E2


def test_networks_are_sent_as_chosen(service: Blocking, desk: Desk, ann: Person) -> None:
    service.call("scrobble_start", ann.access, heat, 5, sharing=["twitter"])
    service.call("scrobble_start", ann.access, heat, 6, sharing={"mastodon": True, "twitter": False})
    service.call("scrobble_start", ann.access, heat, 7)
    assert [body.get("sharing") for _, body in sent(desk)] == [
        {"twitter": True, "mastodon": False, "tumblr": False},
        {"twitter": False, "mastodon": True, "tumblr": False},
        None,
    ]


@pytest.mark.parametrize("progress", [-0.1, 100.1, math.nan, math.inf, True, "50", None])
@pytest.mark.parametrize("method", ["scrobble_start", "scrobble_pause", "scrobble_stop"])
def test_progress_is_a_percentage(service: Blocking, desk: Desk, ann: Person, method: str, progress: Any) -> None:
    with pytest.raises(Invalid, match="progress is a number from 0 to 100"):
        service.call(method, ann.access, heat, progress)
    assert sent(desk) == []


@pytest.mark.parametrize("item", [breaking_bad, Season(breaking_bad, 1), "heat", None])
def test_only_films_and_episodes_play(service: Blocking, ann: Person, item: Any) -> None:
    with pytest.raises(Invalid, match="scrobbling takes movie or episode"):
        service.call("scrobble_stop", ann.access, item, 90)


def test_an_unknown_network_is_named(service: Blocking, ann: Person) -> None:
    with pytest.raises(Invalid, match="twitter, mastodon or tumblr, not 'facebook'"):
        service.call("scrobble_start", ann.access, heat, 1, sharing=["facebook"])


@pytest.mark.parametrize("item", [Episode(tmdb=999_999_999), Episode(breaking_bad, 77, 1), Movie(tmdb=999_999_999)])
def test_what_trakt_does_not_know(face: Face, ann: Person, item: Any) -> None:
    with pytest.raises(NotFound):
        face.call("scrobble_stop", ann.access, item, 90)
