"""Items as JSON: `type` says what it is, `ids` name it; an item of an answer can be sent in again as it is.

{"type": "movie", "ids": {"tmdb": 949}}
{"type": "episode", "show": {"ids": {"tmdb": 1396}}, "season": 1, "number": 2}
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from watchprint.trakt import items as trakt

_MOST = 2**53 - 1
TraktId: TypeAlias = Annotated[int, Meta(ge=1, le=_MOST, description="Trakt's id", examples=[789])]
TmdbId: TypeAlias = Annotated[int, Meta(ge=1, le=_MOST, description="TMDB's id", examples=[949])]
TvdbId: TypeAlias = Annotated[int, Meta(ge=1, le=_MOST, description="TheTVDB's id", examples=[81189])]
ImdbId: TypeAlias = Annotated[
    str, Meta(pattern=r"^(tt|nm)[0-9]{3,}$", max_length=32, description="IMDb's id", examples=["tt0113277"])
]
Slug: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=200, description="Trakt's word for it in addresses", examples=["heat-1995"])
]
Title: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500, description="Its title", examples=["Heat"])]
Year: TypeAlias = Annotated[int, Meta(ge=0, le=9999, description="The year it came out", examples=[1995])]
Number: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000, description="Counted from 1; season 0 holds the specials")]


class _Shape(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Read strictly: a field that is not known is an error that names it."""


class MovieIds(_Shape, frozen=True):
    """What a film can be named by."""

    trakt: TraktId | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    imdb: ImdbId | UnsetType = UNSET
    tmdb: TmdbId | UnsetType = UNSET


class ShowIds(_Shape, frozen=True):
    """What a show can be named by."""

    trakt: TraktId | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    imdb: ImdbId | UnsetType = UNSET
    tmdb: TmdbId | UnsetType = UNSET
    tvdb: TvdbId | UnsetType = UNSET


class SeasonIds(_Shape, frozen=True):
    """What a season can be named by, beside its show and number."""

    trakt: TraktId | UnsetType = UNSET
    tmdb: TmdbId | UnsetType = UNSET
    tvdb: TvdbId | UnsetType = UNSET


class EpisodeIds(_Shape, frozen=True):
    """What an episode can be named by, beside its show, season and number."""

    trakt: TraktId | UnsetType = UNSET
    imdb: ImdbId | UnsetType = UNSET
    tmdb: TmdbId | UnsetType = UNSET
    tvdb: TvdbId | UnsetType = UNSET


class PersonIds(_Shape, frozen=True):
    """What a person can be named by."""

    trakt: TraktId | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    imdb: ImdbId | UnsetType = UNSET
    tmdb: TmdbId | UnsetType = UNSET


class Movie(_Shape, frozen=True, tag_field="type", tag="movie"):
    """A film, by one id or more, or by title and year."""

    ids: MovieIds = MovieIds()
    title: Title | UnsetType = UNSET
    year: Year | UnsetType = UNSET


class Show(_Shape, frozen=True, tag_field="type", tag="show"):
    """A show, by one id or more, or by title and year."""

    ids: ShowIds = ShowIds()
    title: Title | UnsetType = UNSET
    year: Year | UnsetType = UNSET


class Season(_Shape, frozen=True, tag_field="type", tag="season"):
    """A season: of a show by number, or by an id of its own."""

    ids: SeasonIds = SeasonIds()
    show: Show | UnsetType = UNSET
    number: Number | UnsetType = UNSET


class Episode(_Shape, frozen=True, tag_field="type", tag="episode"):
    """An episode: of a show by season and number, or by an id of its own."""

    ids: EpisodeIds = EpisodeIds()
    show: Show | UnsetType = UNSET
    season: Number | UnsetType = UNSET
    number: Number | UnsetType = UNSET
    title: Title | UnsetType = UNSET


class Person(_Shape, frozen=True, tag_field="type", tag="person"):
    """A person; lists can hold people."""

    ids: PersonIds = PersonIds()
    name: Title | UnsetType = UNSET


Item: TypeAlias = Movie | Show | Season | Episode | Person
Playable: TypeAlias = Movie | Episode
Watchable: TypeAlias = Movie | Show | Season | Episode
Rateable: TypeAlias = Movie | Show
_KINDS: dict[type[Struct], Any] = {
    Movie: trakt.Movie, Show: trakt.Show, Season: trakt.Season, Episode: trakt.Episode, Person: trakt.Person,
}  # fmt: skip


def kind_of(shape: Struct) -> type[Struct]:
    """The kind of item that a shape is, without what is said beside it."""
    return next(kind for kind in _KINDS if isinstance(shape, kind))


def item_of(shape: Struct) -> trakt.Item:
    """The library's item.

    Raises:
        Invalid: There is not enough to find it by.
    """
    kind = kind_of(shape)
    said = {name: getattr(shape, name) for name in kind.__struct_fields__}
    known = structs.asdict(said.pop("ids"))
    show = said.pop("show", UNSET)
    if show is not UNSET:
        known["show"] = item_of(show)
    item: trakt.Item = _KINDS[kind](**{name: value for name, value in (known | said).items() if value is not UNSET})
    return item


def told(item: trakt.Item) -> dict[str, Any]:
    """An item of an answer as JSON has it."""
    known: dict[str, Any] = {"type": item.kind, "ids": item.known_ids}
    for name in ("title", "name", "year", "season", "number"):
        if getattr(item, name, None) is not None:
            known[name] = getattr(item, name)
    show = getattr(item, "show", None)
    return known if show is None else known | {"show": told(show)}
