"""Reading a whole account through the client, with a progress bar: what insights are computed from, in hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from watchprint.cli.narrate import counting

if TYPE_CHECKING:
    from watchprint.trakt.clients import Groups
    from watchprint.trakt.ports import Blocking

TICK = 100
"""Rows between two moves of the progress bar."""


@dataclass(frozen=True, slots=True)
class Account:
    """What was read.

    Attributes:
        zone: The account's time zone, as its settings at Trakt say.
        read_at: When, by Trakt's clock.
        stats: Trakt's own figures, to show beside ours.
    """

    slug: str
    zone: str
    read_at: datetime
    plays: list[Any]
    ratings: list[Any] = field(default_factory=list)
    stats: Any = None

    def rows(self) -> dict[str, Any]:
        """Plays and ratings as `insights.compute` takes them."""
        return {"plays": self.plays, "ratings": self.ratings}


def read_account(trakt: Groups[Blocking], *, ratings: bool = True) -> Account:
    """The whole history (with full titles), ratings, zone and figures of the user behind the token."""
    settings = trakt.users.settings()
    plays: list[Any] = []
    with counting("Reading the history") as progress:
        stats = trakt.users.stats()
        progress.total((stats.movies.plays or 0) + (stats.episodes.plays or 0))
        for row in trakt.sync.history(extended="full"):
            plays.append(row)
            if len(plays) % TICK == 0:
                progress.advance(TICK)
        progress.advance(len(plays) % TICK)
    rated = trakt.sync.ratings(extended="full").all() if ratings else []
    zone = (settings.account.timezone if settings.account else None) or "UTC"
    slug = (settings.user.ids.slug if settings.user and settings.user.ids else None) or "me"
    return Account(slug, zone, trakt.runner.now(), plays, rated, stats)
