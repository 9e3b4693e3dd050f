"""Reading a media server's library page by page, and telling of the titles in it that were asked for.

Nothing is kept of what the server has besides. What was asked for and is in no page is not known there; that is only
said when the library came whole.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import Final

from watchprint.domain.title import Title
from watchprint.titles.answers.library import Kind, Page, Row
from watchprint.titles.errors import SourceUnreadable
from watchprint.titles.source import Known, Step, Wanted

PAGE_ROWS: Final = 200
Read = Callable[[int, int], Awaitable[Page]]
"""The page that begins with a row, of so many rows at most."""
Whole = Callable[[Sequence[Row]], Awaitable[Mapping[str, Title]]]
"""The same rows with all that the server knows of them, by their keys."""


class Walk:
    """One run through a server's libraries.

    Args:
        name: What people call the server, for errors.
        wanted: What is asked for.
        known: Finds our titles.
    """

    def __init__(self, name: str, wanted: Wanted, known: Known) -> None:
        self._name, self._known = name, known
        self._wanted = {title.id for title in wanted.titles}
        self.kinds = {title.kind for title in wanted.titles}
        if "episode" in self.kinds:
            self.kinds.add("show")
        self._told: set[int] = set()
        self._done, self._total = 0, 0
        self.shows: dict[str, Title] = {}

    async def library(self, kind: Kind, read: Read, whole: Whole | None = None) -> AsyncGenerator[Step]:
        """Tell of the rows of one library.

        Args:
            whole: Where pages hold less than the server knows: asks for the rows that are told of.
        """
        start, counted = 0, False
        first_key: str | None = None
        while True:
            page = await read(start, PAGE_ROWS)
            if not counted and page.total is not None:
                self._total, counted = self._total + page.total, True
            if page.size and start and page.rows and page.rows[0].key == first_key:
                raise SourceUnreadable(f"{self._name} gives the same page of its library again and again. Update it.")
            first_key = page.rows[0].key if page.rows and not start else first_key
            start += page.size
            if page.size:
                yield await self._step(kind, page, whole)
            if not page.size or (page.total is not None and start >= page.total):
                break
        if page.total is not None and start < page.total:
            raise SourceUnreadable(
                f"{self._name} gave {start:,} of the {page.total:,} rows of a library. Run this again."
            )

    def rest(self) -> Step:
        """What was asked for and is nowhere; to be told after the last library."""
        return Step(not_known=sorted(self._wanted - self._told), done=self._done, total=self._total or None)

    async def _step(self, kind: Kind, page: Page, whole: Whole | None) -> Step:
        if kind == "show":
            self.shows |= {row.key: row.title for row in page.rows}
        numbers = await self._known([row.title for row in page.rows])
        mine = {
            number: row
            for row, number in zip(page.rows, numbers, strict=True)
            if number is not None and number in self._wanted
        }
        told = {number: row.title for number, row in mine.items()}
        if whole is not None and mine:
            more = await whole(list(mine.values()))
            told |= {number: more[row.key] for number, row in mine.items() if row.key in more}
        self._told |= told.keys()
        self._done += page.size
        return Step(told=told, done=self._done, total=self._total or None)
