"""What is known of a title, from several sources: for each fact the most trusted one that says it. Pure.

A community's rating is Trakt's, out of its own rows or an export: what another community thinks is kept under its
source, and never stands in for it. A count of votes belongs to the rating beside it, and is only taken with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import msgspec

from watchprint.domain.title import FACT_NAMES, Facts, rank

COMMUNITY: Final = frozenset({"trakt", "export"})
"""Whose rating is the community's."""
_JUDGED: Final = frozenset({"rating", "votes"})
_KINDS: Final[dict[str, Any]] = {"released_on": date, "first_aired_at": datetime}


def plain(facts: Facts) -> dict[str, Any]:
    """What is said, as it is kept: texts, numbers, lists."""
    said: dict[str, Any] = msgspec.to_builtins(facts.said())
    return said | {name: list(value) for name, value in said.items() if isinstance(value, tuple)}


def best(by_source: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Each fact as the most trusted source has it, and who that is.

    Returns:
        Every fact by name (None: nobody says it), in the kinds of `Facts`; and the source of each that is said.
    """
    values: dict[str, Any] = dict.fromkeys(FACT_NAMES)
    sources: dict[str, str] = {}
    for source in sorted(by_source, key=rank):
        for name, value in by_source[source].items():
            if name in _JUDGED and source not in COMMUNITY:
                continue
            if name in values and name not in sources:
                values[name] = msgspec.convert(value, _KINDS[name]) if name in _KINDS else value
                sources[name] = source
    if "votes" in sources and sources["votes"] != sources.get("rating"):
        votes = by_source[sources["rating"]].get("votes") if "rating" in sources else None
        values["votes"] = votes
        sources.pop("votes")
    return values, sources


def of_columns(values: Mapping[str, Any]) -> Facts:
    """The facts in a row of `titles`."""
    known: dict[str, Any] = {name: values[name] for name in FACT_NAMES}
    known["genres"] = tuple(known["genres"] or ())
    return Facts(**known)
