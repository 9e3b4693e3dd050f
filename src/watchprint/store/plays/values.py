"""What plays come out as. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row

from watchprint.domain.play import Place, PlayKind, PlayState, Source
from watchprint.store.schema.columns import instant

Outcome = Literal["added", "attached", "known", "changed", "revived", "removed"]
"""added: a new play · attached: another report of a play that was there · known: nothing new · changed: a play was
brought up to date · revived: it was removed and is back · removed: it was removed, and stays so."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of an arrival."""

    play_id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a delivery whose history id is known.

    Attributes:
        folded: The plays that turned out to be this one.
        unsure: The play that had been taken for that history row, and must be looked up again.
    """

    play_id: str
    folded: tuple[str, ...] = ()
    unsure: str | None = None


class There(NamedTuple):
    """A play that Trakt has."""

    play_id: str
    title_id: int | None
    watched_at: datetime | None
    trakt_id: int


class AtTrakt(NamedTuple):
    """A play that Trakt has, by Trakt's own numbers: the title's (None: not known), the minute since 1970 (None:
    undated), the history row's."""

    play_id: str
    title: int | None
    minute: int | None
    trakt_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlay:
    """A play as it is kept.

    Attributes:
        id: Ours (UUIDv7).
        kind: movie or episode; None: nobody has said.
        watched_at: The END of the viewing, to the minute; None: the day is unknown.
        finished_at: When we saw it end, by our clock.
        trakt_id: The id of its row in Trakt's history.
        sources: Through which doors it came.
        removed_at: When it was found to be gone.
        folded_into: The play that it turned out to be.
        revision: The account's, when it last changed.
    """

    id: str
    account_id: int
    kind: PlayKind | None
    title_id: int | None
    watched_at: datetime | None
    finished_at: datetime | None
    action: str | None
    state: PlayState
    trakt_id: int | None
    place: Place | None
    sources: tuple[Source, ...]
    created_at: datetime
    removed_at: datetime | None
    folded_into: str | None
    revision: int


def kept(row: Row[Any], sources: Iterable[Source]) -> KeptPlay:
    """The play of a row."""
    return KeptPlay(
        id=row.id,
        account_id=row.account_id,
        kind=row.kind,
        title_id=row.title_id,
        watched_at=None if row.watched_at is None else instant(row.watched_at),
        finished_at=None if row.finished_at is None else instant(row.finished_at),
        action=row.action,
        state=row.state,
        trakt_id=row.trakt_id,
        place=None if row.place is None else Place(**row.place),
        sources=tuple(sorted(sources, key=lambda source: (source.kind, source.key))),
        created_at=row.created_at,
        removed_at=row.removed_at,
        folded_into=row.folded_into,
        revision=row.revision,
    )
