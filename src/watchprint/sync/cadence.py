"""When an account is due to be read again. Pure; the time and the seed of the jitter are arguments.

60 s after a viewing was seen to end, every 15 minutes while something was played today or somebody looks, else
hourly. After a failure later and later, and never before Trakt wants to be asked again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final

AFTER_VIEWING_S: Final = 60.0
BUSY_S: Final = 15 * 60.0
QUIET_S: Final = 3600.0
LOOKING_S: Final = 15 * 60.0
"""Somebody who has looked is taken to look on for so long."""
JITTER: Final = 0.1
"""Waits are this share longer or shorter, so that accounts spread."""
FIRST_RETRY_S: Final = 60.0
LONGEST_RETRY_S: Final = 6 * 3600.0
DAY_S: Final = 86_400.0


def cadence(
    now_at: datetime, *, finished_at: datetime | None = None, played_today: bool = False,
    looked_at: datetime | None = None, seed: int | str = 0,
) -> datetime:  # fmt: skip
    """When the next reading is due, after one that went well.

    Args:
        now_at: This instant.
        finished_at: When a player's viewing was last seen to end.
        played_today: Something was watched on the account's present day.
        looked_at: When somebody last looked at the account.
        seed: Of the jitter.
    """
    looking = looked_at is not None and (now_at - looked_at).total_seconds() < LOOKING_S
    due_at = now_at + _spread(BUSY_S if played_today or looking else QUIET_S, seed)
    if finished_at is not None and (after_at := finished_at + timedelta(seconds=AFTER_VIEWING_S)) > now_at:
        due_at = min(due_at, after_at + (_spread(AFTER_VIEWING_S, seed) - timedelta(seconds=AFTER_VIEWING_S)) / 2)
    return max(due_at, now_at)


def retry(now_at: datetime, failures: int, *, least_s: float = 0.0, seed: int | str = 0) -> datetime:
    """When to try again after so many failures in a row (at least one).

    Args:
        least_s: Not before so many seconds (Retry-After; a day for an account that is locked).
    """
    growing_s = min(FIRST_RETRY_S * 2.0 ** min(failures - 1, 20), LONGEST_RETRY_S)
    spread = _spread(growing_s, seed)
    return now_at + max(spread, timedelta(seconds=least_s))


def _spread(seconds: float, seed: int | str) -> timedelta:
    return timedelta(seconds=seconds * Random(str(seed)).uniform(1 - JITTER, 1 + JITTER))
