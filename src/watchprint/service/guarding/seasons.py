"""The show of a season that is known by an id of its own only. Trakt cannot find it by that.

The guard need not know the show: it matters only whether the season is one of those that have plays, or of those that
stand beside it in the batch. These are looked through; if it is none of them, no play of it can be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from watchprint.service.guarding.plays import Plays
from watchprint.service.guarding.telling import is_loose, overlapping
from watchprint.service.guarding.viewings import Viewing
from watchprint.service.titles.abreast import side_by_side
from watchprint.service.titles.finding import find_all, is_season, trakt_id
from watchprint.trakt.endpoints.shows import Shows
from watchprint.trakt.flows import Flow, ask
from watchprint.trakt.items import Item, Season, Show
from watchprint.trakt.models import titles


def with_their_shows(viewings: Sequence[Viewing], plays: Plays) -> Flow[list[Viewing]]:
    """The same plays; loose seasons with the show in which they were found, and what stands beside them named in full.

    Source: GET /shows/{id}/seasons
    """
    loose = [v for v in viewings if is_loose(v.item)]
    if not loose:
        return list(viewings)
    named = yield from _neighbours_named(viewings, {id(v) for v in loose})
    shows = {show for v in loose for show in plays.shows_within(v.span)} | set(_shows_of(v.item for v in named))
    books = yield from side_by_side([_seasons_of(show) for show in sorted(shows, key=repr)])
    found = [one for book in books for one in book or ()]
    return [_with_show(viewing, found) if is_loose(viewing.item) else viewing for viewing in named]


def _neighbours_named(viewings: Sequence[Viewing], loose: set[int]) -> Flow[list[Viewing]]:
    near = [
        viewing
        for group in overlapping(viewings)
        if any(id(v) in loose for v in group)
        for viewing in group
        if viewing.item.kind != "movie" and id(viewing) not in loose
    ]
    found = yield from find_all(v.item for v in near)
    known = {id(viewing): one for viewing, one in zip(near, found, strict=True) if one is not None}
    return [replace(v, item=known[id(v)].item) if id(v) in known else v for v in viewings]


def _seasons_of(show: Show) -> Flow[list[tuple[Show, titles.Season]]]:
    seasons = yield from ask(Shows.seasons.call((yield from trakt_id(show))))
    return [(show, season) for season in seasons]


def _with_show(viewing: Viewing, found: Sequence[tuple[Show, titles.Season]]) -> Viewing:
    item = viewing.item
    assert isinstance(item, Season)
    for show, season in found:
        if is_season(season, item):
            return replace(viewing, item=replace(item, show=show, number=season.number))
    return viewing


def _shows_of(items: Iterable[Item]) -> list[Show]:
    shows = [item if isinstance(item, Show) else getattr(item, "show", None) for item in items]
    return [show for show in shows if show is not None]
