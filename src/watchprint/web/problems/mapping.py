"""Which problem an error is: the library's tree, the store's, identity's and insights', in one table.

Texts of our own errors are handed on: they are written for people and hold no secret. Where Trakt spoke, so is what
the error says of it, since it was cleared of tokens when it was made.
"""

from __future__ import annotations

from typing import Any, Final

from watchprint.domain.zones import ZoneError
from watchprint.identity import errors as identity
from watchprint.insights.errors import InsightsError, UnknownInsight
from watchprint.store import errors as store
from watchprint.trakt import errors as trakt
from watchprint.web.problems.problem import Refusal
from watchprint.web.shapes.answers import told

WORDS: Final[dict[type[BaseException], str]] = {
    trakt.NotConfigured: "not-configured",
    trakt.Unreachable: "trakt-unreachable",
    trakt.TimedOut: "trakt-timed-out",
    trakt.UnknownOutcome: "unknown-outcome",
    trakt.TokenExpired: "token-expired",
    trakt.AppRefused: "app-refused",
    trakt.NotFound: "not-found",
    trakt.AlreadyActive: "already-active",
    trakt.AccountLimit: "account-full",
    trakt.Invalid: "invalid",
    trakt.AccountLocked: "account-locked",
    trakt.VipOnly: "vip-only",
    trakt.Throttled: "throttled",
    trakt.SignInDenied: "token-expired",
    trakt.SignInExpired: "token-expired",
    trakt.TraktBroken: "trakt-broken",
    trakt.Refused: "refused",
    trakt.Unreadable: "unreadable",
    trakt.PartlyWritten: "partly-written",
    identity.BadName: "invalid",
    ZoneError: "invalid",
    identity.NameTaken: "name-taken",
    identity.UserTaken: "name-taken",
    identity.NoSuchAccount: "no-such-account",
    identity.KeysUnusable: "not-configured",
    identity.TokensUnreadable: "not-configured",
    store.StoreTooNew: "not-configured",
    store.StoreDamaged: "not-configured",
    store.StoreError: "store-busy",
    UnknownInsight: "no-such-insight",
    InsightsError: "invalid",
}
"""The word of each error, and of those that are kinds of it."""
STORED_PERHAPS: Final = frozenset({"unknown-outcome", "partly-written", "internal"})
"""After these, and after no other, something may have been stored."""


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal that an error is answered with; None: it is none that can be foreseen."""
    if isinstance(error, Refusal):
        return error
    kinds: tuple[Any, ...] = type(error).__mro__
    word = next((WORDS[kind] for kind in kinds if kind in WORDS), None)
    return None if word is None else Refusal(word, str(error), **_more(error))


def _more(error: BaseException) -> dict[str, Any]:
    """What else a client can act on."""
    match error:
        case trakt.Throttled():
            return {"retry_after_s": error.retry_after_s}
        case trakt.AlreadyActive():
            at = {"watched_at": error.watched_at, "expires_at": error.expires_at}
            return {name: instant for name, instant in at.items() if instant is not None}
        case trakt.VipOnly():
            return {"upgrade_url": error.upgrade_url}
        case trakt.PartlyWritten():
            left = [told(getattr(one, "item", one)) for one in error.left]
            return {"written": told(error.written), "left": left}
    return {}
