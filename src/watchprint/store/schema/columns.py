"""Kinds of columns that mean the same on both databases. Instants are microseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, Column, Dialect, ForeignKey, Integer, MetaData, Text
from sqlalchemy.types import TypeDecorator

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId: Final = BigInteger().with_variant(Integer(), "sqlite")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
MINUTE_US: Final = 60_000_000


def us(at: datetime) -> int:
    """An aware instant as microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def instant(at_us: int) -> datetime:
    """Microseconds since 1970 as an instant in UTC."""
    return _EPOCH + timedelta(microseconds=at_us)


def minute_us(at: datetime | None) -> int | None:
    """The minute an instant is in, as microseconds since 1970; None stays unknown."""
    return None if at is None else us(at) // MINUTE_US * MINUTE_US


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else us(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else instant(value)


class Day(TypeDecorator[date]):
    """A plain date, kept as text: 2024-05-01."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A value of lists, mappings, texts and numbers, kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value)


def of_account(*, primary: bool = False, indexed: bool = False) -> Column[int]:
    """The column that says whose row it is; the row goes with its account."""
    return Column(
        "account_id",
        BigId,
        ForeignKey("accounts.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary,
        index=indexed,
    )


def of_title(*, null: bool = False, primary: bool = False) -> Column[int]:
    """The column that says which title a row is about."""
    return Column("title_id", BigId, ForeignKey("titles.id"), nullable=null, primary_key=primary, index=not primary)
