"""Tokens of accounts, sealed: each value opens in its own account and column only. Plain tokens are never written."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select, update

from watchprint.identity.keys import KeyRing
from watchprint.store.errors import UnknownRow
from watchprint.store.schema import credentials
from watchprint.store.unit import Unit
from watchprint.trakt.tokens import Tokens


class Credentials:
    """The tokens, within one transaction."""

    def __init__(self, unit: Unit, keys: Callable[[], KeyRing]) -> None:
        self._unit, self._connection, self._keys = unit, unit.connection, keys

    def put(self, account_id: int, tokens: Tokens) -> None:
        """Keep a pair, in place of the one there is."""
        self._unit.lock(account_id)
        ring = self._keys()
        refresh = tokens.refresh_token
        values = {
            "key_id": ring.current_id,
            "access_token": ring.seal(str(tokens.access_token), _place(account_id, "access_token")),
            "refresh_token": None if refresh is None else ring.seal(str(refresh), _place(account_id, "refresh_token")),
            "issued_at": tokens.created_at,
            "expires_in_s": tokens.expires_in_s,
            "renewing_at": None,
        }
        row = self._unit.upsert(credentials).values(account_id=account_id, **values)
        self._connection.execute(row.on_conflict_do_update(index_elements=[credentials.c.account_id], set_=values))

    def get(self, account_id: int) -> Tokens | None:
        """The pair of an account; None: nobody is signed in.

        Raises:
            TokensUnreadable: The key is not there, or the row was changed or moved.
        """
        row = self._connection.execute(select(credentials).where(credentials.c.account_id == account_id)).first()
        if row is None:
            return None
        ring = self._keys()
        access = ring.open(row.key_id, row.access_token, _place(account_id, "access_token"))
        refresh = row.refresh_token
        if refresh is not None:
            refresh = ring.open(row.key_id, refresh, _place(account_id, "refresh_token"))
        return Tokens(access, refresh, row.issued_at, row.expires_in_s)

    def known(self, account_id: int) -> bool:
        """Somebody is signed in with the account, whether or not the pair opens."""
        asked = select(credentials.c.account_id).where(credentials.c.account_id == account_id)
        return self._connection.execute(asked).first() is not None

    def begin_renewal(self, account_id: int) -> None:
        """Note that a pair is about to be renewed: a store that cannot be written is met before anything is spent.

        Raises:
            UnknownRow: Nobody is signed in.
        """
        mine = update(credentials).where(credentials.c.account_id == account_id).values(renewing_at=self._unit.now)
        if self._connection.execute(mine).rowcount == 0:
            raise UnknownRow("nobody is signed in")

    def drop(self, account_id: int) -> None:
        """Forget the pair."""
        self._connection.execute(delete(credentials).where(credentials.c.account_id == account_id))

    def seal_anew(self, ring: KeyRing) -> int:
        """Seal every pair with the ring's current key; how many there are."""
        rows = self._connection.execute(select(credentials).with_for_update()).all()
        for row in rows:
            values: dict[str, object] = {"key_id": ring.current_id}
            for column in ("access_token", "refresh_token"):
                if (value := row._mapping[column]) is not None:
                    place = _place(row.account_id, column)
                    values[column] = ring.seal(ring.open(row.key_id, value, place), place)
            mine = credentials.c.account_id == row.account_id
            self._connection.execute(update(credentials).where(mine).values(values))
        return len(rows)


def _place(account_id: int, column: str) -> str:
    return f"watchprint/credentials/{account_id}/{column}"
