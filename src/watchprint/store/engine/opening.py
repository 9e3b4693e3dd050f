"""Which database an address or a home means. Opens it; makes no table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from watchprint.store.engine.sqlite import Sqlite
from watchprint.store.errors import StoreUnreachable

FILE: Final = "watchprint.db"
if TYPE_CHECKING:
    from watchprint.store.engine.postgres import Postgres

_POSTGRES: Final = ("postgres", "postgresql", "postgresql+psycopg")


def place_of(url: str | None, home: Path) -> Path | None:
    """The file that an address or a home means; None: it means a server, or nothing."""
    if not url or not url.strip():
        return home / FILE
    try:
        parsed = make_url(url.strip())
    except ArgumentError:
        return None
    return Path(parsed.database).expanduser() if parsed.drivername == "sqlite" and parsed.database else None


def database(url: str | None, home: Path) -> Sqlite | Postgres:
    """The database of an address, else the file in the home.

    Args:
        url: `postgresql://user:password@host/name` or `sqlite:///path`; None or blank: the home's own file.
        home: WATCHPRINT_HOME.

    Raises:
        StoreUnreachable: The address is none, or the extra `postgres` is not installed.
        StoreUnwritable: The file cannot be made.
    """
    if not url or not url.strip():
        return Sqlite(home / FILE)
    try:
        parsed = make_url(url.strip())
    except ArgumentError:
        raise StoreUnreachable("WATCHPRINT_DATABASE_URL is no address: write postgresql://user@host/name.") from None
    if parsed.drivername == "sqlite" and parsed.database:
        return Sqlite(Path(parsed.database).expanduser())
    if parsed.drivername not in _POSTGRES:
        raise StoreUnreachable(
            f"WATCHPRINT_DATABASE_URL names {parsed.drivername}; a store is kept on sqlite or postgresql."
        )
    try:
        import psycopg  # noqa: F401

        from watchprint.store.engine.postgres import Postgres
    except ImportError as error:
        raise StoreUnreachable("A store on PostgreSQL needs an extra: pip install 'watchprint[postgres]'") from error
    return Postgres(parsed.set(drivername="postgresql+psycopg"))
