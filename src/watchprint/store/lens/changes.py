"""What has changed of an account's rows since a revision, in the shape of all of them; nothing where that is not known.

One snapshot. An account's cursor `titles` holds the revision at which something else was last known of titles that it
had met before: since then all rows have to be loaded anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from watchprint.store.lens import loading
from watchprint.store.lens.loading import AccountTables, Ask

MOST_PLAYS: Final = 1_000
"""More changed plays than these are not worth amending."""
_MOVED: Final = "FROM plays WHERE account_id = :account AND revision > {since}"
_KEPT: Final = f"{_MOVED} AND removed_at IS NULL"
_GONE: Final = f"{_MOVED} AND removed_at IS NOT NULL"
_TITLES_AT: Final = "FROM cursors WHERE account_id = :account AND name = 'titles'"
_NEW: Final = f"""WITH mine AS MATERIALIZED (SELECT title_id {_KEPT} AND title_id IS NOT NULL
    UNION SELECT title_id FROM ratings WHERE account_id = :account AND disappeared_at IS NULL),
shows AS MATERIALIZED (
    SELECT DISTINCT show_id FROM titles WHERE id IN (SELECT title_id FROM mine) AND show_id IS NOT NULL
    UNION SELECT show_id FROM titles WHERE id > {{known}} AND show_id IS NOT NULL)"""


@dataclass(frozen=True, slots=True)
class AccountChanges:
    """What a lens is amended by: `lens.amend(plays=…, titles=…, ratings=…, gone=…)`.

    Attributes:
        now: The revision, the plays that are new or other than before, titles likewise, and all ratings.
        gone: The ids of plays that are no more.
    """

    now: AccountTables
    gone: list[str]


def changes(ask: Ask, account_id: int, revision: int, *, since: int, known: int) -> AccountChanges | None:
    """What has changed; None where all rows have to be loaded anew.

    Args:
        since: The revision of the rows in hand.
        known: The highest number of a title when they were loaded.
    """
    titles_at = ask({"CAST(CAST(value AS TEXT) AS BIGINT)": "number"}, _TITLES_AT).column(0)
    if len(titles_at) and (titles_at[0].as_py() or 0) > since:
        return None
    gone = ask({"plays.id": "id"}, _GONE.format(since=since)).column("id").to_pylist()
    plays = ask(loading.PLAYS, _KEPT.format(since=since))
    if len(plays) + len(gone) > MOST_PLAYS:
        return None
    ratings = ask(loading.RATINGS, loading.RATED)
    head = _NEW.format(since=since, known=known)
    titles = loading.titles_of(ask(loading.TITLES, loading.OF_MET.format(""), head=head))
    read = AccountTables(revision, plays, titles, ratings)
    return AccountChanges(loading.made(ask, read, account_id), gone)
