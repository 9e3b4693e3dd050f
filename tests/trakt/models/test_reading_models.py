"""Models read what Trakt really sends: bare and full titles, rows of nulls, odd numbers, empty ids, new fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import GenericAlias
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.trakt import models
from watchprint.trakt.conversation.reading import body_of, notice, unknown_fields
from watchprint.trakt.errors import Unreadable
from watchprint.trakt.models import (
    Added,
    Certifications,
    CollectedRow,
    Counts,
    Genre,
    HistoryRow,
    Ids,
    ListItem,
    Movie,
    PlayTimes,
    ProgressRow,
    RatingRow,
    Removed,
    Reordered,
    Scrobbled,
    SearchRow,
    Season,
    Settings,
    Show,
    ShowPlayTimes,
    ShowProgress,
    UserStats,
    WatchedShow,
)

AT = "2026-05-01T12:30:00.000Z"
STRUCTS = [
    kind
    for kind in (getattr(models, name) for name in models.__all__)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
]
ANSWERS = [kind for kind in STRUCTS if kind.__module__ != "watchprint.trakt.models.bodies"]


def read(kind: Any, text: str) -> Any:
    return body_of(kind)(text.encode())


def test_a_history_row_keeps_what_statistics_need() -> None:
    row = read(
        HistoryRow,
        f"""{{"id": 9007199254740993, "watched_at": "{AT}", "action": "scrobble", "type": "episode",
        "episode": {{"season": 1, "number": 2, "title": null, "runtime": 47, "first_aired": "2008-01-27T02:00:00.000Z",
                     "ids": {{"trakt": 62086, "tvdb": 349232, "imdb": "", "tmdb": 62086}}, "images": {{}}}},
        "show": {{"title": "Breaking Bad", "year": 2008, "runtime": 45, "genres": ["drama", "crime"], "country": "us",
                  "language": "en", "network": "AMC", "certification": "TV-MA", "rating": 9.25, "votes": 90000,
                  "status": "ended", "ids": {{"trakt": 1388, "slug": "breaking-bad", "tmdb": 1396}}}}}}""",
    )
    assert row.id == 9007199254740993
    assert row.watched_at == datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    assert (row.movie, row.episode.runtime, row.episode.ids.imdb) == (None, 47, None)
    assert row.episode.first_aired == datetime(2008, 1, 27, 2, tzinfo=UTC)
    assert (row.show.genres, row.show.network, row.show.rating) == (["drama", "crime"], "AMC", 9.25)
    assert row.show.certification == "TV-MA"


def test_a_film_is_full_or_bare() -> None:
    bare = read(Movie, '{"title":"Heat","year":1995,"ids":{"trakt":620,"slug":"heat-1995"}}')
    assert (bare.title, bare.runtime, bare.genres) == ("Heat", None, None)
    full = read(
        Movie, '{"title":"Heat","released":"1995-12-15","runtime":170,"certification":"R","rating":8,"votes":5}'
    )
    assert (full.released, full.runtime, full.rating, full.ids) == ("1995-12-15", 170, 8.0, Ids())


def test_the_row_of_a_deleted_title_is_read_with_its_id_and_time() -> None:
    nulls = '{"title":null,"year":null,"ids":null,"released":null,"runtime":null,"genres":null,"rating":null}'
    for movie in ("null", "{}", '{"ids":{"trakt":null,"slug":null}}', nulls):
        [row] = read(list[HistoryRow], f'[{{"id":5,"watched_at":"{AT}","type":"movie","movie":{movie}}}]')
        assert (row.id, row.type) == (5, "movie")
        assert row.movie is None or row.movie == Movie()


def test_a_row_without_what_makes_it_a_row_is_unreadable() -> None:
    for body in ('[{"id":5}]', f'[{{"watched_at":"{AT}"}}]', f'[{{"id":null,"watched_at":"{AT}"}}]', "[null]"):
        with pytest.raises(Unreadable):
            read(list[HistoryRow], body)


@pytest.mark.parametrize("kind", ANSWERS, ids=lambda kind: kind.__name__)
def test_every_object_may_be_full_of_nulls(kind: type[msgspec.Struct]) -> None:
    fields = msgspec.structs.fields(kind)
    needed = {f.encode_name: _sample(f.type) for f in fields if f.required}
    nulls = {f.encode_name: None for f in fields} | needed
    assert body_of(kind)(json.dumps(nulls).encode()) == body_of(kind)(json.dumps(needed).encode())


def _sample(kind: Any) -> Any:
    return {int: 1, str: "x", datetime: AT}[kind]


def test_only_these_fields_must_be_there() -> None:
    needed = {f"{k.__name__}.{f.name}" for k in ANSWERS for f in msgspec.structs.fields(k) if f.required}
    assert needed == {
        "HistoryRow.id", "HistoryRow.watched_at", "PlaybackRow.id", "CheckedIn.id", "CheckedIn.watched_at",
        "Scrobbled.action", "Activities.all",
    }  # fmt: skip


def test_numbers_come_as_they_like() -> None:
    assert read(SearchRow, '{"score":1000,"type":"movie"}').score == 1000.0
    assert read(SearchRow, '{"score":null,"type":"movie"}').score is None
    assert read(Show, '{"votes":5.0,"year":2008.0}').votes == 5
    assert read(Scrobbled, '{"action":"pause","progress":50}').progress == 50.0
    assert read(CollectedRow, '{"metadata":{"3d":true}}').metadata.is_3d is True
    assert read(CollectedRow, '{"metadata":{"3d":1}}').metadata.is_3d == 1
    assert read(CollectedRow, '{"metadata":{"3d":null,"hdr":"hdr10"}}').metadata.hdr == "hdr10"


def test_an_empty_imdb_id_is_none_and_texts_stay_as_they_are() -> None:
    assert read(Movie, '{"ids":{"trakt":1,"imdb":""}}').ids.imdb is None
    assert read(Movie, '{"title":"\\"imdb\\":\\"\\"","ids":{"trakt":1,"imdb":""}}').title == '"imdb":""'


@given(st.text())
def test_texts_survive_whatever_they_hold(text: str) -> None:
    body = json.dumps({"title": text, "overview": text + '"imdb":""', "ids": {"imdb": ""}}, separators=(",", ":"))
    movie = read(Movie, body)
    assert (movie.title, movie.overview, movie.ids.imdb) == (text, text + '"imdb":""', None)


def test_a_play_has_an_id_only_if_it_is_one() -> None:
    assert read(Scrobbled, '{"id":77,"action":"scrobble"}').play_id == 77
    assert read(Scrobbled, '{"id":13,"action":"pause"}').play_id is None
    assert read(Scrobbled, '{"id":0,"action":"start"}').play_id is None
    assert read(Scrobbled, '{"id":null,"action":"start","sharing":null}').play_id is None


def test_what_a_write_did() -> None:
    added = read(
        Added,
        '{"added":{"movies":1,"episodes":2},"existing":{"movies":1},'
        '"not_found":{"movies":[{"ids":{"trakt":0},"rating":3}],"shows":[]},'
        f'"list":{{"updated_at":"{AT}","item_count":4}}}}',
    )
    assert (added.added.total, added.existing.total, added.updated.total) == (3, 1, 0)
    assert added.not_found.movies == [{"ids": {"trakt": 0}, "rating": 3}]
    assert added.list.item_count == 4
    assert read(Added, '{"added":{"movies":0,"shows":1,"season":2,"seasons":2}}').added.total == 3
    assert read(Added, '{"added":{"season":2}}').added.total == 2
    removed = read(Removed, '{"deleted":{"movies":2,"episodes":0},"not_found":{"ids":[9007199254740993]}}')
    assert (removed.deleted, removed.not_found.ids) == (Counts(movies=2), [9007199254740993])
    assert read(Reordered, '{"updated":2,"skipped_ids":[5]}').skipped_ids == (5,)


def test_maps_are_read_as_times() -> None:
    at = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    assert read(PlayTimes, f'{{"28":["{AT}","{AT}"]}}') == {"28": [at, at]}
    assert read(PlayTimes, "{}") == {}
    assert read(ShowPlayTimes, f'{{"1":{{"10|1":{{"100":["{AT}"]}}}}}}') == {"1": {"10|1": {"100": [at]}}}


def test_progress_down_to_the_episode() -> None:
    progress = read(
        ShowProgress,
        f"""{{"aired":2,"completed":1,"last_watched_at":"{AT}","reset_at":null,
        "seasons":[{{"number":1,"title":null,"aired":2,"completed":1,
                     "episodes":[{{"number":1,"completed":true,"last_watched_at":"{AT}"}},{{"number":2,"completed":false}}]}}],
        "hidden_seasons":[{{"number":2,"ids":{{"trakt":3}}}}],"next_episode":{{"season":1,"number":2}},"last_episode":null}}""",
    )
    assert [e.completed for e in progress.seasons[0].episodes] == [True, False]
    assert (progress.next_episode.number, progress.last_episode, progress.hidden_seasons[0].number) == (2, None, 2)
    assert (
        read(ProgressRow, '{"show":null,"progress":{"aired":3,"completed":3,"next_episode":null}}').progress.aired == 3
    )


def test_watched_shows_with_and_without_episodes() -> None:
    assert read(WatchedShow, '{"plays":3,"show":{"aired_episodes":8}}').seasons is None
    row = read(WatchedShow, '{"plays":3,"seasons":[{"number":0,"episodes":[{"number":1,"plays":3}]}]}')
    assert [(s.number, [e.plays for e in s.episodes]) for s in row.seasons] == [(0, [3])]


def test_statistics_lack_what_they_like() -> None:
    stats = read(UserStats, '{"movies":{"plays":5,"minutes":600},"ratings":{"distribution":{"1":0,"10":2}}}')
    assert (stats.movies.plays, stats.movies.collected, stats.ratings.distribution["10"]) == (5, None, 2)
    assert (stats.network.friends, stats.episodes.plays) == (None, None)


def test_settings_with_their_limits() -> None:
    settings = read(
        Settings,
        '{"user":{"username":"Ann","vip":false,"ids":{"slug":"ann","trakt":null,"uuid":"u-1"}},'
        '"account":{"timezone":"Europe/Paris","token":null},"connections":{"twitter":true},'
        '"limits":{"list":{"count":5,"item_count":250},"favorites":{"item_count":100}},"sharing_text":{"rated":null}}',
    )
    assert (settings.user.ids.slug, settings.user.ids.uuid, settings.account.timezone) == ("ann", "u-1", "Europe/Paris")
    assert (settings.limits.list.count, settings.limits.list.item_count) == (5, 250)
    assert settings.limits.watchlist.item_count is None
    assert settings.connections.twitter is True


def test_new_fields_are_ignored_and_counted_and_those_left_out_on_purpose_are_not() -> None:
    movie = b'{"title":"Heat","images":{"poster":[]},"smell":"rain","ids":{"trakt":1,"mal":2}}'
    body = b'[{"rating":9,"mood":1,"movie":' + movie + b"}]"
    before = unknown_fields.copy()
    kind = GenericAlias(list, (RatingRow,))
    [row] = body_of(kind)(body)
    notice(kind, body)
    assert row.movie.title == "Heat"
    assert unknown_fields - before == {"RatingRow.mood": 1, "Movie.smell": 1, "Ids.mal": 1}


def test_fields_left_out_are_not_read() -> None:
    for kind in ANSWERS:
        left_out: frozenset[str] = getattr(kind, "LEFT_OUT", frozenset())
        assert not left_out & {f.encode_name for f in msgspec.structs.fields(kind)}, kind


# --- the official contract: every 2xx schema of a read gives an instance that its model takes

CONTRACT = [
    (HistoryRow, "/users/{id}/history/{type}/{item_id}", True),
    (ListItem, "/users/{id}/watchlist/{type}/{sort_by}/{sort_how}", True),
    (ListItem, "/users/{id}/lists/{list_id}/items/{type}/{sort_by}/{sort_how}", True),
    (ListItem, "/users/{id}/favorites/{type}/{sort_by}/{sort_how}", True),
    (RatingRow, "/users/{id}/ratings/{type}/{rating}", True),
    (CollectedRow, "/sync/collection/media", True),
    (CollectedRow, "/sync/collection/shows", True),
    (models.TraktList, "/users/{id}/lists", True),
    (models.HiddenRow, "/users/hidden/{section}", True),
    (ProgressRow, "/sync/progress/up_next_nitro", True),
    (SearchRow, "/search/{type}", True),
    (Season, "/shows/{id}/seasons", True),
    (Genre, "/genres/{type}", True),
    (models.Network, "/networks", True),
    (models.Language, "/languages/{type}", True),
    (models.Country, "/countries/{type}", True),
    (ShowProgress, "/shows/{id}/progress/watched", False),
    (ShowProgress, "/shows/{id}/progress/collection", False),
    (models.Activities, "/sync/last_activities", False),
    (Settings, "/users/settings", False),
    (UserStats, "/users/{id}/stats", False),
    (models.Watching, "/users/{id}/watching", False),
    (models.User, "/users/{id}/", False),
    (Certifications, "/certifications/{type}", False),
]


@pytest.fixture(scope="session")
def contract(shared_dir: Path) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads((shared_dir / "contract" / "trakt-openapi.json").read_text())
    return {path.rstrip("/"): operations for path, operations in spec["paths"].items()}


@pytest.mark.shared
@pytest.mark.parametrize(("kind", "path", "many"), CONTRACT, ids=[path for _, path, _ in CONTRACT])
def test_models_take_what_the_contract_gives(kind: Any, path: str, many: bool, contract: dict[str, Any]) -> None:
    schema = contract[path.rstrip("/")]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = GenericAlias(list, (kind,)) if many else kind
    before = unknown_fields.copy()
    for depth, instance in enumerate([*instances(schema, full=True), *instances(schema, full=False)]):
        body = json.dumps(instance).encode()
        value = body_of(whole)(body)
        assert value is not None
        if depth == 0:
            notice(whole, body)
    assert unknown_fields - before == {}


def instances(schema: dict[str, Any], *, full: bool) -> Iterator[Any]:
    """Values of a schema: with every field, or (twice) with the needed ones alone and null where it may be."""
    options = schema.get("oneOf") or schema.get("anyOf")
    if options:
        for option in options:
            yield from instances(option, full=full)
    else:
        yield value_of(schema, full=full)


def value_of(schema: dict[str, Any], *, full: bool) -> Any:
    if not full and schema.get("nullable"):
        return None
    if schema.get("enum"):
        return schema["enum"][0]
    for union in ("oneOf", "anyOf"):
        if schema.get(union):
            return value_of(schema[union][0], full=full)
    match schema.get("type"):
        case "object":
            needed = schema.get("required", [])
            inner = {n: value_of(s, full=full) for n, s in schema.get("properties", {}).items() if full or n in needed}
            extra = schema.get("additionalProperties")
            return inner | ({"5": value_of(extra, full=full)} if isinstance(extra, dict) and extra else {})
        case "array":
            return [value_of(schema["items"], full=full)]
        case "integer" | "number":
            return 5
        case "boolean":
            return True
        case _:
            return AT
