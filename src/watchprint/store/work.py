"""What a piece of work is given: everything that is kept, within one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from watchprint.store.people.accounts import Accounts
from watchprint.store.titles.titles import Titles
from watchprint.store.unit import Unit

T = TypeVar("T")


class Work:
    """The store within one transaction. Good only until that ends; its results are values.

    Attributes:
        now: The instant the transaction counts as.
        accounts: Who there is.
        titles: What there is to watch, as far as some account refers to it.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.now: datetime = unit.now
        self.accounts = Accounts(unit)
        self.titles = Titles(unit)


def done(work: Callable[[Work], T], now: datetime) -> Callable[[Connection], T]:
    """The same work as a function of a connection."""

    def on(connection: Connection) -> T:
        unit = Unit(connection, now)
        result = work(Work(unit))
        unit.finish()
        return result

    return on
