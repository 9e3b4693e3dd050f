"""Items as a person types them, and as answers print them. Pure text; no lookups.

    movie:tmdb:949            movie:heat-1995           movie:tt0113277        "movie:Heat (1995)"
    show:tmdb:1396            season:tmdb:1396:1        episode:tmdb:1396:1x02 episode:breaking-bad:1x02
    episode:trakt:62085       person:tmdb:1158

Without a scheme, digits are a Trakt id, tt/nm and digits an IMDb id, anything else a slug.
"""

from __future__ import annotations

import re
from typing import Any

from watchprint.trakt.errors import Invalid
from watchprint.trakt.items import Episode, Item, Movie, Person, Season, Show

FORMS = (
    "movie:tmdb:949, movie:heat-1995, 'movie:Heat (1995)', show:tmdb:1396, season:tmdb:1396:1, episode:tmdb:1396:1x02"
)
_SCHEMES = ("trakt", "slug", "imdb", "tmdb", "tvdb")
_TITLED = re.compile(r"(?P<title>.*\S)\s+\((?P<year>\d{4})\)")
_PLACE = re.compile(r"(?:[sS])?(?P<season>\d+)[xXeE](?P<number>\d+)")


def item_of(text: str) -> Item:
    """The item that a text names.

    Raises:
        Invalid: It names none; the message shows the forms.
    """
    kind, _, rest = text.strip().partition(":")
    if not rest:
        raise Invalid(f"{text!r} does not name an item: write for example {FORMS}")
    match kind:
        case "movie":
            return Movie(**_named(rest, text))
        case "show":
            return Show(**_named(rest, text))
        case "person":
            return Person(**_identified(rest))
        case "season":
            return _season(rest, text)
        case "episode":
            return _episode(rest, text)
    raise Invalid(f"{text!r} does not begin with movie, show, season, episode or person: write for example {FORMS}")


def _named(rest: str, text: str) -> dict[str, Any]:
    titled = _TITLED.fullmatch(rest)
    if titled:
        return {"title": titled["title"], "year": int(titled["year"])}
    if " " in rest:
        raise Invalid(f"{text!r}: a title needs its year, as in 'movie:Heat (1995)'")
    return _identified(rest)


def _identified(rest: str) -> dict[str, Any]:
    scheme, _, value = rest.partition(":")
    if not value:
        scheme, value = _guessed_scheme(rest), rest
    if scheme not in _SCHEMES:
        raise Invalid(f"{scheme!r} is not one of the ids trakt, slug, imdb, tmdb, tvdb")
    if scheme in ("trakt", "tmdb", "tvdb"):
        if not value.isdigit():
            raise Invalid(f"a {scheme} id is a number, not {value!r}")
        return {scheme: int(value)}
    return {scheme: value}


def _guessed_scheme(value: str) -> str:
    if value.isdigit():
        return "trakt"
    return "imdb" if re.fullmatch(r"(tt|nm)\d+", value) else "slug"


def _season(rest: str, text: str) -> Season:
    show, _, number = rest.rpartition(":")
    if show in _SCHEMES:
        return Season(**_identified(rest))
    if not show or not number.isdigit():
        raise Invalid(f"{text!r}: a season is a show and a number, as in season:tmdb:1396:1")
    return Season(Show(**_named(show, text)), int(number))


def _episode(rest: str, text: str) -> Episode:
    show, _, place = rest.rpartition(":")
    placed = _PLACE.fullmatch(place)
    if not placed:
        return Episode(**_identified(rest))
    if not show:
        raise Invalid(f"{text!r}: an episode is a show and a place, as in episode:tmdb:1396:1x02")
    return Episode(Show(**_named(show, text)), int(placed["season"]), int(placed["number"]))


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
            place = f"{item.season}x{item.number:02d}" if item.number is not None else _first_id(item)
            show = f"{item.show.title or item.show.slug or _first_id(item.show)} " if item.show else ""
            return f"{show}{place}" + (f" {item.title}" if item.title else "")
        case Person():
            return item.name or item.slug or _first_id(item)


def _first_id(item: Item) -> str:
    scheme, value = next(iter(item.known_ids.items()), ("id", "unknown"))
    return f"{item.kind} {scheme} {value}"
