"""Accounts as they are kept: names, zones, links, the default, the revision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchprint.domain.zones import ZoneError
from watchprint.identity import BadName, NameTaken, NewLink, NoSuchAccount, UserTaken
from watchprint.store import Store

API = "https://api.trakt.tv"


def created(store: Store, name: str, zone: str = "UTC") -> int:
    return store.write(lambda work: work.accounts.create(name, zone=zone)).id


def revision(store: Store, account_id: int) -> int:
    return store.read(lambda work: work.accounts.revision(account_id))


def test_the_first_account_is_the_default(store: Store) -> None:
    assert store.read(lambda work: work.accounts.default()) is None
    ann, bob = created(store, "ann"), created(store, "Bob")
    default = store.read(lambda work: work.accounts.default())
    assert default is not None
    assert default.id == ann
    store.write(lambda work: work.accounts.set_default(bob))
    assert [(a.name, a.is_default) for a in store.read(lambda work: work.accounts.all())] == [
        ("ann", False),
        ("Bob", True),
    ]


@pytest.mark.parametrize("name", ["", "  ", "-x", "a\nb", "x" * 65])
def test_what_is_no_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(BadName):
        created(store, name)
    assert store.read(lambda work: work.accounts.all()) == []


def test_names_differ_by_more_than_case(store: Store) -> None:
    ann, bob = created(store, "Änn"), created(store, "bob")
    with pytest.raises(NameTaken):
        created(store, " äNN ")
    with pytest.raises(NameTaken):
        store.write(lambda work: work.accounts.rename(bob, "ÄNN"))
    store.write(lambda work: work.accounts.rename(ann, "ÄNN"))
    assert store.read(lambda work: work.accounts.named("änn")).name == "ÄNN"
    with pytest.raises(NoSuchAccount):
        store.read(lambda work: work.accounts.named("carl"))


def test_zones_hold_from_the_instant_they_began(store: Store) -> None:
    moved_at = datetime(2024, 5, 1, tzinfo=UTC)
    ann = created(store, "ann", "Europe/Berlin")
    before = revision(store, ann)
    store.write(lambda work: work.accounts.set_zone(ann, "Asia/Tokyo", from_at=moved_at))
    spans = ((None, "Europe/Berlin"), (moved_at, "Asia/Tokyo"))
    assert store.read(lambda work: work.accounts.get(ann)).zones.spans == spans
    assert revision(store, ann) == before + 1
    later = moved_at + timedelta(days=1)
    store.write(lambda work: work.accounts.set_zone(ann, "Asia/Tokyo", from_at=later))
    assert revision(store, ann) == before + 1
    store.write(lambda work: work.accounts.set_zone(ann, "UTC"))
    assert store.read(lambda work: work.accounts.get(ann)).zones.spans == ((None, "UTC"),)
    with pytest.raises(ZoneError):
        store.write(lambda work: work.accounts.set_zone(ann, "Mars/Olympus"))


def test_a_trakt_user_has_one_account(store: Store) -> None:
    ann, bob = created(store, "ann"), created(store, "bob")
    link = NewLink(uuid="u-1", trakt_url=API, slug="ann", vip=True, limits={"list": {"count": 5}})
    store.write(lambda work: work.accounts.link(ann, link))
    kept = store.read(lambda work: work.accounts.get(ann)).link
    assert kept is not None
    assert (kept.uuid, kept.slug, kept.vip, kept.limits, kept.status) == (
        "u-1", "ann", True, {"list": {"count": 5}}, "linked",
    )  # fmt: skip
    with pytest.raises(UserTaken, match="'ann'"):
        store.write(lambda work: work.accounts.link(bob, link))
    elsewhere = NewLink(uuid="u-1", trakt_url="http://127.0.0.1:8177")
    store.write(lambda work: work.accounts.link(bob, elsewhere))
    found = store.read(lambda work: work.accounts.of_trakt_user(API, "u-1"))
    assert found is not None
    assert found.id == ann


def test_how_a_link_stands_is_kept_until_it_is_well_again(store: Store) -> None:
    ann = created(store, "ann")
    link = NewLink(uuid="u-1", trakt_url=API)
    store.write(lambda work: work.accounts.link(ann, link))
    store.write(lambda work: work.accounts.set_link_status(ann, "locked", "Trakt has locked this user."))
    stands = store.read(lambda work: work.accounts.get(ann)).link
    assert stands is not None
    assert (stands.status, stands.status_reason) == ("locked", "Trakt has locked this user.")
    store.write(lambda work: work.accounts.link(ann, link))
    well = store.read(lambda work: work.accounts.get(ann)).link
    assert well is not None
    assert (well.status, well.status_reason) == ("linked", None)
    store.write(lambda work: work.accounts.unlink(ann))
    assert store.read(lambda work: work.accounts.get(ann)).link is None


def test_linked_accounts_come_due(store: Store) -> None:
    ann, bob, carl = (created(store, name) for name in ("ann", "bob", "carl"))
    now = store.clock.now()
    for n, account_id in enumerate((ann, bob)):
        link = NewLink(uuid=f"u-{n}", trakt_url=API)
        store.write(lambda work, a=account_id, to=link: work.accounts.link(a, to))  # type: ignore[misc]
    store.write(lambda work: work.accounts.due_at(ann, now - timedelta(minutes=1)))
    store.write(lambda work: work.accounts.due_at(bob, now - timedelta(minutes=2)))
    store.write(lambda work: work.accounts.due_at(carl, now - timedelta(minutes=3)))
    assert [account.id for account in store.read(lambda work: work.accounts.due())] == [bob, ann]
    store.write(lambda work: work.accounts.due_at(bob, now + timedelta(minutes=1)))
    store.write(lambda work: work.accounts.due_at(ann, now + timedelta(minutes=1), only_sooner=True))
    assert [account.id for account in store.read(lambda work: work.accounts.due())] == [ann]


def test_an_account_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(NoSuchAccount, match="number 7"):
        store.write(lambda work: work.accounts.set_day_start(7, 0))
