"""The job: every account's answers to the named insights, as data frames that Spark computes when they are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Unpack

from watchprint.insights.catalogue import found, spelled
from watchprint.insights.errors import BadQuestion, ExtraMissing
from watchprint.insights.fleet.sessions import in_utc
from watchprint.insights.question import Asked, Question, question

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from watchprint.insights.fleet.views import FleetViews

_NOT_ASKED = ("zone", "day_start", "account_id", "compare")


def statistics(
    *,
    plays: Any,
    titles: Any,
    ratings: Any,
    zones: Any,
    names: Iterable[str],
    session: SparkSession,
    kept_in: str | None = None,
    **asked: Unpack[Asked],
) -> dict[str, DataFrame]:
    """The answers of every account, by the name of the insight.

    Each table is a data frame of the session, an Arrow table, or the path of Parquet files that the workers can read,
    with the columns of `loading.tables`; plays and ratings point to titles by `title_id` and `show_id`.

    Args:
        plays: every account's plays; `watched_s` may be missing.
        titles: the titles they point to, once each.
        ratings: every account's ratings.
        zones: where people live: account_id, zone (an IANA name), from_at (the instant from which it holds; NULL: since
            ever), day_start_min (minutes after midnight at which a day begins; NULL: 240). Several rows where a person
            moved. An account that is not in it lives in UTC.
        names: the insights.
        session: `connected(url)`, or that of `sail()`. Its own time zone is set to UTC.
        kept_in: a folder that the workers can write to. The view of plays is then computed once and kept there as
            Parquet, until you remove it; without, each insight computes it anew.
        asked: `now`, the present moment, which must be given; period, kind, filters and parameters, the same for
            everybody; see `Asked`. Zone and start of day are each account's own, and there is no comparison with the
            period before.

    Returns:
        By name a data frame, one row an account: account_id, n, coverage, left_out, facts (JSON), notes, effects, and
        rows, a list of the insight's rows. `rows` spreads that list.

    Raises:
        UnknownInsight: no insight has this name.
        BadQuestion: something asked for cannot be answered.
        BadRows: a table lacks a column.
        ExtraMissing: the extra `spark` is not installed.
    """
    if refused := [name for name in _NOT_ASKED if asked.get(name) is not None]:
        raise BadQuestion(
            f"A fleet takes no {refused[0]}: zone and start of day are each account's own, in the table of zones, and "
            "no account is set beside its period before."
        )
    try:
        from watchprint.insights.fleet.views import FleetViews
    except ModuleNotFoundError as error:
        raise ExtraMissing("spark") from error
    now, wanted = asked.get("now"), [spelled(name) for name in names]
    if now is None or now.utcoffset() is None:
        raise BadQuestion("A fleet is asked at one moment. Pass it as `now`, an aware datetime.")
    for name in wanted:
        asked_on(name, asked, now.date())
    in_utc(session)
    given = {"plays": plays, "titles": titles, "ratings": ratings, "zones": zones}
    views = FleetViews(session, given, now, kept_in)
    return {name: _answers(name, asked, views) for name in wanted}


def _answers(name: str, asked: Asked, views: FleetViews) -> DataFrame:
    from pyspark.sql.pandas.types import from_arrow_schema

    from watchprint.insights.fleet.finishing import Finish
    from watchprint.insights.fleet.statements import statements

    midnight = asked_on(name, asked, date(2000, 1, 1)).as_trakt_counts
    tables, todays = views.names(from_midnight=midnight), views.todays(from_midnight=midnight)
    frames = [views.sql(text) for text in statements(lambda day: asked_on(name, asked, day), tables, todays)]
    wide = frames[0]
    for frame in frames[1:]:
        wide = wide.unionAll(frame)
    finish = Finish(name, asked, views.ids)
    schema = from_arrow_schema(finish.schema, prefer_timestamp_ntz=True)
    return wide.groupBy("account_id").applyInArrow(finish.function(), schema)


def asked_on(name: str, asked: Asked, day: date) -> Question:
    """The question as it is asked by whoever has this day."""
    noon: Asked = {**asked, "now": datetime.combine(day, time(12), UTC), "day_start": "00:00"}
    return question(name, found(name), noon, account_id=0, last_at=None)


def rows(answers: DataFrame) -> DataFrame:
    """The rows of all accounts: account_id, nth (from 1, in the order of the insight), and the row's own columns.

    Args:
        answers: what `statistics` gives for one insight.
    """
    from pyspark.sql import functions

    spread = answers.select("account_id", functions.posexplode("rows").alias("nth", "row"))
    return spread.select("account_id", (functions.col("nth") + 1).alias("nth"), "row.*")


def tables(*, plays: Iterable[Any], titles: Iterable[Any] | None = None, ratings: Iterable[Any] = ()) -> dict[str, Any]:
    """The tables of a job by name (plays, titles, ratings), from rows in hand.

    Args:
        plays, titles, ratings: rows as `insights.load` takes them, flat rows with their `account_id`.

    Raises:
        BadRows: a row has a shape or a value that cannot be read.
        ExtraMissing: the extra `spark` is not installed.
    """
    try:
        from watchprint.insights.loading.reading import tables as read
    except ModuleNotFoundError as error:
        raise ExtraMissing("spark") from error
    made = read(plays, titles, ratings)
    return {"plays": made.plays, "titles": made.titles, "ratings": made.ratings}
