"""Custody of tokens: linking an account to a Trakt user, lending its access token, signing out, forgetting.

A pair has one owner, and here it is the store: sealed, renewed once at a time, withdrawn before it is deleted. A token
is never printed or logged, and sent to no Trakt but the one that issued it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from watchprint.app.wiring import Whose, Wiring
from watchprint.domain.zones import ZoneError
from watchprint.identity.accounts import Account, NewLink, account_name
from watchprint.identity.errors import BadName, IdentityError, NameTaken, NoSuchAccount, UserTaken
from watchprint.store.work import Work
from watchprint.trakt.conversation.renewal import renew
from watchprint.trakt.errors import TokenExpired, TraktError, Unreadable
from watchprint.trakt.models.users import Settings as TraktSettings
from watchprint.trakt.tokens import Tokens, checked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is gone with an account.

    Attributes:
        name: Whose it was.
        plays: How many plays there were.
        cleaned: Back-ups in the home that the account was taken out of.
        elsewhere: Files that this program wrote and cannot reach or clean; whoever has them removes them by hand.
        withdrawn: Trakt was told to accept the tokens no more; None: there were none.
        not_withdrawn_because: Why it could not be told.
    """

    name: str
    plays: int
    cleaned: tuple[Path, ...]
    elsewhere: tuple[Path, ...]
    withdrawn: bool | None
    not_withdrawn_because: str | None = None


class Custody(Wiring):
    """Tokens that are kept here."""

    async def link(self, access: Tokens, *, name: str | None = None, only_newer: bool = False) -> Account:
        """The account that these tokens' user has here: known by Trakt's id, else the named one, else the only one if
        it is local, else a new one of the user's name. The pair is kept, sealed; a sync is due.

        Args:
            access: The pair as Trakt issued it, owned by this installation from now on.
            name: The account to link; one that does not exist is made. None: as above.
            only_newer: Leave a pair that is here already, unless this one was issued later.

        Raises:
            AppRefused, TokenExpired: Trakt does not accept the token, or not from this application; nothing is kept.
            UserTaken: Another account is linked to this Trakt user, or the named one to another.
            BadName: The account cannot have that name.
            NotConfigured: This installation asks no Trakt, or nothing can be kept here.
            TraktError: Trakt did not say whose the token is; nothing is kept.
        """
        from watchprint.sync import begin_anew

        checked(access.access_token)
        settings = await self.trakt_for(access.access_token).users.settings()
        to, zone = new_link(settings, self.reach.trakt_url), settings.account.timezone

        def linked(work: Work) -> Account:
            account = work.accounts.of_trakt_user(to.trakt_url, to.uuid) or _meant(work, to, name, zone)
            if name is not None and account.name != work.accounts.named(name).name:
                raise UserTaken(f"This Trakt user is linked to the account {account.name!r}. Use that one.")
            if only_newer and not _newer(access, work.credentials.get(account.id)):
                return account
            if account.link is None:
                begin_anew(work, account.id)
            work.accounts.link(account.id, to)
            work.credentials.put(account.id, access)
            work.accounts.due_at(account.id, work.now)
            return work.accounts.get(account.id)

        known = await self.store.aread(lambda work: work.accounts.of_trakt_user(to.trakt_url, to.uuid))
        if known is None:
            return await self.store.awrite(linked)
        whose = known.id

        def in_turn() -> Account:
            return self._in_turn(whose, lambda: self.store.write(linked))

        return await asyncio.to_thread(in_turn)

    async def access_token(self, account: Whose = None) -> str:
        """An access token that Trakt accepts, renewed once half of its life is over.

        Raises:
            NoSuchAccount: There is none.
            NotConfigured: The account is not linked, or its tokens cannot be read.
            TokenExpired: It cannot be renewed: the user must sign in again.
        """
        whose = await self.account(account)
        self.linked(whose)
        source = self.store.tokens(whose.id)
        tokens = await asyncio.to_thread(source.current)
        now = self.clock.now()
        if not tokens.due(now) or (tokens.refresh_token is None and not tokens.expired(now)):
            return tokens.access_token
        trakt = self.blocking_trakt_without_user()
        try:
            renewed = await asyncio.to_thread(renew, source, tokens.access_token, trakt.oauth.refresh)
        except TraktError as error:
            if isinstance(error, TokenExpired):
                await self._sign_in_again(whose, str(error))
            if tokens.expired(now):
                raise
            return tokens.access_token
        return renewed.access_token

    async def sign_out(self, account: Whose = None, *, withdraw: bool = True) -> Account:
        """The account without tokens. What was copied stays, and so does whose it is: a sign-in goes on with it. A sync
        that runs stores nothing more.

        Args:
            withdraw: Tell Trakt first to accept the tokens no more.

        Raises:
            NoSuchAccount: There is none.
            NotConfigured: Nobody is signed in with it.
            TraktError: Trakt could not be told; nothing is changed.
        """
        from watchprint.sync import lease_of

        whose = await self.account(account)
        await self._withdrawn(whose) if withdraw else None

        def signed_out(work: Work) -> Account:
            work.credentials.drop(whose.id)
            work.leases.drop(lease_of(whose.id))
            work.accounts.set_link_status(whose.id, "disconnected", "Signed out here.")
            work.accounts.due_at(whose.id, None)
            return work.accounts.get(whose.id)

        return await self.store.awrite(signed_out)

    async def unlink(self, account: Whose = None, *, withdraw: bool = True) -> Account:
        """The account as a local one: its tokens are withdrawn at Trakt and deleted; what was copied stays. A sync that
        runs stores nothing more.

        Args:
            withdraw: Tell Trakt first to accept the tokens no more.

        Raises:
            NoSuchAccount: There is none.
            TraktError: Trakt could not be told; nothing is changed.
        """
        from watchprint.sync import lease_of

        whose = await self.account(account)
        if withdraw and await self._has_tokens(whose):
            await self._withdrawn(whose)

        def local(work: Work) -> Account:
            work.credentials.drop(whose.id)
            work.leases.drop(lease_of(whose.id))
            work.accounts.unlink(whose.id)
            return work.accounts.get(whose.id)

        return await self.store.awrite(local)

    async def forget(self, account: Whose) -> Forgotten:
        """What is gone: everything of the account. Its tokens are withdrawn first, if Trakt can be reached.

        Raises:
            NoSuchAccount: There is none.
        """
        whose = await self.account(account)
        withdrawn, because = None, None
        try:
            if await self._has_tokens(whose):
                withdrawn = False
                await self._withdrawn(whose)
                withdrawn = True
        except (TraktError, IdentityError) as error:
            withdrawn, because = False, str(error)
        gone = await asyncio.to_thread(self.store.forget, whose.id)
        self._clients.pop(whose.id, None)
        return Forgotten(whose.name, gone.plays, gone.cleaned, gone.elsewhere, withdrawn, because)

    async def _has_tokens(self, account: Account) -> bool:
        return await self.store.aread(lambda work: work.credentials.known(account.id))

    async def _withdrawn(self, account: Account) -> None:
        """Tell Trakt, while nobody renews the pair.

        Raises:
            NotConfigured: There is no pair, or it is of another Trakt.
            TraktError: It could not be told.
        """
        self.linked(account)
        trakt, source = self.blocking_trakt_without_user(), self.store.tokens(account.id)

        def told() -> None:
            trakt.oauth.revoke(source.current().access_token)

        await asyncio.to_thread(self._in_turn, account.id, told)

    def _in_turn(self, account_id: int, act: Callable[[], T]) -> T:
        with self.store.tokens(account_id).turn():
            return act()

    async def _sign_in_again(self, account: Account, why: str) -> None:
        with suppress(NoSuchAccount):
            await self.store.awrite(lambda work: work.accounts.set_link_status(account.id, "sign_in_again", why))


