"""When two items are the same title: by any name that both have. Pure; asks nobody.

An alias is one such name: ("movie", "tmdb", 949), or an episode's place ("episode", "tmdb", 1396, 1, 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from watchprint.trakt.items import Episode, Item, Season, Show

Alias: TypeAlias = tuple[Any, ...]


def aliases(item: Item) -> tuple[Alias, ...]:
    """Every name of the item that is certain; a title and year is none."""
    own = tuple((item.kind, scheme, _folded(value)) for scheme, value in item.known_ids.items())
    match item:
        case Episode(show=Show() as show, season=int() as season, number=int() as number):
            return own + tuple(("episode", *name[1:], season, number) for name in aliases(show))
        case Season(show=Show() as show, number=int() as number):
            return own + tuple(("season", *name[1:], number) for name in aliases(show))
    return own


def schemes(item: Item) -> frozenset[Alias]:
    """How the item is named: two items that share one of these are the same, or surely are not."""
    return frozenset((len(name), name[1]) for name in aliases(item))


def comparable(items: Iterable[Item]) -> bool:
    """True if all have one kind of name in common, so that equal titles are seen."""
    kinds = [schemes(item) for item in items]
    return len(kinds) < 2 or bool(frozenset.intersection(*kinds))


def _folded(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def same(one: Item, other: Item) -> bool:
    """True if they share a name."""
    return not frozenset(aliases(one)).isdisjoint(aliases(other))
