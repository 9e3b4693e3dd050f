"""The question asked in one call. The heavy parts (DuckDB, Arrow) are imported when something is computed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Unpack

from watchprint.insights.answer import Answer
from watchprint.insights.catalogue import found
from watchprint.insights.errors import ExtraMissing
from watchprint.insights.question import Asked

if TYPE_CHECKING:
    from watchprint.insights.engine import Lens


def load(
    *, plays: Iterable[Any] = (), titles: Iterable[Any] | None = None, ratings: Iterable[Any] | None = None
) -> Lens:
    """The rows, ready for several questions: `load(plays=rows).ask("totals", zone="Europe/Berlin")`.

    Args:
        plays: history rows as the client or an export gives them, flat rows like `PlayRow`, or an Arrow table
            with PlayRow's columns.
        titles: rows that say more about the titles (Trakt's watched rows).
        ratings: ratings, likewise.

    Raises:
        BadRows: a row has a shape or a value that cannot be read.
        ExtraMissing: the extra `insights` is not installed.
    """
    try:
        from watchprint.insights.engine import Lens
        from watchprint.insights.loading.reading import tables
    except ModuleNotFoundError as error:
        raise ExtraMissing from error
    return Lens(tables(plays, titles, ratings))


def prepared(*, plays: Any, titles: Any, ratings: Any) -> Lens:
    """Tables whose plays and ratings point to titles already, ready for questions; the store hands them out so.

    Raises:
        BadRows: a column is missing or of another type.
        ExtraMissing: the extra `insights` is not installed.
    """
    try:
        from watchprint.insights.engine import Lens
        from watchprint.insights.loading import tables
    except ModuleNotFoundError as error:
        raise ExtraMissing from error
    return Lens(tables.prepared(plays, titles, ratings))


def compute(
    name: str,
    *,
    plays: Iterable[Any] = (),
    titles: Iterable[Any] | None = None,
    ratings: Iterable[Any] | None = None,
    **asked: Unpack[Asked],
) -> Answer:
    """The answer to one insight, computed from rows in hand.

    Args:
        name: one of `NAMES`: totals, by-year, calendar, punch-card, top, ratings, streaks, …
        plays: history rows as the client or an export gives them, flat rows, or an Arrow table; see `load`.
        titles: rows that say more about the titles.
        ratings: ratings, likewise.
        asked: period, zone, day_start, kind, filters and parameters; see `Asked`.

    Returns:
        Rows with unit, formula, coverage, n, what was left out and why, and the plays behind each row.

    Raises:
        UnknownInsight: no insight has this name.
        BadQuestion: something asked for cannot be answered.
        BadRows: a row has a shape or a value that cannot be read.
        ExtraMissing: the extra `insights` is not installed.
    """
    found(name)
    return load(plays=plays, titles=titles, ratings=ratings).ask(name, **asked)
