"""Titles as finished JSON text, kept so that a page of 250 rows is put together, not computed.

A fragment depends on the catalogue, on the server's address and, where it counts what has aired, on the
clock: it is kept with the span of time in which it holds. Nothing of a user is in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, time
from typing import Literal

import msgspec

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.catalogue.titles import Movie, Season, Show, Title
from watchprint.sandbox.kernel import World
from watchprint.sandbox.present.facts import aired_count, facts, minimal
from watchprint.sandbox.present.images import images
from watchprint.sandbox.state import Item, Kind

Level = Literal["min", "images", "full", "facts", "watched"]
"""How much of a title: `facts` is full without images, `watched` minimal with a show's `aired_episodes`."""

EVER, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
Kept = tuple[datetime, datetime, msgspec.Raw, bytes]

NULL: Kept = (EVER, NEVER, msgspec.Raw(b"null"), b"null")
_NOTHING: Mapping[int, Kept] = {}


def level_of(extended: AbstractSet[str]) -> Level:
    """The form of embedded titles that a request asks for; unknown levels are ignored."""
    if "full" in extended:
        return "full"
    return "images" if "images" in extended else "min"


class Fragments:
    """The JSON of every title asked for so far.

    Args:
        catalogue: Where the titles are.
        origin: The server's address, for pictures.
    """

    def __init__(self, catalogue: Catalogue, origin: str) -> None:
        self.catalogue = catalogue
        self.origin = origin
        self._kept: dict[tuple[Level, Kind], dict[int, Kept]] = {}

    def of(self, item: Item, level: Level, now: datetime) -> msgspec.Raw:
        """The title's JSON, `null` for one that the catalogue lacks."""
        return self._find(item.type, item.trakt, level, now)[2]

    def text(self, kind: Kind, trakt: int, level: Level, now: datetime) -> bytes:
        """The same as text."""
        return self._find(kind, trakt, level, now)[3]

    def _find(self, kind: Kind, trakt: int, level: Level, now: datetime) -> Kept:
        kept = self._kept.get((level, kind), _NOTHING).get(trakt)
        if kept is not None and kept[0] <= now < kept[1]:
            return kept
        return self._make(kind, trakt, level, now)

    def _make(self, kind: Kind, trakt: int, level: Level, now: datetime) -> Kept:
        title = self.catalogue.get(Item(kind, trakt))
        if title is None:
            return NULL
        since, until = _span(title, now) if level not in ("min", "images") else (EVER, NEVER)
        text = msgspec.json.encode(title_json(title, level, now, self.origin))
        kept = self._kept.setdefault((level, kind), {})[trakt] = since, until, msgspec.Raw(text), text
        return kept


def title_json(title: Title, level: Level, now: datetime, origin: str) -> dict[str, object]:
    """The title as a JSON object."""
    row = minimal(title)
    if level in ("full", "facts"):
        row |= facts(title, now)
    if level in ("full", "images"):
        row["images"] = images(title, origin)
    if isinstance(title, Show) and level in ("facts", "watched"):
        row["aired_episodes"] = aired_count(title, now)
    return row


def fragments(world: World) -> Fragments:
    """The world's fragments; begun anew when its catalogue or address is another."""
    kept = world.memo.get("fragments")
    if not isinstance(kept, Fragments) or kept.catalogue is not world.catalogue or kept.origin != world.origin:
        kept = world.memo["fragments"] = Fragments(world.catalogue, world.origin)
    return kept


def _span(title: Title, now: datetime) -> tuple[datetime, datetime]:
    """The time around `now` in which nothing of the title airs or comes out."""
    match title:
        case Show():
            turns = [e.first_aired for season in title.seasons for e in season.episodes]
        case Season():
            turns = [e.first_aired for e in title.episodes]
        case Movie():
            turns = [datetime.combine(title.released, time(), UTC)] if title.released else []
        case _:
            turns = []
    known = sorted(turn for turn in turns if turn is not None)
    place = bisect_right(known, now)
    since = known[place - 1] if place else EVER
    return since, known[place] if place < len(known) else NEVER
