"""A slow, obvious paged endpoint, and a walk over it in which answers arrive in any order.

The endpoint makes each page from its rows as they are at that moment, with headers that may be missing or wrong, and
changes its rows between two pages as the test says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from watchprint.trakt.paging import Listing, PageOf, Ticket, Walk
from watchprint.trakt.wire import Call, Reply, Request

Row = list[Any]
"""[key or None, number]"""
Header = Callable[[int], str | None]
"""What a header says, given the truth; None: it is missing."""

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def true(value: int) -> str:
    return str(value)


def missing(value: int) -> None:
    return None


def key_of(row: Row) -> Hashable:
    key: Hashable = row[0]
    return key


def stamp_of(row: Row) -> datetime:
    """A row's instant: its number in minutes."""
    return BEGINNING + timedelta(minutes=row[1])


def rows_in(body: bytes) -> Sequence[Row]:
    rows: list[Row] = json.loads(body)
    return rows


@dataclass
class Endpoint:
    """Rows, newest first.

    Attributes:
        most: The largest page that it gives.
        changes: What happens to the rows before the n-th request (from 1).
        asked: The queries it was asked, in the order of its answers.
        states: The rows as they were, before and after every change.
    """

    rows: list[Row]
    most: int = 250
    limit: Header = true
    page_count: Header = true
    item_count: Header = true
    paged: bool = True
    changes: dict[int, Callable[[list[Row]], list[Row]]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    states: list[list[Row]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states.append(self.rows)

    def answer(self, call: Call[PageOf[Row]]) -> PageOf[Row]:
        query = dict(call.request.query)
        self.asked.append(query)
        if (change := self.changes.get(len(self.asked))) is not None:
            self.rows = change(list(self.rows))
            self.states.append(self.rows)
        rows = self.seen(query)
        limit, page = min(int(query["limit"]), self.most), int(query["page"])
        part = rows[(page - 1) * limit : page * limit] if self.paged else rows
        headers = {
            "x-pagination-limit": self.limit(limit),
            "x-pagination-page-count": self.page_count(-(-len(rows) // limit)),
            "x-pagination-item-count": self.item_count(len(rows)),
        }
        known = {name: text for name, text in headers.items() if text is not None}
        return call.read(Reply(200, known, json.dumps(part).encode()))

    def seen(self, query: dict[str, str], rows: list[Row] | None = None) -> list[Row]:
        """The rows that a query asks for."""
        rows = self.rows if rows is None else rows
        if "end_at" not in query:
            return rows
        end_at = datetime.fromisoformat(query["end_at"])
        return [row for row in rows if stamp_of(row) <= end_at]

    def snapshots(self) -> list[list[Row]]:
        """Everything that a walk may rightly give: the rows at one moment, under one of its queries."""
        return [self.seen(query, rows) for rows in self.states for query in self.asked or [{}]]


def listing(page_size: int = 250, *, stamped: bool = False, **query: str) -> Listing[Row]:
    request = Request("GET", "/sync/history", query)
    return Listing(request, rows_in, key_of, page_size, stamp_of if stamped else None)


def walked(walk: Walk[Row], endpoint: Endpoint, abreast: int = 1, chance: Random | None = None) -> list[Row]:
    """All rows that the walk gives, as a runner makes it: the first page alone, then several in flight."""
    chance = chance or Random(0)
    flying: list[tuple[Ticket, Call[PageOf[Row]]]] = []
    rows: list[Row] = []
    while not walk.done:
        flying += walk.take((abreast if walk.total is not None or rows or endpoint.asked else 1) - len(flying))
        assert flying, "the walk is not done and asks for nothing"
        ticket, call = flying.pop(chance.randrange(len(flying)))
        walk.put(ticket, endpoint.answer(call))
        rows += walk.rows()
    return rows
