"""The items of a sync body: found in the catalogue, expanded to what they stand for, or echoed as not found.

Source: trakt-api.md 7. Ids are looked up inside the type of the array; a show may name seasons and episodes
by number; what is not found is handed back as it was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.instants import has_aired
from watchprint.sandbox.state import Item, Kind

SINGULAR: Mapping[str, Kind] = {
    "movies": "movie",
    "shows": "show",
    "seasons": "season",
    "episodes": "episode",
    "people": "person",
}
"""The arrays of a body and the type of what stands in them."""
_KINDS: Mapping[type[Title], Kind] = {
    Movie: "movie",
    Show: "show",
    Season: "season",
    Episode: "episode",
    Person: "person",
}


class Expand(Enum):
    """What a show or season in a body stands for."""

    AIRED = "its aired episodes; specials only if their season is named"
    EVERY = "all its episodes"
    ITSELF = "itself, or the seasons and episodes named in it"
    WHOLE = "itself, whatever is named in it"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One title that a body means, with the attributes that hold for it."""

    item: Item
    title: Title
    attrs: dict[str, Any]


@dataclass(slots=True)
class Reading:
    """What a body means: the titles in order, and what was not found, by array, as it was sent."""

    leaves: list[Leaf] = field(default_factory=list)
    not_found: dict[str, list[Any]] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        """How many leaves of that type."""
        return sum(leaf.item.type == kind for leaf in self.leaves)


def read_items(
    body: Mapping[str, Any],
    world: World,
    *,
    expand: Expand,
    attrs: Collection[str] = (),
    arrays: Collection[str] = ("movies", "shows", "seasons", "episodes"),
) -> Reading:
    """The titles that a sync body means.

    Args:
        body: The parsed body, of the right shape.
        world: Catalogue and clock.
        expand: What shows and seasons stand for.
        attrs: The attributes that the endpoint knows; an episode's own goes before its season's and its show's.
        arrays: The arrays that the endpoint knows; others are passed over.
    """
    reading = Reading(not_found={name: [] for name in arrays})
    reader = _Reader(world, expand, frozenset(attrs), reading)
    for name in arrays:
        for asked in body.get(name, ()):
            reader.read(name, asked)
    return reading


def find(kind: Kind, asked: Mapping[str, Any], world: World) -> Title | None:
    """The title that an item names: by its ids, else by title and year, else by title alone."""
    found = world.catalogue.by_ids(kind, asked.get("ids", {}))
    name = asked.get("title", asked.get("name"))
    if found is not None or not name:
        return found
    if kind == "person":
        return next((p for p in world.catalogue.people.values() if p.name.casefold() == name.casefold()), None)
    return world.catalogue.by_title(kind, name, asked.get("year"))


def item_of(title: Title) -> Item:
    """The (type, Trakt id) of a title."""
    return Item(_KINDS[type(title)], title.trakt)


@dataclass(slots=True)
class _Reader:
    """One walk over one body."""

    world: World
    expand: Expand
    known: frozenset[str]
    reading: Reading

    def read(self, array: str, asked: Mapping[str, Any]) -> None:
        title = find(SINGULAR[array], asked, self.world)
        if title is None:
            self.reading.not_found[array].append(asked)
            return
        own = self._attrs({}, asked)
        if isinstance(title, Show):
            self._show(title, asked, own)
        elif isinstance(title, Season):
            self._season(title, own)
        else:
            self._leaf(title, own)

    def _attrs(self, inherited: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
        return {**inherited, **{name: asked[name] for name in self.known if name in asked}}

    def _leaf(self, title: Title, attrs: dict[str, Any]) -> None:
        self.reading.leaves.append(Leaf(item_of(title), title, attrs))

    def _show(self, show: Show, asked: Mapping[str, Any], own: dict[str, Any]) -> None:
        named = asked.get("seasons")
        if named and self.expand is not Expand.WHOLE:
            missing = [left for season in named if (left := self._named_season(show, season, own))]
            if missing:
                self.reading.not_found["shows"].append({**asked, "seasons": missing})
        elif self.expand in (Expand.ITSELF, Expand.WHOLE):
            self._leaf(show, own)
        else:
            for season in show.seasons:
                if season.number or self.expand is Expand.EVERY:
                    self._season(season, own)

    def _season(self, season: Season, own: dict[str, Any]) -> None:
        if self.expand is Expand.ITSELF:
            self._leaf(season, own)
            return
        for episode in season.episodes:
            if self.expand is Expand.EVERY or has_aired(episode, self.world.now):
                self._leaf(episode, own)

    def _named_season(self, show: Show, asked: Mapping[str, Any], own: dict[str, Any]) -> Mapping[str, Any] | None:
        """Read a season named by number inside its show; what of it does not exist comes back."""
        season = next((s for s in show.seasons if s.number == asked.get("number")), None)
        if season is None:
            return asked
        inherited = self._attrs(own, asked)
        if not asked.get("episodes"):
            self._season(season, inherited)
            return None
        missing = list(self._named_episodes(season, asked["episodes"], inherited))
        return {**asked, "episodes": missing} if missing else None

    def _named_episodes(
        self, season: Season, asked: Collection[Mapping[str, Any]], inherited: dict[str, Any]
    ) -> Iterator[Mapping[str, Any]]:
        by_number: dict[int, Episode] = {episode.number: episode for episode in season.episodes}
        for one in asked:
            episode = by_number.get(one.get("number", -1))
            if episode is None:
                yield one
            else:
                self._leaf(episode, self._attrs(inherited, one))
