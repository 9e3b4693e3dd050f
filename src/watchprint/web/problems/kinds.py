"""The kinds of problems: a word for programs, a status, a title for people, whether the same request may be repeated.

`type` of a problem is `/problems/` and the word; the server explains it there. Docs and the OpenAPI document are made
of this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LATER_S: Final = 30.0
"""When to try again where nobody says."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem.

    Attributes:
        word: The end of its address.
        status: The HTTP status.
        title: What it is, for people.
        means: What it means and what to do.
        may_retry: The same request may be sent again as it is.
        retry_after_s: When, where the error does not say [s].
    """

    word: str
    status: int
    title: str
    means: str
    may_retry: bool = False
    retry_after_s: float | None = None

    @property
    def type(self) -> str:
        """Its address."""
        return f"/problems/{self.word}"


_ASKED = (
    Kind("malformed", 400, "The body is no JSON", "Send one JSON document in UTF-8."),
    Kind("token-missing", 401, "No access token", "Send the user's Trakt access token: Authorization: Bearer TOKEN."),
    Kind("token-expired", 401, "The access token is not accepted", "Trakt does not accept it, or it is another "
         "application's: the user signs in again. Nothing was stored."),
    Kind("no-such-route", 404, "There is nothing here", "The routes are in /api/v1/openapi.json."),
    Kind("method-not-allowed", 405, "This is not done here", "`Allow` names what is."),
    Kind("not-json", 415, "The body is not declared as JSON", "Send Content-Type: application/json."),
    Kind("too-large", 413, "The body is too large", "Send fewer items at once; `detail` says how much is taken."),
    Kind("invalid", 422, "The request cannot be carried out", "`errors` names the fields, or `detail` says why. "
         "Nothing was stored."),
)  # fmt: skip
_TRAKT = (
    Kind("not-found", 404, "Trakt knows no such thing", "No such title, list or user. Nothing was stored."),
    Kind("already-active", 409, "Something is active already", "A check-in runs, until `expires_at`. "
         "Nothing was stored."),
    Kind("account-full", 409, "The Trakt account is full", "Its owner removes something, or gets VIP. Nothing of "
         "the request was stored."),
    Kind("app-refused", 403, "Trakt refuses this application", "The operator checks TRAKT_CLIENT_ID at Trakt."),
    Kind("refused", 403, "Trakt says no", "For example because a user is private. Nothing was stored."),
    Kind("vip-only", 402, "Only for Trakt VIP", "`upgrade_url` says where to get it. Nothing was stored."),
    Kind("account-locked", 423, "The Trakt account is locked", "Only its owner can have it opened, by Trakt's "
         "support. Nothing was stored."),
    Kind("throttled", 429, "Too fast", "Wait `retry_after_s`, then send it again. Nothing was stored.", True, 1.0),
    Kind("trakt-unreachable", 502, "Trakt cannot be reached", "Nothing was sent. Try again later.", True, LATER_S),
    Kind("trakt-broken", 502, "Trakt is having trouble", "Nothing was stored. Try again later.", True, LATER_S),
    Kind("unreadable", 502, "Trakt's answer was not whole", "Rows are missing from it, or it is not what Trakt "
         "promises. Nothing was stored. Try again later.", True, LATER_S),
    Kind("trakt-timed-out", 504, "Trakt did not answer in time", "Nothing was stored. Try again later.",
         True, LATER_S),
    Kind("unknown-outcome", 504, "Nobody knows whether it was stored", "The write left and no answer came. Look at "
         "the user's data before you send it again, with another Idempotency-Key."),
    Kind("partly-written", 502, "Only a part was stored", "`written` is what was, `left` are the items that were "
         "not, or not surely: look, then send those."),
)  # fmt: skip
_OURS = (
    Kind("no-copy", 409, "There is no copy of this user", "Insights are read from a copy: hand the user's tokens over "
         "with POST /api/v1/accounts, then ask again."),
    Kind("copy-not-read", 409, "The copy has not been read yet", "It is being read: ask again later.", True, 5.0),
    Kind("no-such-account", 404, "There is no such account", "None of this name is this user's."),
    Kind("no-such-insight", 404, "There is no such insight", "`detail` lists those there are."),
    Kind("name-taken", 409, "The name is taken", "Another account has it, or this user has another account."),
    Kind("rows-moved", 409, "The rows moved while they were read", "Something was added or removed since page 1: "
         "begin again there.", True, 0.0),
    Kind("key-in-flight", 409, "The same write is under way", "A request with this Idempotency-Key is being carried "
         "out. Ask again for its answer.", True, 1.0),
    Kind("key-used", 422, "The key was used for something else", "This Idempotency-Key came with another body within "
         "24 h. A new write takes a new key."),
    Kind("not-configured", 503, "This installation is not set up for it", "`detail` says what its operator sets."),
    Kind("store-busy", 503, "The store cannot be used now", "Try again later; if it stays, its operator looks at the "
         "log.", True, LATER_S),
    Kind("stopping", 503, "The server is stopping", "Try again in a moment.", True, 1.0),
    Kind("internal", 500, "A fault of this server", "Nothing is known of what was done. The log has more under "
         "`request_id`."),
)  # fmt: skip
KINDS: Final[dict[str, Kind]] = {kind.word: kind for kind in (*_ASKED, *_TRAKT, *_OURS)}
