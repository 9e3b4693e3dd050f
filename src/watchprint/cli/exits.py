"""Exit codes: part of the contract with scripts. Each error of the library has one; nothing else decides them."""

from __future__ import annotations

from enum import IntEnum

from watchprint.trakt import errors


class Exit(IntEnum):
    """What the process ends with."""

    OK = 0
    """Done."""
    UNEXPECTED = 1
    """A fault of ours: please report it."""
    USAGE = 2
    """The command line is wrong, or what it asks for cannot be."""
    NOT_CONFIGURED = 3
    """A setting is missing; the message names it."""
    NOT_FOUND = 4
    """Trakt, or this machine, knows no such thing."""
    SIGN_IN = 5
    """The access token, or the application, is not accepted: sign in again."""
    REFUSED = 6
    """Trakt said no: already active, account limit, locked, VIP only."""
    THROTTLED = 7
    """Too fast: the message says when to try again."""
    NO_ANSWER = 8
    """Trakt is unreachable, silent or broken: try later."""
    MISSING_EXTRA = 9
    """The command needs an extra that is not installed; the message names it."""
    UNKNOWN_OUTCOME = 10
    """A write may or may not have been stored: look before sending it again."""
    PARTLY_WRITTEN = 11
    """A batch stopped midway; what is left is printed."""
    UNREADABLE = 12
    """A file or an answer is damaged or incomplete."""
    INTERRUPTED = 130
    """Ctrl-C."""


_CODES: tuple[tuple[type[errors.TraktError], Exit], ...] = (
    (errors.NotConfigured, Exit.NOT_CONFIGURED),
    (errors.UnknownOutcome, Exit.UNKNOWN_OUTCOME),
    (errors.NoAnswer, Exit.NO_ANSWER),
    (errors.TokenExpired, Exit.SIGN_IN),
    (errors.AppRefused, Exit.SIGN_IN),
    (errors.NotFound, Exit.NOT_FOUND),
    (errors.Invalid, Exit.USAGE),
    (errors.Throttled, Exit.THROTTLED),
    (errors.TraktBroken, Exit.NO_ANSWER),
    (errors.Refused, Exit.REFUSED),
    (errors.Unreadable, Exit.UNREADABLE),
    (errors.PartlyWritten, Exit.PARTLY_WRITTEN),
)


OTHERS: dict[str, Exit] = {
    "watchprint.insights.errors.ExtraMissing": Exit.MISSING_EXTRA,
    "watchprint.insights.errors.BadRows": Exit.UNREADABLE,
    "watchprint.insights.errors.InsightsError": Exit.USAGE,
    "watchprint.exchange.errors.ExportUnreadable": Exit.UNREADABLE,
    "watchprint.sandbox.background.BackgroundFailed": Exit.NOT_CONFIGURED,
    "watchprint.sandbox.following.NotASandbox": Exit.NO_ANSWER,
}
"""Errors of the other packages, by name, so that none of them is loaded to look."""


def exit_code(error: errors.TraktError) -> Exit:
    """The exit code that an error of the library stands for."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.UNEXPECTED)
