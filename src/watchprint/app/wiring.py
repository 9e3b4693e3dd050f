"""What every group of the core stands on: the settings, the store, the way to Trakt, and clients made of them."""

from __future__ import annotations

from typing import Any, TypeAlias

from watchprint.app.pacing import NoticingPacing
from watchprint.app.reaching import Reach
from watchprint.identity.accounts import Account
from watchprint.identity.errors import NoSuchAccount
from watchprint.service.faces import AsyncUserService, UserService
from watchprint.settings import Settings
from watchprint.store.store import Store
from watchprint.store.work import Work
from watchprint.trakt.clients import AsyncTrakt, DriverName, Groups, Trakt
from watchprint.trakt.clock import Clock
from watchprint.trakt.errors import NotConfigured
from watchprint.trakt.pacing import Pacing
from watchprint.trakt.ports import Awaiting, AwaitingHttp, Blocking, BlockingHttp
from watchprint.trakt.tokens import TokenSource

Whose: TypeAlias = str | Account | None
"""An account, its name, or None: the default account."""
TIMEOUT_S = 20.0


class Wiring:
    """The parts, joined. Connections are made when they are first needed, shared by all accounts, and closed with it.

    Attributes:
        settings: What is set.
        store: What is kept.
        reach: The way to Trakt.
    """

    def __init__(self, settings: Settings, store: Store, reach: Reach, driver: DriverName = "httpx2") -> None:
        self.settings: Settings = settings
        self.store: Store = store
        self.reach: Reach = reach
        self._driver: DriverName = driver
        self._http: AwaitingHttp | None = None
        self._blocking_http: BlockingHttp | None = None
        self._clients: dict[object, AsyncTrakt] = {}

    @property
    def clock(self) -> Clock:
        """Tells the time; when Trakt is a sandbox, the sandbox's."""
        return self.store.clock

    @property
    def local(self) -> bool:
        """This installation asks no Trakt."""
        return self.reach.local

    async def account(self, name: Whose = None) -> Account:
        """The account of that name; None: the default one.

        Raises:
            NoSuchAccount: There is none.
        """
        return await self.store.aread(lambda work: found(work, name))

    def trakt(self, account: Account) -> AsyncTrakt:
        """Trakt as this account, at the pace of people; a write makes its sync due. Closed with the installation.

        Raises:
            NotConfigured: This installation asks no Trakt, or the account is not linked to the one it asks.
        """
        self.linked(account)
        return self._client(account.id, NoticingPacing(self.store, account.id), self.store.tokens(account.id))

    def trakt_to_copy(self, account: Account) -> AsyncTrakt:
        """Trakt as this account, for one sync of its copy: people go first.

        Raises:
            NotConfigured: See `trakt`.
        """
        self.linked(account)
        pacing = self.store.pacing(account.id, share="copy")
        return self._made(pacing, self.store.tokens(account.id))

    def trakt_for(self, tokens: str | TokenSource) -> Groups[Awaiting]:
        """Trakt as whoever has this token, which nobody keeps here (pass-through).

        Raises:
            NotConfigured: This installation asks no Trakt.
            Invalid: It is no token.
        """
        return self.trakt_without_user().as_user(tokens)

    def trakt_without_user(self) -> AsyncTrakt:
        """Trakt as nobody: sign-ins, and what needs no user.

        Raises:
            NotConfigured: This installation asks no Trakt.
        """
        return self._client(None, self.store.pacing(), None)

    def service(self, account: Account) -> AsyncUserService:
        """The 27 methods as this account's user; a write makes its sync due.

        Raises:
            NotConfigured: See `trakt`.
        """
        return UserService[Awaiting](self.trakt(account).runner)

    def service_for(self, tokens: str | TokenSource) -> AsyncUserService:
        """The 27 methods for whoever has this token, which nobody keeps here (pass-through).

        Raises:
            NotConfigured: This installation asks no Trakt.
            Invalid: It is no token.
        """
        return UserService[Awaiting](self.trakt_for(tokens).runner)

    def blocking_trakt(self, account: Account) -> Groups[Blocking]:
        """`trakt` for blocking code, from any thread.

        Raises:
            NotConfigured: See `trakt`.
        """
        self.linked(account)
        pacing = NoticingPacing(self.store, account.id)
        return self._blocking_client(pacing).as_user(self.store.tokens(account.id))

    def blocking_trakt_without_user(self) -> Trakt:
        """`trakt_without_user` for blocking code.

        Raises:
            NotConfigured: This installation asks no Trakt.
        """
        return self._blocking_client(self.store.pacing())

    def linked(self, account: Account) -> None:
        """Make sure that the account is linked to the Trakt that this installation asks.

        Raises:
            NotConfigured: It is not; the text says what to do.
        """
        _ = self.reach.where
        link, here = account.link, self.reach.trakt_url
        if link is None:
            raise NotConfigured(
                f"the account {account.name!r} is not linked to Trakt: run `watchprint login --account {account.name}`"
            )
        if link.trakt_url != here:
            raise NotConfigured(
                f"the account {account.name!r} is linked at {link.trakt_url}, and TRAKT_API_URL says {here}: "
                "its tokens are sent to no other Trakt"
            )

    def _client(self, key: object, pacing: Pacing, tokens: TokenSource | None) -> AsyncTrakt:
        if key not in self._clients:
            self._clients[key] = self._made(pacing, tokens)
        return self._clients[key]

    def _made(self, pacing: Pacing, tokens: TokenSource | None) -> AsyncTrakt:
        if self._http is None:
            self._http = _awaiting_http(self._driver)
        how: Any = {**self.reach.where, "pacing": pacing, "clock": self.clock, "driver": self._http}
        return AsyncTrakt(**how, tokens=tokens)

    def _blocking_client(self, pacing: Pacing) -> Trakt:
        if self._blocking_http is None:
            self._blocking_http = _blocking_http(self._driver)
        how: Any = {**self.reach.where, "pacing": pacing, "clock": self.clock, "driver": self._blocking_http}
        return Trakt(**how)

    async def _hang_up(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
        if self._blocking_http is not None:
            self._blocking_http.close()


def found(work: Work, name: Whose) -> Account:
    """The account that is meant, as it is now.

    Raises:
        NoSuchAccount: There is none.
    """
    if isinstance(name, Account):
        return work.accounts.get(name.id)
    if name is not None:
        return work.accounts.named(name)
    account = work.accounts.default()
    if account is None:
        raise NoSuchAccount(
            "There is no account yet. Make one with `watchprint accounts create NAME`, or with `watchprint login`."
        )
    return account


def _awaiting_http(driver: DriverName) -> AwaitingHttp:
    if driver == "pyreqwest":
        from watchprint.trakt.drivers.with_pyreqwest import AwaitingPyreqwest

        return AwaitingPyreqwest(TIMEOUT_S)
    from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2

    return AwaitingHttpx2(TIMEOUT_S)


def _blocking_http(driver: DriverName) -> BlockingHttp:
    if driver == "pyreqwest":
        from watchprint.trakt.drivers.with_pyreqwest import BlockingPyreqwest

        return BlockingPyreqwest(TIMEOUT_S)
    from watchprint.trakt.drivers.with_httpx2 import BlockingHttpx2

    return BlockingHttpx2(TIMEOUT_S)
