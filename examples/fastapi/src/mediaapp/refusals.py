"""What goes wrong between this app and Trakt, as HTTP answers that this app's own clients can act on.

One table, by Watchprint's errors: a status, a word for programs, and a sentence for people. Each error says more
(which call, which status, never a token), and that goes to the log.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, field
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

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
    SignInExpired,
    Throttled,
    TokenExpired,
    TraktBroken,
    TraktError,
    UnknownOutcome,
    Unreadable,
    VipOnly,
)

LATER_S: Final = 30
_LOG: Final = logging.getLogger("mediaapp")
_ANSWERS: Final[dict[type, tuple[int, str, str]]] = {
    TokenExpired: (401, "sign_in_again", "Trakt does not let this app in any more: sign in again at /signin."),
    SignInExpired: (400, "sign_in_again", "This sign-in ran out: begin again at /signin."),
    AccountLimit: (409, "account_full", "Your Trakt account is full: remove something, or get Trakt VIP."),
    VipOnly: (402, "vip_only", "Trakt keeps this for VIP members."),
    AccountLocked: (423, "account_locked", "Trakt has locked this account: its owner must write to Trakt's support."),
    AlreadyActive: (409, "already_active", "Something is being watched already, or this was just done."),
    NotFound: (404, "unknown_title", "Trakt does not know this title or list."),
    Invalid: (422, "not_possible", "Trakt does not accept this."),
    Throttled: (429, "too_fast", "Too many requests for this account: wait, then try again."),
    UnknownOutcome: (409, "unsure", "Trakt did not answer: this may or may not be stored. Look before you repeat it."),
    PartlyWritten: (409, "partly", "Only a part was stored. The same again stores the rest."),
    NoAnswer: (503, "trakt_unreachable", "Trakt does not answer: try again later."),
    TraktBroken: (503, "trakt_broken", "Trakt is having trouble: try again later."),
    Unreadable: (502, "trakt_unreadable", "Trakt's answer was not whole: try again later."),
    AppRefused: (500, "app_refused", "Trakt does not let this app in: its operator must look after it."),
    NotConfigured: (500, "app_not_set_up", "This app is not set up: its operator must look after it."),
    TraktError: (502, "trakt", "Trakt did not do this."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no success.

    Attributes:
        status: The HTTP status.
        error: A word for programs.
        words: A sentence for people.
        more: What else a client needs.
        retry_after_s: When to try again, if that helps.
    """

    status: int
    error: str
    words: str
    more: dict[str, str | float | None] = field(default_factory=dict)
    retry_after_s: float | None = None

    def response(self) -> JSONResponse:
        """As it is sent."""
        headers = {} if self.retry_after_s is None else {"Retry-After": str(math.ceil(self.retry_after_s))}
        return JSONResponse({"error": self.error, "words": self.words, **self.more}, self.status, headers)


class Unsure(Exception):
    """Neither done nor refused: the caller decides by doing it again."""


def unsure(words: str) -> Unsure:
    """What is answered with 202 and these words."""
    return Unsure(words)


def refusal_of(error: TraktError) -> Refusal:
    """The answer that an error stands for."""
    status, word, words = next(_ANSWERS[kind] for kind in type(error).__mro__ if kind in _ANSWERS)
    match error:
        case Throttled():
            return Refusal(status, word, words, retry_after_s=error.retry_after_s)
        case UnknownOutcome() | PartlyWritten():
            return Refusal(status, word, words)
        case VipOnly():
            return Refusal(status, word, words, {"upgrade_url": error.upgrade_url})
        case AlreadyActive():
            until = error.expires_at.isoformat() if error.expires_at else None
            return Refusal(status, word, words, {"until": until})
        case NoAnswer() | TraktBroken():
            return Refusal(status, word, words, retry_after_s=LATER_S)
        case Invalid() if error.reply is None:  # our own words: what is wrong with what was asked
            return Refusal(status, word, str(error))
    return Refusal(status, word, words)


def install(app: FastAPI) -> None:
    """Answer with these wherever an error of Watchprint comes up."""

    @app.exception_handler(TraktError)
    async def refused(request: Request, error: TraktError) -> JSONResponse:
        refusal = refusal_of(error)
        _LOG.warning("%s %s: %d, %s", request.method, request.url.path, refusal.status, error)
        return refusal.response()

    @app.exception_handler(Unsure)
    async def not_sure(request: Request, error: Unsure) -> JSONResponse:
        _LOG.warning("%s %s: 202, %s", request.method, request.url.path, error.__cause__)
        return Refusal(202, "unsure", str(error)).response()
