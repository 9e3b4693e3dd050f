"""What goes wrong between this app and Trakt, as a person is told: one table, by Watchprint's errors.

Each says what happened and what to do. Neither a token nor an address is ever in these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from watchprint import (
    AccountLimit,
    AccountLocked,
    AlreadyActive,
    AppRefused,
    Invalid,
    NoAnswer,
    NotConfigured,
    NotFound,
    PartlyWritten,
    SignInDenied,
    SignInExpired,
    Throttled,
    TokenExpired,
    TraktBroken,
    TraktError,
    UnknownOutcome,
    Unreadable,
    VipOnly,
)

LATER_S: Final = 30.0
_PAGES: Final[dict[type, tuple[int, str, str]]] = {
    TokenExpired: (401, "Please sign in again", "Trakt does not let this app in for you any more. Nothing was lost."),
    SignInDenied: (403, "You said no", "Nothing was changed, at Trakt or here."),
    SignInExpired: (400, "That took too long", "This sign-in ran out: begin again."),
    AccountLimit: (409, "Your Trakt account is full", "Nothing was stored. Remove something first, or get Trakt VIP."),
    VipOnly: (402, "Only for Trakt VIP", "Trakt keeps this for VIP members. Nothing was stored."),
    AccountLocked: (
        423,
        "Your Trakt account is locked",
        "Trakt locked or deactivated it. Only Trakt's support can open it: please write to them.",
    ),
    AlreadyActive: (409, "Something is on already", "Trakt keeps one check-in at a time, and this one was not made."),
    NotFound: (404, "Trakt does not know this", "The title or list is not there, or not there any more."),
    Invalid: (422, "That is not possible", "Trakt does not accept this. Nothing was stored."),
    Throttled: (429, "Too fast", "Trakt asks for a pause for your account."),
    UnknownOutcome: (
        409,
        "Trakt did not answer",
        "What you asked for may be stored, or may not be. Look first. If it is not there, do it again: what is there "
        "already is not stored twice.",
    ),
    PartlyWritten: (409, "Only a part was stored", "Do the same again: what is there already is not stored twice."),
    NoAnswer: (503, "Trakt does not answer", "Nothing was changed. Try again a little later."),
    TraktBroken: (503, "Trakt is having trouble", "Try again a little later."),
    Unreadable: (502, "Trakt's answer was not whole", "It is not shown, since it may be wrong. Try again later."),
    AppRefused: (500, "Trakt does not let this app in", "Whoever runs it has to look after it; you need do nothing."),
    NotConfigured: (500, "This app is not set up", "Whoever runs it has to look after it; you need do nothing."),
    TraktError: (502, "That did not work", "Trakt did not do this."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that is no success.

    Attributes:
        status: The HTTP status.
        title: What happened, short.
        words: What that means, and what to do.
        sign_in: Signing in helps.
        look_first: What was asked for may be stored.
        retry_after_s: When to try again, where that helps [s].
        link: Where at Trakt more can be done.
        until: Until when something is on.
    """

    status: int
    title: str
    words: str
    sign_in: bool = False
    look_first: bool = False
    retry_after_s: float | None = None
    link: str | None = None
    until: datetime | None = None


def refusal_of(error: TraktError) -> Refusal:
    """The page that an error stands for."""
    status, title, words = next(_PAGES[kind] for kind in type(error).__mro__ if kind in _PAGES)
    match error:
        case Throttled():
            return Refusal(status, title, words, retry_after_s=error.retry_after_s)
        case UnknownOutcome() | PartlyWritten():
            return Refusal(status, title, words, look_first=True)
        case TokenExpired() | SignInExpired() | SignInDenied():
            return Refusal(status, title, words, sign_in=True)
        case VipOnly():
            return Refusal(status, title, words, link=error.upgrade_url)
        case AlreadyActive():
            return Refusal(status, title, words, until=error.expires_at)
        case NoAnswer() | TraktBroken():
            return Refusal(status, title, words, retry_after_s=LATER_S)
        case Invalid() if error.reply is None:  # the library's own words: what is wrong with what was asked
            return Refusal(status, title, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return Refusal(status, title, words)
