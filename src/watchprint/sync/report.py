"""What a synchronisation tells: its progress while it runs, and its report when it is over. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Outcome = Literal[
    "nothing", "changed", "elsewhere", "sign_in_again", "disconnected", "locked", "refused", "limited", "unreachable",
    "behind",
]  # fmt: skip
"""nothing: nothing has changed · changed: the copy is what Trakt has · elsewhere: another process is at it, or has
ended this sync (a back-up that came back, a sign-out) · sign_in_again: the tokens are spent · disconnected: the user
withdrew them · locked: Trakt locked the user (423) · refused: Trakt refuses the application (403) · limited: a limit of
the user is reached (420) · unreachable: Trakt does not answer as it should · behind: it could not be made certain;
nothing was removed, and it is tried again."""
WELL = frozenset({"nothing", "changed"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        what: In words: "Reading your history".
        done, total: Of what is counted (plays); None: nobody knows how much there is.
        seconds_left: An honest estimate from the measured pace and Trakt's limits [s]; None: it cannot be said yet.
    """

    what: str
    done: int = 0
    total: int | None = None
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things came, changed, went, and came back."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    revived: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.revived)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.revived + other.revived,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a synchronisation came to.

    Attributes:
        outcome: See `Outcome`.
        reason: In words for the user, where there is more to say.
        requests: How many requests were sent, repeated ones too.
        plays: What became of plays.
        states: What became of everything else, by the name of the part ("ratings"); parts that were not read are
            not in it.
        whole: The history was walked as a whole.
        took_s: How long it took, by the clock of the store [s].
        next_due_at: When the account is due again; None: not by itself.
    """

    outcome: Outcome
    reason: str | None = None
    requests: int = 0
    plays: Counts = Counts()
    states: Mapping[str, Counts] = field(default_factory=dict)
    whole: bool = False
    took_s: float = 0.0
    next_due_at: datetime | None = None

    @property
    def went_well(self) -> bool:
        """The copy is what Trakt has."""
        return self.outcome in WELL
