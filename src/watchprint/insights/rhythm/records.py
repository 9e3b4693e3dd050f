"""Records: the fullest day, week and month, the most episodes of a show in a day, the longest film, the latest end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from watchprint.domain.period import after
from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.rhythm.standing_out import RECORDS_TRAITS, of_records

RECORDS_IN_ORDER = (
    "plays_in_day", "minutes_in_day", "plays_in_week", "minutes_in_week", "plays_in_month", "minutes_in_month",
    "episodes_of_a_show_in_a_day", "longest_viewing", "latest_finish",
)  # fmt: skip
_UNITS = {"plays": "plays", "minutes": "min", "episodes": "episodes", "longest": "min", "latest": "min after midnight"}
_DAY = timedelta(days=1)


class RecordRow(msgspec.Struct, frozen=True, kw_only=True):
    """A record.

    Args:
        record: plays_in_day, minutes_in_day, the same of an ISO week and a month, episodes_of_a_show_in_a_day,
            longest_viewing [min], or latest_finish [minutes after the midnight that began the local day].
        value: how much; `unit`: of what.
        from_on, to_on: its first and last local day.
        ended_local_at: what the clock on the wall showed, where the record is of one viewing.
        kind, key, name, year: the movie or show, where the record is of one.
        title_key, title_name, season, number: the episode, where it is of one.
    """

    record: str
    value: int
    unit: str
    from_on: date
    to_on: date
    ended_local_at: datetime | None
    kind: str | None
    key: str | None
    name: str | None
    year: int | None
    title_key: str | None
    title_name: str | None
    season: int | None
    number: int | None


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The records that there are, always in the same order."""
    of = {row["record"]: row for row in reduced}
    return Finished([_row(of[record]) for record in RECORDS_IN_ORDER if record in of], effects=of_records(of))


def _row(of: dict[str, Any]) -> RecordRow:
    record: str = of["record"]
    unit = record.rpartition("_in_")[2]
    to_on = after(unit, of["from_on"]) - _DAY if unit in ("week", "month") else of["from_on"]
    same = ("record", "value", "from_on", "ended_local_at", "kind", "key", "name", "year", "title_key", "title_name")
    return RecordRow(
        unit=_UNITS[record.partition("_")[0]],
        to_on=to_on,
        season=of["season"],
        number=of["number"],
        **{name: of[name] for name in same},
    )


RECORDS = Insight(
    name="records",
    question="What are my records?",
    unit="plays",
    shape="one row a record: record, value, unit, first and last day, movie or show, episode",
    row=RecordRow,
    formula=(
        "the largest sum over local days, ISO weeks and months of plays and of known minutes; the most distinct "
        "episodes of one show on a local day; the longest known runtime; the viewing that ended latest in its local "
        "day, which runs on after midnight to the start of the next; of equals the earlier"
    ),
    guard="one dated, unmarked play",
    source="plays as watched; ISO 8601 for weeks",
    sql=("watchprint.insights.rhythm", "records.sql"),
    behind=(
        "c.local_day >= $row_from_on AND c.local_day <= $row_to_on "
        "AND ($row_record <> 'episodes_of_a_show_in_a_day' OR c.show_id IN (SELECT t.title_id FROM titles AS t "
        "WHERE t.key = $row_key AND t.kind = 'show')) "
        "AND (CAST($row_ended_local_at AS TIMESTAMP) IS NULL OR (c.local_at = CAST($row_ended_local_at AS TIMESTAMP) "
        "AND (CAST($row_key AS VARCHAR) IS NULL OR COALESCE(c.show_id, c.title_id) IN (SELECT t.title_id FROM titles "
        "AS t WHERE t.key = $row_key))))"
    ),
    finish=finished,
    leaves_out=("duplicate", "bulk"),
    measures=("plays",),
    key=("record",),
    compares=("value",),
    traits=RECORDS_TRAITS,
)
