"""What is asked of an insight, and what is told: the library's words for both."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from watchprint.web.shapes.answers import Count
from watchprint.web.shapes.queries import Query

Many = Annotated[list[str], Meta(max_length=50, description="One or several, of which one must hold")]


class InsightQuery(Query, frozen=True, kw_only=True):
    """Of what, and how it is counted."""

    period: Annotated[str, Meta(max_length=100, examples=["2024", "last 30 days", "2024-01-01..2024-03-31"])] | None = (
        None
    )
    zone: Annotated[str, Meta(max_length=64, examples=["Europe/Berlin"])] | None = None
    day_start: Annotated[str, Meta(max_length=8, examples=["04:00"])] | None = None
    kind: Literal["movie", "episode", "show", "season"] | None = None
    by: Literal["plays", "time", "titles"] | None = None
    genre: Many | None = None
    show: Many | None = None
    country: Many | None = None
    language: Many | None = None
    network: Many | None = None
    decade: Many | None = None
    as_trakt_counts: Annotated[bool, Meta(description="Every row, in days from midnight")] | None = None
    compare: Annotated[bool, Meta(description="Beside the period before")] | None = None
    unit: Annotated[str, Meta(max_length=50)] | None = None
    of: Annotated[str, Meta(max_length=50)] | None = None
    counting: Annotated[str, Meta(max_length=50)] | None = None
    limit: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    gap_min: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    on: Annotated[str, Meta(max_length=50)] | None = None
    sort: Annotated[str, Meta(max_length=50)] | None = None
    plays: Annotated[bool, Meta(description="With the ids of the plays behind each row")] = False


class InsightParameter(Struct, frozen=True, kw_only=True):
    """What may be asked of one insight alone."""

    name: str
    meaning: str
    default: str | int | None
    choices: list[str]
    form: str


class InsightShape(Struct, frozen=True, kw_only=True):
    """An insight as it is declared."""

    name: str
    question: str
    unit: str
    shape: str
    columns: list[str]
    formula: str
    parameters: list[InsightParameter]


class InsightAnswer(Struct, frozen=True, kw_only=True):
    """The answer to one insight. Its rows have the columns of the declaration."""

    name: str
    question: str
    unit: str
    formula: str
    rows: Annotated[list[dict[str, Any]], Meta(description="In the columns of the declaration")]
    n: Count
    coverage: Annotated[float | None, Meta(description="Share of the plays for which the needed field is known")]
