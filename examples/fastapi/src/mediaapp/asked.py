"""What every endpoint may ask for: the service that talks to Trakt, the database, and who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Cookie, Depends, HTTPException, Request

from mediaapp.accounts import Account, Accounts
from mediaapp.live import Live
from mediaapp.settings import Settings
from watchprint import AsyncTraktService, TokenSource


@dataclass(frozen=True, slots=True)
class Parts:
    """What the app is made of; made once, when it starts."""

    settings: Settings
    trakt: AsyncTraktService
    accounts: Accounts
    live: Live


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in.

    Attributes:
        account: This app's account.
        tokens: What every method of the service takes first; renewed when it must be.
    """

    account: Account
    tokens: TokenSource


def _parts(request: Request) -> Parts:
    return cast(Parts, request.state.parts)


def _trakt(request: Request) -> AsyncTraktService:
    return _parts(request).trakt


def _perhaps(request: Request, session: Annotated[str | None, Cookie()] = None) -> User | None:
    """Not async on purpose: FastAPI runs it in a worker thread, since it reads the database."""
    accounts = _parts(request).accounts
    account = accounts.of_session(session) if session else None
    return User(account, accounts.tokens(account.id)) if account else None


def _signed_in(user: Annotated[User | None, Depends(_perhaps)]) -> User:
    if user is None:
        raise HTTPException(401, "nobody is signed in: open /signin")
    return user


App = Annotated[Parts, Depends(_parts)]
Trakt = Annotated[AsyncTraktService, Depends(_trakt)]
SignedIn = Annotated[User, Depends(_signed_in)]
Perhaps = Annotated[User | None, Depends(_perhaps)]
