"""Local times on Spark, worked out by hand: clocks that change, half hours, a day that never was, people who moved."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.spark.fleets import Fleet, Home, Spans
from watchprint.insights import BadQuestion, BadRows, PlayRow, UnknownInsight, fleet
from watchprint.insights.loading.reading import tables

NOW = datetime(2022, 4, 10, 12, tzinfo=UTC)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(*texts: str, account: int = 1) -> list[PlayRow]:
    return [
        PlayRow(id=account * 100 + nth, watched_at=instant(text), kind="movie", title=f"m{nth}", account_id=account)
        for nth, text in enumerate(texts)
    ]


def last(spark: Any, home: Home, text: str) -> tuple[str, date]:
    """The wall clock and the local day of one play."""
    of = Fleet(tables(at(text)), {1: home})
    jobs = fleet.statistics(**of.given, names=["first-last"], session=spark, now=NOW)
    row = fleet.rows(jobs["first-last"]).toArrow().to_pylist()[0]
    return f"{row['local_at']:%Y-%m-%d %H:%M}", row["on"]


@pytest.mark.parametrize(
    ("zone", "start_min", "text", "wall", "on"),
    [
        ("Europe/Berlin", 240, "2021-10-31 00:30", "2021-10-31 02:30", date(2021, 10, 30)),
        ("Europe/Berlin", 240, "2021-10-31 01:30", "2021-10-31 02:30", date(2021, 10, 30)),
        ("Europe/Berlin", 150, "2021-10-31 01:30", "2021-10-31 02:30", date(2021, 10, 31)),
        ("Europe/Berlin", 180, "2022-03-27 01:00", "2022-03-27 03:00", date(2022, 3, 27)),
        ("Europe/Berlin", 181, "2022-03-27 01:00", "2022-03-27 03:00", date(2022, 3, 26)),
        ("America/New_York", 0, "2021-11-07 05:59", "2021-11-07 01:59", date(2021, 11, 7)),
        ("America/New_York", 0, "2021-11-07 06:00", "2021-11-07 01:00", date(2021, 11, 7)),
        ("Australia/Lord_Howe", 120, "2022-04-02 14:59", "2022-04-03 01:59", date(2022, 4, 2)),
        ("Australia/Lord_Howe", 120, "2022-04-02 15:00", "2022-04-03 01:30", date(2022, 4, 2)),
        ("Australia/Lord_Howe", 120, "2022-04-02 15:30", "2022-04-03 02:00", date(2022, 4, 3)),
        ("Pacific/Apia", 0, "2011-12-30 09:59", "2011-12-29 23:59", date(2011, 12, 29)),
        ("Pacific/Apia", 0, "2011-12-30 10:00", "2011-12-31 00:00", date(2011, 12, 31)),
        ("Asia/Kathmandu", 240, "2021-01-01 22:14", "2021-01-02 03:59", date(2021, 1, 1)),
        ("Asia/Kathmandu", 240, "2021-01-01 22:15", "2021-01-02 04:00", date(2021, 1, 2)),
    ],
)
def test_wall_clocks(spark: Any, zone: str, start_min: int, text: str, wall: str, on: date) -> None:
    assert last(spark, Home([(None, zone)], start_min), text) == (wall, on)


def test_who_moved_has_the_zone_of_that_time(spark: Any) -> None:
    spans: Spans = [(None, "Europe/Berlin"), (instant("2021-06-01 12:00"), "Asia/Tokyo")]
    assert last(spark, Home(spans, 240), "2021-06-01 11:59") == ("2021-06-01 13:59", date(2021, 6, 1))
    assert last(spark, Home(spans, 240), "2021-06-01 12:00") == ("2021-06-01 21:00", date(2021, 6, 1))
    late: Spans = [(instant("2020-01-01 00:00"), "Europe/Berlin"), (instant("2021-06-01 12:00"), "Asia/Tokyo")]
    assert last(spark, Home(late, 240), "2019-06-01 10:00") == ("2019-06-01 12:00", date(2019, 6, 1))


def test_on_two_sides_of_the_date_line_it_is_another_day(spark: Any) -> None:
    plays = [row for account in (1, 2) for row in at("2021-04-10 13:00", "2021-04-11 13:00", account=account)]
    homes = {1: Home([(None, "Pacific/Auckland")], 0), 2: Home([(None, "Pacific/Honolulu")], 0)}
    of = Fleet(tables(plays), homes)
    job = fleet.statistics(**of.given, names=["on-this-day"], session=spark, now=NOW)["on-this-day"]
    found = {row["account_id"]: row for row in job.toArrow().to_pylist()}
    assert [row["on"] for row in found[1]["rows"]] == [date(2021, 4, 11)]
    assert [row["on"] for row in found[2]["rows"]] == [date(2021, 4, 10)]


def test_the_session_is_set_to_utc_whatever_it_was(spark: Any) -> None:
    spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    assert last(spark, Home([(None, "Europe/Berlin")], 240), "2021-01-01 12:00")[0] == "2021-01-01 13:00"


def test_parquet_and_a_kept_view_give_the_same(spark: Any, tmp_path: Any) -> None:
    of = Fleet(tables(at("2021-10-31 00:30", "2021-11-01 12:00")), {1: Home([(None, "Europe/Berlin")], 240)})
    paths: dict[str, Any] = {name: str(tmp_path / f"{name}.parquet") for name in of.given}
    for name, table in of.given.items():
        pq.write_table(table.drop_columns(["watched_s"]) if name == "plays" else table, paths[name])
    jobs = fleet.statistics(
        **paths, names=["calendar", "totals"], session=spark, now=NOW, kept_in=str(tmp_path / "kept")
    )
    straight = fleet.statistics(**of.given, names=["calendar", "totals"], session=spark, now=NOW)
    for name, job in jobs.items():
        assert job.toArrow().to_pylist() == straight[name].toArrow().to_pylist()
    assert len(list((tmp_path / "kept").iterdir())) == 2  # days from midnight, and from 04:00


def test_what_cannot_be_asked_of_a_fleet(spark: Any) -> None:
    of = Fleet(tables(at("2021-01-01 12:00")), {1: Home([(None, "UTC")], 240)})
    with pytest.raises(BadQuestion, match="takes no zone"):
        fleet.statistics(**of.given, names=["totals"], session=spark, now=NOW, zone="UTC")
    with pytest.raises(BadQuestion, match="one moment"):
        fleet.statistics(**of.given, names=["totals"], session=spark)
    with pytest.raises(UnknownInsight):
        fleet.statistics(**of.given, names=["totls"], session=spark, now=NOW)
    with pytest.raises(BadRows, match="lacks the column kind"):
        fleet.statistics(**{**of.given, "plays": of.given["plays"].drop_columns(["kind"])}, names=["totals"],
                         session=spark, now=NOW)  # fmt: skip
