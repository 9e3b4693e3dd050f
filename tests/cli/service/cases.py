"""The 27 methods as commands: what is typed, what must be there afterwards, and what an unknown id gives.

Every title is named by TMDB ids alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.cli.running import Cli
from tests.service.cases import BREAKING_BAD, HEAT, S1, S1E2, first_list, items, plays
from watchprint.cli.exits import Exit

HEAT_IS, SHOW_IS, SEASON_IS, SECOND_IS, PACINO_IS = (
    "movie:tmdb:949",
    "show:tmdb:1396",
    "season:tmdb:1396:1",
    "episode:tmdb:1396:1x02",
    "person:tmdb:1158",
)
OWN_ID = "episode:tmdb:62086"
NOBODY, NO_EPISODE = "movie:tmdb:999999999", "episode:tmdb:999999999"
AT = ("--at", "2024-05-01T20:15:33Z")
State = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One command.

    Attributes:
        typed: Its name and arguments.
        before: Commands that come first.
        effect: Whether state and JSON answer are as they must be.
        unknown: Arguments that name something unknown, and the exit code; None: the command names nothing.
        down: How it ends when Trakt answers 503.
    """

    typed: tuple[str, ...]
    effect: Callable[[State, Any], bool]
    before: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[tuple[str, ...], Exit] | None = None
    down: Exit = Exit.NO_ANSWER

    @property
    def command(self) -> str:
        return self.typed[0]

    def prepare(self, cli: Cli) -> None:
        """What comes first."""
        for typed in self.before:
            ended = cli(*typed)
            assert ended.code == Exit.OK, ended


def trakt_ids(rows: list[Any]) -> list[int]:
    """Trakt's ids of an answer's rows."""
    return [row["item"]["ids"]["trakt"] for row in rows]


ADDED = ("add-to-history", HEAT_IS, SECOND_IS, *AT)
OWNED = ("add-to-collection", HEAT_IS, SECOND_IS, "--media-type", "bluray", "--3d")
LISTED = ("add-to-watchlist", HEAT_IS, SHOW_IS, SEASON_IS, SECOND_IS, "--notes", "tonight")
LIST = ("create-list", "To show")
FILLED = ("add-to-list", "to-show", HEAT_IS, SHOW_IS, SEASON_IS, SECOND_IS, PACINO_IS)
LOVED = ("add-to-favorites", HEAT_IS, SHOW_IS)

