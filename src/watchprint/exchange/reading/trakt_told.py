"""A row of Trakt's JSON, as what it says: of the history a play, of ratings a rating, of a shelf an entry.

Reads bytes of one row at a time; what it cannot read is a row with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from watchprint.domain.title import Title
from watchprint.domain.zones import Zones
from watchprint.exchange.reading.times import BadTime, read_time
from watchprint.exchange.reading.told import How, Part, Told
from watchprint.exchange.reading.trakt_shape import DECODER, Shape, Time, Titles, named

_DETAILS: Final = {
    "media_type": "media_type", "resolution": "resolution", "hdr": "hdr", "audio": "audio",
    "audio_channels": "audio_channels", "3d": "is_3d",
}  # fmt: skip
_WATCHABLE: Final = (None, "movie", "episode")
_RATEABLE: Final = ("movie", "show", "season", "episode")


class RowReader:
    """Reads rows of one file.

    Attributes:
        plays: How many plays the last row of a watched title says it has.
    """

    def __init__(self, zones: Zones) -> None:
        self._zones, self._titles, self.plays = zones, Titles(), 0

    def read(
        self, raw: msgspec.Raw | bytes, part: Part, place: str, *, list_key: str | None = None
    ) -> list[Told] | None:
        """What a row says; None: it is empty. A show that is owned says as much as it has episodes."""
        try:
            row = DECODER.decode(raw)
            if row is None:
                return None
            self.plays = row.plays or 0
            return self.told(row, part, place, list_key)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, BadTime) as error:
            return [Told(part=part, place=place, wrong=_short(error), raw={"row": _text(raw)}, list_key=list_key)]

    def told(self, row: Shape, part: Part, place: str, list_key: str | None = None) -> list[Told]:
        """What a row says.

        Raises:
            BadTime: One of its times is none.
        """
        if part == "collection" and row.seasons is not None and row.movie is None and row.episode is None:
            return self._owned(row, place)
        kind, title = self._titles.of(row)
        if part == "titles":
            return [_facts(title, kind, place)]
        if part == "plays":
            return [self._play(row, kind, title, place)]
        if part == "ratings":
            return [self._rating(row, kind, title, place)]
        at, how = self._time(row.collected_at if part == "collection" else row.listed_at)
        details = _details(row.metadata) if part == "collection" else {}
        wrong = None if named(title) else "the row names no title (Trakt has deleted it)"
        return [
            Told(
                part=part, place=place, kind=kind, title=title, at=at, how=how, wrong=wrong, rank=row.rank,
                trakt_id=row.id, notes=_notes(row.notes), list_key=list_key, details=details,
            )
        ]  # fmt: skip

    def _play(self, row: Shape, kind: str | None, title: Title | None, place: str) -> Told:
        at, how = self._time(row.watched_at)
        wrong = None if kind in _WATCHABLE else f"a {kind} is not one viewing; its episodes are"
        return Told(
            part="plays", place=place, kind=kind, title=title, at=at, how=how, trakt_id=row.id,
            action=row.action.replace("\x00", "") if row.action else None, wrong=wrong,
        )  # fmt: skip

    def _rating(self, row: Shape, kind: str | None, title: Title | None, place: str) -> Told:
        at, how = self._time(row.rated_at)
        rating = whole_rating(row.rating)
        wrong = None
        if rating is None:
            wrong = f"{row.rating!r} is no rating from 1 to 10"
        elif not named(title) or kind not in _RATEABLE:
            wrong = "the row names no title (Trakt has deleted it)"
        return Told(part="ratings", place=place, kind=kind, title=title, at=at, how=how, rating=rating, wrong=wrong)

    def _owned(self, row: Shape, place: str) -> list[Told]:
        found = []
        for title, said, metadata in self._titles.owned(row):
            at, how = self._time(said)
            each = f"{place} S{title.season}E{title.number}"
            wrong = None if named(title) else "the row names no title (Trakt has deleted it)"
            found.append(
                Told(
                    part="collection", place=each, kind="episode", title=title, at=at, how=how, wrong=wrong,
                    details=_details(metadata),
                )
            )  # fmt: skip
        return found

    def _time(self, said: Time | None) -> tuple[datetime | None, How | None]:
        if said is None or said == "":
            return None, None
        return read_time(said, self._zones)


def whole_rating(said: float | None) -> int | None:
    """A rating as Trakt has them: a whole number from 1 to 10; None: it is none."""
    if said is None or not 1 <= said <= 10 or said != int(said):
        return None
    return int(said)


def _facts(title: Title | None, kind: str | None, place: str) -> Told:
    wrong = None if named(title) else "the row names no title (Trakt has deleted it)"
    return Told(part="titles", place=place, kind=kind, title=title, wrong=wrong)


def _details(metadata: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is said of a copy: short texts, numbers and yes or no."""
    found: dict[str, Any] = {}
    for theirs, ours in _DETAILS.items():
        value = (metadata or {}).get(theirs)
        if isinstance(value, str) and value and len(value) <= 100:
            found[ours] = value.replace("\x00", "")
        elif isinstance(value, bool | int) and theirs == "3d":
            found[ours] = bool(value)
    return found


def _notes(text: str | None) -> str | None:
    return (text.replace("\x00", "") or None) if text else None


def _short(error: Exception) -> str:
    return f"the row cannot be read: {error}"[:300]


def _text(raw: msgspec.Raw | bytes) -> str:
    return bytes(raw)[:500].decode("utf-8", "replace")
