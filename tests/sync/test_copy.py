"""Every kind of change is found, at the price of what changed, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.sync.desk import CopyDesk

LONG_AGO = datetime(2019, 5, 1, 21, 30, tzinfo=UTC)


def test_a_first_copy_is_whole_and_then_nothing_costs_one_request(copying: CopyDesk) -> None:
    copying.fill(600)
    copying.later(60)
    report = copying.copy()
    assert (report.outcome, report.whole, report.plays.added) == ("changed", True, 600)
    copying.check_all(ids=True)
    again = copying.copy()
    assert (again.outcome, again.requests) == ("nothing", 1)
