"""What a piece of work is given: everything that is kept, within one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, select

from watchprint.identity.keys import KeyRing
from watchprint.store.imports.imports import Imports
from watchprint.store.imports.meeting import Meeting
from watchprint.store.keeping.files import Files
from watchprint.store.keeping.purging import Purged, purge
from watchprint.store.people.accounts import Accounts
from watchprint.store.people.credentials import Credentials
from watchprint.store.plays.plays import Plays
from watchprint.store.running.answers import FirstAnswers
from watchprint.store.running.budgets import Budgets
from watchprint.store.running.cursors import Cursors
from watchprint.store.running.leases import Leases
from watchprint.store.schema import plays
from watchprint.store.shelves.positions import Positions
from watchprint.store.shelves.ratings import Ratings
from watchprint.store.shelves.shelves import Shelves
from watchprint.store.titles.airing import Airing
from watchprint.store.titles.titles import Titles
from watchprint.store.unit import Unit

T = TypeVar("T")


class Work:
    """The store within one transaction. Good only until that ends; its results are values.

    Attributes:
        now: The instant the transaction counts as.
        accounts: Who there is.
        titles: What there is to watch, as far as some account refers to it.
        airing: When the episodes of shows that are watched were aired.
        plays: What was watched.
        ratings: What was thought of it.
        shelves: Watchlist, collection, favourites, personal lists.
        positions: How far into what, and what is on now.
        imports: Files that were taken in, and their undoing.
        meeting: What a file that is taken in meets here.
        files: Files that were written outside of the store.
        credentials: Tokens, sealed.
        budgets: What is used of Trakt's limits.
        leases: Who does what now.
        cursors: How far an account has been read.
        answers: What was answered to writes that may be sent again.
    """

    def __init__(self, unit: Unit, keys: Callable[[], KeyRing]) -> None:
        self._unit = unit
        self.now: datetime = unit.now
        self.accounts = Accounts(unit)
        self.titles = Titles(unit)
        self.airing = Airing(unit)
        self.plays = Plays(unit)
        self.ratings = Ratings(unit)
        self.shelves = Shelves(unit)
        self.positions = Positions(unit)
        self.imports = Imports(unit)
        self.meeting = Meeting(unit)
        self.files = Files(unit)
        self.credentials = Credentials(unit, keys)
        self.budgets = Budgets(unit)
        self.leases = Leases(unit)
        self.cursors = Cursors(unit)
        self.answers = FirstAnswers(unit, keys)

    def purge(self) -> Purged:
        """Let go of what has had its time: removed rows after thirty days, titles that nobody refers to."""
        return purge(self._unit)

    def finish(self) -> None:
        """What follows from the work: plays of titles that were two are folded, revisions move."""
        for title_id in sorted(set(self._unit.merged)):
            whose = select(plays.c.account_id).where(plays.c.title_id == title_id).distinct()
            for account_id in sorted(self._unit.connection.execute(whose).scalars()):
                self.plays.fold_reports(account_id, title_id)
        self._unit.finish()


def done(work: Callable[[Work], T], now: datetime, keys: Callable[[], KeyRing]) -> Callable[[Connection], T]:
    """The same work as a function of a connection."""

    def on(connection: Connection) -> T:
        at_work = Work(Unit(connection, now), keys)
        result = work(at_work)
        at_work.finish()
        return result

    return on
