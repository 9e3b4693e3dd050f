"""The filters of lists, searches and calendars that the catalogue has facts for (trakt-api.md 14).

A comma means or, `a-b` is a range. Filters on facts that the sandbox does not have (other sites' ratings,
where to watch) let everything pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from watchprint.sandbox.catalogue.titles import Episode, Movie, Season, Show, Title
from watchprint.sandbox.rules.instants import runtime_min
from watchprint.sandbox.rules.requests.query import words

Test = Callable[[Movie | Show, str], bool]


def passes(title: Title, query: Mapping[str, str]) -> bool:
    """Whether the title (an episode's or season's show) passes every filter of the query; people always do."""
    facts = title.show if isinstance(title, Season | Episode) else title
    if not isinstance(facts, Movie | Show):
        return True
    return all(test(facts, query[name]) for name, test in _TESTS.items() if query.get(name))


def in_range(value: float | None, text: str) -> bool:
    """Whether a number lies in "a-b" or is "a"; text that is no range lets everything pass."""
    low, dash, high = text.partition("-")
    try:
        bounds = float(low), float(high if dash else low)
    except ValueError:
        return True
    return value is not None and bounds[0] <= value <= bounds[1]


def _slug(text: str | None) -> str:
    return (text or "").lower().replace(" ", "-")


def _one_of(value: str | None, text: str) -> bool:
    return _slug(value) in {_slug(word) for word in words(text)}


def _genres(title: Movie | Show, text: str) -> bool:
    asked = {word.lower() for word in words(text)}
    return bool(asked & set(title.genres)) or ("none" in asked and not title.genres)


_TESTS: Final[dict[str, Test]] = {
    "years": lambda title, text: in_range(title.year, text),
    "genres": _genres,
    "languages": lambda title, text: _one_of(title.language, text),
    "countries": lambda title, text: _one_of(title.country, text),
    "certifications": lambda title, text: _one_of(title.certification, text),
    "runtimes": lambda title, text: in_range(
        title.runtime_min if isinstance(title, Show) else runtime_min(title), text
    ),
    "ratings": lambda title, text: in_range(title.rating * 10, text),
    "votes": lambda title, text: in_range(title.votes, text),
    "status": lambda title, text: isinstance(title, Movie) or _one_of(title.status, text),
}
