"""What sending tells: each play that is meant, how far it is, and what it came to. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from watchprint.identity.accounts import LinkStatus

Outcome = Literal["done", "cancelled", "sign_in_again", "locked", "refused", "limited", "unreachable"]
"""done: nothing waits any more · cancelled: somebody called it off · sign_in_again: the tokens are spent · locked:
Trakt locked the user (423) · refused: Trakt refuses the application (403) · limited: a limit of the user is reached
(420) · unreachable: Trakt does not answer as it should. Whatever it is, calling it again goes on where it stopped."""
OUTCOMES: Final[tuple[Outcome, ...]] = (
    "done", "cancelled", "sign_in_again", "locked", "refused", "limited", "unreachable",
)  # fmt: skip
LINKS: Final[Mapping[Outcome, LinkStatus]] = {
    "sign_in_again": "sign_in_again", "locked": "locked", "refused": "refused", "limited": "limited",
}  # fmt: skip
"""How the account's link stands after each."""


@dataclass(frozen=True, slots=True)
class Told:
    """A play, for people.

    Attributes:
        title: What it is of: "Heat (1995)", "Lost 1x01 Pilot".
        watched_at: To the minute (UTC); None: unknown.
        why: Why it is not sent; None: nothing speaks against it.
    """

    play_id: str
    title: str
    watched_at: datetime | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        done, total: Plays that were looked at, of those that wait.
        seconds_left: By the pace so far, and never sooner than one write a second allows [s].
    """

    done: int
    total: int
    seconds_left: float


@dataclass(slots=True)
class Sent:
    """What sending came to; counts are of plays.

    Attributes:
        outcome, reason: How it ended, and why where it stopped.
        sent: Trakt stored them on our word.
        existing: Trakt had them already; they are the same viewings now.
        doubled: Trakt has one of that title at that minute, or the import names it twice: not sent.
        refused: Trakt does not take them, each with the reason.
        cannot: They were not even tried, each with the reason.
        unsure: A request left and Trakt does not show them yet; they are looked up again before anything is sent.
        left: They wait still.
    """

    import_id: int
    outcome: Outcome = "done"
    reason: str | None = None
    sent: int = 0
    existing: int = 0
    doubled: int = 0
    refused: list[Told] = field(default_factory=list)
    cannot: list[Told] = field(default_factory=list)
    unsure: int = 0
    left: int = 0
    took_s: float = 0.0
