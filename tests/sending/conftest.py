"""A store on each database, a sandbox, and an account that is linked to a user of it."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.sending.desk import SendingDesk
from tests.store.conftest import place, postgres, template
from tests.store.places import Place
from watchprint.sandbox.following import FollowedClock
from watchprint.store import Store
from watchprint.testing.desk import TestTrakt, TestUser

__all__ = ["place", "postgres", "template"]


@pytest.fixture
def desk(trakt: TestTrakt, trakt_user: TestUser, place: Place) -> Generator[SendingDesk]:
    """An account of an empty store, linked; one time for all."""
    clock = FollowedClock(trakt.base_url, lead=True)
    try:
        with Store.open(home=place.home, url=place.url, clock=clock) as store:
            yield SendingDesk(trakt, store, trakt_user, clock)
    finally:
        clock.close()
        trakt.clear_faults()
