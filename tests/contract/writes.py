"""Writes at random: every endpoint that changes something, with bodies that are good, half wrong or empty.

Each write comes with the GETs whose answers it may change. Says what to send; judges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

Ids = dict[str, Sequence[int]]
"""Trakt ids to write about, by array: some of them the user's own."""
NOWHERE = {"trakt": 1, "tmdb": 999_999_999}
LEVELS = ("", "full", "images")


@dataclass(frozen=True, slots=True)
class Write:
    """One request, and the addresses that it may change."""

    method: str
    path: str
    body: dict[str, Any] | None
    affects: tuple[str, ...]


@dataclass(slots=True)
class Holdings:
    """What the user has now that writes name by id: rows of lists, lists, saved positions, plays."""

    lists: list[dict[str, Any]]
    list_rows: list[int]
    watchlist_rows: list[int]
    favorite_rows: list[int]
    playbacks: list[int]
    plays: list[int]


@dataclass(slots=True)
class Writer:
    """Makes writes.

    Args:
        rng: The dice.
        ids: What there is to write about.
        has: What the user has now; whoever sends the writes keeps it up to date.
        good: Only bodies that Trakt takes; else one of three is odd.
    """

    rng: Random
    ids: Ids
    has: Holdings
    good: bool = True

    def _level(self) -> str:
        level = self.rng.choice(LEVELS)
        return f"?extended={level}" if level else ""

    def _odd(self) -> bool:
        return not self.good and self.rng.random() < 1 / 3

    def _item(self, array: str, **attrs: Any) -> dict[str, Any]:
        if self._odd():
            return self.rng.choice([{"ids": NOWHERE, **attrs}, {"title": "Nowhere to be found", **attrs}, {"ids": {}}])
        item: dict[str, Any] = {"ids": {"trakt": self.rng.choice(self.ids[array])}, **attrs}
        if array == "shows" and self.rng.random() < 0.6:
            season: dict[str, Any] = {"number": 99 if self._odd() else 1, **attrs}
            if self.rng.random() < 0.7:
                season["episodes"] = [{"number": 999 if self._odd() else 1, **attrs}]
            item = {**item, "seasons": [season]}
        return item

    def _items(self, *arrays: str, **attrs: Any) -> dict[str, Any]:
        if self._odd():
            return self.rng.choice([{}, {arrays[0]: []}, {"unheard_of": [{"ids": NOWHERE}]}])
        chosen = self.rng.sample(arrays, self.rng.randint(1, len(arrays)))
        return {name: [self._item(name, **attrs) for _ in range(self.rng.randint(1, 3))] for name in chosen}

    def _rank(self, rows: Sequence[int]) -> dict[str, Any]:
        known = self.rng.sample(rows, min(len(rows), self.rng.randint(1, 5)))
        return {"rank": [*known, 7] if self._odd() else known}

    # --- watching

    def _history_views(self) -> tuple[str, ...]:
        level = self._level()
        views = [f"/sync/history{level}", f"/users/me/history/episodes{level}", f"/sync/watched/movies{level}"]
        views += ["/sync/watched/shows?extended=progress&limit=100", "/users/me/watched/movies?extended=min"]
        views += ["/users/me/watched/shows?extended=min", f"/users/me/watched/shows{level}", "/users/me/stats"]
        views += ["/sync/watched/episodes?extended=min", "/sync/progress/watched?limit=10", "/sync/watchlist"]
        return (*views, "/sync/progress/up_next?limit=10&include_stats=true", *self._watching_views())

    def _watching_views(self) -> tuple[str, ...]:
        level = self._level()
        return (
            f"/users/me/watching{level}",
            f"/sync/playback{level}",
            "/sync/last_activities",
            "/sync/history?limit=5",
        )

    def history_add(self) -> Write:
        at = self.rng.choice(["2025-11-02T00:59:59Z", "released", "unknown", "2030-01-01T00:00:00.000Z"])
        attrs = {} if self.rng.random() < 0.3 else {"watched_at": "yesterday" if self._odd() else at}
        body = self._items("movies", "shows", "seasons", "episodes", **attrs)
        return Write("POST", "/sync/history", body, self._history_views())

    def history_remove(self) -> Write:
        some = self.rng.sample(self.has.plays, min(3, len(self.has.plays)))
        body = {"ids": [*some, 7] if self._odd() else some}
        if self.rng.random() < 0.5:
            body = self._items("movies", "episodes")
        return Write("POST", "/sync/history/remove", body, self._history_views())

    def _subject(self) -> dict[str, Any]:
        if self.rng.random() < 0.3:
            one = {"ids": {"trakt": self.rng.choice(self.ids["shows"])}}
            return {"show": one, "episode": {"season": 1, "number": 999 if self._odd() else 1}}
        array = self.rng.choice(["movies", "episodes"])
        return {array[:-1]: self._item(array)}

    def scrobble(self, act: str, low: float, high: float) -> Write:
        progress = self.rng.choice([0.4, 79.9, 80, 100.5]) if self._odd() else round(self.rng.uniform(low, high), 2)
        body = {**self._subject(), "progress": progress}
        return Write("POST", f"/scrobble/{act}", body, self._watching_views())

    def checkin(self) -> Write:
        body = {**self._subject(), "sharing": {"mastodon": True}, "message": "Now"}
        return Write("POST", "/checkin", body, self._watching_views())

    def checkin_delete(self) -> Write:
        return Write("DELETE", "/checkin", None, self._watching_views())

    def playback_delete(self) -> Write:
        one = self.rng.choice(self.has.playbacks or [7])
        return Write("DELETE", f"/sync/playback/{7 if self._odd() else one}", None, self._watching_views())

    def reset(self, method: str) -> Write:
        show = f"/shows/{7 if self._odd() else self.rng.choice(self.ids['shows'])}/progress/watched"
        body = {"reset_at": "2025-01-01T00:00:00.000Z"} if method == "POST" and self.rng.random() < 0.5 else None
        views = (show, f"{show}?include_stats=true&specials=true&extended=full", "/sync/progress/watched?limit=10")
        more = ("/users/hidden/progress_watched_reset", "/sync/watched/shows?extended=progress&limit=100")
        return Write(method, f"{show}/reset", body, (*(() if "/7/" in show else views), *more))

    # --- keeping

    def collect(self, act: str) -> Write:
        copy = {"media_type": "bluray", "resolution": "uhd_4k", "audio_channels": "7.1", "3d": self.rng.random() < 0.5}
        at = self.rng.choice(["released", "2024-02-29T12:00:00.000Z"])
        attrs = {} if act or self.rng.random() < 0.3 else {**copy, "collected_at": "never" if self._odd() else at}
        level, show = self._level(), self.rng.choice(self.ids["shows"])
        views = [f"{base}/collection/{kind}{level}" for kind in ("movies", "shows") for base in ("/sync", "/users/me")]
        views += ["/sync/collection/media?extended=metadata,available_on", "/sync/collection/episodes?extended=full"]
        views += [f"/sync/collection/minimal/{kind}" for kind in ("movies", "episodes", "shows")]
        views += ["/users/me/stats", "/sync/last_activities", f"/shows/{show}/progress/collection"]
        body = self._items("movies", "shows", "seasons", "episodes", **attrs)
        return Write("POST", f"/sync/collection{act}", body, tuple(views))

    def rate(self, act: str) -> Write:
        points = self.rng.choice([0, 11, "ten"]) if self._odd() else self.rng.randint(1, 10)
        attrs = {} if act else {"rating": points}
        level = self._level()
        views = (f"/sync/ratings{level}", f"/users/me/ratings{level}", f"/users/me/ratings/seasons{level}")
        body = self._items("movies", "shows", "seasons", "episodes", **attrs)
        return Write("POST", f"/sync/ratings{act}", body, (*views, "/users/me/stats", "/sync/last_activities"))

    def _marks_views(self, which: str) -> tuple[str, ...]:
        level = self._level()
        own = (f"/sync/{which}{level}", f"/users/me/{which}/movies{level}", f"/users/me/{which}/all/added/desc")
        return (*own, "/sync/last_activities", "/users/me/lists")

    def mark(self, which: str, act: str) -> Write:
        arrays = ("movies", "shows", "seasons", "episodes") if which == "watchlist" else ("movies", "shows")
        attrs = {"notes": "x" * 501 if self._odd() else "Soon."} if not act and self.rng.random() < 0.4 else {}
        return Write("POST", f"/sync/{which}{act}", self._items(*arrays, **attrs), self._marks_views(which))

    def _rows(self, which: str) -> list[int]:
        return self.has.watchlist_rows if which == "watchlist" else self.has.favorite_rows

    def mark_order(self, which: str) -> Write:
        return Write("POST", f"/sync/{which}/reorder", self._rank(self._rows(which)), self._marks_views(which))

    def mark_note(self, which: str) -> Write:
        one = 7 if self._odd() else self.rng.choice(self._rows(which))
        body = {"notes": self.rng.choice([None, "With friends."])}
        return Write("PUT", f"/sync/{which}/{one}", body, self._marks_views(which))

    def mark_metadata(self, which: str) -> Write:
        body = {"description": "Mine", "sort_by": "added", "sort_how": "up" if self._odd() else "desc"}
        return Write("PUT", f"/sync/{which}", body, self._marks_views(which))

    # --- lists, hidden titles, settings

    def _list(self) -> str:
        one = self.rng.choice(self.has.lists)["ids"]
        return f"/users/me/lists/{'nowhere' if self._odd() else self.rng.choice([one['trakt'], one['slug']])}"

    def _list_views(self, one: str) -> tuple[str, ...]:
        level = self._level()
        if one.endswith("nowhere"):
            return ("/users/me/lists",)
        return (f"/users/me/lists{level}", f"{one}{level}", f"{one}/items{level}", "/sync/last_activities")

    def list_create(self) -> Write:
        body = {"name": " " if self._odd() else f"List {self.rng.randint(1, 9)}", "privacy": "public"}
        return Write("POST", "/users/me/lists", body, ("/users/me/lists", "/users/me/lists?extended=full"))

    def list_change(self) -> Write:
        one = self._list()
        body = {"description": self.rng.choice([None, "Of mine"]), "privacy": "open" if self._odd() else "link"}
        return Write("PUT", one, body, self._list_views(one))

    def list_delete(self) -> Write:
        return Write("DELETE", self._list(), None, ("/users/me/lists", "/sync/last_activities"))

    def lists_order(self) -> Write:
        rank = self._rank([one["ids"]["trakt"] for one in self.has.lists])
        return Write("POST", "/users/me/lists/reorder", rank, ("/users/me/lists",))

    def list_items(self, act: str) -> Write:
        one = self._list()
        body = self._items("movies", "shows", "seasons", "episodes", "people")
        return Write("POST", f"{one}/items{act}", body, self._list_views(one))

    def list_order(self, path: str) -> Write:
        one = self._list()
        return Write("POST", f"{one}/{path}", self._rank(self.has.list_rows), self._list_views(one))

    def list_note(self) -> Write:
        one = f"/users/me/lists/{self.has.lists[0]['ids']['trakt']}"
        row = self.rng.choice(self.has.list_rows or [7])
        return Write("PUT", f"{one}/items/{row}", {"notes": "Again."}, self._list_views(one))

    def hide(self, act: str) -> Write:
        sections = {"calendar": ("movies", "shows"), "progress_watched": ("shows", "seasons"), "dropped": ("shows",)}
        section = self.rng.choice(list(sections))
        views = (f"/users/hidden/{section}{self._level()}", "/sync/progress/watched?limit=10", "/sync/last_activities")
        body = self._items(*sections[section])
        return Write("POST", f"/users/hidden/{section}{act}", body, (*views, "/calendars/my/shows/2026-02-20/33"))

    def settings(self) -> Write:
        user: dict[str, Any] = {"name": self.rng.choice([None, "Somebody"]), "about": "Watches.", "dob": "1980-02-29"}
        if self._odd():
            user["dob"] = "the first of May"
        body = {"user": user, "browsing": {"spoilers": {"episodes": "show"}, "dark_knight": "on"}}
        return Write(
            "PUT", "/users/settings", body, ("/users/settings?extended=browsing", "/users/me?extended=full,vip")
        )

    def makers(self) -> list[Callable[[], Write]]:
        """One maker for each endpoint that writes."""
        made: list[Callable[[], Write]] = [self.history_add, self.history_remove, self.checkin, self.checkin_delete]
        made += [partial(self.scrobble, "start", 0, 100), partial(self.scrobble, "pause", 1, 79.9)]
        made += [partial(self.scrobble, "stop", 1, 79.9), partial(self.scrobble, "stop", 80, 100)]
        made += [self.playback_delete, partial(self.reset, "POST"), partial(self.reset, "DELETE"), self.settings]
        for act in ("", "/remove"):
            made += [partial(make, act) for make in (self.collect, self.rate, self.hide, self.list_items)]
            made += [partial(self.mark, which, act) for which in ("watchlist", "favorites")]
        for which in ("watchlist", "favorites"):
            made += [partial(make, which) for make in (self.mark_order, self.mark_note, self.mark_metadata)]
        made += [self.list_create, self.list_change, self.lists_order, self.list_note, self.list_delete]
        return [*made, partial(self.list_order, "items/reorder"), partial(self.list_order, "reorder")]
