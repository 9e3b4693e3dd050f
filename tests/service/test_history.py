"""History: nothing is doubled, whatever is lost on the way; few requests; rows with all ids; removal with care."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.cases import AT, HEAT, S1E2, breaking_bad, heat, nobody, own_id, plays, season_1, second
from tests.service.faces import Blocking, Face, NoWaiting, unpaced
from watchprint import (
    RELEASED,
    UNKNOWN,
    AsyncTraktService,
    Episode,
    Invalid,
    Movie,
    NotFound,
    Owned,
    PartlyWritten,
    Season,
    Seen,
    Show,
    TokenExpired,
    UnknownOutcome,
    Written,
)
from watchprint import Person as Someone

VERBS = ("add_to", "remove_from")
EVENING = datetime(2024, 5, 1, 19, 0, tzinfo=UTC)


def sent(desk: Desk) -> list[tuple[str, str]]:
    return [(row["method"], row["path"]) for row in desk.requests()]


def history(desk: Desk) -> list[Any]:
    rows: list[Any] = desk.obey("GET", "users/ann")["history"]
    return rows


def films(desk: Desk, how_many: int) -> list[Movie]:
    """So many films of the sandbox, by TMDB id."""
    known = desk.server.run(lambda s: [m.tmdb for m in s.world.catalogue.movies.values() if m.tmdb])
    return [Movie(tmdb=tmdb) for tmdb in known[:how_many]]


# --- the guard


def test_threads_that_add_the_same_at_once_add_one_play(service: Blocking, desk: Desk, ann: Person) -> None:
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda _: service.call("add_to_history", ann.access, heat, at=AT), range(8)))
    assert len(history(desk)) == 1
    assert sorted((w.added, w.skipped) for w in written) == [(0, 1)] * 7 + [(1, 0)]


def test_tasks_that_add_the_same_at_once_add_one_play(desk: Desk, ann: Person) -> None:
    async def at_once() -> list[Written]:
        pacing = unpaced()
        one = AsyncTraktService(desk.client_id, api_url=desk.server.base_url, pacing=pacing)
        other = AsyncTraktService(desk.client_id, api_url=desk.server.base_url, pacing=pacing)
        async with one, other:
            calls = [trakt.add_to_history(ann.access, heat, at=AT) for trakt in (one, other) for _ in range(4)]
            return list(await asyncio.gather(*calls))

    written = asyncio.run(at_once())
    assert len(history(desk)) == 1
    assert sum(w.added for w in written) == 1


def test_a_call_that_fails_hands_its_turn_on(face: Face, desk: Desk, ann: Person) -> None:
    for _ in range(2):
        desk.fault("401", "/sync/history")
        with pytest.raises(TokenExpired):
            face.call("add_to_history", ann.access, heat, at=AT)
    assert face.call("add_to_history", ann.access, heat, at=AT).added == 1


def test_a_lost_answer_doubles_nothing(face: Face, desk: Desk, ann: Person) -> None:
    desk.fault("stored_504", "/sync/history", match={"method": "POST"})
    with pytest.raises(UnknownOutcome, match="may or may not be stored"):
        face.call("add_to_history", ann.access, heat, at=AT)
    assert len(history(desk)) == 1
    assert face.call("add_to_history", ann.access, heat, at=AT) == Written(skipped=1)
    assert len(history(desk)) == 1


def test_a_lost_answer_doubles_nothing_across_the_minute(service: Blocking, desk: Desk, ann: Person) -> None:
    desk.fault("stored_504", "/sync/history", match={"method": "POST"})
    with pytest.raises(UnknownOutcome):
        service.call("add_to_history", ann.access, heat)
    desk.advance(45)
    assert service.call("add_to_history", ann.access, heat).skipped == 1
    desk.advance(3 * 3600)
    assert service.call("add_to_history", ann.access, heat).added == 1
    assert len(history(desk)) == 2


class MovingClock(NoWaiting):
    """A clock that lets the sandbox's time pass instead of ours."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def sleep(self, seconds: float) -> None:
        self._desk.advance(seconds)


def test_a_lost_answer_doubles_nothing_though_trakt_lags(desk: Desk, ann: Person) -> None:
    """Reads see a write 1.5 s late; the error comes later than that, so that an immediate second try is safe."""
    for kind in ("stored_504", "lag"):
        desk.fault(kind, "/sync/history", match={"method": "POST"})
    face = Blocking(desk, clock=MovingClock(desk))
    with pytest.raises(UnknownOutcome):
        face.call("add_to_history", ann.access, heat, at=AT)
    assert face.call("add_to_history", ann.access, heat, at=AT).skipped == 1
    face.close()
    assert len(history(desk)) == 1


