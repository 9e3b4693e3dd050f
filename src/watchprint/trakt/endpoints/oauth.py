"""`/oauth`: signing users in, in the browser (with PKCE) or by a code on a device; renewing and withdrawing tokens.

Nothing here keeps a token: whoever calls keeps what is returned (tokens.py).
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlencode

from watchprint.trakt.bind import Endpoints, R, endpoint, flow
from watchprint.trakt.conversation import grants
from watchprint.trakt.conversation.grants import DeviceAnswer, DeviceCode
from watchprint.trakt.errors import NoAnswer, NotFound, SignInDenied, SignInExpired, TraktBroken, TraktError
from watchprint.trakt.flows import Flow, ask, now, pause
from watchprint.trakt.tokens import Tokens
from watchprint.trakt.wire import Call

SLOWER_S = 5.0
"""How much longer to wait after Trakt said that it is asked too often."""


class Pkce(NamedTuple):
    """The proof that who begins a sign-in also ends it: keep the verifier, send the challenge (S256)."""

    verifier: str
    challenge: str


def pkce() -> Pkce:
    """A fresh pair, from the system's secure randomness (43 characters)."""
    verifier = secrets.token_urlsafe(32)
    return Pkce(verifier, challenge_of(verifier))


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier. Source: RFC 7636, 4.2."""
    return urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")


class OAuth(Endpoints[R]):
    """Sign-in. Nobody needs to be signed in for it."""

    def authorize_url(self, *, state: str, code_challenge: str, signup: bool = False, force_login: bool = False) -> str:
        """The address to send the user's browser to; nothing is asked.

        Args:
            state: A fresh random text, compared when the browser comes back.
            code_challenge: `pkce().challenge`.
            signup: Begin at the form for new users.
            force_login: Ask for the password even if the browser is signed in.

        Raises:
            NotConfigured: The application's redirect address is not set.

        Source: GET /oauth/authorize
        """
        app = self.runner.app
        query = {
            "response_type": "code",
            "client_id": app.client_id,
            "redirect_uri": grants.redirect_of(app),
            "state": state,
            "code_challenge": code_challenge,
            "code_challenge_method": "S256",
        }
        query |= {"signup": "true"} if signup else {}
        query |= {"prompt": "login"} if force_login else {}
        return f"{app.auth_url}/oauth/authorize?{urlencode(query)}"

    @endpoint
    def exchange_code(self, code: str, *, code_verifier: str | None = None) -> Call[Tokens]:
        """The tokens for the code that came back with the browser. Never repeatable: a code is good once.

        Args:
            code: From the query of the redirect.
            code_verifier: `pkce().verifier` of this sign-in; without it the application's secret is sent.

        Raises:
            Invalid: The code is used, too old, or of another sign-in.

        Source: POST /oauth/token, grant_type=authorization_code
        """
        return grants.exchange_code(self.runner.app, code, code_verifier)

    @endpoint
    def device_code(self) -> Call[DeviceCode]:
        """A code to show to the user, and where they type it in.

        Source: POST /oauth/device/code
        """
        return grants.device_code(self.runner.app)

    @endpoint
    def device_token(self, code: str) -> Call[DeviceAnswer]:
        """How a sign-in by device stands: waiting is an answer, not an error.

        Args:
            code: `DeviceCode.device_code`.

        Source: POST /oauth/device/token
        """
        return grants.device_token(self.runner.app, code)

    @flow
    def sign_in_by_device(self, code: DeviceCode) -> Flow[Tokens]:
        """The tokens, as soon as the user has approved; waits until then.

            code = trakt.oauth.device_code()
            print(code.verification_url, code.user_code)
            tokens = trakt.oauth.sign_in_by_device(code)

        A question that gets no answer is asked again, until the code runs out.

        Raises:
            NotConfigured: The application's secret is missing; told before anything is waited for.
            SignInDenied: The user said no.
            SignInExpired: The code ran out, or was used before: begin again.

        Source: POST /oauth/device/token
        """
        asking = grants.device_token(self.runner.app, code.device_code)
        interval_s = float(max(code.interval_s, 1))
        began_at, lost = (yield from now()), None
        while True:
            yield from pause(interval_s)
            try:
                answer = yield from ask(asking)
            except (NoAnswer, TraktBroken) as error:
                lost = error
            else:
                lost = None
                if answer.tokens is not None:
                    return answer.tokens
                if answer.state == "slow_down":
                    interval_s = max(interval_s + SLOWER_S, answer.retry_after_s or 0.0)
                elif answer.state != "pending":
                    raise _ended(answer)
            if ((yield from now()) - began_at).total_seconds() >= code.expires_in_s:
                raise lost or _ended(DeviceAnswer("expired"))

    @endpoint
    def refresh(self, refresh_token: str) -> Call[Tokens]:
        """A new pair for a refresh token, which is dead from then on. Never repeatable.

        Clients with a TokenSource do this by themselves, under its lock.

        Raises:
            Invalid: The token was used before, or withdrawn: sign in again.

        Source: POST /oauth/token, grant_type=refresh_token
        """
        return grants.refresh(self.runner.app, refresh_token)

    @endpoint
    def revoke(self, token: str) -> Call[None]:
        """Withdraw an access token and its refresh token. Repeatable: it stays withdrawn.

        Source: POST /oauth/revoke
        """
        return grants.revoke(self.runner.app, token)


def _ended(answer: DeviceAnswer) -> TraktError:
    match answer.state:
        case "denied":
            return SignInDenied("the user refused this application on Trakt")
        case "used":
            return SignInExpired("this code was already used: begin the sign-in again")
        case "unknown":
            return NotFound("Trakt does not know this code: begin the sign-in again")
        case _:
            return SignInExpired("the code ran out before it was approved: begin the sign-in again")
