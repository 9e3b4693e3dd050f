"""What was watched on this day of the year, in every year."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question


class OnThisDayRow(msgspec.Struct, frozen=True, kw_only=True):
    """A title on one local day.

    Args:
        on: the local day.
        years_ago: how many years before the asked day; None where nobody said which year it is.
        kind: movie or episode; `key`: what identifies the title.
        name: of the movie or episode; `show_name`, `season`, `number`: where the episode stands.
        year: of the movie's release, or in which the show began.
        plays: finished viewings of it on that day; `minutes`: their known minutes [min].
    """

    on: date
    years_ago: int | None
    kind: str | None
    key: str | None
    name: str | None
    show_name: str | None
    season: int | None
    number: int | None
    year: int | None
    plays: int
    minutes: int


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The titles, the latest day first; in how many years there is something stands in `facts`."""
    this_year = what.last_on.year if what.last_on else None
    rows = [
        OnThisDayRow(
            on=row["local_day"],
            years_ago=None if this_year is None else this_year - row["local_day"].year,
            **{name: row[name] for name in OnThisDayRow.__struct_fields__[2:]},
        )
        for row in reduced
    ]
    return Finished(rows, {"day": what.parameters["on"], "years": len({row.on.year for row in rows})})


ON_THIS_DAY = Insight(
    name="on-this-day",
    question="What did I watch on this day in other years?",
    unit="plays",
    shape="one row a title and local day, the latest first: day, years ago, title, show, plays, minutes",
    row=OnThisDayRow,
    formula="plays whose local day is the asked day of the year; 02-29 has rows in leap years only",
    guard="one dated play",
    source="a play's local day is that of its end",
    sql=("watchprint.insights.titles", "on_this_day.sql"),
    behind=(
        "c.local_day = $row_on AND ((CAST($row_key AS VARCHAR) IS NULL AND c.title_id IS NULL) OR c.title_id IN "
        "(SELECT t.title_id FROM titles AS t WHERE t.key = $row_key AND t.kind = $row_kind))"
    ),
    finish=finished,
    no_traits="It is one day of the year; what somebody watches on it is chance.",
    measures=("plays", "time"),
    parameters=(
        Parameter("on", "the day of the year, such as 05-24; without it today's", None, form="day"),
        Parameter("limit", "the most rows", 50),
    ),
)
