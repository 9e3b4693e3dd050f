"""The library ("collection"): what the user owns, and what is known of each copy.

Source: POST /sync/collection, POST /sync/collection/remove, GET /sync/collection/{type}.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from watchprint.service.answers import OwnedItem, Removed, Written
from watchprint.service.arguments import Asked, OneOrMore, asked, known_kind
from watchprint.service.titles.given import item_of
from watchprint.service.writing.batches import plus_added, write
from watchprint.service.writing.bodies import Line
from watchprint.service.writing.naming import named
from watchprint.service.writing.removing import removed
from watchprint.trakt.bind import Endpoints, R, flow, pages
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.errors import Invalid
from watchprint.trakt.facts import Moment, Owned, instant
from watchprint.trakt.flows import Flow, result_of
from watchprint.trakt.items import Item, Kind
from watchprint.trakt.models.collection import CollectedRow, Metadata
from watchprint.trakt.paging import Rows

OwnedKind = Literal["movie", "show", "episode"]
KINDS: Final[tuple[Kind, ...]] = ("movie", "show", "season", "episode")
READ_KINDS: Final[tuple[Kind, ...]] = ("movie", "show", "episode")
_FACTS: Final = ("media_type", "resolution", "hdr", "audio", "audio_channels", "is_3d")
_PATHS: Final[dict[str, Literal["movies", "shows", "episodes"]]] = {
    "movie": "movies", "show": "shows", "episode": "episodes",
}  # fmt: skip


class Collection(Endpoints[R]):
    """The library."""

    @flow
    def add_to_collection(self, items: OneOrMore[Item | Owned]) -> Flow[Written]:
        """How many films and episodes are new in the library, were there, or have new facts.

        Args:
            items: Films, shows, seasons, episodes (a show or season stands for its episodes), or Owned with what is
                known of the copy; one or many. Without a time they are owned since now.

        Returns:
            `added`, `existing` and `updated` count films and episodes.

        Raises:
            Invalid: An item is a person, or `at` is UNKNOWN.
            AccountLimit: The library is full; nothing of that request was stored.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /sync/collection
        """
        batch = asked(items, KINDS, "the library", Owned)
        marks = [_marks(one) for one in batch]
        return _added(batch, marks)

    @flow
    def remove_from_collection(self, items: OneOrMore[Item]) -> Flow[Removed]:
        """How many films and episodes are gone from the library.

        Raises:
            Invalid: An item is a person.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /sync/collection/remove
        """
        return removed(asked(items, KINDS, "the library"), Sync.remove_from_collection.call)

    @pages
    def get_collection(
        self, *, kind: OwnedKind | None = None, limit: int | None = None
    ) -> Flow[Sequence[Rows[OwnedItem]]]:
        """What is owned, with what is known of each copy.

        Args:
            kind: movie, episode, or show (one row a show, its episodes in `row.seasons`); None: films, then episodes.
            limit: Most rows in all.

        Raises:
            Invalid: The kind is none of these.

        Source: GET /sync/collection/{type}
        """
        wanted = known_kind(kind, READ_KINDS, "the library")
        paths = (_PATHS[wanted],) if wanted else (_PATHS["movie"], _PATHS["episode"])
        listings = [Sync.collection.listing(path, extended="full,metadata") for path in paths]
        return result_of([Rows(listing, _owned) for listing in listings])


def _marks(one: Asked) -> dict[str, Any]:
    if not isinstance(one.source, Owned):
        return {}
    at = instant(one.source.at)
    if at is Moment.UNKNOWN:
        raise Invalid("since when something is owned is an instant or RELEASED, not UNKNOWN: leave it out for now")
    facts = {name: getattr(one.source, name) for name in _FACTS}
    when = at.value if isinstance(at, Moment) else at
    return {name: value for name, value in {"collected_at": when, **facts}.items() if value is not None}


def _added(batch: Sequence[Asked], marks: Sequence[dict[str, Any]]) -> Flow[Written]:
    items = yield from named([one.item for one in batch])
    lines = [Line(item, one, said) for one, item, said in zip(batch, items, marks, strict=True) if item is not None]
    start = Written(not_found=tuple(one.item for one, item in zip(batch, items, strict=True) if item is None))
    return (yield from write(lines, Sync.add_to_collection.call, start, plus_added))


def _owned(row: CollectedRow) -> OwnedItem:
    copy = row.metadata or Metadata()
    return OwnedItem(
        item=item_of(row),
        at=row.collected_at or row.last_collected_at,
        updated_at=row.updated_at or row.last_updated_at,
        media_type=copy.media_type,
        resolution=copy.resolution,
        hdr=copy.hdr,
        audio=copy.audio,
        audio_channels=copy.audio_channels,
        is_3d=None if copy.is_3d is None else bool(copy.is_3d),
        row=row,
    )
