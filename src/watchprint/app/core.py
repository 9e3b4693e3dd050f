"""AsyncWatchprint: the core. Opened with the settings, closed when done; the CLI, HTTP and pages ask this same object.

    async with await AsyncWatchprint.open() as app:
        await app.sync()
        answer = await app.insight("totals")

Several processes may have the same installation open. Belongs to the event loop it was opened in.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Self

from watchprint.app.copying import Copying
from watchprint.app.custody import Custody
from watchprint.app.exchanging import Exchanging
from watchprint.app.keeping import Keeping
from watchprint.app.people import People
from watchprint.app.reaching import Reach
from watchprint.identity.keys import KeyRing
from watchprint.settings import Setting, Settings
from watchprint.store.store import Store
from watchprint.trakt.clients import DriverName
from watchprint.trakt.clock import Clock


class AsyncWatchprint(People, Custody, Copying, Exchanging, Keeping):
    """One installation: its accounts, their copies of Trakt, and what they say.

    Attributes:
        settings: What is set.
        store: What is kept.
        clock: Tells the time.
    """

    @classmethod
    async def open(
        cls,
        settings: Settings | None = None,
        *,
        home: Path | str | None = None,
        database_url: str | None = None,
        clock: Clock | None = None,
        driver: DriverName = "httpx2",
        lead: bool = False,
    ) -> Self:
        """The installation, its store brought to this program's revision.

        Args:
            settings: What is set; None: as the environment says.
            home: WATCHPRINT_HOME, instead of the setting.
            database_url: WATCHPRINT_DATABASE_URL, instead of the setting.
            clock: Tells the time; None: a sandbox's where Trakt is one, else the system's.
            driver: The HTTP library.
            lead: Waits move a sandbox's clock on instead of passing (for demonstrations).

        Raises:
            StoreTooNew: A newer program has changed the store.
            StoreUnwritable, StoreUnreachable, StoreDamaged, StoreBusy: It cannot be used now.
            KeysUnusable: WATCHPRINT_KEYS holds no keys.
            NotConfigured: The home's sandbox cannot be started.
        """
        said = _with(settings or Settings.from_env(), WATCHPRINT_HOME=home, WATCHPRINT_DATABASE_URL=database_url)
        return await asyncio.to_thread(cls._opened, said, clock, driver, lead)

    @classmethod
    def _opened(cls, settings: Settings, clock: Clock | None, driver: DriverName, lead: bool) -> Self:
        keys = None if settings.keys is None else KeyRing.parsed(settings.keys)
        reach = Reach(settings, lead=lead)
        try:
            store = Store.open(home=settings.home, url=settings.database_url, keys=keys, clock=clock or reach.clock)
        except BaseException:
            reach.close()
            raise
        return cls(settings, store, reach, driver)

    async def aclose(self) -> None:
        """Finish what was begun, and let go of everything."""
        self._lenses.close()
        await self._hang_up()
        await asyncio.to_thread(self.store.close)
        await asyncio.to_thread(self.reach.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _with(settings: Settings, **changes: Path | str | None) -> Settings:
    """The settings with others in place of some."""

    def changed(setting: Setting) -> Setting:
        value = changes.get(setting.name)
        return setting if value is None else replace(setting, value=str(value), origin="environment")

    return Settings(tuple(map(changed, settings.all)))
