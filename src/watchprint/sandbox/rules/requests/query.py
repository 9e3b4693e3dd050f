"""What query strings say: flags, spans of time, comma lists. Garbage is refused only where Trakt would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from watchprint.sandbox.kernel import Call
from watchprint.sandbox.rules.instants import read_instant
from watchprint.sandbox.rules.requests.when import invalid


def flag(query: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Whether the query switches that on."""
    value = query.get(name)
    return default if value is None else value.lower() in ("true", "1", "yes", "")


def words(text: str | None) -> tuple[str, ...]:
    """The parts of a comma list."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def span(call: Call) -> tuple[datetime | None, datetime | None]:
    """`start_at` and `end_at` (UTC), both inclusive.

    Raises:
        Refusal: 400 for text that is no time.
    """
    return _instant(call.query.get("start_at")), _instant(call.query.get("end_at"))


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    at = read_instant(text.replace(" ", "+"))
    if at is None:
        raise invalid(f"Invalid datetime: {text[:60]}")
    return at
