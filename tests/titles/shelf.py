"""An account in a store, and what it watched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from watchprint.domain.play import Arrival, Source
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, Work
from watchprint.store.titles.titles import KeptTitle

BEGIN = datetime(2025, 1, 1, 20, 0, tzinfo=UTC)


def movie(ids: dict[str, str | int | None], **facts: Any) -> Title:
    return Title(kind="movie", ids=ids, facts=Facts(**facts))


def show(ids: dict[str, str | int | None], **facts: Any) -> Title:
    return Title(kind="show", ids=ids, facts=Facts(**facts))


def episode(of: Title, season: int, number: int, ids: dict[str, str | int | None] | None = None, **facts: Any) -> Title:
    return Title(kind="episode", ids=ids or {}, show=of, season=season, number=number, facts=Facts(**facts))


@dataclass
class Viewer:
    """An account; each play stands a day after the one before it."""

    store: Store
    id: int
    _count: int = field(default=0)

    def watch(self, titles: Sequence[Title], source: str = "export") -> list[int]:
        """Let it have a play of each; the numbers of the titles."""
        first = self._count
        self._count += len(titles)

        def arrive(work: Work) -> list[int]:
            numbers = work.titles.resolve_all(titles, source)
            arrivals = [
                Arrival(
                    title_id=number,
                    watched_at=BEGIN + timedelta(days=first + n),
                    sources=(Source("import", f"row {first + n}"),),
                )
                for n, number in enumerate(numbers)
            ]
            work.plays.arrive(self.id, arrivals)
            return [number for number in numbers if number is not None]

        return self.store.write(arrive)

    def kept(self, number: int) -> KeptTitle:
        return self.store.read(lambda work: work.titles.get(number))

    def titles(self) -> int:
        """How many titles there are here, of anybody."""
        return len(self.store.read(lambda work: work.titles.get_all(range(10_000))))
