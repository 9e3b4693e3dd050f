"""What can be wrong with a question or with the rows it is asked of. Nothing else is raised by insights.

InsightsError
├── UnknownInsight     no insight has this name
├── BadQuestion        a period, zone, filter or other parameter that cannot be answered
├── BadRows            rows that are not in a shape this package reads
└── ExtraMissing       the extra `insights` (DuckDB and Arrow) or `spark` is not installed
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


_NEEDED = {"insights": "Insights need DuckDB and Arrow", "spark": "A fleet needs the client of Spark Connect and Sail"}


class ExtraMissing(InsightsError):
    """What an extra brings is not installed: `insights` (DuckDB and Arrow) or `spark`."""

    def __init__(self, extra: str = "insights") -> None:
        super().__init__(f"{_NEEDED[extra]}, which are not installed. Run: pip install 'watchprint[{extra}]'")
