"""The 27 methods as cases: what to call, what must be there afterwards, and what an unknown id gives.

Every title is named by TMDB ids alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.service.faces import Face
from watchprint import (
    Episode,
    Listed,
    Movie,
    NotFound,
    Owned,
    Person,
    Season,
    Show,
    TraktBroken,
    UnknownOutcome,
)

HEAT, BREAKING_BAD, S1, S1E2 = 789, 1388, 3950, 73483
"""Trakt's ids in the sandbox."""
heat = Movie(tmdb=949)
breaking_bad = Show(tmdb=1396)
season_1 = Season(breaking_bad, 1)
second = Episode(breaking_bad, season=1, number=2)
own_id = Episode(tmdb=62086)
"""The same episode, by TMDB's id of its own."""
pacino = Person(tmdb=1158)
nobody = Movie(tmdb=999_999_999)
no_episode = Episode(tmdb=999_999_999)
AT = datetime(2024, 5, 1, 20, 15, 33, tzinfo=UTC)
State = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One method.

    Attributes:
        args, kwargs: What it is called with.
        before: Calls (of other methods) that come first.
        effect: Whether state and answer are as they must be.
        unknown: Arguments that name something unknown, and the error or what its answer must fulfil; None: the
            method names nothing.
        down: What it raises when Trakt answers 503.
    """

    method: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    before: tuple[tuple[str, tuple[Any, ...], Mapping[str, Any]], ...] = ()
    effect: Callable[[State, Any], bool] = lambda state, answer: False
    unknown: tuple[tuple[Any, ...], Mapping[str, Any], Any] | None = None
    down: type[Exception] = TraktBroken

    def prepare(self, face: Face, token: str) -> None:
        """What comes first."""
        for method, args, kwargs in self.before:
            face.call(method, token, *args, **kwargs)


def items(rows: list[Any]) -> list[tuple[str, int]]:
    """Type and Trakt id of the state's rows."""
    return [(row["item"]["type"], row["item"]["trakt"]) for row in rows]


def plays(state: State) -> list[tuple[str, int]]:
    """Type and Trakt id of the state's plays, newest first."""
    return [(row["type"], row["trakt"]) for row in state["history"]]


def ids(rows: list[Any]) -> list[int | None]:
    """Trakt's ids of an answer's rows."""
    return [row.item.ids.trakt for row in rows]


def first_list(state: State) -> Any:
    """The user's first list."""
    return state["lists"][0]


def not_found(answer: Any) -> bool:
    """The answer says that both unknown titles are unknown."""
    return bool(answer.not_found == (nobody,))


Before = tuple[str, tuple[Any, ...], Mapping[str, Any]]
"""A call that comes first: method, arguments, keywords."""
ADDED: Before = ("add_to_history", ([heat, second],), {"at": AT})
OWNED: Before = ("add_to_collection", ([Owned(heat, media_type="bluray", is_3d=True), second],), {})
LISTED: Before = ("add_to_watchlist", ([Listed(heat, "tonight"), breaking_bad, season_1, second],), {})
LIST: Before = ("create_list", ("To show",), {})
FILLED: Before = ("add_to_list", ("to-show", [heat, breaking_bad, season_1, second, pacino]), {})
LOVED: Before = ("add_to_favorites", ([heat, breaking_bad],), {})

