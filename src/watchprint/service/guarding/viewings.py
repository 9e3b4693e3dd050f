"""One asked play: of which title, and between which minutes a play would be that same one. Pure.

An instant means its minute, as Trakt keeps it. Without an instant it is now: a play of the last minutes is the same
viewing, so that a second try after a lost answer finds the first. RELEASED is when the title came out, give or take a
day, since Trakt does not say how it counts. UNKNOWN is where Trakt keeps plays without a date.

Source: trakt-api.md 11.5 (minute precision, "released", "unknown", 1970).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from watchprint.service.arguments import UNKNOWN_AT, Asked
from watchprint.service.titles.finding import Known
from watchprint.service.writing.bodies import Line
from watchprint.trakt.facts import At, Moment, Seen, instant
from watchprint.trakt.items import Item
from watchprint.trakt.models import titles

MINUTE: Final = timedelta(minutes=1)
JUST_NOW: Final = timedelta(minutes=10)
"""Nobody finishes the same title twice within this."""
AROUND_RELEASE: Final = timedelta(days=1)

Span = tuple[datetime, datetime]
"""From this minute to that, both included."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """A play to be added.

    Attributes:
        asked: What the caller handed in.
        item: The title; an episode, where a show had to be taken apart.
        when: The instant (UTC), RELEASED, UNKNOWN, or None for now.
        span: Between which minutes a play of the title is this one.
        at: The minute that it will have.
    """

    asked: Asked
    item: Item
    when: datetime | Moment | None
    span: Span = (UNKNOWN_AT, UNKNOWN_AT)
    at: datetime = UNKNOWN_AT

    @property
    def exact(self) -> bool:
        """It has one minute, and no other will do."""
        return self.span[0] == self.span[1]

    def line(self) -> Line:
        """What is sent for it."""
        marks: dict[str, Any] = {} if self.when is None else {"watched_at": said(self.when)}
        return Line(self.item, self.asked, marks)


def said(when: datetime | Moment) -> datetime | str:
    """An instant as a request says it."""
    return when.value if isinstance(when, Moment) else when


def asked_viewing(asked: Asked, item: Item, otherwise: At | None) -> Viewing:
    """The play that is asked for, not yet placed in time."""
    own = asked.source.at if isinstance(asked.source, Seen) else None
    return Viewing(asked, item, instant(otherwise if own is None else own))


def placed(viewing: Viewing, now: datetime) -> Viewing:
    """The same in time; what is RELEASED needs the title's facts (`released`)."""
    match viewing.when:
        case None:
            minute = to_minute(now)
            return replace(viewing, span=(minute - JUST_NOW, minute + MINUTE), at=minute)
        case datetime() as at:
            minute = to_minute(at)
            return replace(viewing, span=(minute, minute), at=minute)
    return replace(viewing, span=(UNKNOWN_AT, UNKNOWN_AT), at=UNKNOWN_AT)


def released(viewing: Viewing, known: Known) -> Viewing:
    """The same at the end of its first showing; without a date of that, Trakt knows none either."""
    out_at = released_at(known)
    if out_at is None:
        return replace(viewing, item=known.item)
    at = to_minute(out_at)
    return replace(viewing, item=known.item, span=(at - AROUND_RELEASE, at + AROUND_RELEASE), at=at)


def released_at(known: Known) -> datetime | None:
    """When its first showing was over (UTC), as far as it is known."""
    title = known.title
    begun_at: datetime | None = None
    if isinstance(title, titles.Movie) and title.released:
        begun_at = datetime.fromisoformat(title.released).replace(tzinfo=UTC)
    elif isinstance(title, titles.Episode):
        begun_at = title.first_aired
    runtime_min = getattr(title, "runtime", None) or (known.show.runtime if known.show else None) or 0
    return None if begun_at is None else begun_at + timedelta(minutes=runtime_min)


def to_minute(at: datetime) -> datetime:
    """The minute that Trakt keeps."""
    return at.replace(second=0, microsecond=0)
