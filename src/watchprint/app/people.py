"""The accounts of an installation: who there is, and how each is named and lives. Nothing here asks Trakt."""

from __future__ import annotations

from datetime import datetime, time

from watchprint.app.wiring import Whose, Wiring, found
from watchprint.domain.zones import day_start_min
from watchprint.identity.accounts import DAY_START_MIN, Account
from watchprint.store.work import Work


class People(Wiring):
    """Accounts: list, make, name."""

    async def accounts(self) -> list[Account]:
        """Every account, by name."""
        return await self.store.aread(lambda work: work.accounts.all())

    async def create_account(self, name: str, zone: str | None = None) -> Account:
        """A new local account; the first one is the default.

        Args:
            name: Unique on this installation, whatever its case.
            zone: IANA name of the person's time zone; None: UTC.

        Raises:
            BadName, NameTaken: It cannot have this name.
            ZoneError: The zone is not known.
        """
        return await self.store.awrite(
            lambda work: work.accounts.create(name, zone=zone or "UTC", day_start_min=DAY_START_MIN)
        )

    async def rename(self, name: Whose, new: str) -> Account:
        """The account under its new name.

        Raises:
            NoSuchAccount: There is none of the old name.
            BadName, NameTaken: It cannot have the new one.
        """

        def renamed(work: Work) -> Account:
            account = found(work, name)
            work.accounts.rename(account.id, new)
            return work.accounts.get(account.id)

        return await self.store.awrite(renamed)

    async def set_default(self, name: Whose) -> Account:
        """The account, which is now meant where none is named.

        Raises:
            NoSuchAccount: There is none.
        """

        def chosen(work: Work) -> Account:
            account = found(work, name)
            work.accounts.set_default(account.id)
            return work.accounts.get(account.id)

        return await self.store.awrite(chosen)

    async def set_zone(self, name: Whose, zone: str, from_at: datetime | None = None) -> Account:
        """The account, living in this zone.

        Args:
            zone: IANA name.
            from_at: Since when (aware); later changes are dropped. None: since ever.

        Raises:
            NoSuchAccount: There is none.
            ZoneError: The zone is not known, or `from_at` has none.
        """

        def moved(work: Work) -> Account:
            account = found(work, name)
            work.accounts.set_zone(account.id, zone, from_at=from_at)
            return work.accounts.get(account.id)

        return await self.store.awrite(moved)

    async def set_day_start(self, name: Whose, day_start: str | time) -> Account:
        """The account, whose days begin then.

        Args:
            day_start: "HH:MM" or a time of the wall clock, in whole minutes.

        Raises:
            NoSuchAccount: There is none.
            ZoneError: It is no time of a day.
        """
        minutes = day_start_min(day_start)

        def begun(work: Work) -> Account:
            account = found(work, name)
            work.accounts.set_day_start(account.id, minutes)
            return work.accounts.get(account.id)

        return await self.store.awrite(begun)
