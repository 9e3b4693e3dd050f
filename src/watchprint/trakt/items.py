"""What callers hand in, and what answers carry: films, shows, seasons, episodes and people, by any id that Trakt takes.

    Movie(tmdb=949)   Episode(Show(tmdb=1396), season=1, number=2)   Movie(title="Heat", year=1995)

An item is a value: checked when it is made, equal by its fields, never changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final, Literal, TypeAlias

from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.ids import Ids

Kind: TypeAlias = Literal["movie", "show", "season", "episode", "person"]

_ENOUGH: Final[Mapping[Kind, str]] = {
    "movie": "an id, e.g. tmdb=949, or title and year",
    "show": "an id, e.g. tmdb=1396, or title and year",
    "season": "its show and number, e.g. Season(Show(tmdb=1396), 1), or an id",
    "episode": "its show, season and number, e.g. Episode(Show(tmdb=1396), 1, 2), or an id",
    "person": "an id, e.g. tmdb=2636",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Named:
    """What all kinds share: ids (None = not known) and their checks."""

    kind: ClassVar[Kind]
    trakt: int | None = None

    def __post_init__(self) -> None:
        for scheme in ("trakt", "tmdb", "tvdb"):
            _check_number(self.kind, scheme, getattr(self, scheme, None))
        _check_imdb(self.kind, getattr(self, "imdb", None))
        _check_text(self.kind, "slug", getattr(self, "slug", None))
        _check_text(self.kind, "title", getattr(self, "title", None))
        _check_year(self.kind, getattr(self, "year", None))
        if not self.identified:
            raise Invalid(f"this {self.kind} has nothing to find it by: give {_ENOUGH[self.kind]}")

    @property
    def ids(self) -> Ids:
        """All ids that are known."""
        return Ids(**self.known_ids)

    @property
    def known_ids(self) -> dict[str, Any]:
        """The ids by scheme, without those that are not known."""
        values = {s: getattr(self, s, None) for s in ("trakt", "slug", "imdb", "tmdb", "tvdb")}
        return {scheme: value for scheme, value in values.items() if value is not None}

    @property
    def identified(self) -> bool:
        """Enough is known to find it on Trakt."""
        return bool(self.known_ids)

    def __repr__(self) -> str:
        """What is known, as it would be typed: the show first, unknown ids left out."""
        known = {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}
        show = [repr(known.pop("show"))] if "show" in known else []
        ids = [f"{name}={value!r}" for name, value in known.items()]
        return f"{type(self).__name__}({', '.join(show + ids)})"


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Movie(_Named):
    """A film, by id, or by title and year."""

    kind: ClassVar[Kind] = "movie"
    slug: str | None = None
    imdb: str | None = None
    tmdb: int | None = None
    title: str | None = None
    year: int | None = None

    @property
    def identified(self) -> bool:
        return bool(self.known_ids or self.title)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Show(_Named):
    """A show, by id, or by title and year."""

    kind: ClassVar[Kind] = "show"
    slug: str | None = None
    imdb: str | None = None
    tmdb: int | None = None
    tvdb: int | None = None
    title: str | None = None
    year: int | None = None

    @property
    def identified(self) -> bool:
        return bool(self.known_ids or self.title)


@dataclass(frozen=True, slots=True, repr=False)
class Season(_Named):
    """A season: of a show by number (0 = specials), or by an id of its own."""

    kind: ClassVar[Kind] = "season"
    show: Show | None = None
    number: int | None = None
    tmdb: int | None = None
    tvdb: int | None = None

    def __post_init__(self) -> None:
        _check_show(self.kind, self.show)
        _check_count(self.kind, "number", self.number)
        _Named.__post_init__(self)

    @property
    def identified(self) -> bool:
        return bool(self.known_ids or (self.show is not None and self.number is not None))


@dataclass(frozen=True, slots=True, repr=False)
class Episode(_Named):
    """An episode: of a show by season and number, or by an id of its own."""

    kind: ClassVar[Kind] = "episode"
    show: Show | None = None
    season: int | None = None
    number: int | None = None
    imdb: str | None = None
    tmdb: int | None = None
    tvdb: int | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        _check_show(self.kind, self.show)
        _check_count(self.kind, "season", self.season)
        _check_count(self.kind, "number", self.number)
        _Named.__post_init__(self)

    @property
    def placed(self) -> bool:
        """Known by show, season and number."""
        return self.show is not None and self.season is not None and self.number is not None

    @property
    def identified(self) -> bool:
        return bool(self.known_ids) or self.placed


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Person(_Named):
    """A person (lists can hold people)."""

    kind: ClassVar[Kind] = "person"
    slug: str | None = None
    imdb: str | None = None
    tmdb: int | None = None
    name: str | None = None


Item: TypeAlias = Movie | Show | Season | Episode | Person


def _check_number(kind: str, scheme: str, value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value <= 0):
        raise Invalid(f"the {scheme} id of {_a(kind)} is a whole number above 0, not {value!r}")


def _check_count(kind: str, name: str, value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise Invalid(f"the {name} of {_a(kind)} is a whole number from 0, not {value!r}")


def _check_year(kind: str, value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise Invalid(f"the year of {_a(kind)} is a whole number, not {value!r}")


def _check_imdb(kind: str, value: object) -> None:
    if value is not None and (not isinstance(value, str) or not re.fullmatch(r"(tt|nm)\d{3,}", value)):
        raise Invalid(f"the imdb id of {_a(kind)} is text like 'tt0113277', not {value!r}")


def _check_text(kind: str, name: str, value: object) -> None:
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise Invalid(f"the {name} of {_a(kind)} is text, not {value!r}")


def _check_show(kind: str, value: object) -> None:
    if value is not None and not isinstance(value, Show):
        raise Invalid(f"the show of {_a(kind)} is a Show, e.g. Show(tmdb=1396), not {value!r}")


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "episode" else f"a {kind}"


def ids_of(values: Mapping[str, Any] | Ids | None) -> dict[str, Any]:
    """The known ids of an answer, as arguments for an item; an empty or odd id counts as unknown."""
    if values is None:
        return {}
    pairs = values.items() if isinstance(values, Mapping) else ((s, getattr(values, s)) for s in Ids.__struct_fields__)
    kept = {s: v for s, v in pairs if s in ("trakt", "slug", "imdb", "tmdb", "tvdb") and v}
    if "imdb" in kept and not re.fullmatch(r"(tt|nm)\d{3,}", str(kept["imdb"])):
        del kept["imdb"]
    return kept
