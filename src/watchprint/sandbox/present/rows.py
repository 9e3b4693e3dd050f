"""Rows of answers: titles embedded under their type, list items, playbacks, ratings, history pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Season
from watchprint.sandbox.kernel import World
from watchprint.sandbox.present.fragments import Level, fragments
from watchprint.sandbox.state import Item, Kind, Play

Row = dict[str, Any]


def embedded(item: Item, level: Level, world: World) -> Row:
    """The title under its type's name; an episode or season with its show."""
    kept = fragments(world)
    row: Row = {item.type: kept.of(item, level, world.now)}
    title = world.catalogue.get(item) if item.type in ("episode", "season") else None
    if isinstance(title, Episode | Season):
        row["show"] = kept.of(Item("show", title.show.trakt), level, world.now)
    return row


def typed(item: Item, level: Level, world: World) -> Row:
    """`type` and the embedded title."""
    return {"type": item.type, **embedded(item, level, world)}


def history_page(plays: Sequence[Play], level: Level, world: World) -> bytes:
    """A page of history as JSON text, put together from kept rows where they hold for ever, else from titles."""
    make = _row_of(level, world)
    if level not in _LASTING:
        return b"[%b]" % b",".join([make(play) for play in plays])
    kept: dict[int, bytes] = world.memo.setdefault(f"history rows {level}", {})
    if len(kept) > MOST_KEPT:
        kept.clear()
    rows = [kept.get(play.id) or kept.setdefault(play.id, make(play)) for play in plays]
    return b"[%b]" % b",".join(rows)


MOST_KEPT = 300_000
"""How many finished rows are kept (about 350 bytes each); a play never changes under its id."""
_LASTING = frozenset({"min", "images"})
"""Levels at which a title's text does not depend on the clock."""


def _row_of(level: Level, world: World) -> Callable[[Play], bytes]:
    """The JSON text of one play."""
    tail = _tails(level, world)

    def row(play: Play) -> bytes:
        stamped = play.watched_at.isoformat()[:19]
        head = f'{{"id":{play.id},"watched_at":"{stamped}.000Z","action":"{play.action}","type":'
        return b"".join([head.encode(), *tail(play.type, play.trakt), b"}"])

    return row


def _tails(level: Level, world: World) -> Callable[[Kind, int], Iterable[bytes]]:
    """What follows `type` in a row, by the type and id of what was played."""
    text, now, episodes = fragments(world).text, world.now, world.catalogue.episodes

    def tail(kind: Kind, trakt: int) -> Iterable[bytes]:
        if kind == "movie":
            return _MOVIE, text("movie", trakt, level, now)
        episode = episodes.get(trakt)
        show = b"null" if episode is None else text("show", episode.season.show.trakt, level, now)
        return _EPISODE, text("episode", trakt, level, now), _SHOW, show

    return tail


_MOVIE, _EPISODE, _SHOW = b'"movie","movie":', b'"episode","episode":', b',"show":'
