"""Exit codes: part of the contract with scripts. Each error of the library has one; nothing else decides them.

Errors are named by their path, so that none of their modules is loaded to look.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process ends with."""

    OK = 0
    """Done. Also: whoever read the output wanted no more of it."""
    UNEXPECTED = 1
    """A fault of ours: please report it."""
    USAGE = 2
    """The command line is wrong, or what it asks for cannot be."""
    NOT_CONFIGURED = 3
    """A setting, or a place on this machine, is missing or cannot be used; the message names it."""
    NOT_FOUND = 4
    """Trakt, or this machine, knows no such thing; of several titles, the others were done."""
    SIGN_IN = 5
    """The access token, the sign-in or the application is not accepted: sign in again."""
    REFUSED = 6
    """Trakt, or the user at the sign-in, said no: already active, account limit, locked, VIP only, private."""
    THROTTLED = 7
    """Too fast: the message says when to try again."""
    NO_ANSWER = 8
    """Trakt is unreachable, silent or broken: try later."""
    MISSING_EXTRA = 9
    """The command needs an extra that is not installed; the message names it."""
    UNKNOWN_OUTCOME = 10
    """A write may or may not have been stored: look before sending it again."""
    PARTLY_WRITTEN = 11
    """A batch stopped midway; the message names what is left."""
    UNREADABLE = 12
    """A file or an answer is damaged or incomplete, or the output cannot be written."""
    INTERRUPTED = 130
    """Ctrl-C."""
    TERMINATED = 143
    """The demo was told to end (SIGTERM), and left nothing running."""


CODES: dict[str, Exit] = {
    "watchprint.trakt.errors.NotConfigured": Exit.NOT_CONFIGURED,
    "watchprint.trakt.errors.UnknownOutcome": Exit.UNKNOWN_OUTCOME,
    "watchprint.trakt.errors.NoAnswer": Exit.NO_ANSWER,
    "watchprint.trakt.errors.TokenExpired": Exit.SIGN_IN,
    "watchprint.trakt.errors.AppRefused": Exit.SIGN_IN,
    "watchprint.trakt.errors.SignInExpired": Exit.SIGN_IN,
    "watchprint.trakt.errors.NotFound": Exit.NOT_FOUND,
    "watchprint.trakt.errors.Invalid": Exit.USAGE,
    "watchprint.trakt.errors.Throttled": Exit.THROTTLED,
    "watchprint.trakt.errors.TraktBroken": Exit.NO_ANSWER,
    "watchprint.trakt.errors.Refused": Exit.REFUSED,
    "watchprint.trakt.errors.Unreadable": Exit.UNREADABLE,
    "watchprint.trakt.errors.PartlyWritten": Exit.PARTLY_WRITTEN,
    "watchprint.cli.extras.ExtraLacking": Exit.MISSING_EXTRA,
    "watchprint.insights.errors.ExtraMissing": Exit.MISSING_EXTRA,
    "watchprint.insights.errors.BadRows": Exit.UNREADABLE,
    "watchprint.insights.errors.InsightsError": Exit.USAGE,
    "watchprint.exchange.errors.ExportUnreadable": Exit.UNREADABLE,
    "watchprint.domain.zones.ZoneError": Exit.USAGE,
    "watchprint.domain.period.PeriodError": Exit.USAGE,
    "watchprint.exporting.errors.ExportCancelled": Exit.INTERRUPTED,
    "watchprint.exporting.errors.ExportUnwritable": Exit.UNREADABLE,
    "watchprint.exporting.errors.ExportError": Exit.USAGE,
    "watchprint.sending.errors.SendingRefused": Exit.USAGE,
    "watchprint.importing.errors.ImportStopped": Exit.INTERRUPTED,
    "watchprint.importing.errors.ImportFailed": Exit.USAGE,
    "watchprint.identity.errors.NoSuchAccount": Exit.NOT_FOUND,
    "watchprint.identity.errors.KeysUnusable": Exit.NOT_CONFIGURED,
    "watchprint.identity.errors.TokensUnreadable": Exit.NOT_CONFIGURED,
    "watchprint.identity.errors.IdentityError": Exit.USAGE,
    "watchprint.store.errors.StoreDamaged": Exit.UNREADABLE,
    "watchprint.store.errors.NotABackup": Exit.UNREADABLE,
    "watchprint.store.errors.UnknownRow": Exit.NOT_FOUND,
    "watchprint.store.errors.WrongState": Exit.USAGE,
    "watchprint.store.errors.StoreError": Exit.NOT_CONFIGURED,
    "watchprint.sync.errors.SyncError": Exit.NOT_CONFIGURED,
    "watchprint.titles.errors.BadAddress": Exit.USAGE,
    "watchprint.titles.errors.SourceBusy": Exit.THROTTLED,
    "watchprint.titles.errors.SourceUnreadable": Exit.UNREADABLE,
    "watchprint.titles.errors.SourceSilent": Exit.NO_ANSWER,
    "watchprint.titles.errors.SourceBroken": Exit.NO_ANSWER,
    "watchprint.titles.errors.TitlesError": Exit.NOT_CONFIGURED,
    "watchprint.sandbox.background.BackgroundFailed": Exit.NOT_CONFIGURED,
    "watchprint.sandbox.following.NotASandbox": Exit.NO_ANSWER,
}
"""The code of each error, and of those that are kinds of it."""


def exit_code(error: BaseException) -> Exit | None:
    """The exit code that an error stands for; None: it is none of those that can be foreseen."""
    names = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__)
    return next((CODES[name] for name in names if name in CODES), None)
