"""What a body's shape cannot say: whether each item has enough to be found by, and each time is one. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET, Struct

from watchprint.trakt.errors import Invalid
from watchprint.trakt.facts import instant
from watchprint.web.shapes.items import item_of


def faults(body: Struct) -> list[tuple[str, str]]:
    """Where something is wrong in a body, and what: `$.items[3].at`."""
    found = list(_of_time(body, "$"))
    for place, item in _items(body):
        found += _of_item(item, place)
        found += _of_time(item, place)
    return found


def _items(body: Struct) -> Iterator[tuple[str, Struct]]:
    for place, item in enumerate(getattr(body, "items", ())):
        yield f"$.items[{place}]", item
    one: Struct | None = getattr(body, "item", None)
    if one is not None:
        yield "$.item", one


def _of_item(item: Struct, place: str) -> Iterator[tuple[str, str]]:
    try:
        item_of(item)
    except Invalid as error:
        yield place, str(error)


def _of_time(said: Any, place: str) -> Iterator[tuple[str, str]]:
    at = getattr(said, "at", None)
    try:
        instant(None if at is UNSET else at)
    except Invalid as error:
        yield f"{place}.at", str(error)
