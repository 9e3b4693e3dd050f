"""What was seen, as history rows: ids from the sandbox's one sequence, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.state import Item, Kind, Play, State

FALLBACK_MIN = 45
"""How long a viewing of a title takes whose length nobody knows [min]."""


@dataclass(slots=True)
class Viewing:
    """Something seen to its end at an instant (UTC, whole minutes; UNKNOWN = no date)."""

    at: datetime
    title: Movie | Episode
    action: str = "scrobble"


_KINDS: dict[type[Title], Kind] = {
    Movie: "movie",
    Show: "show",
    Season: "season",
    Episode: "episode",
    Person: "person",
}


def item_of(title: Title) -> Item:
    """The title as the state names it."""
    return Item(_KINDS[type(title)], title.trakt)


def runtime_of(title: Movie | Episode) -> int:
    """Length [min]: its own, else its show's, else a usual one."""
    if title.runtime_min:
        return title.runtime_min
    show_min = title.show.runtime_min if isinstance(title, Episode) else None
    return show_min or FALLBACK_MIN


def length_of(title: Movie | Episode) -> timedelta:
    """Length as a span."""
    return timedelta(minutes=runtime_of(title))


def recorded(state: State, viewings: Sequence[Viewing]) -> list[Play]:
    """History rows, newest first; ids rise with time, and rows of one minute keep their order."""
    rows = [
        Play(state.new_id(), seen.at, seen.action, _KINDS[type(seen.title)], seen.title.trakt)
        for seen in sorted(viewings, key=lambda seen: seen.at)
    ]
    rows.reverse()
    return rows