def test_now_is_the_servers_now_from_the_first_call_on(face: Face, desk: Desk, ann: Person) -> None:
    """This machine's clock is months away from the sandbox's; the guard notices before it writes."""
    assert desk.post("/sync/history", {"movies": [{"ids": {"trakt": HEAT}}]}, ann).status == 201
    assert face.call("add_to_history", ann.access, heat) == Written(skipped=1)
    assert len(history(desk)) == 1


def test_one_evening_is_one_read(service: Blocking, desk: Desk, ann: Person) -> None:
    seen = [Seen(film, EVENING + timedelta(hours=2 * n)) for n, film in enumerate(films(desk, 4))]
    assert service.call("add_to_history", ann.access, seen).added == 4
    assert sent(desk) == [("GET", "/sync/history"), ("POST", "/sync/history")]
    assert service.call("add_to_history", ann.access, seen) == Written(skipped=4)


def test_a_seconds_difference_is_the_same_minute(service: Blocking, desk: Desk, ann: Person) -> None:
    service.call("add_to_history", ann.access, heat, at="2024-05-01T22:15:01+02:00")
    assert service.call("add_to_history", ann.access, heat, at="2024-05-01T20:15:59.999Z").skipped == 1
    assert service.call("add_to_history", ann.access, heat, at="2024-05-01T20:16:00Z").added == 1


def test_many_days_are_read_whole_where_that_is_less(service: Blocking, desk: Desk, ann: Person) -> None:
    seen = [Seen(film, EVENING + timedelta(days=20 * n)) for n, film in enumerate(films(desk, 30))]
    assert service.call("add_to_history", ann.access, seen).added == 30
    assert len([path for method, path in sent(desk) if method == "GET"]) <= 2
    assert service.call("add_to_history", ann.access, seen).skipped == 30


def test_a_batch_does_not_double_itself(service: Blocking, desk: Desk, ann: Person) -> None:
    twice = [heat, Movie(imdb="tt0113277"), Movie(title="Heat", year=1995), second, own_id, Episode(tmdb=62086)]
    assert service.call("add_to_history", ann.access, twice, at=AT) == Written(added=2, skipped=4)
    assert sorted(plays({"history": history(desk)})) == [("episode", S1E2), ("movie", HEAT)]


def test_a_certain_minute_goes_before_now(service: Blocking, desk: Desk, ann: Person) -> None:
    minutes_ago = datetime(2026, 3, 1, 20, 12, tzinfo=UTC)
    assert service.call("add_to_history", ann.access, [Seen(heat), Seen(heat, minutes_ago)]).added == 1
    assert history(desk)[0]["watched_at"].startswith("2026-03-01T20:12:00")


def test_a_show_brings_only_what_is_missing(face: Face, desk: Desk, ann: Person) -> None:
    assert face.call("add_to_history", ann.access, season_1, at=AT).added == 7
    assert face.call("add_to_history", ann.access, [breaking_bad, second], at=AT) == Written(added=55, skipped=8)
    assert len(set(plays({"history": history(desk)}))) == len(history(desk)) == 62


def test_a_season_by_its_own_id_is_guarded_too(service: Blocking, desk: Desk, ann: Person) -> None:
    own = Season(tmdb=3572)
    service.call("add_to_history", ann.access, second, at=AT)
    assert service.call("add_to_history", ann.access, own, at=AT) == Written(added=6, skipped=1)
    assert service.call("add_to_history", ann.access, own, at=AT) == Written(skipped=7)
    with pytest.raises(Invalid, match="name its show"):
        service.call("add_to_history", ann.access, own, at=RELEASED)
    with pytest.raises(Invalid, match="allow_duplicates"):
        service.call("add_to_history", ann.access, [Season(tmdb=3573), Season(tvdb=40719)], at=EVENING)


@pytest.mark.parametrize("at", [RELEASED, UNKNOWN])
def test_released_and_unknown_are_added_once(face: Face, desk: Desk, ann: Person, at: Any) -> None:
    assert face.call("add_to_history", ann.access, [heat, Show(tmdb=87108)], at=at) == Written(added=6)
    assert face.call("add_to_history", ann.access, [heat, Show(tmdb=87108), nobody], at=at).skipped == 6
    assert len(history(desk)) == 6
    rows = face.call("get_history", ann.access, item=heat)
    assert [row.watched_at is None for row in rows] == [at is UNKNOWN]


