"""Every insight there is means the same on Spark, for many accounts at once, as for each of them alone on DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.conftest import EXAMPLES
from tests.spark.fleets import Fleet, asked_of_all, fleets, long_fleet
from tests.spark.same import difference, of_fleet, plain
from watchprint.insights import Answer, BadQuestion, fleet
from watchprint.insights.catalogue import INSIGHTS

PARTS = 2
FEW = settings(
    max_examples=max(2, EXAMPLES // 50), deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[*HealthCheck],
)  # fmt: skip
# Of several names for the same question, one.
DISTINCT = {
    (insight.name, *more.items()): name
    for insight in INSIGHTS
    for name, more in {**insight.names, insight.name: {}}.items()
}
CHOICES = [
    (insight.name, parameter.name, choice)
    for insight in INSIGHTS
    for parameter in insight.parameters
    for choice in parameter.choices
    if choice != parameter.default
    and not any(dict(more) == {parameter.name: choice} for more in insight.names.values())
]


def held_against_each_alone(of: Fleet, spark: Any, names: list[str], asked: dict[str, Any]) -> dict[str, Any]:
    """Asks the fleet and each account alone; the fleet's answers by name."""
    alone = {name: of.alone(name, **asked) for name in names}
    refused = [name for name in names if any(isinstance(each, BadQuestion) for each in alone[name].values())]
    for name in refused:
        with pytest.raises(BadQuestion):
            fleet.statistics(**of.given, names=[name], session=spark, **asked)
    jobs = fleet.statistics(**of.given, names=[name for name in names if name not in refused], session=spark, **asked)
    answers = {}
    for name, job in jobs.items():
        found = answers[name] = of_fleet(job)
        assert difference(found, expected(alone[name]), name) is None
    return answers


def expected(alone: dict[int, Answer | BadQuestion]) -> dict[int, dict[str, Any]]:
    return {who: plain(each) for who, each in alone.items() if isinstance(each, Answer)}


@pytest.mark.parametrize("part", range(PARTS))
def test_random_fleets(part: int, spark: Any) -> None:
    @FEW
    @given(fleets(), asked_of_all())
    def every_insight(of: Fleet, asked: dict[str, Any]) -> None:
        held_against_each_alone(of, spark, [insight.name for insight in INSIGHTS[part::PARTS]], asked)

    every_insight()


@dataclass(frozen=True)
class Long:
    """Long histories, and the job over them for every name."""

    fleet: Fleet
    now: datetime
    jobs: dict[str, Any]


@pytest.fixture(scope="module")
def long(spark: Any) -> Long:
    of = long_fleet(4)
    now = min(of.last_at.values()) + timedelta(hours=30)
    return Long(of, now, fleet.statistics(**of.given, names=DISTINCT.values(), session=spark, now=now))


@pytest.mark.parametrize("name", DISTINCT.values())
def test_long_histories(name: str, long: Long) -> None:
    found = of_fleet(long.jobs[name])
    assert difference(found, expected(long.fleet.alone(name, now=long.now)), name) is None
    assert any(each["rows"] for each in found.values())


@pytest.mark.parametrize(("name", "parameter", "choice"), CHOICES)
def test_every_choice(name: str, parameter: str, choice: str, long: Long, spark: Any) -> None:
    held_against_each_alone(long.fleet, spark, [name], {"now": long.now, parameter: choice})


@pytest.mark.parametrize("name", DISTINCT.values())
def test_every_name_with_a_filter(name: str, long: Long, spark: Any) -> None:
    """With a filter plays are counted by day as they are asked for, which is another plan."""
    asked: dict[str, Any] = {"now": long.now, "period": "2019"}
    for more in ({"country": "us"}, {"genre": "drama"}):
        held_against_each_alone(long.fleet, spark, [name], {**asked, **more})
