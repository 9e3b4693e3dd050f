"""Who the user is, and where they live: followed, and never mixed with another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sync.states.desk import PART, Desk
from watchprint.sync.states import AnotherUser, told_of_zone


def settings_of(desk: Desk, **traits: Any) -> None:
    """Give the user other traits, as the user would; and read them."""

    def given(user: Any) -> None:
        for name, value in traits.items():
            setattr(user, name, value)

    desk.change(given)
    desk.read(PART["settings"])


def test_settings_bring_the_name_the_limits_and_the_zone(desk: Desk) -> None:
    settings_of(desk, zone="Europe/Paris")
    account = desk.store.read(lambda work: work.accounts.get(desk.account_id))
    assert account.link is not None
    assert (account.link.slug, account.link.vip) == (desk.slug, True)
    assert account.link.limits["watchlist"]["item_count"] == desk.user.limits.watchlist_items
    assert account.zones.spans == ((None, "Europe/Paris"),), "the first zone told holds since ever"
    before = account.revision
    desk.read(PART["settings"])
    assert desk.store.read(lambda work: work.accounts.revision(desk.account_id)) == before, "nothing is new"


def test_a_zone_that_changes_holds_from_now_on(desk: Desk) -> None:
    settings_of(desk, zone="Europe/Paris")
    desk.later(days=3)
    settings_of(desk, zone="Asia/Tokyo")
    account = desk.store.read(lambda work: work.accounts.get(desk.account_id))
    (never, first), (at, second) = account.zones.spans
    assert (never, first, second) == (None, "Europe/Paris", "Asia/Tokyo")
    assert at is not None
    assert abs(at - desk.store.clock.now()) < timedelta(minutes=1)
    desk.store.write(lambda work: work.accounts.set_zone(desk.account_id, "Europe/Rome"))
    desk.read(PART["settings"])
    account = desk.store.read(lambda work: work.accounts.get(desk.account_id))
    assert account.zones.spans == ((None, "Europe/Rome"),), "one's own zone stays until Trakt tells another"


def test_a_zone_that_nobody_knows_is_said_and_not_taken(desk: Desk) -> None:
    settings_of(desk, zone="Europe/Paris")
    settings_of(desk, zone="Pacific Time (US & Canada)")
    account = desk.store.read(lambda work: work.accounts.get(desk.account_id))
    assert account.zones.spans == ((None, "Europe/Paris"),)
    said = desk.store.read(lambda work: told_of_zone(work, desk.account_id))
    assert said is not None
    assert "Pacific Time (US & Canada)" in said
    settings_of(desk, zone="America/Los_Angeles")
    assert desk.store.read(lambda work: told_of_zone(work, desk.account_id)) is None


def test_another_users_tokens_are_an_error_and_store_nothing(desk: Desk) -> None:
    before = desk.store.read(lambda work: work.accounts.get(desk.account_id))
    with pytest.raises(AnotherUser, match="watchprint login"):
        settings_of(desk, uuid="another", zone="Asia/Tokyo", vip=False)
    assert desk.store.read(lambda work: work.accounts.get(desk.account_id)) == before
