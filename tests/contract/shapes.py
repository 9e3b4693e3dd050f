"""What of a body matters to a contract, as a small value: equal shapes are right or wrong together.

Names, nesting, JSON types, and those values that the contract looks at (words of an enumeration, numbers with
bounds, times). Rows of a list and entries of a map of ids count once, so that a page of 250 rows is one shape or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.json import decode

MOST_KEPT = 100_000
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z")
_IDS = re.compile(r"\d+(\|\d+)?")
_TEN = frozenset(str(n) for n in range(1, 11))
"""The keys of a distribution of ratings: names, not ids."""
Shape = Any


@dataclass(frozen=True, slots=True)
class Looked:
    """The values that a contract looks at, by the name of their field."""

    words: Mapping[str, frozenset[str]]
    bounds: Mapping[str, tuple[float, float]]


@dataclass(slots=True)
class Shapes:
    """Makes shapes of JSON text. Objects seen before are known by their text."""

    looked: Looked
    _kept: dict[tuple[str, bytes], Shape] = field(default_factory=dict)

    def of(self, text: bytes) -> Shape:
        """The shape of a whole body."""
        return self._value("", msgspec.Raw(text))

    def rows(self, text: bytes) -> Iterator[tuple[Shape, bytes]]:
        """Each row of a list with its shape."""
        for row in decode(text, type=list[msgspec.Raw]):
            yield self._value("", row), bytes(row)

    def _value(self, name: str, raw: msgspec.Raw) -> Shape:
        text = bytes(raw)
        first = text[:1]
        if first not in b"{[":
            return self._scalar(name, decode(text))
        known = self._kept.get((name, text))
        if known is None:
            known = self._object(text) if first == b"{" else self._list(name, text)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[name, text] = known
        return known

    def _object(self, text: bytes) -> Shape:
        fields = decode(text, type=dict[str, msgspec.Raw])
        if fields and not fields.keys() <= _TEN and all(_IDS.fullmatch(name) for name in fields):
            return "map", frozenset(self._value("#", value) for value in fields.values())
        return "object", frozenset((name, self._value(name, value)) for name, value in fields.items())

    def _list(self, name: str, text: bytes) -> Shape:
        return "list", frozenset(self._value(name, value) for value in decode(text, type=list[msgspec.Raw]))

    def _scalar(self, name: str, value: Any) -> Shape:
        if isinstance(value, str):
            if value in self.looked.words.get(name, ()):
                return value
            return "time" if INSTANT.fullmatch(value) else "text"
        if isinstance(value, int | float) and not isinstance(value, bool):
            low, high = self.looked.bounds.get(name, (value, value))
            return "whole" if value == int(value) else "broken", low <= value <= high
        return type(value).__name__
