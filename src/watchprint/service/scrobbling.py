"""Scrobbling: what a player reports as it plays. Trakt makes the plays; nothing is queued or retried here.

Source: POST /scrobble/start, POST /scrobble/stop (`/scrobble/pause` refuses 80 % and more, and leaves the title
"watching": a pause is sent as a stop below 80 %).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from watchprint.service.answers import Scrobble
from watchprint.service.arguments import SharingChoice, as_sharing, networks, of_kind, percent
from watchprint.service.titles.given import item_of
from watchprint.service.titles.matching import same
from watchprint.service.writing.subjects import subject_of
from watchprint.trakt.bind import Endpoints, R, flow
from watchprint.trakt.endpoints import scrobble
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.errors import AlreadyActive, TraktError
from watchprint.trakt.flows import Flow, ask, read_whole
from watchprint.trakt.items import Episode, Item, Movie
from watchprint.trakt.models.playing import Scrobbled, Sharing

LEAST_PCT: Final = 1.0
"""Below this there is no position to save."""
PAUSED_PCT: Final = 79.9
"""The most that is still a pause."""


class Scrobbling(Endpoints[R]):
    """A player's messages."""

    @flow
    def scrobble_start(
        self, item: Movie | Episode, progress: float, *, sharing: SharingChoice = None
    ) -> Flow[Scrobble]:
        """What Trakt made of it: the user is "watching" this until its remaining runtime is over.

        Args:
            item: What is played.
            progress: How far it is, 0 to 100 [%].
            sharing: Networks to share to; None: as the user's settings say.

        Raises:
            Invalid: The progress is outside, or the item is no film or episode.
            NotFound: Trakt does not know the item.

        Source: POST /scrobble/start
        """
        return _started(_playable(item), percent(progress), as_sharing(networks(sharing)))

    @flow
    def scrobble_pause(
        self, item: Movie | Episode, progress: float, *, sharing: SharingChoice = None
    ) -> Flow[Scrobble]:
        """What Trakt made of it: the position is saved and can be read back; never a play.

        Below 1 % there is nothing to save: nothing is sent, and the answer's action is "none".

        Args:
            item: What is played.
            progress: How far it is, 0 to 100 [%]; 79.9 is the most that is saved.
            sharing: Networks to share to; None: as the user's settings say.

        Raises:
            Invalid: The progress is outside, or the item is no film or episode.
            NotFound: Trakt does not know the item.

        Source: POST /scrobble/stop
        """
        reached = min(percent(progress), PAUSED_PCT)
        return _stopped(_playable(item), reached, as_sharing(networks(sharing)))

    @flow
    def scrobble_stop(self, item: Movie | Episode, progress: float, *, sharing: SharingChoice = None) -> Flow[Scrobble]:
        """What Trakt made of it: from 80 % on a play, below that a saved position, below 1 % nothing.

        A title that was just scrobbled is no error: `already` is True, and `watched_at` says whether that was this
        viewing or an earlier one.

        Args:
            item: What was played.
            progress: How far it came, 0 to 100 [%].
            sharing: Networks to share to; None: as the user's settings say.

        Raises:
            Invalid: The progress is outside, or the item is no film or episode.
            NotFound: Trakt does not know the item.
            UnknownOutcome: No answer came: the play may be there. Send it again: if it is, `already` says so.

        Source: POST /scrobble/stop
        """
        return _stopped(_playable(item), percent(progress), as_sharing(networks(sharing)))


def _playable(item: object) -> Item:
    return of_kind(item, ("movie", "episode"), "scrobbling")


def _started(item: Item, progress: float, sharing: Sharing | None) -> Flow[Scrobble]:
    subject = yield from subject_of(item)
    answer = yield from ask(scrobble.Scrobble.start.call(subject, progress, sharing=sharing))
    return _scrobble(item, progress, answer)


def _stopped(item: Item, progress: float, sharing: Sharing | None) -> Flow[Scrobble]:
    if progress < LEAST_PCT:
        return Scrobble("none", progress, item)
    subject = yield from subject_of(item)
    try:
        answer = yield from ask(scrobble.Scrobble.stop.call(subject, progress, sharing=sharing))
    except AlreadyActive as again:
        return (yield from _already(item, progress, again.watched_at, again.expires_at))
    return _scrobble(item, progress, answer)


def _scrobble(item: Item, progress: float, answer: Scrobbled) -> Scrobble:
    reached = progress if answer.progress is None else answer.progress
    return Scrobble(answer.action, reached, item_of(answer) or item, answer.play_id)


def _already(item: Item, progress: float, watched_at: datetime | None, expires_at: datetime | None) -> Flow[Scrobble]:
    """The play that is there: its id and the item's ids, as far as the history says."""
    play_id = None
    if watched_at is not None:
        minute = timedelta(minutes=1)
        listing = Sync.history.listing(start_at=watched_at - minute, end_at=watched_at + minute)
        try:
            rows = yield from read_whole(listing)
        except TraktError:
            rows = []
        for row in rows:
            found = item_of(row)
            if found is not None and same(found, item):
                item, play_id = found, row.id
    return Scrobble("scrobble", progress, item, play_id, True, watched_at, expires_at)
