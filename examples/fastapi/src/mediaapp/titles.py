"""Titles as this app's own clients send and see them, and what they are to Watchprint. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from watchprint import Episode, Movie, Person, Removed, Season, Show, Unfavorited, Written

Tmdb = Annotated[int, Field(gt=0, description="The id at TMDB, which is all that is needed")]


class MovieIn(BaseModel):
    """A film."""

    kind: Literal["movie"] = "movie"
    tmdb: Tmdb

    def item(self) -> Movie:
        return Movie(tmdb=self.tmdb)


class ShowIn(BaseModel):
    """A show."""

    kind: Literal["show"] = "show"
    tmdb: Tmdb

    def item(self) -> Show:
        return Show(tmdb=self.tmdb)


class EpisodeIn(BaseModel):
    """An episode, by its show's id at TMDB."""

    kind: Literal["episode"] = "episode"
    show_tmdb: Tmdb
    season: Annotated[int, Field(ge=0)]
    number: Annotated[int, Field(ge=0)]

    def item(self) -> Episode:
        return Episode(Show(tmdb=self.show_tmdb), season=self.season, number=self.number)


Playable = Annotated[MovieIn | EpisodeIn, Field(discriminator="kind")]
Anything = Annotated[MovieIn | ShowIn | EpisodeIn, Field(discriminator="kind")]
Whole = Annotated[MovieIn | ShowIn, Field(discriminator="kind")]


class Title(BaseModel):
    """A title as it is shown; of an episode with the show's name."""

    kind: str
    title: str | None = None
    year: int | None = None
    show: str | None = None
    season: int | None = None
    number: int | None = None
    tmdb: int | None = None

    @classmethod
    def of(cls, item: Movie | Show | Season | Episode | Person | None) -> Title:
        """The title of an item; Trakt may have lost it."""
        match item:
            case Movie() | Show():
                return cls(kind=item.kind, title=item.title, year=item.year, tmdb=item.tmdb)
            case Season():
                show = item.show.title if item.show else None
                return cls(kind="season", show=show, season=item.number, tmdb=item.tmdb)
            case Episode():
                show = item.show.title if item.show else None
                where = {"season": item.season, "number": item.number, "tmdb": item.tmdb}
                return cls.model_validate({"kind": "episode", "title": item.title, "show": show, **where})
            case Person():
                return cls(kind="person", title=item.name, tmdb=item.tmdb)
        return cls(kind="unknown")

    def __str__(self) -> str:
        """One line of text."""
        place = f"{self.season}x{self.number:02}" if self.number is not None else ""
        year = f"({self.year})" if self.year else ""
        return " ".join(part for part in (self.show, place, self.title, year) if part) or "a title that Trakt has lost"


class Playing(BaseModel):
    """What a player reported, or what Trakt made of it.

    `action` is start, progress, pause or scrobble (now it is a play), or none (below 1 % there is nothing to keep);
    `already`: it was a play before, and still is one play.
    """

    action: str
    progress_pct: float
    title: Title
    play_id: int | None = None
    already: bool = False


class Changed(BaseModel):
    """What a change did."""

    changed: int = 0
    already: int = 0
    unknown: list[Title] = []

    @classmethod
    def of(cls, answer: Written | Removed | Unfavorited) -> Changed:
        """The same in this app's words."""
        unknown = titles(item for item in answer.not_found if not isinstance(item, int))
        if isinstance(answer, Written):
            return cls(changed=answer.added + answer.updated, already=answer.existing + answer.skipped, unknown=unknown)
        return cls(changed=answer.deleted, unknown=unknown)


def titles(items: Iterable[Movie | Show | Season | Episode | Person | None]) -> list[Title]:
    """The title of each."""
    return [Title.of(item) for item in items]