def test_allow_duplicates_looks_at_nothing(service: Blocking, desk: Desk, ann: Person) -> None:
    for _ in range(2):
        assert service.call("add_to_history", ann.access, heat, at=AT, allow_duplicates=True) == Written(added=1)
    assert [method for method, _ in sent(desk)] == ["POST", "POST"]


def test_what_trakt_does_not_know_is_told_beside_what_it_does(service: Blocking, ann: Person) -> None:
    strange = [nobody, Episode(tmdb=999_999_999), Episode(breaking_bad, 9, 1), Movie(title="No Such Film", year=1900)]
    answer = service.call("add_to_history", ann.access, [heat, *strange], at=AT)
    assert answer.added == 1
    assert set(answer.not_found) == set(strange)


@pytest.mark.parametrize(
    ("method", "before"),
    [
        *((f"{verb}_{to}", ()) for to in ("history", "collection", "watchlist", "favorites") for verb in VERBS),
        *((f"{verb}_list", ("films",)) for verb in VERBS),
    ],
)
@pytest.mark.parametrize("empty", [[], (), iter(())])
def test_an_empty_batch_is_told_and_not_sent(
    face: Face, desk: Desk, ann: Person, method: str, before: tuple[str, ...], empty: Any
) -> None:
    with pytest.raises(Invalid, match="takes at least one item, and none was given"):
        face.call(method, ann.access, *before, empty)
    assert sent(desk) == []


def test_a_removal_of_nothing_is_told_and_not_sent(service: Blocking, desk: Desk, ann: Person) -> None:
    with pytest.raises(Invalid, match="takes at least one item"):
        service.call("remove_from_history", ann.access)
    with pytest.raises(Invalid, match="takes at least one item"):
        service.call("remove_from_history", ann.access, play_ids=[])
    assert sent(desk) == []


