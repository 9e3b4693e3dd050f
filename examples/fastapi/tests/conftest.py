"""The app, connected to the test's own Trakt (`trakt`, of Watchprint's pytest plugin), and browsers that visit it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from watchprint.testing import TestTrakt, TestUser

from .running import Browser, running

Visit = Callable[[], Browser]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The app's database; it is not there yet."""
    return tmp_path / "app.sqlite3"


@pytest.fixture
def site(trakt: TestTrakt, database: Path) -> Generator[str]:
    """The address of the running app."""
    with running(trakt.env, database) as address:
        trakt.allow_redirect(f"{address}/callback")
        yield address


@pytest.fixture
def visit(site: str) -> Generator[Visit]:
    """Opens one more browser, where nobody is signed in."""
    opened: list[Browser] = []

    def open_one() -> Browser:
        opened.append(Browser(site))
        return opened[-1]

    yield open_one
    for browser in opened:
        browser.close()


@pytest.fixture
def browser(visit: Visit, trakt_user: TestUser) -> Browser:
    """A browser in which the test's user is signed in."""
    one = visit()
    one.sign_in(trakt_user.slug)
    return one
