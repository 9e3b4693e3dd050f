"""What SQL alone gives is the same on Spark and on DuckDB: the views row by row, and what each insight reduces them to.

The finished answers are held against each other elsewhere; here nothing has rounded or left out anything yet.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.conftest import EXAMPLES
from tests.spark.fleets import Fleet, fleets, long_fleet
from tests.spark.same import difference
from watchprint.insights import asking
from watchprint.insights.catalogue import INSIGHTS, found
from watchprint.insights.fleet.columns import NTH
from watchprint.insights.fleet.job import asked_on
from watchprint.insights.fleet.statements import reduced
from watchprint.insights.fleet.views import FleetViews
from watchprint.insights.holding.marked import Marked
from watchprint.insights.loading.tables import Tables
from watchprint.insights.question import Question, question

NOW = datetime(2022, 4, 10, 12, tzinfo=UTC)
FEW = settings(
    max_examples=max(1, EXAMPLES // 60), deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[*HealthCheck],
)  # fmt: skip
STATEMENTS = [
    *((insight.name, {}) for insight in INSIGHTS),
    ("top", {"of": "genre"}), ("top", {"of": "movie"}), ("by", {"unit": "week"}), ("premiere", {"of": "genre"}),
    ("passport", {"of": "genre"}), ("critic", {"of": "decade"}),
]  # fmt: skip
Rows = list[dict[str, Any]]


class Both:
    """One fleet seen by both engines."""

    def __init__(self, of: Fleet, spark: Any) -> None:
        self.of = of
        self.views = FleetViews(spark, of.given, NOW, None)
        self.held = {account: Marked(self._own(account)) for account in of.homes}

    def _own(self, account: int) -> Tables:
        plays, ratings = (
            each.filter(pc.equal(each["account_id"], account))
            for each in (self.of.tables.plays, self.of.tables.ratings)
        )
        return Tables(plays, self.of.tables.titles, ratings)

    def question(self, name: str, asked: dict[str, Any], account: int) -> Question:
        """What is asked of an account alone, on the day that the fleet is asked on."""
        whose: Any = {**self.of.homes[account].asked, **asked, "now": NOW}
        return question(name, found(name), whose, account_id=account, last_at=None)

    def in_spark(self, text: str) -> Rows:
        rows: Rows = self.views.sql(text).toArrow().to_pylist()
        return rows

    def view(self, name: str, midnight: bool) -> tuple[Rows, Rows]:
        """The rows of a view, on DuckDB account by account and on Spark at once."""
        of = "ratings" if name == "v_ratings" else "totals"
        ours: Rows = []
        for account, held in self.held.items():
            what = self.question(of, {"as_trakt_counts": midnight}, account)
            table = held.view(what) + ("_days" if name == "v_days" else "")
            ours += held.rows(f"SELECT * FROM {table} WHERE account_id = {account}")
        return ours, self.in_spark(f"SELECT * FROM {self.views.names(from_midnight=midnight)[name]}")

    def reduced(self, name: str, asked: dict[str, Any]) -> tuple[dict[int, Rows], dict[int, Rows]]:
        """What an insight's own statement gives, by account."""
        alone = {account: self.question(name, asked, account) for account in self.held}
        theirs: dict[int, Rows] = defaultdict(list)
        for today in {what.last_on for what in alone.values()}:
            accounts = ", ".join(str(account) for account, what in alone.items() if what.last_on == today)
            columns = self._reduced(name, asked, today or NOW.date(), f"v.account_id IN ({accounts})", theirs)
        ours: dict[int, Rows] = {}
        for account, held in self.held.items():
            what = alone[account]
            source = held.view(what)
            if what.insight.reads == "days":
                source = asking.by_day(what, source, f"{source}_days")
            body = what.insight.statement(what.parameters)
            rows = held.rows(*asking.statement(what, source, body, instants=False))
            if rows:
                ours[account] = [{each: row[each] for each in columns} for row in rows]
        return ours, dict(theirs)

    def _reduced(self, name: str, asked: dict[str, Any], today: date, whose: str, into: dict[int, Rows]) -> list[str]:
        """The same on Spark, for accounts that have the same day; the columns."""
        fleet_wide: Any = {**asked, "now": NOW}
        what = asked_on(name, fleet_wide, today)
        text, columns = reduced(what, self.views.names(from_midnight=what.as_trakt_counts), whose)
        for row in sorted(self.in_spark(text), key=lambda row: row[NTH]):
            into[row["account_id"]].append({each: row[each] for each in columns})
        return columns


def ordered(rows: Rows) -> Rows:
    """Rows in one order, with the columns of the first, and words as text."""
    names = sorted(rows[0]) if rows else []
    plain = [{name: str(row[name]) if name == "play_id" else row[name] for name in names} for row in rows]
    return sorted(plain, key=lambda row: [str(_seen(row[name])) for name in names])


def _seen(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo is not None else value


def views_agree(both: Both) -> None:
    for name in ("v_plays", "v_days", "v_ratings"):
        for midnight in (False, True):
            ours, theirs = both.view(name, midnight)
            same = set(ours[0]) & set(theirs[0]) if ours and theirs else set()
            assert len(ours) == len(theirs), name
            assert not ours or same >= set(ours[0]) - {"day_start_min"}, name
            ours, theirs = ([{each: row[each] for each in same} for row in rows] for rows in (ours, theirs))
            assert difference(ordered(ours), ordered(theirs), name) is None


def statements_agree(both: Both, asked: list[tuple[str, dict[str, Any]]]) -> set[str]:
    """The names of those that give rows."""
    full = set()
    for name, parameters in asked:
        ours, theirs = both.reduced(name, parameters)
        assert difference(ours, theirs, name) is None
        if ours:
            full.add(name)
    return full


@pytest.mark.parametrize("part", range(2))
def test_views_and_reduced_tables_of_random_fleets(part: int, spark: Any) -> None:
    @FEW
    @given(fleets())
    def everything(of: Fleet) -> None:
        both = Both(of, spark)
        if part:
            views_agree(both)
        statements_agree(both, STATEMENTS[part::2])

    everything()


def test_views_and_reduced_tables_of_long_histories(spark: Any) -> None:
    both = Both(long_fleet(6), spark)
    views_agree(both)
    assert statements_agree(both, STATEMENTS) == {insight.name for insight in INSIGHTS}
