"""The plays that wait to be sent: each with its title as Trakt takes it, or the reason why it cannot be sent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from watchprint.domain.play import window_min
from watchprint.sending.report import Told
from watchprint.service.writing.bodies import ids_taken
from watchprint.store.plays.values import KeptPlay
from watchprint.store.titles.titles import KeptTitle
from watchprint.trakt.errors import Invalid
from watchprint.trakt.items import Episode, Item, Movie, Show, ids_of

_NUMBERS: Final = ("trakt", "tmdb", "tvdb")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A play that waits.

    Attributes:
        item: Its title; None: it cannot be sent.
        window_min: How far from it another report of the same viewing may stand [min].
        why: Why it cannot be sent.
        by_place: Trakt did not know the episode by its own ids: it is named by its place in its show.
    """

    play: KeptPlay
    title: str
    window_min: int
    item: Item | None = None
    why: str | None = None
    by_place: bool = False

    @property
    def id(self) -> str:
        """The play's."""
        return self.play.id

    def told(self, why: str | None = None) -> Told:
        """For people."""
        return Told(self.play.id, self.title, self.play.watched_at, why or self.why)

    @property
    def sent_as(self) -> Item:
        """How Trakt is told of it."""
        assert self.item is not None, "only what has an item is sent"
        match self.item:
            case Episode(show=Show() as show, season=int() as season, number=int() as number) if self.by_place:
                return Episode(show, season, number)
        return self.item

    def placed(self) -> Waiting | None:
        """The same named by its place only; None: it was, or its place is not known."""
        match self.item:
            case Episode() as episode if episode.placed and not self.by_place and ids_taken(episode) is not None:
                return replace(self, by_place=True)
        return None


def waiting(plays: Iterable[KeptPlay], titles: Mapping[int, KeptTitle], refused: Mapping[str, str]) -> list[Waiting]:
    """Each play with its title.

    Args:
        titles: By number, with the shows of episodes.
        refused: What Trakt said of plays when they were sent before.
    """
    return [_waiting(play, titles, refused.get(play.id)) for play in plays]


def _waiting(play: KeptPlay, titles: Mapping[int, KeptTitle], refused: str | None) -> Waiting:
    title = None if play.title_id is None else titles.get(play.title_id)
    show = None if title is None or title.show_id is None else titles.get(title.show_id)
    if title is None:
        return Waiting(play, "?", window_min(), why="nobody knows what it was of")
    near = window_min(title.facts.runtime_min, None if show is None else show.facts.runtime_min)
    named = _named(title, show)
    if play.state == "refused":
        return Waiting(play, named, near, why=refused or "Trakt did not take it when it was sent before")
    item = item_of(title, show)
    if item is None:
        return Waiting(play, named, near, why=_why(title))
    return Waiting(play, named, near, item)


def _why(title: KeptTitle) -> str:
    if title.kind not in ("movie", "episode"):
        return f"it is of a {title.kind}, and Trakt's history has movies and episodes"
    return "it has no id that Trakt takes"


def item_of(title: KeptTitle, show: KeptTitle | None) -> Item | None:
    """A movie or an episode by all its ids; None: it is none, or has nothing that Trakt could find it by."""
    try:
        if title.kind == "movie":
            return Movie(**_ids(title, "trakt", "slug", "imdb", "tmdb"))
        if title.kind == "episode":
            ids = _ids(title, "trakt", "imdb", "tmdb", "tvdb")
            return Episode(None if show is None else _show(show), title.season, title.number, **ids)
    except Invalid:
        return None
    return None


def _show(show: KeptTitle) -> Show | None:
    ids = _ids(show, "trakt", "slug", "imdb", "tmdb", "tvdb")
    return Show(**ids) if ids else None


def _ids(title: KeptTitle, *schemes: str) -> dict[str, Any]:
    """The ids that can be some; of several names in addresses the last."""
    said: dict[str, Any] = {scheme: title.ids[scheme][-1] for scheme in schemes if title.ids.get(scheme)}
    for scheme in _NUMBERS:
        text = said.get(scheme)
        if text is not None:
            said[scheme] = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    return ids_of(said)


def _named(title: KeptTitle, show: KeptTitle | None) -> str:
    name, facts = title.facts.name, title.facts
    if title.kind == "episode":
        place = "" if title.season is None else f" {title.season}x{title.number or 0:02}"
        whose = "?" if show is None and name else _called(show or title)
        return f"{whose}{place}" + (f" {name}" if name else "")
    return _called(title) + (f" ({facts.year})" if facts.year else "")


def _called(title: KeptTitle) -> str:
    """Its name, else one of its ids, as in movie:tmdb:949."""
    scheme = next((each for each in ("trakt", "imdb", "tmdb", "tvdb") if title.ids.get(each)), None)
    return title.facts.name or ("?" if scheme is None else f"{title.kind}:{scheme}:{title.ids[scheme][-1]}")


def batches(plays: Sequence[Waiting], size: int) -> list[list[Waiting]]:
    """The plays in pieces, as they stand; reports of one title at one minute are never taken apart."""
    pieces: list[list[Waiting]] = []
    for each in plays:
        last = pieces[-1] if pieces else []
        same = bool(last) and _key(last[-1]) == _key(each) and each.play.watched_at is not None
        if not last or (len(last) >= size and not same):
            pieces.append([each])
        else:
            last.append(each)
    return pieces


def _key(each: Waiting) -> tuple[int | None, datetime | None]:
    return each.play.title_id, each.play.watched_at
