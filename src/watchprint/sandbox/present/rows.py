"""Rows of answers: titles embedded under their type, list items, playbacks, ratings, history pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from watchprint.sandbox.catalogue.titles import Episode, Season
from watchprint.sandbox.kernel import World
from watchprint.sandbox.present.fragments import Fragments, Level, fragments
from watchprint.sandbox.rules.instants import stamp
from watchprint.sandbox.state import Item, Play

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
    writer = _HistoryWriter(fragments(world), level, world)
    return b"[" + b",".join([writer.row(play) for play in plays]) + b"]"


class _HistoryWriter:
    """One page; looks every title up once."""

    def __init__(self, kept: Fragments, level: Level, world: World) -> None:
        self._kept, self._level, self._now = kept, level, world.now
        self._episodes = world.catalogue.episodes
        self._tails: dict[tuple[str, int], bytes] = {}

    def row(self, play: Play) -> bytes:
        tail = self._tails.get((play.type, play.trakt))
        if tail is None:
            tail = self._tails[play.type, play.trakt] = self._tail(play)
        stamped = play.watched_at.isoformat()[:19]
        head = f'{{"id":{play.id},"watched_at":"{stamped}.000Z","action":"{play.action}","type":"'
        return head.encode() + tail

    def _tail(self, play: Play) -> bytes:
        title = bytes(self._kept.of(Item(play.type, play.trakt), self._level, self._now))
        if play.type == "movie":
            return b'movie","movie":' + title + b"}"
        episode = self._episodes.get(play.trakt)
        show = b"null"
        if episode is not None:
            show = bytes(self._kept.of(Item("show", episode.show.trakt), self._level, self._now))
        return b'episode","episode":' + title + b',"show":' + show + b"}"


def encoded(rows: object) -> bytes:
    """Any JSON-able rows as text."""
    return msgspec.json.encode(rows)


def stamped(**instants: Any) -> Row:
    """Instants as answers show them."""
    return {name: None if at is None else stamp(at) for name, at in instants.items()}
