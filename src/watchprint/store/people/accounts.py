"""Accounts: making, finding, naming, linking; which is due to be read. Their tokens are in `credentials`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.exc import IntegrityError

from watchprint.domain.zones import Zones, zones
from watchprint.identity.accounts import DAY_START_MIN, Account, Link, LinkStatus, NewLink, account_name, name_key
from watchprint.identity.errors import NameTaken, NoSuchAccount, UserTaken
from watchprint.store.schema import account_zones, accounts
from watchprint.store.unit import Unit


class Accounts:
    """The accounts, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def create(self, name: str, *, zone: str = "UTC", day_start_min: int = DAY_START_MIN) -> Account:
        """A new local account; the first one is the default.

        Args:
            name: Unique on this installation, whatever its case.
            zone: IANA name of the person's time zone.
            day_start_min: Minutes after midnight at which a day begins.

        Raises:
            BadName, NameTaken: It cannot have this name.
            ZoneError: The time zone is not known.
        """
        name, spans = account_name(name), zones(zone).spans
        self._free(name)
        first = self._connection.execute(select(accounts.c.id).limit(1)).first() is None
        row = {"name": name, "name_key": name_key(name), "is_default": first, "day_start_min": day_start_min}
        insert = accounts.insert().values(**row, created_at=self._unit.now).returning(accounts.c.id)
        account_id = self._connection.execute(insert).scalar_one()
        self._put_zones(account_id, spans)
        return self.get(account_id)

    def get(self, account_id: int) -> Account:
        """The account of this number.

        Raises:
            NoSuchAccount: There is none.
        """
        return self._one(accounts.c.id == account_id, f"number {account_id}")

    def named(self, name: str) -> Account:
        """The account of this name, whatever its case.

        Raises:
            NoSuchAccount: There is none.
        """
        return self._one(accounts.c.name_key == name_key(name.strip()), f"named {name.strip()!r}")

    def default(self) -> Account | None:
        """The account that is meant where none is named; None: there is no account."""
        found = self._found(accounts.c.is_default)
        return found[0] if found else None

    def of_trakt_user(self, trakt_url: str, uuid: str) -> Account | None:
        """The account that is linked to this Trakt user."""
        found = self._found((accounts.c.trakt_url == trakt_url) & (accounts.c.trakt_uuid == uuid))
        return found[0] if found else None

    def all(self) -> list[Account]:
        """Every account, by name."""
        return self._found()

    def any_linked(self) -> bool:
        """Some account is linked to a Trakt user."""
        asked = select(accounts.c.id).where(accounts.c.trakt_uuid.is_not(None)).limit(1)
        return self._connection.execute(asked).first() is not None

    def revision(self, account_id: int) -> int:
        """The account's revision, which moves with every change.

        Raises:
            NoSuchAccount: There is none.
        """
        found = self._connection.execute(select(accounts.c.revision).where(accounts.c.id == account_id)).scalar()
        if found is None:
            raise NoSuchAccount(f"There is no account number {account_id}; it may have been forgotten.")
        return int(found)

    def rename(self, account_id: int, name: str) -> None:
        """Give the account another name.

        Raises:
            BadName, NameTaken: It cannot have this name.
        """
        name = account_name(name)
        self._free(name, but=account_id)
        self._set(account_id, name=name, name_key=name_key(name))

    def set_default(self, account_id: int) -> None:
        """Make this the account that is meant where none is named."""
        self.get(account_id)
        self._connection.execute(update(accounts).values(is_default=accounts.c.id == account_id))

    def set_day_start(self, account_id: int, day_start_min: int) -> None:
        """Let days begin so many minutes after midnight."""
        if self.get(account_id).day_start_min != day_start_min:
            self._set(account_id, day_start_min=day_start_min)

    def set_zone(self, account_id: int, zone: str, *, from_at: datetime | None = None) -> None:
        """Let the person live in this zone.

        Args:
            zone: IANA name.
            from_at: Since when; later changes are dropped. None: since ever, and never elsewhere.

        Raises:
            ZoneError: The zone is not known.
        """
        new = zones([(from_at, zone)]).spans
        before = self.get(account_id).zones.spans
        if from_at is not None:
            if Zones(before).name_at(from_at) == zone and all(at is None or at < from_at for at, _ in before):
                return
            new = (*(span for span in before if span[0] is None or span[0] < from_at), *new)
        if new != before:
            self._unit.changing(account_id)
            self._put_zones(account_id, new)

    def link(self, account_id: int, to: NewLink) -> None:
        """Link the account to a Trakt user, or bring up to date what is known of the link; it is well from now on.

        Raises:
            UserTaken: Another account is linked to that user.
        """
        other = self.of_trakt_user(to.trakt_url, to.uuid)
        if other is not None and other.id != account_id:
            raise UserTaken(f"The account {other.name!r} is linked to this Trakt user already. Use that one.")
        before = self.get(account_id).link
        known = {"trakt_url": to.trakt_url, "trakt_uuid": to.uuid, "trakt_slug": to.slug, "trakt_vip": to.vip}
        self._set(account_id, **known, trakt_limits=dict(to.limits))
        if before is None or before.status != "linked" or before.uuid != to.uuid:
            self._set(account_id, link_status="linked", link_status_at=self._unit.now, link_reason=None)

    def set_link_status(self, account_id: int, status: LinkStatus, reason: str | None = None) -> None:
        """Note how the link stands, for the user to see."""
        link = self.get(account_id).link
        if link is not None and (link.status, link.status_reason) != (status, reason):
            self._set(account_id, link_status=status, link_status_at=self._unit.now, link_reason=reason)

    def unlink(self, account_id: int) -> None:
        """Make it a local account; what was copied stays."""
        gone = dict.fromkeys(("trakt_url", "trakt_uuid", "trakt_slug", "trakt_vip", "trakt_limits"))
        self._set(account_id, **gone, link_status=None, link_status_at=None, link_reason=None, sync_due_at=None)

    def due_at(self, account_id: int, at: datetime | None, *, only_sooner: bool = False) -> None:
        """Let the account be read from Trakt at this instant (None: not at all).

        Args:
            only_sooner: Leave an earlier instant as it is.
        """
        where = accounts.c.id == account_id
        if only_sooner:
            where &= (accounts.c.sync_due_at > at) | accounts.c.sync_due_at.is_(None)
        self._connection.execute(update(accounts).where(where).values(sync_due_at=at))

    def due(self) -> list[Account]:
        """The linked accounts whose time has come, the longest overdue first."""
        due = (accounts.c.sync_due_at <= self._unit.now) & accounts.c.trakt_uuid.is_not(None)
        return sorted(self._found(due), key=lambda account: (account.sync_due_at or self._unit.now, account.id))

    def _free(self, name: str, but: int | None = None) -> None:
        where = (accounts.c.name_key == name_key(name)) & (accounts.c.id != (but or 0))
        if self._connection.execute(select(accounts.c.id).where(where)).first() is not None:
            raise NameTaken(f"There is an account named {name!r} already. Choose another name.")

    def _set(self, account_id: int, **values: Any) -> None:
        self._unit.changing(account_id)
        try:
            self._connection.execute(update(accounts).where(accounts.c.id == account_id).values(**values))
        except IntegrityError as error:  # only another installation's transaction can come between
            raise NameTaken("Another account has just taken this name or this Trakt user. Try again.") from error

    def _put_zones(self, account_id: int, spans: Sequence[tuple[datetime | None, str]]) -> None:
        self._connection.execute(delete(account_zones).where(account_zones.c.account_id == account_id))
        rows = [{"place": n, "began_at": at, "zone": name} for n, (at, name) in enumerate(spans)]
        self._unit.insert(account_zones, [{"account_id": account_id, **row} for row in rows])

    def _one(self, where: Any, described: str) -> Account:
        found = self._found(where)
        if not found:
            raise NoSuchAccount(f"There is no account {described}. List them with: watchprint accounts")
        return found[0]

    def _found(self, *where: Any) -> list[Account]:
        rows = self._connection.execute(select(accounts).where(*where).order_by(accounts.c.name_key)).all()
        spans: dict[int, list[tuple[datetime | None, str]]] = {row.id: [] for row in rows}
        living = select(account_zones).order_by(account_zones.c.account_id, account_zones.c.place)
        if where:
            living = living.where(account_zones.c.account_id.in_(spans))
        for row in self._connection.execute(living):
            if row.account_id in spans:
                spans[row.account_id].append((row.began_at, row.zone))
        return [_account(row, Zones(tuple(spans[row.id]))) for row in rows]


def _account(row: Row[Any], living: Zones) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        zones=living,
        day_start_min=row.day_start_min,
        is_default=row.is_default,
        link=None if row.trakt_uuid is None else _link(row),
        revision=row.revision,
        created_at=row.created_at,
        sync_due_at=row.sync_due_at,
    )


def _link(row: Row[Any]) -> Link:
    return Link(
        uuid=row.trakt_uuid,
        trakt_url=row.trakt_url,
        slug=row.trakt_slug,
        vip=row.trakt_vip,
        limits=row.trakt_limits or {},
        status=row.link_status,
        status_since_at=row.link_status_at,
        status_reason=row.link_reason,
    )
