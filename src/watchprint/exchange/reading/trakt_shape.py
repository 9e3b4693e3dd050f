"""A row of any of Trakt's feeds, in Trakt's shape, read liberally: what may be missing is, what is unknown is passed.

Numbers and texts have bounds, so that what no Trakt writes is one unreadable row and not a surprise later.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from msgspec import Meta, Struct

from watchprint.domain.title import Facts, Kind, Title
from watchprint.domain.zones import Zones
from watchprint.exchange.reading.times import BadTime, read_time

Text: TypeAlias = Annotated[str, Meta(max_length=4096)]
Small: TypeAlias = Annotated[int, Meta(ge=-1, le=100_000)]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Number: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Time: TypeAlias = Text | int | float
_UTC: Final = Zones(((None, "UTC"),))


class PlexIds(Struct, gc=False):
    """What Plex calls it."""

    guid: Text | None = None


class Ids(Struct, gc=False):
    """The ids of a title."""

    trakt: Number | None = None
    slug: Text | None = None
    imdb: Text | None = None
    tmdb: Number | None = None
    tvdb: Number | None = None
    plex: PlexIds | None = None


class Named(Struct, gc=False):
    """A movie, show, season, episode or person; `runtime` is in minutes."""

    title: Text | None = None
    name: Text | None = None
    year: Annotated[int, Meta(ge=0, le=9999)] | None = None
    ids: Ids | None = None
    season: Small | None = None
    number: Small | None = None
    runtime: Small | None = None
    released: Text | None = None
    first_aired: Text | None = None
    country: Text | None = None
    language: Text | None = None
    network: Text | None = None
    genres: Annotated[list[Text], Meta(max_length=200)] | None = None
    certification: Text | None = None
    rating: float | None = None
    votes: Number | None = None
    status: Text | None = None
    aired_episodes: Count | None = None


class OwnedEpisode(Struct, gc=False):
    """An episode of a show that is owned."""

    number: Small
    collected_at: Time | None = None
    metadata: dict[str, Any] | None = None


class OwnedSeason(Struct, gc=False):
    """A season of a show that is owned."""

    number: Small
    episodes: list[OwnedEpisode] = []


class Shape(Struct, gc=False):
    """A row."""

    id: Number | None = None
    type: Text | None = None
    action: Text | None = None
    watched_at: Time | None = None
    last_watched_at: Time | None = None
    rated_at: Time | None = None
    listed_at: Time | None = None
    collected_at: Time | None = None
    last_collected_at: Time | None = None
    plays: Count | None = None
    rating: int | float | None = None
    rank: Count | None = None
    notes: Text | None = None
    metadata: dict[str, Any] | None = None
    seasons: list[OwnedSeason] | None = None
    movie: Named | None = None
    show: Named | None = None
    season: Named | None = None
    episode: Named | None = None
    person: Named | None = None


class Titles:
    """Titles out of rows; a show that many rows name alike is one value."""

    def __init__(self) -> None:
        self._shows: dict[Any, Title] = {}

    def of(self, row: Shape) -> tuple[Kind | None, Title | None]:
        """The kind and the title of a row; None: the row names none (Trakt has deleted it)."""
        kind = next((each for each in _KINDS if each == row.type), None)
        kind = kind or next((each for each in _KINDS if getattr(row, each) is not None), None)
        said = None if kind is None else getattr(row, kind)
        if kind is None or said is None:
            return kind, None
        if kind == "show":
            return kind, self.show(said)
        show = self.show(row.show) if row.show is not None and kind in ("season", "episode") else None
        season = said.season if kind == "episode" else said.number if kind == "season" else None
        number = said.number if kind == "episode" else None
        title = Title(
            kind=kind,
            ids=_ids(said.ids),
            facts=_facts(kind, said),
            show=show,
            season=_place(season),
            number=_place(number),
        )
        return kind, title

    def show(self, said: Named) -> Title:
        """A show; the same value where the same was said before."""
        ids = said.ids or Ids()
        key = (ids.trakt, ids.slug, ids.imdb, ids.tmdb, ids.tvdb, said.title, said.year, said.runtime, said.country)
        if key not in self._shows:
            self._shows[key] = Title(kind="show", ids=_ids(said.ids), facts=_facts("show", said))
        return self._shows[key]

    def owned(self, row: Shape) -> list[tuple[Title, Time | None, dict[str, Any] | None]]:
        """The episodes of a show that is owned, each with when and as what."""
        if row.show is None:
            return []
        show = self.show(row.show)
        return [
            (
                Title(kind="episode", show=show, season=season.number, number=episode.number),
                episode.collected_at or row.last_collected_at,
                episode.metadata,
            )
            for season in row.seasons or []
            for episode in season.episodes
        ]


_KINDS: Final[tuple[Kind, ...]] = ("movie", "episode", "season", "show", "person")


def named(title: Title | None) -> bool:
    """The title can be found again: by an id, or by its place in a show that has one."""
    if title is None:
        return False
    if title.named():
        return True
    placed = title.season is not None and (title.kind == "season" or title.number is not None)
    return placed and named(title.show)


def _ids(ids: Ids | None) -> dict[str, str | int | None]:
    if ids is None:
        return {}
    known: dict[str, str | int | None] = {
        "trakt": ids.trakt, "imdb": _clean(ids.imdb), "tmdb": ids.tmdb, "tvdb": ids.tvdb, "slug": _clean(ids.slug),
    }  # fmt: skip
    if ids.plex is not None:
        known["plex"] = _clean(ids.plex.guid)
    return {scheme: value for scheme, value in known.items() if value}


def _facts(kind: Kind, said: Named) -> Facts:
    runtime_min = said.runtime if said.runtime is not None and said.runtime > 0 else None
    if kind == "episode":
        return Facts(
            name=_clean(said.title),
            runtime_min=runtime_min,
            first_aired_at=_instant(said.first_aired),
            rating=_community(said),
            votes=said.votes,
        )
    return Facts(
        name=_clean(said.title or said.name),
        year=said.year or None,
        runtime_min=runtime_min,
        genres=tuple(said.genres or ()),
        country=_clean(said.country),
        language=_clean(said.language),
        network=_clean(said.network),
        certification=_clean(said.certification),
        released_on=day(said.released),
        first_aired_at=_instant(said.first_aired),
        rating=_community(said),
        votes=said.votes,
        status=_clean(said.status),
        aired_episodes=said.aired_episodes,
    )


def _community(said: Named) -> float | None:
    """A rating by nobody is none."""
    if said.rating is None or not 0 < said.rating <= 10 or said.votes == 0:
        return None
    return said.rating


def _clean(text: str | None) -> str | None:
    """Text as databases keep it, without NULs; blank is none."""
    return (text.replace("\x00", "").strip() or None) if text else None


def _place(number: int | None) -> int | None:
    return number if number is not None and number >= 0 else None


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    if len(text) == len("2024-05-01"):
        on = day(text)
        return None if on is None else datetime.combine(on, time(), UTC)
    try:
        at, _ = read_time(text, _UTC)
    except BadTime:
        return None
    return at


def day(text: str | None) -> date | None:
    """A plain date, or the day of an instant in text; None: it is neither."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


DECODER: Final = msgspec.json.Decoder(Shape | None)
RAW_ROWS: Final = msgspec.json.Decoder(list[msgspec.Raw])
