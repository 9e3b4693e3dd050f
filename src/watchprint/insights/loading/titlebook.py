"""Numbers titles and gathers what rows say of them: one entry a title, each empty field filled once.

A title is the same when its kind and any of its ids agree; an episode also by show, season and number. The
first fact that is known stays. Reads attributes and mappings alike; never reads or writes anything outside.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from watchprint.insights.errors import BadRows
from watchprint.insights.loading.tables import FACTS, TITLES
from watchprint.insights.rows import field

SCHEMES = ("trakt", "slug", "imdb", "tmdb", "tvdb")
Key = tuple[Hashable, ...]
_SOURCES = {
    **{fact: (fact,) for fact in FACTS},
    "name": ("title", "name"),
    "runtime_min": ("runtime", "runtime_min"),
    "released_on": ("released", "first_aired", "released_on"),
    "first_aired_at": ("first_aired", "first_aired_at"),
    "community_rating": ("rating", "community_rating"),
    "community_votes": ("votes", "community_votes"),
}
_INHERITED = ("genres", "country", "language", "network", "year")
_NOTHING = dict.fromkeys(FACTS)
_OWN = {"episode": tuple(fact for fact in FACTS if fact not in _INHERITED)}


class TitleBook:
    """Titles by number, in the order in which they were first met."""

    def __init__(self) -> None:
        self._numbers: dict[Key, int] = {}
        self._entries: list[dict[str, Any]] = []
        self.wanting: set[int] = set()

    def __len__(self) -> int:
        return len(self._entries)

    def noted(self, kind: str, title: Any, *, show_id: int | None = None, key: str | int | None = None) -> int | None:
        """The number of a title after taking over what is said of it; None if nothing names it.

        Args:
            kind: movie, show, season or episode.
            title: the title in Trakt's shape, or with the names of a flat row.
            show_id: the number of its show.
            key: what identifies it, where that is not its own ids.
        """
        keys = _keys(kind, title, show_id) if key is None else [(kind, "key", str(key))]
        number = next((self._numbers[each] for each in keys if self._may_be(each, keys[0])), None)
        if number is None:
            if not keys:
                return None
            number = self._new(kind, keys[0], title, show_id)
        for each in keys:
            self._numbers.setdefault(each, number)
        self._fill(number, title)
        return number

    def _may_be(self, key: Key, surest: Key) -> bool:
        """True where the key is known and does not belong to a title with another Trakt id."""
        if key not in self._numbers:
            return False
        theirs = self._entries[self._numbers[key]]["key"]
        return key == surest or "trakt" not in surest or not theirs.startswith("trakt:")

    def _new(self, kind: str, key: Key, title: Any, show_id: int | None) -> int:
        number = len(self._entries)
        place = {name: _whole(field(title, name)) for name in ("season", "number")}
        text = _key_text(key)
        entry = {"title_id": number, "kind": kind, "key": text, "slug": None, "show_id": show_id, **place}
        self._entries.append(entry | _NOTHING)
        return number

    def _fill(self, number: int, title: Any) -> None:
        entry = self._entries[number]
        facts = _OWN.get(entry["kind"], FACTS) if entry["show_id"] is not None else FACTS
        for fact in facts:
            if entry[fact] is None:
                entry[fact] = _fact(title, fact)
        entry["slug"] = entry["slug"] or field(field(title, "ids"), "slug") or None
        if any(entry[fact] is None for fact in facts if fact in {"runtime_min", "genres"}):
            self.wanting.add(number)
        else:
            self.wanting.discard(number)

    def table(self) -> pa.Table:
        """One row a title; an episode carries the genres, country, language, network and year of its show."""
        rows = [self._inherited(entry) for entry in self._entries]
        try:
            return pa.table({name: [row[name] for row in rows] for name in TITLES.names}, schema=TITLES)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise BadRows(f"A title has a field of an unexpected kind: {error}") from error

    def _inherited(self, entry: dict[str, Any]) -> dict[str, Any]:
        show_id = entry["show_id"]
        if show_id is None:
            return entry
        show = self._entries[show_id]
        return entry | {name: show[name] for name in _INHERITED}


def _keys(kind: str, title: Any, show_id: int | None) -> list[Key]:
    ids = field(title, "ids")
    keys: list[Key] = []
    for scheme in SCHEMES if ids else ():
        if value := field(ids, scheme):
            keys.append((kind, scheme, value))
    if show_id is not None:
        season, number = _whole(field(title, "season")), _whole(field(title, "number"))
        if season is not None or number is not None:
            keys.append((kind, show_id, season, number))
    elif not keys and field(title, "title"):
        keys.append((kind, field(title, "title"), field(title, "year")))
    return keys


def _key_text(key: Key) -> str:
    parts = key[1:]
    return str(parts[-1]) if parts[0] == "key" else ":".join(str(part) for part in parts)


def _fact(title: Any, fact: str) -> Any:
    for source in _SOURCES[fact]:
        value = field(title, source)
        if value is not None and value != "":
            return _READ[fact](value)
    return None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _positive(value: Any) -> int | None:
    """Trakt says 0 where a length or a year is not known."""
    whole = _whole(value)
    return whole if whole is not None and whole > 0 else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _instant(value: Any) -> datetime | None:
    """An instant of airing; a text that is none, and one without a zone, say nothing."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    return at if isinstance(at, datetime) and at.tzinfo is not None else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _genres(value: Any) -> list[str] | None:
    return [str(genre) for genre in value] or None


_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("name", "country", "language", "network"), str),
    **dict.fromkeys(("year", "runtime_min"), _positive),
    "released_on": _day,
    "first_aired_at": _instant,
    "aired_episodes": _whole,
    "community_rating": _number,
    "community_votes": _whole,
    "status": str,
    "genres": _genres,
}
