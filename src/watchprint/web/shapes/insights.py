"""What is asked of an insight, and what is told: the library's words for both."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from watchprint.web.shapes.answers import Count
from watchprint.web.shapes.queries import Query

Many = Annotated[list[str], Meta(max_length=50, description="One or several, of which one must hold")]


class FindingsQuery(Query, frozen=True, kw_only=True):
    """Of what is asked."""

    period: Annotated[str, Meta(max_length=100, examples=["2024", "last 30 days", "2024-01-01..2024-03-31"])] | None = (
        None
    )
    zone: Annotated[str, Meta(max_length=64, examples=["Europe/Berlin"])] | None = None
    day_start: Annotated[str, Meta(max_length=8, examples=["04:00"])] | None = None
    kind: Literal["movie", "episode", "show", "season"] | None = None
    genre: Many | None = None
    show: Many | None = None
    country: Many | None = None
    language: Many | None = None
    network: Many | None = None
    decade: Many | None = None


class InsightQuery(FindingsQuery, frozen=True, kw_only=True):
    """Of what is asked, and how it is counted."""

    by: Literal["plays", "time", "titles"] | None = None
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
    stands_out: Annotated[dict[str, str], Meta(description="What can stand out in it, by its short name, in words")]
    nothing_stands_out: Annotated[str | None, Meta(description="Why nothing can, where nothing can")]


class InsightAnswer(Struct, frozen=True, kw_only=True):
    """The answer to one insight. Its rows have the columns of the declaration."""

    name: str
    question: str
    unit: str
    formula: str
    rows: Annotated[list[dict[str, Any]], Meta(description="In the columns of the declaration")]
    n: Count
    coverage: Annotated[float | None, Meta(description="Share of the plays for which the needed field is known")]


class EffectShape(Struct, frozen=True, kw_only=True):
    """Something that is looked at: a figure beside the usual one, in standard errors."""

    trait: Annotated[str, Meta(description="What it is, a short name")]
    sentence: Annotated[str, Meta(description="It in words, for the person")]
    estimate: Annotated[float, Meta(description="The person's figure")]
    expected: Annotated[float, Meta(description="The usual one")]
    error: Annotated[float, Meta(description="Standard error of the difference, with the spread between people in it")]
    n: Annotated[Count, Meta(description="On how many it rests")]
    z: Annotated[float, Meta(description="How many standard errors the two are apart")]


class FindingShape(Struct, frozen=True, kw_only=True):
    """What is found, and the insight that shows it."""

    insight: str
    effect: EffectShape


class FindingsAnswer(Struct, frozen=True, kw_only=True):
    """What stands out in a history, the most surprising first, and what was looked at besides."""

    sentence: Annotated[str, Meta(description="The most surprising finding, or that nothing stands out")]
    standing_out: list[FindingShape]
    others: Annotated[list[FindingShape], Meta(description="What is as usual")]
    threshold_z: Annotated[float, Meta(description="From how many standard errors on something stands out")]
