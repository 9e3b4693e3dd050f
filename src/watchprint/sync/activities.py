"""What Trakt says has changed, field by field, and how sure one can be of a field that has only just moved. Pure.

Trakt tells these instants to the second, and an answer may be a moment behind what was written. A field that is as
old as the second it was read in may stand for changes that nobody has seen yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

import msgspec

from watchprint.trakt.models import Activities

Kind: TypeAlias = Literal["movies", "episodes"]
KINDS: Final[tuple[Kind, ...]] = ("movies", "episodes")
Fields: TypeAlias = Mapping[str, str]
"""Field ("movies.watched_at") to instant, as text."""

FRESH_S: Final = 10.0
"""What changed less than so long ago may change again while it is read: it is looked at once more first."""
SETTLED_S: Final = 2.5
"""So old a change is in every answer: the second it is told in is over, and what answers lag behind has passed."""
DOUBTED_S: Final = 60.0
"""A change that cannot be found is looked for again, if it is newer than this."""


def fields_of(activities: Activities) -> Fields:
    """Every field with its instant; `all` is left out."""
    groups = msgspec.to_builtins(activities)
    return {
        f"{group}.{name}": text
        for group, names in groups.items()
        if isinstance(names, dict)
        for name, text in names.items()
    }


def plays_field(kind: Kind) -> str:
    """The field that moves with the plays of a kind."""
    return f"{kind}.watched_at"


def moved(before: Fields, now: Fields, again: Collection[str] = ()) -> frozenset[str]:
    """The fields that are other than they were, or that are to be looked at again; those not known before too."""
    return frozenset(field for field, text in now.items() if before.get(field) != text or field in again)


def youngest_s(fields: Iterable[str], now: Fields, at: datetime) -> float | None:
    """How long ago the newest of these fields moved [s]; None: there is none."""
    ages_s = [(at - datetime.fromisoformat(now[field])) / timedelta(seconds=1) for field in fields]
    return min(ages_s, default=None)


def unsettled(fields: Iterable[str], now: Fields, at: datetime) -> frozenset[str]:
    """Those of these fields that may stand for more than could be seen at that instant."""
    return frozenset(field for field in fields if (youngest_s([field], now, at) or 0.0) < SETTLED_S)
