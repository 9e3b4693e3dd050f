"""Rows that were read, told to the store: their titles found, and those without a title known again. Asks nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from watchprint.domain.title import Title
from watchprint.store import Store
from watchprint.store.shelves.values import Difference
from watchprint.store.work import Work
from watchprint.sync.states.part import Told
from watchprint.sync.states.reading import Named
from watchprint.sync.translate.titles import SOURCE

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A row with its title, and our number of it."""

    row: T
    title: Title
    title_id: int


def found(work: Work, named: Named[T]) -> list[Found[T]]:
    """The rows that name a title, in their order; what they say of it is learned."""
    titled = [(row, title) for row, title in named.rows if title is not None]
    numbers = work.titles.resolve_all([title for _, title in titled], SOURCE)
    return [Found(*each, number) for each, number in zip(titled, numbers, strict=True) if number is not None]


def untitled(named: Named[T]) -> list[T]:
    """The rows that name none."""
    return [row for row, title in named.rows if title is None]


def known_again(untold: Mapping[int, Hashable], stamps: Iterable[Hashable]) -> set[int]:
    """Which titles rows without a title may be, one each: those that have the same stamp, and were not told.

    Args:
        untold: Title to stamp, of what is kept and was not told.
        stamps: Of the rows without a title.
    """
    left, again = Counter(stamps), set[int]()
    for title_id, stamp in untold.items():
        if left[stamp] > 0:
            left[stamp] -= 1
            again.add(title_id)
    return again


async def known_untitled(store: Store, account_id: int, name: str) -> list[str]:
    """The marks of the rows without a title that a part had the last time."""
    marks: list[str] = await store.aread(lambda work: work.cursors.get(account_id, _cursor(name)) or [])
    return marks


def told(work: Work, account_id: int, name: str, named: Named[Any], difference: Difference) -> Told:
    """What a part has come to; the rows without a title that it has now are remembered, which also counts them."""
    before = set(work.cursors.get(account_id, _cursor(name)) or ())
    work.cursors.put(account_id, _cursor(name), sorted(named.untitled) or None)
    doubtful = not before.issuperset(named.untitled)
    return Told(difference.added, difference.changed, difference.gone, doubtful)


def _cursor(name: str) -> str:
    return f"untitled.{name}"
