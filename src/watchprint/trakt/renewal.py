"""Spending a refresh token: once, under the source's lock, kept before it is used.

Blocking on purpose: a host's lock may be a database transaction that belongs to one thread. Async runners call it
in a worker thread. A refresh whose answer is lost cannot be repaired by anyone, so it is never repeated: the pair is
kept without its refresh token, and the access token serves until it expires.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from watchprint.trakt.errors import Invalid, TokenExpired, UnknownOutcome
from watchprint.trakt.tokens import Tokens, TokenSource

Exchange = Callable[[str], Tokens]
"""Refresh token in, new pair out (`POST /oauth/token`)."""


def renew(source: TokenSource, refused: str, exchange: Exchange) -> Tokens:
    """A pair whose access token is not the refused one.

    Args:
        source: Where the pair is kept.
        refused: The access token that does not serve any more.
        exchange: Makes a new pair of a refresh token.

    Returns:
        The pair that somebody else has got meanwhile, else a new one, kept in the source.

    Raises:
        TokenExpired: There is no refresh token, or Trakt does not take it: the user must sign in again.
        TraktError: The exchange did not reach Trakt, or got no answer.
    """
    with source.lock():
        held = source.current()
        if held.access_token != refused:
            return held
        if held.refresh_token is None:
            raise TokenExpired("the access token is no longer accepted and cannot be renewed: sign in again")
        try:
            new = exchange(held.refresh_token)
        except (Invalid, TokenExpired) as error:
            meanwhile = source.current()
            if meanwhile.access_token != refused:
                return meanwhile
            raise TokenExpired(
                "Trakt does not accept the refresh token (used before, or withdrawn): sign in again",
                request=error.request,
            ) from error
        except UnknownOutcome:
            source.renewed(held, msgspec.structs.replace(held, refresh_token=None))
            raise
        source.renewed(held, new)
        return new
