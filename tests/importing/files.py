"""Exports as Trakt would write them, of a small world; and what a store holds of an account, to compare."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from watchprint.store import Store, Work

END = datetime(2024, 5, 1, 20, 0, tzinfo=UTC)
SHOW = {"title": "Severance", "year": 2022, "ids": {"trakt": 50, "slug": "severance", "tmdb": 95396}}
NAMES = {1: "Heat", 2: "Ronin", 3: "Alien"}
FILM_IDS = {n: {"trakt": n, "slug": name.lower(), "imdb": f"tt{n:07}", "tmdb": 100 + n} for n, name in NAMES.items()}
FILMS = {n: {"title": name, "year": 1990 + n, "ids": FILM_IDS[n]} for n, name in NAMES.items()}
EPISODES = {
    n: {"season": 1, "number": n, "title": f"Part {n}", "ids": {"trakt": 500 + n, "tvdb": 700 + n}} for n in (1, 2, 3)
}


def at(step: int) -> datetime:
    """An instant; a step is two hours."""
    return END + timedelta(hours=2 * step)


def stamp(when: datetime | None) -> str:
    """As Trakt writes it; unknown is 1970."""
    return "1970-01-01T00:00:00.000Z" if when is None else when.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def named(what: str) -> dict[str, Any]:
    """The objects of a row: f1 is a film, e2 an episode, s the show."""
    if what == "s":
        return {"type": "show", "show": SHOW}
    if what.startswith("f"):
        return {"type": "movie", "movie": FILMS[int(what[1:])]}
    return {"type": "episode", "episode": EPISODES[int(what[1:])], "show": SHOW}


def play(number: int, what: str, when: datetime | None) -> dict[str, Any]:
    return {"id": number, "watched_at": stamp(when), "action": "scrobble", **named(what)}


def rating(what: str, value: int, when: datetime = END) -> dict[str, Any]:
    return {"rated_at": stamp(when), "rating": value, **named(what)}


def entry(what: str, rank: int, when: datetime = END) -> dict[str, Any]:
    return {"rank": rank, "id": 9000 + rank, "listed_at": stamp(when), "notes": None, **named(what)}


@dataclass
class Said:
    """What a Trakt account holds, and which parts its export lacks.

    Attributes:
        plays: History id to title and when.
        ratings: Title to rating. watchlist, favorites: titles, in order.
        lists: Trakt's id to a name and titles.
        lacking: Files that the export does not have.
        failed: What `_errors.json` names.
    """

    plays: Mapping[int, tuple[str, datetime | None]] = field(default_factory=dict)
    ratings: dict[str, int] = field(default_factory=dict)
    watchlist: list[str] = field(default_factory=list)
    favorites: list[str] = field(default_factory=list)
    lists: dict[int, tuple[str, list[str]]] = field(default_factory=dict)
    lacking: frozenset[str] = frozenset()
    failed: list[str] = field(default_factory=list)
    user: str | None = "ann"

    def files(self) -> dict[str, Any]:
        """Member to JSON."""
        newest = sorted(self.plays.items(), key=lambda each: (each[1][1] is not None, each[1][1] or END), reverse=True)
        rows = [play(number, what, when) for number, (what, when) in newest]
        files: dict[str, Any] = {
            "watched-history-1.json": rows[:3], "watched-movies-1.json": [], "watched-shows-1.json": [],
            "lists-watchlist.json": [entry(what, n) for n, what in enumerate(self.watchlist, 1)],
            "lists-favorites.json": [entry(what, n) for n, what in enumerate(self.favorites, 1)],
            "lists-lists.json": [
                {"name": name, "privacy": "private", "ids": {"trakt": trakt, "slug": name.lower()}}
                for trakt, (name, _) in self.lists.items()
            ],
        }  # fmt: skip
        if len(rows) > 3:
            files["watched-history-2.json"] = rows[3:]
        for kind, letter in (("movies", "f"), ("shows", "s"), ("seasons", "x"), ("episodes", "e")):
            rated = [rating(what, value) for what, value in self.ratings.items() if what[0] == letter]
            files[f"ratings-{kind}.json"] = rated
        for trakt, (name, titles) in self.lists.items():
            files[f"lists-list-{trakt}-{name.lower()}.json"] = [entry(what, n) for n, what in enumerate(titles, 1)]
        counted: dict[str, int] = {}
        for what, _ in self.plays.values():
            counted["s" if what[0] == "e" else what] = counted.get("s" if what[0] == "e" else what, 0) + 1
        for what, count in counted.items():
            row = {key: value for key, value in named(what).items() if key != "type"}
            files["watched-shows-1.json" if what == "s" else "watched-movies-1.json"].append({"plays": count, **row})
        if self.user is not None:
            files["user-profile.json"] = {"username": self.user, "ids": {"slug": self.user}}
        files = {name: value for name, value in files.items() if name not in self.lacking}
        return files | ({"_errors.json": self.failed} if self.failed else {})


def zipped(path: Path, files: Mapping[str, Any], *, made_at: datetime | None = None) -> Path:
    """A ZIP of these members: JSON values, or bytes as they are."""
    when = made_at or datetime(2024, 6, 1, tzinfo=UTC)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, value in files.items():
            info = zipfile.ZipInfo(name, (when.year, when.month, when.day, when.hour, when.minute, when.second))
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, value if isinstance(value, bytes) else json.dumps(value))
    return path


def content(store: Store, account: int) -> Any:
    """Everything that a reader sees of an account, without our own numbers."""

    def read(work: Work) -> Any:
        whole = work.titles.get_all
        plays = work.plays.page(account, limit=100_000)
        ratings = work.ratings.all(account)
        shelves = {shelf: work.shelves.all(account, shelf) for shelf in ("watchlist", "favorites", "collection")}
        lists = work.shelves.lists(account)
        on_lists = {each.name: work.shelves.all(account, "list", list_id=each.id) for each in lists}
        wanted = {p.title_id for p in plays} | {r.title_id for r in ratings}
        wanted |= {e.title_id for each in (*shelves.values(), *on_lists.values()) for e in each}
        called = {
            number: _called(title) for number, title in whole({each for each in wanted if each is not None}).items()
        }
        return {
            "plays": sorted(
                ((p.trakt_id, called.get(p.title_id or 0), p.watched_at, p.state, p.action) for p in plays), key=repr
            ),
            "ratings": sorted((called[r.title_id], r.rating, r.rated_at) for r in ratings),
            **{
                shelf: sorted((called[e.title_id], e.rank, e.listed_at, dict(e.details)) for e in each)
                for shelf, each in shelves.items()
            },
            "lists": {name: sorted((called[e.title_id], e.rank) for e in each) for name, each in on_lists.items()},
        }  # fmt: skip

    return store.read(read)


def _called(title: Any) -> str:
    trakt = title.ids.get("trakt", ("?",))[0]
    if title.kind == "episode":
        return f"e{title.number}"
    return "s" if title.kind == "show" else f"f{trakt}"
