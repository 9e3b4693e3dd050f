"""Items as answers and errors print them; how they are typed is in `service.titles.typed`. Pure text; no lookups."""

from __future__ import annotations

from typing import Any

from watchprint.service.titles.typed import LONGEST, item_of
from watchprint.trakt.items import Episode, Item, Movie, Person, Season, Show

__all__ = ["LONGEST", "item_of", "left_of", "name_of", "text_of"]


def text_of(item: Item) -> str:
    """The text that names this item again, by one id if it has any; "" where none can be written."""
    match item:
        case Season(show=Show() as show, number=int(number)):
            return f"season:{_text_by(show)}:{number}" if _text_by(show) else ""
        case Episode(show=Show() as show, season=int(season), number=int(number)):
            return f"episode:{_text_by(show)}:{season}x{number:02d}" if _text_by(show) else ""
    return f"{item.kind}:{_text_by(item)}" if _text_by(item) else ""


def _text_by(item: Item) -> str:
    """What stands behind the kind."""
    known = item.known_ids
    for scheme in ("tmdb", "trakt", "imdb", "tvdb", "slug"):
        if scheme in known:
            return f"{scheme}:{known[scheme]}"
    title, year = getattr(item, "title", None), getattr(item, "year", None)
    return f"{title} ({year})" if title and year else ""


def left_of(error: Any) -> str:
    """What a batch that stopped midway has left, so that it can be typed again."""
    items = (getattr(one, "item", one) for one in error.left)
    return ", ".join(f"play {one}" if isinstance(one, int) else text_of(one) or name_of(one) for one in items)


def name_of(item: Item | None) -> str:
    """An item as a person reads it: "Heat (1995)", "Breaking Bad 1x02"."""
    match item:
        case None:
            return "(a title that Trakt no longer names)"
        case Movie() | Show():
            title = item.title or item.slug or _first_id(item)
            return f"{title} ({item.year})" if item.year else title
        case Season():
            where = f"season {item.number}" if item.number is not None else _first_id(item)
            return f"{name_of(item.show)}, {where}" if item.show else where
        case Episode():
            placed = item.season is not None and item.number is not None
            place = f"{item.season}x{item.number:02d}" if placed else _first_id(item)
            show = f"{item.show.title or item.show.slug or _first_id(item.show)} " if item.show else ""
            return f"{show}{place}" + (f" {item.title}" if item.title else "")
        case Person():
            return item.name or item.slug or _first_id(item)


def _first_id(item: Item) -> str:
    scheme, value = next(iter(item.known_ids.items()), ("id", "unknown"))
    return f"{item.kind} {scheme} {value}"
