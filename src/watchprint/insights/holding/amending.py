"""Held rows brought up to date where few have changed, so that they are what they would be if all were loaded anew.

A mark of a play depends on the plays of its title, its minute and its local day: those of whatever has changed are
marked again, by the same statement that marks all of them, beside everything that their marks depend on. What cannot be
amended so is said, and left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import duckdb

from watchprint.insights.holding.marked import Key, Marked
from watchprint.insights.insight import sql_text
from watchprint.insights.loading.tables import Tables

_VIEWS: Final = "watchprint.insights.views"
_MINUTE: Final = "watched_s - watched_s % 60"
_OTHER: Final = """
SELECT 1 FROM new_titles AS n JOIN titles AS t USING (title_id)
WHERE n.show_id IS DISTINCT FROM t.show_id OR n.kind IS DISTINCT FROM t.kind
UNION ALL SELECT 1 FROM new_plays WHERE account_id NOT IN ({accounts})
LIMIT 1
"""
"""What makes all rows other than they are: a title that is of another show or kind, an account that was not there."""
_TOUCHED: Final = """
CREATE OR REPLACE TABLE touched AS
WITH retimed AS (
    SELECT n.title_id FROM new_titles AS n LEFT JOIN titles AS t USING (title_id)
    WHERE n.runtime_min IS DISTINCT FROM t.runtime_min
)
SELECT DISTINCT title_id FROM (
    SELECT title_id FROM plays WHERE play_id IN (SELECT play_id FROM moved)
    UNION ALL SELECT title_id FROM new_plays
    UNION ALL SELECT title_id FROM plays
    WHERE title_id IN (SELECT title_id FROM retimed) OR show_id IN (SELECT title_id FROM retimed)
) WHERE title_id IS NOT NULL
"""
_TEMPORARY: Final = ("new_plays", "new_titles", "moved", "touched", "core", "beside", "subset", "its_titles",
                     "remade", "fresh")  # fmt: skip
_KEYED: Final = f"title_id, local_day, {_MINUTE} AS minute_s"
_BY_PLACE: Final = f"local_day IN (SELECT local_day FROM {{0}}) OR {_MINUTE} IN (SELECT minute_s FROM {{0}})"


def amended(held: Marked, new: Tables, gone: Sequence[int | str]) -> bool:
    """Brings held rows up to date.

    Args:
        held: the rows, of which each play has an id of its own.
        new: plays that are new or other than before; titles likewise; all ratings.
        gone: the ids of plays that are no more.

    Returns:
        False where they have to be loaded anew; nothing is changed then.
    """
    try:
        if not held.accounts or not _arrived(held, new, gone):
            return False
        _take_over(held)
        held.replace_ratings(new.ratings)
        for key in [key for key in held.views if not key[0]]:
            _mark(held, key)
        held.look_at_accounts()
        return True
    finally:
        for name in _TEMPORARY:
            _run(held, f"DROP TABLE IF EXISTS {name}")


def _run(held: Marked, statement: str) -> None:
    held.connection.cursor().execute(statement)


def _arrived(held: Marked, new: Tables, gone: Sequence[int | str]) -> bool:
    """What is new stands beside what is held; False where it does not fit."""
    try:
        held.create("new_plays", new.plays, held.columns)
    except duckdb.ConversionException:  # a place of another name than those that are listed, or an id of another form
        return False
    held.create("new_titles", new.loaded_titles)
    ids = f"CREATE TABLE moved AS SELECT CAST(UNNEST(CAST($gone AS VARCHAR[])) AS {held.id_type}) AS play_id"
    held.connection.cursor().execute(ids, {"gone": [str(each) for each in gone]})
    _run(held, "INSERT INTO moved SELECT play_id FROM new_plays")
    accounts = ", ".join(map(str, held.accounts))
    return not held.rows(_OTHER.format(accounts=accounts))


def _take_over(held: Marked) -> None:
    _run(held, _TOUCHED)
    _run(held, "DELETE FROM plays WHERE play_id IN (SELECT play_id FROM moved)")
    _run(held, "INSERT INTO plays SELECT * FROM new_plays")
    _run(held, "DELETE FROM titles WHERE title_id IN (SELECT title_id FROM new_titles)")
    _run(held, "INSERT INTO titles SELECT * FROM new_titles")


def _mark(held: Marked, key: Key) -> None:
    """Marks again what has other marks than before in one view, and counts its days again."""
    view, plays = held.views[key], sql_text(_VIEWS, "plays.sql")
    held.drop_shifted(view)
    _run(held, f"CREATE OR REPLACE TABLE zones AS {held.zones(key)}")
    _run(held, f"CREATE OR REPLACE TABLE fresh AS {_reading(plays, 'new_plays', 'new_titles')}")
    at_first = "title_id IN (SELECT title_id FROM touched) OR play_id IN (SELECT play_id FROM moved)"
    both = f"SELECT {_KEYED} FROM {view} WHERE {at_first} UNION ALL SELECT {_KEYED} FROM fresh"
    _run(held, f"CREATE OR REPLACE TABLE beside AS {both}")
    _run(held, f"CREATE OR REPLACE TABLE core AS SELECT play_id, {_KEYED} FROM {view} "
               f"WHERE {at_first} OR {_BY_PLACE.format('beside')}")  # fmt: skip
    _run(held, f"INSERT INTO core SELECT play_id, {_KEYED} FROM fresh")
    context = f"title_id IN (SELECT title_id FROM core) OR {_BY_PLACE.format('core')}"
    _run(held, "CREATE OR REPLACE TABLE subset AS SELECT * FROM plays WHERE play_id IN ("
               f"SELECT play_id FROM {view} WHERE {context} UNION ALL SELECT play_id FROM new_plays)")  # fmt: skip
    _run(held, "CREATE OR REPLACE TABLE its_titles AS SELECT * FROM titles WHERE title_id IN ("
               "SELECT title_id FROM subset UNION ALL SELECT show_id FROM subset)")  # fmt: skip
    _run(held, f"CREATE OR REPLACE TABLE remade AS {_reading(plays, 'subset', 'its_titles')}")
    _run(held, f"DELETE FROM {view} WHERE play_id IN (SELECT play_id FROM core)")
    _run(held, f"INSERT INTO {view} SELECT * FROM remade WHERE play_id IN (SELECT play_id FROM core)")
    _count_days(held, view)


def _reading(statement: str, plays: str, titles: str) -> str:
    """The statement, over some plays and what is known of their titles. New ones are only placed in time so."""
    return statement.replace("FROM plays AS", f"FROM {plays} AS").replace("JOIN titles AS", f"JOIN {titles} AS")


def _count_days(held: Marked, view: str) -> None:
    days = "local_day IS NULL OR local_day IN (SELECT local_day FROM core)"
    counted = sql_text(_VIEWS, "days.sql").replace("FROM v_plays", f"FROM {view} WHERE {days}")
    _run(held, f"DELETE FROM {view}_days WHERE {days}")
    _run(held, f"INSERT INTO {view}_days {counted}")
