"""Who the user is, what Trakt allows them, and where they live. Another user's settings are never taken.

A zone that Trakt tells anew holds from now on: what was watched before was watched where one lived then. A zone that
was set here stays until Trakt tells another than the last time. One that this computer does not know is not taken,
and that is said (`told_of_zone`).
"""

from __future__ import annotations

from typing import Final

import msgspec

from watchprint.domain.zones import ZoneError, zones
from watchprint.identity.accounts import Account, Link, NewLink
from watchprint.store import Store
from watchprint.store.work import Work
from watchprint.sync.errors import SyncError
from watchprint.sync.states.part import Keep, Part, Told
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.errors import Unreadable
from watchprint.trakt.models.users import Settings

_ZONE: Final = "settings.zone"
_UNKNOWN_ZONE: Final = "settings.unknown_zone"
_UNSET: Final = ((None, "UTC"),)
"""The zones of an account that was never given one."""


class AnotherUser(SyncError):
    """The tokens are those of another Trakt user than the account's."""


async def _read(trakt: AsyncTrakt, store: Store, account_id: int) -> Keep:
    account = await store.aread(lambda work: work.accounts.get(account_id))
    settings = await trakt.users.settings()
    _checked(account, settings)

    def keep(work: Work) -> Told:
        link = _checked(work.accounts.get(account_id), settings)
        _keep_link(work, account_id, link, settings)
        _keep_zone(work, account_id, (settings.account.timezone or "").strip())
        return Told()

    return keep


SETTINGS: Final = Part("settings", frozenset({"account.settings_at"}), _read)


def told_of_zone(work: Work, account_id: int) -> str | None:
    """What is to be said of the account's zone; None: all is well."""
    zone = work.cursors.get(account_id, _UNKNOWN_ZONE)
    if zone is None:
        return None
    return (
        f"Trakt says that your time zone is {zone!r}, which this computer does not know; the one from before stays. "
        "Set it with: watchprint accounts zone"
    )


def _checked(account: Account, settings: Settings) -> Link:
    """The account's link, whose user these settings are of.

    Raises:
        AnotherUser: They are another user's.
        Unreadable: They do not say whose they are.
    """
    uuid = settings.user.ids.uuid
    if not uuid:
        raise Unreadable("Trakt's settings do not say which user they are of; nothing was stored, try again later")
    if account.link is None or account.link.uuid != uuid:
        name = settings.user.ids.slug or settings.user.username or uuid
        raise AnotherUser(
            f"The account {account.name!r} is not linked to the Trakt user {name!r}, whose tokens it has. Nothing was "
            "stored. Sign in again as its own user: watchprint login"
        )
    return account.link


def _keep_link(work: Work, account_id: int, link: Link, settings: Settings) -> None:
    told = NewLink(
        uuid=link.uuid,
        trakt_url=link.trakt_url,
        slug=settings.user.ids.slug or settings.user.username or link.slug,
        vip=bool(settings.user.vip or settings.user.vip_ep or settings.user.vip_og),
        limits=msgspec.to_builtins(settings.limits),
    )
    known = NewLink(uuid=link.uuid, trakt_url=link.trakt_url, slug=link.slug, vip=link.vip, limits=dict(link.limits))
    if told != known:
        work.accounts.link(account_id, told)


def _keep_zone(work: Work, account_id: int, zone: str) -> None:
    before = work.cursors.get(account_id, _ZONE)
    if not zone or zone == before:
        return
    try:
        zones(zone)
    except ZoneError:
        work.cursors.put(account_id, _UNKNOWN_ZONE, zone)
        return
    spans = work.accounts.get(account_id).zones.spans
    first = before is None and spans == _UNSET
    work.accounts.set_zone(account_id, zone, from_at=None if first else work.now)
    work.cursors.put(account_id, _ZONE, zone)
    work.cursors.put(account_id, _UNKNOWN_ZONE, None)