CASES = (
    Case(
        ("scrobble-start", HEAT_IS, "--progress", "10"),
        lambda s, a: s["watching"]["item"] == {"type": "movie", "trakt": HEAT} and a["item"]["ids"]["trakt"] == HEAT,
        unknown=(("scrobble-start", NOBODY), Exit.NOT_FOUND),
    ),
    Case(
        ("scrobble-pause", SECOND_IS, "--progress", "99.5"),
        lambda s, a: items(s["playback"]) == [("episode", S1E2)] and a["progress"] == 79.9,
        unknown=(("scrobble-pause", NO_EPISODE, "--progress", "50"), Exit.NOT_FOUND),
    ),
    Case(
        ("scrobble-stop", SECOND_IS, "--progress", "95"),
        lambda s, a: plays(s) == [("episode", S1E2)] and a["play_id"] == s["history"][0]["id"],
        unknown=(("scrobble-stop", NOBODY, "--progress", "95"), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("checkin-movie", HEAT_IS, "--share", "twitter", "--place", "Odeon", "--place-kind", "cinema"),
        lambda s, a: (
            s["watching"]["checkin_id"] == a["id"] and (a["shared_to"], a["place"]["kind"]) == (["twitter"], "cinema")
        ),
        unknown=(("checkin-movie", NOBODY), Exit.NOT_FOUND),
    ),
    Case(
        ("checkin-episode", SECOND_IS),
        lambda s, a: s["watching"]["item"]["trakt"] == S1E2 and a["becomes_play_at"].endswith(":30Z"),
        unknown=(("checkin-episode", NO_EPISODE), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("delete-checkin",),
        lambda s, a: s["watching"] is None and a is None,
        before=(("checkin-movie", HEAT_IS),),
    ),
    Case(
        ("add-to-history", HEAT_IS, OWN_ID, *AT),
        lambda s, a: set(plays(s)) == {("movie", HEAT), ("episode", S1E2)} and a["added"] == 2,
        unknown=(("add-to-history", NOBODY, *AT), Exit.NOT_FOUND),
    ),
    Case(
        ("remove-from-history", HEAT_IS, SECOND_IS, "--all-plays"),
        lambda s, a: s["history"] == [] and a["deleted"] == 2,
        before=(ADDED,),
        unknown=(("remove-from-history", NOBODY, "--all-plays"), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("get-history", "--item", SHOW_IS),
        lambda s, a: trakt_ids(a) == [S1E2] and a[0]["watched_at"] == "2024-05-01T20:15:00Z",
        before=(ADDED,),
        unknown=(("get-history", "--item", NOBODY), Exit.NOT_FOUND),
    ),
    Case(
        OWNED,
        lambda s, a: set(items(s["collection"])) == {("movie", HEAT), ("episode", S1E2)} and a["added"] == 2,
        unknown=(("add-to-collection", NOBODY), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("remove-from-collection", HEAT_IS, SECOND_IS),
        lambda s, a: s["collection"] == [] and a["deleted"] == 2,
        before=(OWNED,),
        unknown=(("remove-from-collection", NOBODY), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("get-collection", "--kind", "movie"),
        lambda s, a: trakt_ids(a) == [HEAT] and (a[0]["media_type"], a[0]["is_3d"]) == ("bluray", True),
        before=(OWNED,),
    ),
    Case(
        LISTED,
        lambda s, a: (
            items(s["watchlist"]["entries"])
            == [("movie", HEAT), ("show", BREAKING_BAD), ("season", S1), ("episode", S1E2)]
            and a["added"] == 4
        ),
        unknown=(("add-to-watchlist", NOBODY), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("remove-from-watchlist", SEASON_IS, HEAT_IS, SECOND_IS),
        lambda s, a: items(s["watchlist"]["entries"]) == [("show", BREAKING_BAD)] and a["deleted"] == 3,
        before=(LISTED,),
        unknown=(("remove-from-watchlist", NOBODY), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("get-watchlist", "--sort", "rank/desc", "--limit", "3"),
        lambda s, a: trakt_ids(a) == [S1E2, S1, BREAKING_BAD] and a[0]["notes"] == "tonight",
        before=(LISTED,),
    ),
    Case(
        ("create-list", "To show", "--description", "to Anna", "--privacy", "friends"),
        lambda s, a: (
            (first_list(s)["id"], first_list(s)["privacy"]) == (a["ids"]["trakt"], "friends")
            and a["ids"]["slug"] == "to-show"
        ),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("delete-list", "to-show"),
        lambda s, a: s["lists"] == [] and a is None,
        before=(LIST,),
        unknown=(("delete-list", "no-such-list"), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("get-user-lists",),
        lambda s, a: [row["name"] for row in a] == ["To show", "Second"],
        before=(LIST, ("create-list", "Second")),
    ),
    Case(
        ("get-list-items", "to-show"),
        lambda s, a: trakt_ids(a) == [row["item"]["trakt"] for row in first_list(s)["entries"]] and len(a) == 5,
        before=(LIST, FILLED),
        unknown=(("get-list-items", "no-such-list"), Exit.NOT_FOUND),
    ),
    Case(
        FILLED,
        lambda s, a: (
            [row[0] for row in items(first_list(s)["entries"])] == ["movie", "show", "season", "episode", "person"]
            and a["added"] == 5
        ),
        before=(LIST,),
        unknown=(("add-to-list", "no-such-list", HEAT_IS), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        ("remove-from-list", "to-show", HEAT_IS, PACINO_IS, SECOND_IS),
        lambda s, a: items(first_list(s)["entries"]) == [("show", BREAKING_BAD), ("season", S1)] and a["deleted"] == 3,
        before=(LIST, FILLED),
        unknown=(("remove-from-list", "to-show", NOBODY), Exit.NOT_FOUND),
        down=Exit.UNKNOWN_OUTCOME,
    ),
    Case(
        LOVED,
        lambda s, a: (
            {(row["item"]["trakt"], row["rating"]) for row in s["ratings"]} == {(HEAT, 10), (BREAKING_BAD, 10)}
            and a["added"] == 2
        ),
        unknown=(("add-to-favorites", NOBODY), Exit.NOT_FOUND),
    ),
    Case(
        ("remove-from-favorites", HEAT_IS),
        lambda s, a: items(s["ratings"]) == [("show", BREAKING_BAD)] and a["deleted"] == 1,
        before=(LOVED,),
        unknown=(("remove-from-favorites", NOBODY), Exit.NOT_FOUND),
    ),
    Case(
        ("get-favorites",),
        lambda s, a: trakt_ids(a) == [HEAT, BREAKING_BAD] and {row["rating"] for row in a} == {10},
        before=(LOVED,),
    ),
    Case(
        ("get-user-stats",),
        lambda s, a: (a["movies"]["plays"], a["episodes"]["plays"], a["movies"]["minutes"]) == (1, 1, 170),
        before=(ADDED,),
    ),
    Case(
        ("get-user-watching",),
        lambda s, a: (a["item"]["ids"]["trakt"], a["action"], round(a["progress_pct"])) == (HEAT, "scrobble", 40),
        before=(("scrobble-start", HEAT_IS, "--progress", "40"),),
    ),
    Case(
        ("search", "tmdb:949", "--kind", "movie"),
        lambda s, a: trakt_ids(a) == [HEAT],
        unknown=(("search", "tmdb:999999999"), Exit.OK),
    ),
)
