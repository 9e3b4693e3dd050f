"""What a command line's home keeps, as tests look at it: the store's own values, and every byte on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from tests.cli.running import Cli
from watchprint.identity import Account
from watchprint.store import Store, Work
from watchprint.trakt.clock import SystemClock
from watchprint.trakt.tokens import Tokens

T = TypeVar("T")


def home_of(cli: Cli) -> Path:
    return Path(cli.env["WATCHPRINT_HOME"])


class LongAgo(SystemClock):
    """A time before every sandbox's, at which no lease is over."""

    def now(self) -> datetime:
        return datetime(2000, 1, 1, tzinfo=UTC)


def looked_up(cli: Cli, work: Callable[[Work], T]) -> T:
    """What the store of this home says, whatever time it is at the sandbox: leases are there until they are let go."""
    with Store.open(home=home_of(cli), url=cli.env.get("WATCHPRINT_DATABASE_URL"), clock=LongAgo()) as store:
        return store.read(work)


def changed(cli: Cli, work: Callable[[Work], T]) -> T:
    """What became of a change in the store of this home, from another program."""
    with Store.open(home=home_of(cli), url=cli.env.get("WATCHPRINT_DATABASE_URL")) as store:
        return store.write(work)


def accounts(cli: Cli) -> list[Account]:
    """The accounts of this home, by name."""
    return looked_up(cli, lambda work: work.accounts.all())


def pair_of(cli: Cli, name: str | None = None) -> Tokens | None:
    """The pair of the named account, or of the default one; None: nobody is signed in."""

    def read(work: Work) -> Tokens | None:
        account = work.accounts.default() if name is None else work.accounts.named(name)
        return None if account is None else work.credentials.get(account.id)

    return looked_up(cli, read)


def files_with(folder: Path, words: Iterable[str]) -> list[Path]:
    """The files in which one of the words stands."""
    needles = [word.encode() for word in words]
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
