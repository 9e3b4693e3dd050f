"""What an error of Trakt's means for an account: what is told, how its link stands, when it is tried again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from watchprint.identity.accounts import LinkStatus
from watchprint.sync.cadence import DAY_S
from watchprint.sync.report import Outcome
from watchprint.sync.states import AnotherUser
from watchprint.trakt.errors import (
    AccountLimit,
    AccountLocked,
    AppRefused,
    NotConfigured,
    Throttled,
    TokenExpired,
    TraktError,
    Unreadable,
)

HOUR_S: Final = 3600.0
SOON_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a synchronisation has come to.

    Attributes:
        outcome, reason: What is told.
        link: How the link stands now; None: as before.
        least_s: It is not tried again before so long [s].
    """

    outcome: Outcome
    reason: str | None = None
    link: LinkStatus | None = None
    least_s: float = 0.0


BEHIND: Final = Verdict(
    "behind",
    "What Trakt says of your plays does not agree with itself yet. Nothing was removed; it is read again soon.",
    least_s=SOON_S,
)


def verdict(error: TraktError | AnotherUser, *, withdrawn: bool) -> Verdict:
    """What the error means.

    Args:
        withdrawn: The access token is refused though its time is not over.
    """
    text = str(error)
    match error:
        case TokenExpired() if withdrawn:
            reason = "Trakt does not let Watchprint in any more: the user has withdrawn it. Run: watchprint login"
            return Verdict("disconnected", reason, "disconnected", DAY_S)
        case TokenExpired() | NotConfigured() | AnotherUser():
            return Verdict("sign_in_again", text, "sign_in_again", DAY_S)
        case AccountLocked():
            return Verdict("locked", text, "locked", DAY_S)
        case AppRefused():
            return Verdict("refused", text, "refused", HOUR_S)
        case AccountLimit():
            return Verdict("limited", text, "limited", HOUR_S)
        case Unreadable():
            return Verdict("behind", text, least_s=SOON_S)
        case Throttled(retry_after_s=wait_s):
            return Verdict("unreachable", text, least_s=wait_s)
    return Verdict("unreachable", text)
