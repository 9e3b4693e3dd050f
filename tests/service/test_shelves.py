"""Library, watchlist, lists, favourites, search: names, kinds, orders, and what is told of each item."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.cases import BREAKING_BAD, HEAT, S1, S1E2, breaking_bad, heat, nobody, own_id, season_1, second
from tests.service.faces import Blocking, Face
from watchprint import (
    RELEASED,
    UNKNOWN,
    AccountLimit,
    Episode,
    Invalid,
    Listed,
    Movie,
    NotFound,
    Owned,
    PartlyWritten,
    Season,
    Show,
    Written,
)
from watchprint import Person as Someone
from watchprint.service import Favorited, Removed, Unfavorited

ODD_KINDS = ["movies", "seasons", "film", 1]


def state(desk: Desk) -> Any:
    return desk.obey("GET", "users/ann")


def seen_ids(rows: list[Any]) -> list[int]:
    return [row.item.ids.trakt for row in rows]


# --- the library


def test_facts_of_a_copy_are_kept_and_changed(face: Face, desk: Desk, ann: Person) -> None:
    at = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    copy = Owned(heat, at, media_type="bluray", resolution="uhd_4k", hdr="hdr10", audio="dts_x", audio_channels="7.1")
    assert face.call("add_to_collection", ann.access, copy) == Written(added=1)
    assert face.call("add_to_collection", ann.access, copy).existing == 1
    assert face.call("add_to_collection", ann.access, Owned(heat, at, is_3d=True)).updated == 1
    [row] = face.call("get_collection", ann.access, kind="movie")
    assert (row.at, row.item.ids.trakt) == (at, HEAT)
    assert (row.media_type, row.resolution, row.is_3d) == ("bluray", "uhd_4k", True)
    assert (row.hdr, row.audio, row.audio_channels) == ("hdr10", "dts_x", "7.1")


def test_a_show_in_the_library_is_its_episodes(face: Face, ann: Person) -> None:
    assert face.call("add_to_collection", ann.access, [Owned(Show(tmdb=87108), RELEASED), own_id]).added == 6
    assert len(face.call("get_collection", ann.access, kind="episode")) == 6
    shows = face.call("get_collection", ann.access, kind="show")
    assert {row.item.kind for row in shows} == {"show"}
    assert sorted(len(row.row.seasons[0].episodes) for row in shows) == [1, 5]
    assert len(face.call("get_collection", ann.access, limit=4)) == 4
    assert face.call("remove_from_collection", ann.access, [Show(tmdb=87108), nobody]) == Removed(5, (nobody,))


def test_the_library_takes_no_people_and_no_unknown_time(service: Blocking, ann: Person) -> None:
    with pytest.raises(Invalid, match="not a person"):
        service.call("add_to_collection", ann.access, Someone(tmdb=1158))
    with pytest.raises(Invalid, match="not UNKNOWN"):
        service.call("add_to_collection", ann.access, Owned(heat, UNKNOWN))


# --- the watchlist


def test_the_watchlist_holds_every_kind_and_says_what_it_had(face: Face, ann: Person) -> None:
    batch = [Listed(heat, "tonight"), breaking_bad, season_1, second]
    assert face.call("add_to_watchlist", ann.access, batch) == Written(added=4)
    assert face.call("add_to_watchlist", ann.access, [own_id, nobody]) == Written(existing=1, not_found=(nobody,))
    rows = face.call("get_watchlist", ann.access, sort="rank")
    assert seen_ids(rows) == [HEAT, BREAKING_BAD, S1, S1E2]
    assert (rows[0].notes, rows[0].rank, rows[0].listed_at is not None) == ("tonight", 1, True)
    assert (rows[2].item.show.ids.trakt, rows[2].item.number) == (BREAKING_BAD, 1)
    for kind, trakt in (("movie", HEAT), ("show", BREAKING_BAD), ("season", S1), ("episode", S1E2)):
        assert seen_ids(face.call("get_watchlist", ann.access, kind=kind)) == [trakt]
    assert seen_ids(face.call("get_watchlist", ann.access, sort="rank/desc", limit=2)) == [S1E2, S1]


def test_a_full_watchlist_is_told(face: Face, desk: Desk) -> None:
    ben = desk.user("ben", limits={"watchlist_items": 1})
    with pytest.raises(AccountLimit, match="reached its limit"):
        face.call("add_to_watchlist", ben.access, [heat, breaking_bad])


@pytest.mark.parametrize("sort", ["random", "added/down", "", 5, "alphabet"])
def test_orders_are_trakts(service: Blocking, ann: Person, sort: Any) -> None:
    with pytest.raises(Invalid, match="sort is for example 'added/desc'"):
        service.call("get_watchlist", ann.access, sort=sort)


@pytest.mark.parametrize("method", ["get_watchlist", "get_collection", "get_favorites"])
@pytest.mark.parametrize("kind", [*ODD_KINDS, "person"])
def test_kinds_are_singular(service: Blocking, desk: Desk, ann: Person, method: str, kind: Any) -> None:
    with pytest.raises(Invalid, match="can be read by kind movie"):
        service.call(method, ann.access, kind=kind)
    assert desk.requests() == []


# --- lists


def test_a_list_is_named_by_id_slug_or_itself(face: Face, desk: Desk, ann: Person) -> None:
    made = face.call("create_list", ann.access, "  Noir & more ", description="dark")
    assert (made.name, made.privacy, made.description) == ("Noir & more", "private", "dark")
    for n, name in enumerate((made.ids.trakt, made.ids.slug, made)):
        assert face.call("add_to_list", ann.access, name, [heat]) == Written(added=n == 0, existing=n > 0)
        assert seen_ids(face.call("get_list_items", ann.access, name)) == [HEAT]
    assert face.call("delete_list", ann.access, made) is None
    assert face.call("get_user_lists", ann.access) == []


def test_a_list_holds_every_kind(face: Face, ann: Person) -> None:
    face.call("create_list", ann.access, "All")
    batch = [heat, breaking_bad, season_1, own_id, Someone(tmdb=1158), nobody]
    assert face.call("add_to_list", ann.access, "all", batch) == Written(added=5, not_found=(nobody,))
    kinds = ("movie", "show", "season", "episode", "person")
    assert [row.item.kind for row in face.call("get_list_items", ann.access, "all")] == list(kinds)
    for kind in kinds:
        [row] = face.call("get_list_items", ann.access, "all", kind=kind)
        assert row.item.kind == kind
    rest = face.call("remove_from_list", ann.access, "all", [Someone(tmdb=1158), Season(breaking_bad, 1), nobody])
    assert rest == Removed(2, (nobody,))


def test_a_long_list_is_filled_in_parts(service: Blocking, desk: Desk, ann: Person) -> None:
    known = desk.server.run(lambda s: [m.tmdb for m in s.world.catalogue.movies.values() if m.tmdb])
    films = [Movie(tmdb=tmdb) for tmdb in known[:230]]
    service.call("create_list", ann.access, "Long")
    desk.fault("empty_420", "/users/me/lists/long/items", skip=2)
    with pytest.raises(PartlyWritten, match="stopped after 200 of 230 items") as stopped:
        service.call("add_to_list", ann.access, "long", films)
    assert (stopped.value.written, len(stopped.value.left)) == (Written(added=200), 30)
    assert isinstance(stopped.value.__cause__, AccountLimit)


@pytest.mark.parametrize("name", ["", "  ", 0, -1, True, None, 1.5])
@pytest.mark.parametrize("method", ["delete_list", "get_list_items"])
def test_a_name_that_is_none_is_told(service: Blocking, ann: Person, method: str, name: Any) -> None:
    with pytest.raises(Invalid, match="named by its id or its slug"):
        service.call(method, ann.access, name)


def test_lists_that_cannot_be_are_told(service: Blocking, ann: Person) -> None:
    with pytest.raises(Invalid, match="a list's name"):
        service.call("create_list", ann.access, " ")
    with pytest.raises(Invalid, match="private, link, friends or public, not 'secret'"):
        service.call("create_list", ann.access, "x", privacy="secret")
    with pytest.raises(NotFound):
        service.call("add_to_list", ann.access, "../../x", heat)


# --- favourites


def rate(desk: Desk, ann: Person, **ratings: int) -> None:
    rows = {"movie": {"movies": [{"ids": {"tmdb": 949}, "rating": ratings.get("movie", 0)}]}}
    rows["show"] = {"shows": [{"ids": {"tmdb": 1396}, "rating": ratings.get("show", 0)}]}
    for kind in ratings:
        assert desk.post("/sync/ratings", rows[kind], ann).status == 201


def test_favourites_say_what_they_replaced(face: Face, desk: Desk, ann: Person) -> None:
    rate(desk, ann, movie=7, show=10)
    answer = face.call("add_to_favorites", ann.access, [heat, breaking_bad, Show(tmdb=87108), nobody])
    [(item, old)] = answer.replaced
    assert (answer.added, answer.existing, answer.not_found) == (2, 1, (nobody,))
    assert (item.ids.trakt, old) == (HEAT, 7)
    assert face.call("add_to_favorites", ann.access, heat) == Favorited(existing=1)
    assert len(face.call("get_favorites", ann.access)) == 3
    assert seen_ids(face.call("get_favorites", ann.access, kind="movie")) == [HEAT]


def test_only_tens_go(face: Face, desk: Desk, ann: Person) -> None:
    rate(desk, ann, movie=9, show=10)
    batch = [heat, breaking_bad, Show(tmdb=87108), nobody]
    answer = face.call("remove_from_favorites", ann.access, batch)
    assert (answer.deleted, answer.not_found) == (1, (nobody,))
    assert [(item.ids.tmdb, rating) for item, rating in answer.not_favorite] == [(949, 9), (87108, None)]
    assert [(row["item"]["trakt"], row["rating"]) for row in state(desk)["ratings"]] == [(HEAT, 9)]


def test_one_film_by_two_names_is_one_favourite(service: Blocking, ann: Person) -> None:
    both = [heat, Movie(imdb="tt0113277"), Movie(title="Heat", year=1995)]
    assert service.call("add_to_favorites", ann.access, both) == Favorited(added=1)
    gone = service.call("remove_from_favorites", ann.access, both)
    assert gone == Unfavorited(deleted=1)
    assert isinstance(gone, Removed)


def test_only_films_and_shows_are_favourites(service: Blocking, ann: Person) -> None:
    for method in ("add_to_favorites", "remove_from_favorites"):
        with pytest.raises(Invalid, match="favourites takes movie or show, not an episode"):
            service.call(method, ann.access, [heat, second])


def test_a_lost_answer_to_a_rating_is_asked_again(service: Blocking, desk: Desk, ann: Person) -> None:
    desk.fault("stored_504", "/sync/ratings", match={"method": "POST"})
    assert service.call("add_to_favorites", ann.access, heat).added == 1


# --- search


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("tt0113277", None, [HEAT]),
        ("tmdb:949", "movie", [HEAT]),
        ("imdb:tt0113277", None, [HEAT]),
        ("tvdb:81189", None, [BREAKING_BAD]),
        ("trakt:1388", "show", [BREAKING_BAD]),
        (heat, None, [HEAT]),
        (own_id, None, [S1E2]),
        (second, "episode", [S1E2]),
        (Someone(tmdb=1158), "person", [95000026]),
        (Movie(title="Heat", year=1995), None, [HEAT, 1781]),
        (Movie(slug="heat-1995"), None, [HEAT]),
    ],
)
def test_words_and_ids_are_found(face: Face, ann: Person, text: Any, kind: Any, expected: list[int]) -> None:
    rows = face.call("search", ann.access, text, kind=kind)
    assert seen_ids(rows)[: len(expected)] == expected


def test_what_nobody_has_gives_no_rows(face: Face, ann: Person) -> None:
    for text in ("tmdb:999999999", nobody, Episode(breaking_bad, 77, 1), "zzzzqqqq"):
        assert face.call("search", ann.access, text) == []


def test_operators_are_words_here(service: Blocking, desk: Desk, ann: Person) -> None:
    service.call("search", ann.access, 'heat (1995) + "x"? a/b', limit=1)
    [row] = desk.requests()
    assert row["query"]["query"] == 'heat \\(1995\\) \\+ \\"x\\"\\? a\\/b'


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("  ", None, "nothing to search for"),
        (949, None, "a search takes words"),
        (season_1, None, "a search takes words"),
        (heat, "show", "`kind` says show"),
        ("heat", "season", "movie, show, episode or person, not 'season'"),
    ],
)
def test_what_cannot_be_searched_is_told(service: Blocking, ann: Person, text: Any, kind: Any, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        service.call("search", ann.access, text, kind=kind)
