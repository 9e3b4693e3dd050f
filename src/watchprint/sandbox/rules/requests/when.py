"""The times that sync items carry: a date, nothing, "released", "unknown"; and numbers, which Trakt misreads."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from watchprint.sandbox.catalogue.titles import Title
from watchprint.sandbox.kernel import Refusal, World
from watchprint.sandbox.rules.instants import read_instant, released_at, to_second, viewing_time
from watchprint.sandbox.state import UNKNOWN


def invalid(sentence: str) -> Refusal:
    """The 400 of Trakt's validating front."""
    return Refusal(400, {"error": sentence})


_WORDS: Final = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    list: "array",
    dict: "object",
}


def asked_instant(value: Any, world: World) -> datetime:
    """When a request says something happened (UTC).

    Raises:
        Refusal: 400 for null, for text that is no time, and for a number when the sandbox is strict. Otherwise
            a number counts as now, as on Trakt.
    """
    if isinstance(value, str):
        at = read_instant(value, strict=world.options.strict)
        if at is None:
            raise invalid(f"Invalid datetime: {value[:60]}")
        return at
    if type(value) in (int, float) and not world.options.strict:
        return world.now
    raise invalid(f"Expected string, received {_WORDS[type(value)]}")


def watched_at(attrs: dict[str, Any], title: Title, world: World) -> datetime:
    """The `watched_at` of a history item, cut to the minute; missing means now."""
    value = attrs.get("watched_at", "now")
    if value == "unknown":
        return UNKNOWN
    if value == "released":
        released = released_at(title)
        return UNKNOWN if released is None else world.to_minute(released + viewing_time(title))
    return world.to_minute(asked_instant(value, world) if "watched_at" in attrs else world.now)


def attr_instant(attrs: dict[str, Any], name: str, title: Title, world: World) -> datetime:
    """Another time of an item (`collected_at`, `rated_at`, `hidden_at`), to the second; missing means now."""
    if name not in attrs:
        return to_second(world.now)
    if attrs[name] == "released" and name == "collected_at":
        return released_at(title) or to_second(world.now)
    return to_second(asked_instant(attrs[name], world))
