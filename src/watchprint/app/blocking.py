"""Watchprint: the core for blocking code. The same object as AsyncWatchprint, on a private event loop in one thread.

    with Watchprint.open() as app:
        app.sync()
        print(app.insight("totals").rows)

Good for any number of threads; opened by the process that uses it, not before a fork. Each method is that of
AsyncWatchprint, and says there what it gives and raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, Unpack

from watchprint.app.core import AsyncWatchprint
from watchprint.app.custody import Forgotten
from watchprint.app.loop import PrivateLoop
from watchprint.app.standing import Status
from watchprint.app.wiring import Whose
from watchprint.identity.accounts import Account
from watchprint.service.faces import UserService
from watchprint.settings import Settings
from watchprint.store.store import Store
from watchprint.trakt.clients import DriverName, Groups, Trakt
from watchprint.trakt.clock import Clock
from watchprint.trakt.ports import Blocking
from watchprint.trakt.tokens import Tokens

if TYPE_CHECKING:
    import pyarrow as pa

    from watchprint import exporting, importing, sending, titles
    from watchprint.domain.period import Period
    from watchprint.insights import Answer, Asked
    from watchprint.insights.findings import Findings
    from watchprint.store.imports.imports import Import, Undone
    from watchprint.store.shelves.values import OnNow
    from watchprint.sync.report import Progress, SyncReport


class Watchprint:
    """One installation, blocking; made by `Watchprint.open`.

    Args:
        app: The installation, opened in the loop.
        loop: Where it lives.
    """

    def __init__(self, app: AsyncWatchprint, loop: PrivateLoop) -> None:
        self._app, self._loop = app, loop

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        home: Path | str | None = None,
        database_url: str | None = None,
        clock: Clock | None = None,
        driver: DriverName = "httpx2",
        lead: bool = False,
    ) -> Self:
        """The installation; see `AsyncWatchprint.open`."""
        loop = PrivateLoop("watchprint")
        opening = AsyncWatchprint.open(
            settings, home=home, database_url=database_url, clock=clock, driver=driver, lead=lead
        )
        try:
            return cls(loop.run(opening), loop)
        except BaseException:
            loop.close()
            raise

    @property
    def settings(self) -> Settings:
        """What is set."""
        return self._app.settings

    @property
    def store(self) -> Store:
        """What is kept."""
        return self._app.store

    @property
    def clock(self) -> Clock:
        """Tells the time."""
        return self._app.clock

    @property
    def local(self) -> bool:
        """This installation asks no Trakt."""
        return self._app.local

    def trakt(self, account: Account) -> Groups[Blocking]:
        """Trakt as this account, from any thread; a write makes its sync due."""
        return self._app.blocking_trakt(account)

    def trakt_without_user(self) -> Trakt:
        """Trakt as nobody: sign-ins, and what needs no user."""
        return self._app.blocking_trakt_without_user()

    def service(self, account: Account) -> UserService[Blocking]:
        """The 27 methods as this account's user; a write makes its sync due."""
        return UserService[Blocking](self.trakt(account).runner)

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        return self._loop.run(self._app.accounts())

    def account(self, name: Whose = None) -> Account:
        """The account of that name; None: the default one."""
        return self._loop.run(self._app.account(name))

    def create_account(self, name: str, zone: str | None = None) -> Account:
        """A new local account; the first one is the default."""
        return self._loop.run(self._app.create_account(name, zone))

    def rename(self, name: Whose, new: str) -> Account:
        """The account under its new name."""
        return self._loop.run(self._app.rename(name, new))

    def set_default(self, name: Whose) -> Account:
        """The account, which is now meant where none is named."""
        return self._loop.run(self._app.set_default(name))

    def set_zone(self, name: Whose, zone: str, from_at: datetime | None = None) -> Account:
        """The account, living in this zone."""
        return self._loop.run(self._app.set_zone(name, zone, from_at))

    def set_day_start(self, name: Whose, day_start: str | time) -> Account:
        """The account, whose days begin then."""
        return self._loop.run(self._app.set_day_start(name, day_start))

    def link(self, access: Tokens, *, name: str | None = None, only_newer: bool = False) -> Account:
        """The account that these tokens' user has here; the pair is kept, sealed."""
        return self._loop.run(self._app.link(access, name=name, only_newer=only_newer))

    def access_token(self, account: Whose = None) -> str:
        """An access token that Trakt accepts, renewed once half of its life is over."""
        return self._loop.run(self._app.access_token(account))

    def sign_out(self, account: Whose = None, *, withdraw: bool = True) -> Account:
        """The account without tokens; a sign-in goes on with it."""
        return self._loop.run(self._app.sign_out(account, withdraw=withdraw))

    def unlink(self, account: Whose = None, *, withdraw: bool = True) -> Account:
        """The account as a local one."""
        return self._loop.run(self._app.unlink(account, withdraw=withdraw))

    def forget(self, account: Whose) -> Forgotten:
        """What is gone: everything of the account."""
        return self._loop.run(self._app.forget(account))

    def sync(
        self, account: Whose = None, *, whole: bool = False, on_progress: Callable[[Progress], None] | None = None
    ) -> SyncReport:
        """What was read and what it changed; `on_progress` is told in the loop's thread."""
        return self._loop.run(self._app.sync(account, whole=whole, on_progress=on_progress))

    def plays(self, account: Whose = None) -> pa.Table:
        """Every play as an Arrow table."""
        return self._loop.run(self._app.plays(account))

    def ratings(self, account: Whose = None) -> pa.Table:
        """Every rating as an Arrow table."""
        return self._loop.run(self._app.ratings(account))

    def insight(self, name: str, *, account: Whose = None, **asked: Unpack[Asked]) -> Answer:
        """The answer to one insight over the account's copy."""
        return self._loop.run(self._app.insight(name, account=account, **asked))

    def findings(self, account: Whose = None, **asked: Unpack[Asked]) -> Findings:
        """What stands out in the account's copy."""
        return self._loop.run(self._app.findings(account, **asked))

    def on_now(self, account: Whose = None) -> OnNow | None:
        """What the account's user watches now, asked of Trakt and kept; None: nothing."""
        return self._loop.run(self._app.on_now(account))

    def status(self, account: Whose = None) -> Status:
        """How the account stands."""
        return self._loop.run(self._app.status(account))

    def take_in(
        self,
        path: Path | str,
        account: Whose = None,
        *,
        create: bool = False,
        zone: str | None = None,
        dry_run: bool = False,
        force: bool = False,
        on_progress: importing.Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> importing.ImportReport:
        """What came of taking a file in, all or nothing."""
        how: dict[str, Any] = {"create": create, "zone": zone, "dry_run": dry_run, "force": force}
        return self._loop.run(self._app.take_in(path, account, **how, on_progress=on_progress, cancelled=cancelled))

    def imports(self, account: Whose = None) -> list[Import]:
        """The files that were taken in, the latest first."""
        return self._loop.run(self._app.imports(account))

    def undo_import(self, import_id: int) -> Undone:
        """How much was given back of an import."""
        return self._loop.run(self._app.undo_import(import_id))

    def import_report(self, import_id: int) -> importing.ImportReport:
        """What an import reported, with the rows that are still not taken."""
        return self._loop.run(self._app.import_report(import_id))

    def write_problems(self, report: importing.ImportReport, csv: Path | str) -> int:
        """How many rows that were not taken are in the CSV now."""
        return self._loop.run(self._app.write_problems(report, csv))

    def correct_import(self, import_id: int, csv: Path | str) -> importing.ImportReport:
        """What came of rows that an import did not take, as a completed CSV has them."""
        return self._loop.run(self._app.correct_import(import_id, csv))

    def preview_sending(
        self, import_id: int, account: Whose = None, *, on_progress: Callable[[sending.Progress], None] | None = None
    ) -> sending.Preview:
        """What sending an import on to Trakt would do now."""
        return self._loop.run(self._app.preview_sending(import_id, account, on_progress=on_progress))

    def send_on(
        self,
        import_id: int,
        account: Whose = None,
        *,
        on_progress: Callable[[sending.Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> sending.Sent:
        """What became of the plays of an import that Trakt does not have, sent on to it."""
        going = self._app.send_on(import_id, account, on_progress=on_progress, cancelled=cancelled)
        return self._loop.run(going)

    def export(
        self,
        destination: Path | str | BinaryIO | None = None,
        account: Whose = None,
        *,
        format: str | None = None,
        parts: Iterable[str] | None = None,
        period: Period | str | None = None,
        force: bool = False,
        on_progress: Callable[[exporting.Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> exporting.Exported:
        """What was written of an account."""
        how: dict[str, Any] = {"format": format, "parts": parts, "period": period, "force": force}
        writing = self._app.export(destination, account, **how, on_progress=on_progress, cancelled=cancelled)
        return self._loop.run(writing)

    def enrich(
        self,
        sources: Iterable[titles.Source],
        account: Whose = None,
        *,
        again: bool = False,
        on_progress: Callable[[titles.Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> titles.Enriched:
        """What sources say of the account's titles that lack something."""
        asking = self._app.enrich(sources, account, again=again, on_progress=on_progress, cancelled=cancelled)
        return self._loop.run(asking)

    def coverage(self, account: Whose = None) -> titles.Coverage:
        """How much is known of what the account watched, and what would raise it."""
        return self._loop.run(self._app.coverage(account))

    def purge(self) -> None:
        """Let go of what has had its time, if nobody did so today."""
        self._loop.run(self._app.purge())

    def backup(self, file: Path | str) -> None:
        """Write a back-up of the whole store."""
        self._loop.run(self._app.backup(file))

    def restore(self, file: Path | str) -> None:
        """Let the store hold what a back-up holds."""
        self._loop.run(self._app.restore(file))

    def rotate_keys(self, *, drop_old: bool = False) -> int:
        """Seal every pair of tokens with a new key; how many there are."""
        return self._loop.run(self._app.rotate_keys(drop_old=drop_old))

    def close(self) -> None:
        """Finish what was begun, and let go of everything."""
        if not self._loop.closed:
            self._loop.run(self._app.aclose())
            self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
