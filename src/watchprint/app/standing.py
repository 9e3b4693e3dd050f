"""How an account stands: its link, what waits to be sent, when it is read, what is left of Trakt's limits. Values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchprint.identity.accounts import Account
from watchprint.store.running.budgets import Left


@dataclass(frozen=True, slots=True)
class Queue:
    """Plays that Trakt is to get.

    Attributes:
        owed: Waiting to be sent.
        sending: On their way.
        unsure: Sent, and no answer came: they are looked up before anything is sent again.
    """

    owed: int
    sending: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Status:
    """How one account stands.

    Attributes:
        account: Who, with link, revision and the instant of the next sync (`sync_due_at`).
        signed_in: There are tokens.
        movies: Plays of films.
        episodes: Plays of episodes.
        ratings: Ratings that stand.
        queue: What Trakt is to get.
        last_sync_at: When a sync last ended well; None: never.
        last_whole_at: When the whole history was last walked; None: never.
        syncing_until: A sync runs, and holds its lease until then; None: none does.
        left: What is left of Trakt's limits.
        zone_note: What is to be said of the account's zone; None: all is well.
    """

    account: Account
    signed_in: bool
    movies: int
    episodes: int
    ratings: int
    queue: Queue
    last_sync_at: datetime | None
    last_whole_at: datetime | None
    syncing_until: datetime | None
    left: Left
    zone_note: str | None = None
