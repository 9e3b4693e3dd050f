"""The book of titles decides as a slow reading does, over many worlds, with no database."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings

from tests.store.titles.reference import BATCHES, Record, World
from watchprint.domain.title import Title
from watchprint.store.titles.book import Book


@settings(max_examples=500)
@given(BATCHES)
def test_the_book_decides_as_a_slow_reading_does(batches: list[list[Title]]) -> None:
    numbers = count(1)
    book, world = Book(lambda: next(numbers), lambda show_id: None), World()
    told = [(book.resolve(row), world.tell(row)) for batch in batches for row in batch]
    pairs: set[tuple[int | None, Record | None]] = {
        (number and book.current(number), record and world.now(record)) for number, record in told
    }
    assert len(pairs) == len({number for number, _ in pairs}) == len({record for _, record in pairs})
    for number, record in pairs:
        if number is not None and record is not None:
            entry = book.entries[number]
            assert {(scheme, value) for scheme, values in entry.ids.items() for value in values} == record.names
            assert (None if entry.season is None else (entry.season, entry.number)) == record.at
