"""What Trakt says of the user: totals, and what is watched now.

Source: GET /users/me/stats, GET /users/me/watching.
"""

from __future__ import annotations

from datetime import datetime

from watchprint.service.answers import UserStats, Watching
from watchprint.service.titles.given import item_of
from watchprint.trakt.bind import Endpoints, R, flow
from watchprint.trakt.endpoints.users import Users
from watchprint.trakt.flows import Flow, ask, now


class Profile(Endpoints[R]):
    """The user."""

    @flow
    def get_user_stats(self) -> Flow[UserStats]:
        """Trakt's own totals, in its own fields (`movies.plays`); they may be hours old.

        Source: GET /users/me/stats
        """
        return ask(Users.stats.call())

    @flow
    def get_user_watching(self) -> Flow[Watching | None]:
        """What the user watches now, and how far it is; None: nothing.

        Source: GET /users/me/watching
        """
        return _watching()


def _watching() -> Flow[Watching | None]:
    row = yield from ask(Users.watching.call(extended="full"))
    if row is None:
        return None
    reached = share_over(row.started_at, row.expires_at, (yield from now()))
    return Watching(item_of(row), row.action, row.started_at, row.expires_at, reached, row)


def share_over(started_at: datetime | None, expires_at: datetime | None, instant: datetime) -> float | None:
    """How much of the time from start to end is over [%], from 0 to 100; None where an end is missing."""
    if started_at is None or expires_at is None or expires_at <= started_at:
        return None
    share = (instant - started_at) / (expires_at - started_at)
    return round(min(1.0, max(0.0, share)) * 100, 2)
