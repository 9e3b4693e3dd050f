"""How many rows a page shows: fifty, and more when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from watchdiary.profile.reading import Reading
from watchdiary.profile.titles import Row
from watchprint import TokenSource

ROWS_N: Final = 50
MOST_ROWS_N: Final = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and how many to ask for to see more (None: these are all, or there is no asking for more)."""

    rows: list[Row]
    more_n: int | None
    cut: bool = False


def rows_of(request: HttpRequest, read: Reading, tokens: TokenSource) -> Page:
    """As many rows as the address asks for; one more is read, to know whether there are more."""
    asked = request.GET.get("rows", "")
    rows_n = min(max(int(asked), 1), MOST_ROWS_N) if asked.isdecimal() and len(asked) < 10 else ROWS_N
    rows = read(tokens, rows_n + 1)
    if len(rows) <= rows_n:
        return Page(rows, None)
    more_n = min(rows_n * 2, MOST_ROWS_N)
    return Page(rows[:rows_n], more_n if more_n > rows_n else None, cut=True)
