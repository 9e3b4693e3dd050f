"""Somebody's tests that leave everything behind, and see nothing of one another."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchprint import Movie, TraktService
from watchprint.testing import SandboxRefused, TestTrakt, TestUser

seen: set[str] = set()


def look(trakt: TestTrakt, trakt_user: TestUser) -> None:
    """Nothing is there; then everything is left behind."""
    with Path("where.txt").open("a") as file:
        file.write(f"{os.getpid()} {trakt.base_url}\n")
    assert trakt_user.slug not in seen
    assert trakt_user.access_token not in seen
    seen.update((trakt_user.slug, trakt_user.access_token))
    assert trakt.requests == []
    assert trakt.plays(trakt_user) == []
    assert abs(trakt.now - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(SandboxRefused):
        trakt.state("left-behind")
    service = TraktService.from_env()
    assert service.scrobble_stop(trakt_user.access_token, Movie(tmdb=949), progress=99).play_id is not None
    assert len(trakt.plays(trakt_user)) == 1
    trakt.user("left-behind", plays=3)
    trakt.switch(strict=True, rate_limits=True)
    trakt.fault("503", times=None)
    trakt.advance(7 * 86_400)


def test_first(trakt: TestTrakt, trakt_user: TestUser) -> None:
    look(trakt, trakt_user)


def test_second(trakt: TestTrakt, trakt_user: TestUser) -> None:
    look(trakt, trakt_user)


@pytest.mark.parametrize("turn", range(4))
def test_many(trakt: TestTrakt, trakt_user: TestUser, turn: int) -> None:
    look(trakt, trakt_user)


def test_without_the_fixture_nothing_points_anywhere() -> None:
    assert [name for name in os.environ if name.startswith("TRAKT_")] == []
