"""The accounts of an installation, by whatever name they are asked for."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from tests.app.conftest import settings
from tests.store.places import Place
from watchprint.app import Watchprint
from watchprint.domain.zones import ZoneError
from watchprint.identity import BadName, NameTaken, NoSuchAccount


@pytest.fixture
def local(place: Place) -> Watchprint:
    """An installation that asks no Trakt; closed when the test is over."""
    return Watchprint.open(settings(place))


def test_who_is_meant_where_nobody_is_named(local: Watchprint) -> None:
    with local as app:
        with pytest.raises(NoSuchAccount, match="accounts create NAME"):
            app.account()
        ann = app.create_account("Ann", "Europe/Berlin")
        assert app.account() == ann
        bob = app.create_account("bob")
        assert (app.account().name, app.account("BOB").name) == ("Ann", "bob")
        app.set_default("bob")
        assert app.account().name == "bob"
        assert app.account(ann).name == "Ann", "an account in hand is found by its number"
        app.rename(bob, "Bób")
        assert app.account(bob).name == "Bób"
        with pytest.raises(NoSuchAccount, match="'carl'"):
            app.account("carl")


def test_names_that_are_none_or_taken(local: Watchprint) -> None:
    with local as app:
        app.create_account("Ünï 雪")
        with pytest.raises(NameTaken):
            app.create_account("ÜNÏ 雪")
        for name in ("", "  ", "-x", "a\x1bb", "x" * 65):
            with pytest.raises(BadName):
                app.create_account(name)
        with pytest.raises(NoSuchAccount):
            app.rename("nobody", "x")
        assert [account.name for account in app.accounts()] == ["Ünï 雪"]


def test_where_and_how_the_person_lives(local: Watchprint) -> None:
    since = datetime(2025, 6, 1, tzinfo=UTC)
    with local as app:
        app.create_account("ann", "Europe/Berlin")
        moved = app.set_zone("ann", "Asia/Tokyo", since)
        assert moved.zones.spans == ((None, "Europe/Berlin"), (since, "Asia/Tokyo"))
        assert app.set_zone("ann", "UTC").zones.spans == ((None, "UTC"),)
        assert app.set_day_start("ann", "05:30").day_start_min == 330
        assert app.set_day_start("ann", time(0)).day_start_min == 0
        with pytest.raises(ZoneError):
            app.set_zone("ann", "Mars/Base")
        with pytest.raises(ZoneError):
            app.set_day_start("ann", "25:00")
        with pytest.raises(ZoneError):
            app.create_account("bob", "nowhere")
        assert [account.name for account in app.accounts()] == ["ann"]
