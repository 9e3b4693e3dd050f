"""Spending a refresh token: once, under the source's lock, kept before it is used.

Blocking on purpose: a host's lock may be a database transaction that belongs to one thread. Async runners call it
in a worker thread. A refresh whose answer is lost cannot be repaired by anyone, so it is never repeated: the pair is
kept without its refresh token, and the access token serves until it expires.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from watchprint.trakt.errors import AppRefused, Invalid, TokenExpired, TraktError, UnknownOutcome
from watchprint.trakt.tokens import Tokens, TokenSource
from watchprint.trakt.wire import Secret

Exchange = Callable[[str], Tokens]
"""Refresh token in, new pair out (`POST /oauth/token`)."""

_APP_IS_WRONG = frozenset({"invalid_client", "unauthorized_client"})


def renew(source: TokenSource, refused: str, exchange: Exchange) -> Tokens:
    """A pair whose access token is not the refused one.

    Args:
        source: Where the pair is kept.
        refused: The access token that does not serve any more.
        exchange: Makes a new pair of a refresh token.

    Returns:
        The pair that somebody else has got meanwhile, else a new one, kept in the source.

    Raises:
        TokenExpired: There is no refresh token, Trakt does not take it, or its answer is lost: the user must sign
            in again.
        AppRefused: Trakt does not take the application's secret; the refresh token is still good.
        TraktError: The exchange did not reach Trakt, or Trakt said no for another reason; nothing is spent.
    """
    with source.lock():
        held = source.current()
        if held.access_token != refused:
            return held
        if held.refresh_token is None:
            raise TokenExpired("the access token is no longer accepted and cannot be renewed: sign in again")
        try:
            new = exchange(Secret(held.refresh_token))
        except (Invalid, TokenExpired) as error:
            meanwhile = source.current()
            if meanwhile.access_token != refused:
                return meanwhile
            raise _refused(error) from error
        except UnknownOutcome as error:
            _without_refresh_token(source, held)
            raise TokenExpired(
                "no answer to the renewal of the access token, which is never repeated: sign in again",
                request=error.request,
            ) from error
        except TraktError:
            raise
        except BaseException:  # interrupted: the request may have left
            _without_refresh_token(source, held)
            raise
        source.renewed(held, new)
        return new


def _refused(error: TraktError) -> TraktError:
    if error.grant_error in _APP_IS_WRONG:
        text = "Trakt does not accept this application's secret: check TRAKT_CLIENT_ID and TRAKT_CLIENT_SECRET"
        return AppRefused(text, request=error.request, reply=error.reply)
    text = "Trakt does not accept the refresh token (used before, or withdrawn): sign in again"
    return TokenExpired(text, request=error.request, reply=error.reply)


def _without_refresh_token(source: TokenSource, held: Tokens) -> None:
    source.renewed(held, msgspec.structs.replace(held, refresh_token=None))