@pytest.mark.parametrize(
    ("items", "at", "says"),
    [
        (heat, datetime(2024, 5, 1, 20, 15), "has no time zone"),
        (heat, "yesterday", "is not a time"),
        (heat, 1714594500, "a time is an aware datetime"),
        (Someone(tmdb=1158), None, "takes movie, show, season or episode, not a person"),
        (Owned(heat), None, "items or Seen, not Owned"),
        ("tt0113277", None, "takes an item such as Movie"),
        ([heat, None], None, "takes items such as Movie"),
        ({"tmdb": 949}, None, "takes an item such as Movie"),
    ],
)
def test_what_makes_no_sense_is_told_before_anything_is_sent(
    service: Blocking, desk: Desk, ann: Person, items: Any, at: Any, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        service.call("add_to_history", ann.access, items, at=at)
    assert sent(desk) == []


# --- batches


def test_a_batch_that_stops_midway_says_what_is_left(face: Face, desk: Desk, ann: Person) -> None:
    seen = [Seen(film, EVENING + timedelta(minutes=n)) for n, film in enumerate(films(desk, 250))]
    desk.fault("stored_504", "/sync/history", match={"method": "POST"}, skip=1)
    with pytest.raises(PartlyWritten) as stopped:
        face.call("add_to_history", ann.access, seen)
    assert stopped.value.written == Written(added=100)
    assert stopped.value.left == tuple(seen[100:])
    assert isinstance(stopped.value.__cause__, UnknownOutcome)
    again = face.call("add_to_history", ann.access, stopped.value.left)
    assert again == Written(added=50, skipped=100)
    assert len(history(desk)) == 250


def test_a_batch_that_cannot_begin_fails_as_it_is(service: Blocking, desk: Desk, ann: Person) -> None:
    desk.fault("expired_token", "/sync/history", match={"method": "POST"})
    with pytest.raises(TokenExpired):
        service.call("add_to_history", ann.access, films(desk, 150), at=AT)


# --- removing


def test_single_plays_go_by_id(face: Face, desk: Desk, ann: Person) -> None:
    face.call("add_to_history", ann.access, [Seen(heat, AT), Seen(heat, AT + timedelta(days=1))])
    newest = face.call("get_history", ann.access, limit=1)[0]
    answer = face.call("remove_from_history", ann.access, play_ids=[newest.id, 77])
    assert (answer.deleted, answer.not_found) == (1, (77,))
    assert [row["watched_at"][:10] for row in history(desk)] == ["2024-05-01"]


def test_all_plays_of_a_title_go_only_when_told(service: Blocking, desk: Desk, ann: Person) -> None:
    service.call("add_to_history", ann.access, [Seen(heat, AT), Seen(heat, AT + timedelta(days=1)), Seen(own_id, AT)])
    with pytest.raises(Invalid, match="all_plays=True"):
        service.call("remove_from_history", ann.access, heat)
    answer = service.call("remove_from_history", ann.access, [heat, own_id, nobody], all_plays=True)
    assert (answer.deleted, answer.not_found) == (3, (nobody,))


@pytest.mark.parametrize("play_ids", ["12", [0], [True], [1.5], [None]])
def test_an_id_that_is_none_is_told(service: Blocking, ann: Person, play_ids: Any) -> None:
    with pytest.raises(Invalid, match="a play's id is a whole number"):
        service.call("remove_from_history", ann.access, play_ids=play_ids)


def test_a_removal_that_stops_midway_says_what_is_left(service: Blocking, desk: Desk, ann: Person) -> None:
    service.call("add_to_history", ann.access, films(desk, 150), at=AT)
    plays_there = [row.id for row in service.call("get_history", ann.access)]
    desk.fault("502", "/sync/history/remove", skip=1)
    with pytest.raises(PartlyWritten) as stopped:
        service.call("remove_from_history", ann.access, play_ids=plays_there)
    assert (stopped.value.written.deleted, stopped.value.left) == (100, tuple(plays_there[100:]))
    assert len(history(desk)) == 50


# --- reading


def test_rows_are_narrowed_by_item_and_time(face: Face, ann: Person) -> None:
    first, last = AT, AT + timedelta(days=40)
    face.call(
        "add_to_history", ann.access, [Seen(heat, first), Seen(second, last), Seen(Episode(breaking_bad, 2, 1), AT)]
    )

    def read(**narrowed: Any) -> list[Any]:
        rows: list[Any] = face.call("get_history", ann.access, **narrowed)
        return [(row.item.kind, row.item.ids.trakt) for row in rows]

    whole = read()
    assert whole[0] == ("episode", S1E2)
    assert len(whole) == 3
    assert read(kind="movie") == [("movie", HEAT)] == read(item=heat)
    assert len(read(item=breaking_bad)) == 2
    assert read(item=season_1) == read(item=own_id) == read(item=second) == [("episode", S1E2)]
    assert read(since="2024-06-01T00:00:00Z") == [("episode", S1E2)]
    assert len(read(until=AT + timedelta(days=1))) == 2
    assert read(limit=1) == whole[:1]
    assert read(item=Movie(slug="heat-1995")) == read(item=Movie(title="heat", year=1995)) == [("movie", HEAT)]


def test_rows_carry_all_ids_and_facts(service: Blocking, ann: Person) -> None:
    service.call("add_to_history", ann.access, second, at=AT)
    [play] = service.call("get_history", ann.access)
    assert (play.item.trakt, play.item.tmdb, play.item.imdb) == (S1E2, 62086, "tt1054724")
    assert (play.item.show.slug, play.item.show.tvdb) == ("breaking-bad", 81189)
    assert play.watched_at == AT.replace(second=0)
    assert play.row.episode.runtime > 40
    assert (play.type, play.show.title, play.movie) == ("episode", "Breaking Bad", None)


def test_a_row_without_a_title_is_kept(face: Face, desk: Desk, ann: Person) -> None:
    face.call("add_to_history", ann.access, [heat, second], at=AT)
    desk.fault("null_rows", "/sync/history", times=None)
    rows = face.call("get_history", ann.access)
    assert len(rows) == 2
    assert any(row.item is None for row in rows)
    assert all(row.id and row.watched_at for row in rows)


@pytest.mark.parametrize(
    ("narrowed", "error", "says"),
    [
        ({"item": nobody}, NotFound, "999999999"),
        ({"item": Season(breaking_bad, 99)}, NotFound, "number=99"),
        ({"item": Season(tmdb=3572)}, Invalid, "name its show"),
        ({"item": Someone(tmdb=1158)}, Invalid, "not a person"),
        ({"item": heat, "kind": "show"}, Invalid, "the item is a movie, and kind says show"),
        ({"kind": "movies"}, Invalid, "movie, show, season or episode, not 'movies'"),
        ({"since": datetime(2024, 5, 1)}, Invalid, "no time zone"),
        ({"until": RELEASED}, Invalid, "until is an instant"),
        ({"limit": -1}, Invalid, "limit"),
    ],
)
def test_what_cannot_be_read_is_told(
    service: Blocking, ann: Person, narrowed: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        service.call("get_history", ann.access, **narrowed)
