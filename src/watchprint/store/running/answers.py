"""First answers to writes that carry a key, kept a day so that the same write again gives the same answer.

Whoever sends a write again may do so because no answer came. Therefore a key is taken before the write leaves, by a
lease that its holder renews; where the holder died, nobody can say what became of the write, and it is not sent again.
Kept sealed, under a digest that names neither user nor key. Never holds a token.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from sqlalchemy import delete, select, update

from watchprint.identity.errors import TokensUnreadable
from watchprint.identity.keys import KeyRing
from watchprint.store.schema import first_answers
from watchprint.store.unit import Unit

KEPT: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Begun:
    """The key is free, and now one's own: go on."""


@dataclass(frozen=True, slots=True)
class InFlight:
    """Another is at it, for so long unless it ends sooner [s]."""

    left_s: float


@dataclass(frozen=True, slots=True)
class OtherBody:
    """The key was used for something else."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """Whoever was at it died before there was an answer, or the answer can be read no more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The first answer, as text."""

    answer: str


Claim: TypeAlias = Begun | InFlight | OtherBody | CutOff | Kept


class FirstAnswers:
    """The answers, within one transaction.

    A `name` is a digest of who, what and the key; a `fingerprint` is one of the body.
    """

    def __init__(self, unit: Unit, keys: Callable[[], KeyRing]) -> None:
        self._unit, self._connection, self._keys = unit, unit.connection, keys

    def claim(self, name: str, fingerprint: str, holder: str, for_s: float, account_id: int | None = None) -> Claim:
        """Take the key, or what there is of it.

        Args:
            holder: Who asks; unique among tasks of all processes.
            for_s: How long the key is taken unless it is renewed [s].
            account_id: The account it is about, with which it goes.
        """
        old = (first_answers.c.name == name) & (first_answers.c.made_at <= self._unit.now - KEPT)
        self._connection.execute(delete(first_answers).where(old, first_answers.c.until_at <= self._unit.now))
        row = {
            "name": name,
            "account_id": account_id,
            "fingerprint": fingerprint,
            "holder": holder,
            "until_at": self._unit.now + timedelta(seconds=for_s),
            "made_at": self._unit.now,
        }
        taken = self._unit.upsert(first_answers).values(row).on_conflict_do_nothing(index_elements=["name"])
        if self._connection.execute(taken.returning(first_answers.c.name)).first() is not None:
            return Begun()
        return self._found(name, fingerprint)

    def _found(self, name: str, fingerprint: str) -> Claim:
        row = self._connection.execute(select(first_answers).where(first_answers.c.name == name)).first()
        if row is None:
            return InFlight(0)  # let go between the two statements: ask again
        if row.fingerprint != fingerprint:
            return OtherBody()
        if row.answer is not None:
            try:
                return Kept(self._keys().open(row.key_id, row.answer, _place(name)))
            except TokensUnreadable:
                return CutOff()
        left_s = (row.until_at - self._unit.now).total_seconds()
        return InFlight(left_s) if left_s > 0 else CutOff()

    def renew(self, name: str, holder: str, for_s: float) -> None:
        """Hold the key for longer."""
        until_at = self._unit.now + timedelta(seconds=for_s)
        mine = (first_answers.c.name == name) & (first_answers.c.holder == holder)
        self._connection.execute(update(first_answers).where(mine).values(until_at=until_at))

    def keep(self, name: str, holder: str, answer: str) -> None:
        """Keep the answer for whoever sends the same again."""
        ring = self._keys()
        values = {"key_id": ring.current_id, "answer": ring.seal(answer, _place(name)), "until_at": self._unit.now}
        mine = (first_answers.c.name == name) & (first_answers.c.holder == holder)
        self._connection.execute(update(first_answers).where(mine).values(values))

    def free(self, name: str, holder: str) -> None:
        """Let the key go: nothing was stored, and the same may be tried again."""
        mine = (first_answers.c.name == name) & (first_answers.c.holder == holder) & first_answers.c.answer.is_(None)
        self._connection.execute(delete(first_answers).where(mine))

    def sweep(self) -> int:
        """Forget what has had its day; how many there were."""
        old = (first_answers.c.made_at <= self._unit.now - KEPT) & (first_answers.c.until_at <= self._unit.now)
        return self._connection.execute(delete(first_answers).where(old)).rowcount


def _place(name: str) -> str:
    return f"watchprint/first_answers/{name}"
