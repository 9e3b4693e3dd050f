"""Items as they are written in one line of text: on a command line, behind the question mark of an address. Pure.

    movie:tmdb:949            movie:heat-1995           movie:tt0113277        "movie:Heat (1995)"
    show:tmdb:1396            season:tmdb:1396:1        episode:tmdb:1396:1x02 episode:breaking-bad:1x02
    episode:trakt:62085       person:tmdb:1158

Without a scheme, digits are a Trakt id, tt/nm and digits an IMDb id, anything else a slug.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from watchprint.trakt.errors import Invalid
from watchprint.trakt.items import Episode, Item, Movie, Person, Season, Show

FORMS: Final = (
    "movie:tmdb:949, movie:heat-1995, 'movie:Heat (1995)', show:tmdb:1396, season:tmdb:1396:1, episode:tmdb:1396:1x02"
)
"""The forms, as errors show them."""
LONGEST: Final = 500
"""Characters; longer than any title."""
_SCHEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "movie": ("trakt", "slug", "imdb", "tmdb"),
    "show": ("trakt", "slug", "imdb", "tmdb", "tvdb"),
    "season": ("trakt", "tmdb", "tvdb"),
    "episode": ("trakt", "imdb", "tmdb", "tvdb"),
    "person": ("trakt", "slug", "imdb", "tmdb"),
}
"""What each kind can be named by."""
_NUMBERS: Final = ("trakt", "tmdb", "tvdb")
_TITLED: Final = re.compile(r"(?P<title>.*\S)\s+\((?P<year>[0-9]{4})\)")
_PLACE: Final = re.compile(r"[sS]?(?P<season>[0-9]{1,6})[xXeE](?P<number>[0-9]{1,6})")
_SLUG: Final = re.compile(r"[\w.~-]+")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")


def item_of(text: str) -> Item:
    """The item that a text names.

    Raises:
        Invalid: It names none; the message shows the forms.
    """
    kind, _, rest = text.strip().partition(":")
    if len(text) > LONGEST:
        raise Invalid(f"an item is named in at most {LONGEST} characters: write for example {FORMS}")
    if kind not in _SCHEMES:
        raise Invalid(f"{text!r} does not begin with movie, show, season, episode or person: write for example {FORMS}")
    if not rest.strip():
        raise Invalid(f"{text!r} does not name an item: write for example {FORMS}")
    match kind:
        case "movie":
            return Movie(**_named("movie", rest, text))
        case "show":
            return Show(**_named("show", rest, text))
        case "person":
            return Person(**_identified("person", rest))
        case "season":
            return _season(rest, text)
    return _episode(rest, text)


def _named(kind: str, rest: str, text: str) -> dict[str, Any]:
    titled = _TITLED.fullmatch(rest)
    if titled:
        return {"title": titled["title"], "year": int(titled["year"])}
    if " " in rest:
        raise Invalid(f"{text!r}: a title needs its year, as in 'movie:Heat (1995)'")
    return _identified(kind, rest)


def _identified(kind: str, rest: str) -> dict[str, Any]:
    """The id that a text gives, for an item of that kind."""
    scheme, _, value = rest.partition(":")
    if not value:
        scheme, value = _guessed_scheme(rest), rest
    known = _SCHEMES[kind]
    if scheme not in known:
        raise Invalid(f"{_a(kind)} is named by {', '.join(known[:-1])} or {known[-1]}, not by {scheme!r}")
    if scheme == "slug" and not _SLUG.fullmatch(value):
        raise Invalid(f"a slug is letters, digits and dashes, as in heat-1995, not {value!r}")
    if scheme not in _NUMBERS:
        return {scheme: value}
    if not _NUMBER.fullmatch(value):
        raise Invalid(f"a {scheme} id is a number of at most 18 digits, not {value!r}")
    return {scheme: int(value)}


def _guessed_scheme(value: str) -> str:
    if value.isdecimal():
        return "trakt"
    return "imdb" if re.fullmatch(r"(tt|nm)[0-9]+", value) else "slug"


def _season(rest: str, text: str) -> Season:
    show, _, number = rest.rpartition(":")
    if show in _NUMBERS:
        return Season(**_identified("season", rest))
    if not show or not re.fullmatch(r"[0-9]{1,6}", number):
        raise Invalid(f"{text!r}: a season is a show and a number, as in season:tmdb:1396:1")
    return Season(Show(**_named("show", show, text)), int(number))


def _episode(rest: str, text: str) -> Episode:
    show, _, place = rest.rpartition(":")
    placed = _PLACE.fullmatch(place)
    if placed and show and show not in _NUMBERS:
        return Episode(Show(**_named("show", show, text)), int(placed["season"]), int(placed["number"]))
    if show in _SCHEMES["episode"] or re.fullmatch(r"tt[0-9]+|[0-9]+", rest):
        return Episode(**_identified("episode", rest))
    raise Invalid(f"{text!r}: an episode is a show and a place, as in episode:tmdb:1396:1x02, or an id of its own")


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "episode" else f"a {kind}"
