"""What can be wrong with a question or with the rows it is asked of. Nothing else is raised by insights.

InsightsError
├── UnknownInsight     no insight has this name
├── BadQuestion        a period, zone, filter or other parameter that cannot be answered
├── BadRows            rows that are not in a shape this package reads
└── ExtraMissing       the extra `insights` (DuckDB and Arrow) is not installed
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class InsightsError(ValueError):
    """The question cannot be answered; the message says what, why and what to do."""


class UnknownInsight(InsightsError):
    """No insight has this name; `near` lists the names that look like it."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        known = list(names)
        self.name = name
        self.near = get_close_matches(name.lower(), known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(self.near)}?" if self.near else f"There are: {', '.join(known)}."
        super().__init__(f"There is no insight named {name!r}. {hint}")


class BadQuestion(InsightsError):
    """A period, zone, start of day, filter or parameter that cannot be answered."""


class BadRows(InsightsError):
    """The rows in hand are not in a shape this package reads."""


class ExtraMissing(InsightsError):
    """DuckDB or Arrow is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Insights need DuckDB and Arrow, which are not installed. Run: pip install 'watchprint[insights]'"
        )