def new_link(settings: TraktSettings, trakt_url: str) -> NewLink:
    """Which Trakt user the settings are of.

    Raises:
        Unreadable: They do not say.
    """
    user, ids = settings.user, settings.user.ids
    if not ids.uuid:
        raise Unreadable("Trakt does not say which user this is: its settings have no ids.uuid")
    return NewLink(
        uuid=ids.uuid,
        trakt_url=trakt_url,
        slug=ids.slug or user.username,
        vip=bool(user.vip or user.vip_ep or user.vip_og),
        limits=msgspec.to_builtins(settings.limits),
    )


def _meant(work: Work, to: NewLink, name: str | None, zone: str | None) -> Account:
    """The account to link to a user who has none here yet."""
    everybody = work.accounts.all()
    if name is not None:
        try:
            account = work.accounts.named(name)
        except NoSuchAccount:
            return _created(work, name, zone)
    elif len(everybody) == 1 and everybody[0].link is None:
        account = everybody[0]
    else:
        return _named_after(work, to, zone)
    if account.link is not None:
        raise UserTaken(
            f"The account {account.name!r} is linked to the Trakt user {account.link.slug or account.link.uuid!r}. "
            "Name another account, or unlink it first."
        )
    return account


def _named_after(work: Work, to: NewLink, zone: str | None) -> Account:
    """A new account of the user's name; where that is taken or no name, of the nearest that is free."""
    try:
        base = account_name(to.slug or "trakt")
    except BadName:
        base = "trakt"
    for number in range(1, 10_000):
        with suppress(NameTaken):
            return _created(work, base if number == 1 else f"{base[:56]}-{number}", zone)
    raise NameTaken(f"Every name like {base!r} is taken. Choose one with --account.")


def _created(work: Work, name: str, zone: str | None) -> Account:
    try:
        return work.accounts.create(name, zone=zone or "UTC")
    except ZoneError:
        return work.accounts.create(name)


def _newer(given: Tokens, kept: Tokens | None) -> bool:
    ever = datetime.min.replace(tzinfo=UTC)
    return kept is None or (given.created_at or ever) > (kept.created_at or ever)
