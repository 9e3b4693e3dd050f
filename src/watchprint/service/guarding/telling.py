"""Telling the titles of one batch apart: which asked plays could be the same one, and what to look up to be sure.

Most batches need nothing: their titles are named in one way. A film by its TMDB id beside one by its IMDb id, or a
show beside one of its episodes at the same minute, is looked up or taken apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from watchprint.service.guarding.viewings import Viewing
from watchprint.service.titles.abreast import side_by_side
from watchprint.service.titles.finding import Known, aired_episodes, find_all
from watchprint.service.titles.matching import Alias, aliases, comparable
from watchprint.trakt.errors import Invalid
from watchprint.trakt.flows import Flow
from watchprint.trakt.items import Episode, Item, Season, Show


def told_apart(viewings: Sequence[Viewing]) -> Flow[list[Viewing]]:
    """The same plays, each named or taken apart so that equal ones share a name. What Trakt does not know stays."""
    unclear = [v for group in overlapping(viewings) for v in not_comparable(group)]
    clear = yield from _looked_up(viewings, unclear)
    doubled = {id(v) for group in overlapping(clear) for v in whole_beside_part(group)}
    return (yield from taken_apart(clear, doubled))


def overlapping(viewings: Iterable[Viewing]) -> list[list[Viewing]]:
    """Groups of two or more whose spans touch one another."""
    groups: list[list[Viewing]] = []
    ends_at = None
    for viewing in sorted(viewings, key=lambda v: v.span):
        if ends_at is not None and viewing.span[0] <= ends_at:
            groups[-1].append(viewing)
            ends_at = max(ends_at, viewing.span[1])
        else:
            groups.append([viewing])
            ends_at = viewing.span[1]
    return [group for group in groups if len(group) > 1]


def not_comparable(group: Sequence[Viewing]) -> list[Viewing]:
    """Those whose titles have no kind of name in common with the others of their kind."""
    films = [v for v in group if v.item.kind == "movie"]
    loose = [v for v in group if is_loose(v.item)]
    others = [v for v in group if v.item.kind != "movie" and not is_loose(v.item)]
    unclear = [v for alike in (films, loose) if not comparable(v.item for v in alike) for v in alike]
    if all(isinstance(v.item, Episode) for v in others):
        clear = comparable(v.item for v in others)
    else:
        shows = [_show_of(v.item) for v in others]
        clear = None not in shows and comparable(show for show in shows if show is not None)
    return unclear if clear or len(others) < 2 else unclear + others


def whole_beside_part(group: Sequence[Viewing]) -> list[Viewing]:
    """Shows and seasons that stand in a group with another play of the same show."""
    shows: dict[Alias, int] = {}
    for viewing in group:
        for name in _show_names(viewing.item):
            shows[name] = shows.get(name, 0) + 1
    wholes = [v for v in group if isinstance(v.item, Show | Season)]
    return [v for v in wholes if any(shows[name] > 1 for name in _show_names(v.item))]


def taken_apart(viewings: Sequence[Viewing], which: set[int]) -> Flow[list[Viewing]]:
    """The plays, with these shows and seasons (by `id`) as their aired episodes."""
    wholes = [v.item for v in viewings if id(v) in which and isinstance(v.item, Show | Season)]
    parts = iter((yield from side_by_side([aired_episodes(item) for item in wholes])))
    apart: list[Viewing] = []
    for viewing in viewings:
        known = next(parts) if id(viewing) in which else None
        apart += [viewing] if known is None else [replace(viewing, item=episode.item) for episode in known]
    return apart


def _looked_up(viewings: Sequence[Viewing], unclear: Sequence[Viewing]) -> Flow[list[Viewing]]:
    for viewing in unclear:
        if is_loose(viewing.item):
            raise Invalid(
                f"{viewing.item!r} stands beside other plays of its minute and may be one of them: name its show, "
                "Season(Show(tmdb=1396), number=2), or use allow_duplicates=True"
            )
    found = yield from find_all(v.item for v in unclear)
    known: dict[int, Known | None] = {id(v): one for v, one in zip(unclear, found, strict=True)}
    return [_named(viewing, known.get(id(viewing))) for viewing in viewings]


def _named(viewing: Viewing, known: Known | None) -> Viewing:
    return viewing if known is None else replace(viewing, item=known.item)


def is_loose(item: Item) -> bool:
    """A season known by an id of its own only: Trakt cannot find it by that (seasons.py looks where it may be)."""
    return isinstance(item, Season) and item.show is None


def _show_of(item: Item) -> Show | None:
    return item if isinstance(item, Show) else getattr(item, "show", None)


def _show_names(item: Item) -> tuple[Alias, ...]:
    show = _show_of(item)
    return () if show is None else aliases(show)