CASES = (
    Case(
        "scrobble_start",
        (heat, 10),
        effect=lambda s, a: s["watching"]["item"] == {"type": "movie", "trakt": HEAT} and a.item.ids.trakt == HEAT,
        unknown=((nobody, 10), {}, NotFound),
    ),
    Case(
        "scrobble_pause",
        (second, 99.5),
        effect=lambda s, a: items(s["playback"]) == [("episode", S1E2)] and s["playback"][0]["progress"] == 79.9,
        unknown=((no_episode, 50), {}, NotFound),
    ),
    Case(
        "scrobble_stop",
        (second, 95),
        effect=lambda s, a: plays(s) == [("episode", S1E2)] and a.play_id == s["history"][0]["id"],
        unknown=((nobody, 95), {}, NotFound),
        down=UnknownOutcome,
    ),
    Case(
        "checkin_movie",
        (heat,),
        effect=lambda s, a: s["watching"]["checkin_id"] == a.id and a.item.ids.trakt == HEAT,
        unknown=((nobody,), {}, NotFound),
        down=UnknownOutcome,
    ),
    Case(
        "checkin_episode",
        (second,),
        effect=lambda s, a: s["watching"]["item"]["trakt"] == S1E2 and a.becomes_play_at.second == 30,
        unknown=((no_episode,), {}, NotFound),
        down=UnknownOutcome,
    ),
    Case(
        "delete_checkin",
        before=(("checkin_movie", (heat,), {}),),
        effect=lambda s, a: s["watching"] is None and a is None,
    ),
    Case(
        "add_to_history",
        ([heat, own_id],),
        {"at": AT},
        effect=lambda s, a: set(plays(s)) == {("movie", HEAT), ("episode", S1E2)} and a.added == 2,
        unknown=(([nobody],), {"at": AT}, not_found),
    ),
    Case(
        "remove_from_history",
        ([heat, second],),
        {"all_plays": True},
        before=(ADDED,),
        effect=lambda s, a: s["history"] == [] and a.deleted == 2,
        unknown=(([nobody],), {"all_plays": True}, not_found),
        down=UnknownOutcome,
    ),
    Case(
        "get_history",
        (),
        {"item": breaking_bad},
        before=(ADDED,),
        effect=lambda s, a: ids(a) == [S1E2] and a[0].id in {row["id"] for row in s["history"]},
        unknown=((), {"item": nobody}, NotFound),
    ),
    Case(
        "add_to_collection",
        OWNED[1],
        effect=lambda s, a: set(items(s["collection"])) == {("movie", HEAT), ("episode", S1E2)} and a.added == 2,
        unknown=(([nobody],), {}, not_found),
        down=UnknownOutcome,
    ),
    Case(
        "remove_from_collection",
        ([heat, second],),
        before=(OWNED,),
        effect=lambda s, a: s["collection"] == [] and a.deleted == 2,
        unknown=(([nobody],), {}, not_found),
        down=UnknownOutcome,
    ),
    Case(
        "get_collection",
        before=(OWNED,),
        effect=lambda s, a: ids(a) == [HEAT, S1E2] and (a[0].media_type, a[0].is_3d) == ("bluray", True),
    ),
    Case(
        "add_to_watchlist",
        LISTED[1],
        effect=lambda s, a: (
            items(s["watchlist"]["entries"])
            == [("movie", HEAT), ("show", BREAKING_BAD), ("season", S1), ("episode", S1E2)]
            and a.added == 4
        ),
        unknown=(([nobody],), {}, not_found),
        down=UnknownOutcome,
    ),
    Case(
        "remove_from_watchlist",
        ([season_1, heat, second],),
        before=(LISTED,),
        effect=lambda s, a: items(s["watchlist"]["entries"]) == [("show", BREAKING_BAD)] and a.deleted == 3,
        unknown=(([nobody],), {}, not_found),
        down=UnknownOutcome,
    ),
    Case(
        "get_watchlist",
        (),
        {"sort": "rank/desc"},
        before=(LISTED,),
        effect=lambda s, a: ids(a) == [S1E2, S1, BREAKING_BAD, HEAT] and a[3].notes == "tonight",
    ),
    Case(
        "create_list",
        ("To show",),
        {"description": "to Anna", "privacy": "friends"},
        effect=lambda s, a: (
            (first_list(s)["id"], first_list(s)["privacy"]) == (a.ids.trakt, "friends") and a.ids.slug == "to-show"
        ),
        down=UnknownOutcome,
    ),
    Case(
        "delete_list",
        ("to-show",),
        before=(LIST,),
        effect=lambda s, a: s["lists"] == [] and a is None,
        unknown=(("no-such-list",), {}, NotFound),
        down=UnknownOutcome,
    ),
    Case(
        "get_user_lists",
        before=(LIST, ("create_list", ("Second",), {})),
        effect=lambda s, a: [row.name for row in a] == ["To show", "Second"] and a[0].ids.trakt == first_list(s)["id"],
    ),
    Case(
        "get_list_items",
        ("to-show",),
        before=(LIST, FILLED),
        effect=lambda s, a: ids(a) == [row["item"]["trakt"] for row in first_list(s)["entries"]] and len(a) == 5,
        unknown=(("no-such-list",), {}, NotFound),
    ),
    Case(
        "add_to_list",
        FILLED[1],
        before=(LIST,),
        effect=lambda s, a: (
            [row[0] for row in items(first_list(s)["entries"])] == ["movie", "show", "season", "episode", "person"]
            and a.added == 5
        ),
        unknown=(("no-such-list", [heat]), {}, NotFound),
        down=UnknownOutcome,
    ),
    Case(
        "remove_from_list",
        ("to-show", [heat, pacino, second]),
        before=(LIST, FILLED),
        effect=lambda s, a: items(first_list(s)["entries"]) == [("show", BREAKING_BAD), ("season", S1)],
        unknown=(("to-show", [nobody]), {}, not_found),
        down=UnknownOutcome,
    ),
    Case(
        "add_to_favorites",
        LOVED[1],
        effect=lambda s, a: {(r["item"]["trakt"], r["rating"]) for r in s["ratings"]} == {(HEAT, 10), (1388, 10)},
        unknown=(([nobody],), {}, not_found),
    ),
    Case(
        "remove_from_favorites",
        ([heat],),
        before=(LOVED,),
        effect=lambda s, a: items(s["ratings"]) == [("show", BREAKING_BAD)] and a.deleted == 1,
        unknown=(([nobody],), {}, not_found),
    ),
    Case(
        "get_favorites",
        before=(LOVED,),
        effect=lambda s, a: ids(a) == [HEAT, BREAKING_BAD] and {row.rating for row in a} == {10},
    ),
    Case(
        "get_user_stats",
        before=(ADDED,),
        effect=lambda s, a: (a.movies.plays, a.episodes.plays) == (1, 1) and a.movies.minutes == 170,
    ),
    Case(
        "get_user_watching",
        before=(("scrobble_start", (heat, 40), {}),),
        effect=lambda s, a: a.item.ids.trakt == HEAT and a.action == "scrobble" and abs(a.progress_pct - 40) < 0.1,
    ),
    Case(
        "search",
        ("tmdb:949",),
        {"kind": "movie"},
        effect=lambda s, a: ids(a) == [HEAT],
        unknown=(("tmdb:999999999",), {}, lambda rows: rows == []),
    ),
)
