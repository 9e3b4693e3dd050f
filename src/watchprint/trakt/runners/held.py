"""What a runner remembers of its user's tokens between calls. It never asks Trakt, and shows no token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchprint.trakt.errors import NotConfigured, TokenExpired, TraktError
from watchprint.trakt.runners.session import Session
from watchprint.trakt.tokens import Tokens, TokenSource, checked
from watchprint.trakt.wire import Call

PAUSE_S = 60.0
"""After an early renewal failed, the next is tried no sooner."""
LONG_PAUSE_S = 3600.0
"""The same after Trakt refused the refresh token: only another sign-in changes that."""


@dataclass(slots=True)
class Held:
    """The tokens of one runner's user.

    Attributes:
        source: Where they are kept; None = there is no user.
        who: Whose budget a request with their access token is counted in.
    """

    session: Session
    source: TokenSource | None
    who: str = ""
    _seen: str | None = None
    _quiet_until: datetime | None = None

    def for_call(self, call: Call[object]) -> TokenSource | None:
        """The source whose token this call carries; None where it carries none.

        Raises:
            NotConfigured: The call needs a user, and there is none.
        """
        if self.source is not None and call.bucket != "auth":
            return self.source
        if call.needs_user:
            raise NotConfigured("this needs a user: pass the user's Trakt access token, or sign in first")
        return None

    def noted(self, tokens: Tokens) -> Tokens:
        """These tokens, now known to be this user's.

        Raises:
            Invalid: Their access token is blank, or not one.
        """
        token = tokens.access_token
        if token != self._seen:
            checked(token)
            if self._seen is not None:
                self.session.same_user(self._seen, token)
            self.who, self._seen = self.session.who(tokens), token
        return tokens

    def in_turn(self, what: str) -> tuple[str, str, str]:
        """The name of a turn that only flows of this user take.

        Their tokens are known by then: a flow takes its turn after it has been told whose it is.
        """
        return self.session.app.api_url, self.who, what

    def due(self, tokens: Tokens) -> bool:
        """It is time to renew them, though they still serve."""
        if tokens.refresh_token is None or not tokens.due(self.session.now()):
            return False
        return self._quiet_until is None or self.session.clock.now() >= self._quiet_until

    def rest(self, error: TraktError) -> None:
        """An early renewal failed: let some time pass before the next."""
        pause_s = LONG_PAUSE_S if isinstance(error, TokenExpired) else PAUSE_S
        self._quiet_until = self.session.clock.now() + timedelta(seconds=pause_s)
