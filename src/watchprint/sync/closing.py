"""The end of a synchronisation: how the link stands, how many have failed, and when the next is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from watchprint.store import Work
from watchprint.sync.cadence import cadence, retry
from watchprint.sync.cursor import Cursor
from watchprint.sync.looking import looked_at
from watchprint.sync.outcome import Verdict
from watchprint.sync.report import WELL

RECENTLY: Final = timedelta(hours=50)
"""What was watched on the present day, wherever the person lives and whenever their days begin, is no older."""


class LastRead(NamedTuple):
    """When a sync last ended well, and when the history was last walked whole (the kind that waits longer)."""

    sync_at: datetime | None
    whole_at: datetime | None


def last_read(work: Work, account_id: int) -> LastRead:
    """When an account was last read."""
    cursor = Cursor.of(work, account_id)
    return LastRead(cursor.ended_at, min(cursor.whole_at.values(), default=None))


def closed(work: Work, account_id: int, outcome: Verdict, doing_until: datetime) -> datetime:
    """Note what a sync came to; when the next is due.

    Args:
        doing_until: The due instant that was set when the sync began. Where another stands, somebody has asked for a
            sooner one since.
    """
    cursor, account = Cursor.of(work, account_id), work.accounts.get(account_id)
    seed = f"{account_id} {work.now.isoformat()}"
    if outcome.outcome in WELL:
        cursor.failures, cursor.ended_at = 0, work.now
        work.accounts.set_link_status(account_id, "linked")
        next_at = _next(work, account_id, seed)
    else:
        cursor.failures += 1
        next_at = retry(work.now, cursor.failures, least_s=outcome.least_s, seed=seed)
        if outcome.link is not None:
            work.accounts.set_link_status(account_id, outcome.link, outcome.reason)
    cursor.keep(work, account_id)
    asked_at = account.sync_due_at
    due_at = next_at if asked_at is None or asked_at == doing_until else min(next_at, asked_at)
    work.accounts.due_at(account_id, due_at)
    return due_at


def signed_out(work: Work, account_id: int) -> bool:
    """The tokens have ended by themselves: there are none, or their time is over."""
    tokens = work.credentials.get(account_id)
    return tokens is None or tokens.refresh_token is None or tokens.expired(work.now)


def _next(work: Work, account_id: int, seed: str) -> datetime:
    account = work.accounts.get(account_id)
    since, until = work.now - RECENTLY, work.now + timedelta(minutes=1)
    latest = work.plays.page(account_id, since=since, until=until, limit=1)
    watched_at = latest[0].watched_at if latest else None
    today = account.zones.day_of(work.now, account.day_start_min)
    return cadence(
        work.now,
        finished_at=latest[0].finished_at if latest else None,
        played_today=watched_at is not None and account.zones.day_of(watched_at, account.day_start_min) == today,
        looked_at=looked_at(work, account_id),
        seed=seed,
    )
