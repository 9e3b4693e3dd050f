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
    """A page of history as JSON text, put together from kept fragments."""
    tail = _tails(level, world)
    parts: list[bytes] = []
    for play in plays:
        stamped = play.watched_at.isoformat()[:19]
        parts.append(f'{{"id":{play.id},"watched_at":"{stamped}.000Z","action":"{play.action}","type":'.encode())
        parts += tail(play.type, play.trakt)
        parts.append(b"},")
    if parts:
        parts[-1] = b"}"
    return b"[%b]" % b"".join(parts)


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
