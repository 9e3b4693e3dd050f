"""The app, connected to the test's own Trakt (`trakt`, of Watchprint's pytest plugin), and browsers that visit it.

The app runs once for all tests of a process, as in real life; each test has users of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from watchprint.testing import TestTrakt, TestUser

from . import postgres as bringing
from .browsing import Browser
from .running import Site, environment, free_port, manage, running

Visit = Callable[[], Browser]


@pytest.fixture(scope="session")
def running_site(trakt_server: TestTrakt, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """The app on SQLite."""
    folder = tmp_path_factory.mktemp("site")
    with app_on(f"sqlite:///{folder}/app.sqlite3", trakt_server, folder) as site:
        yield site


@pytest.fixture
def site(running_site: Site, trakt: TestTrakt) -> Site:
    """The same, at a Trakt where nothing has happened."""
    trakt.allow_redirect(f"{running_site.address}/callback")
    return running_site


@pytest.fixture
def visit(site: Site) -> Generator[Visit]:
    """Opens one more browser, where nobody is signed in."""
    yield from visits(site)


@pytest.fixture
def browser(visit: Visit, trakt_user: TestUser) -> Browser:
    """A browser in which the test's user is signed in."""
    one = visit()
    one.sign_in(trakt_user.slug)
    return one


# --- on both databases


@pytest.fixture(scope="session")
def postgres() -> Generator[str]:
    """The address of a PostgreSQL server."""
    with bringing.server() as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def two_processes(
    request: pytest.FixtureRequest, trakt_server: TestTrakt, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[Site, Site]]:
    """Two apps on one database, which share nothing else."""
    folder = tmp_path_factory.mktemp("two")
    with ExitStack() as until_the_end:
        if request.param == "postgresql":
            address = until_the_end.enter_context(bringing.database(request.getfixturevalue("postgres")))
            first = until_the_end.enter_context(app_on(address, trakt_server, folder))
        else:
            first = request.getfixturevalue("running_site")
        second = running(first.env, free_port(), folder / "log-2")
        yield first, until_the_end.enter_context(second)


@pytest.fixture
def two(two_processes: tuple[Site, Site], trakt: TestTrakt) -> tuple[Site, Site]:
    """The same, at a Trakt where nothing has happened."""
    trakt.allow_redirect(f"{two_processes[0].address}/callback")
    return two_processes


@pytest.fixture
def visit_two(two: tuple[Site, Site]) -> Generator[Visit]:
    """Opens one more browser at the first of them."""
    yield from visits(two[0])


def visits(site: Site) -> Generator[Visit]:
    opened: list[Browser] = []

    def open_one() -> Browser:
        opened.append(Browser(site.address))
        return opened[-1]

    yield open_one
    for browser in opened:
        browser.close()


def app_on(database: str, trakt: TestTrakt, folder: Path) -> AbstractContextManager[Site]:
    """The app with its tables made."""
    port = free_port()
    env = environment(trakt.env, database, TRAKT_REDIRECT_URI=f"http://127.0.0.1:{port}/callback")
    made = manage(env, "migrate", "--verbosity", "0")
    assert made.returncode == 0, made.stderr
    return running(env, port, folder / "log")
