"""Start, pause and stop of a scrobble: the state machine of what a user watches (trakt-api.md 9).

A check-in of another title is left alone by pause and stop; a start takes its place, as on Trakt only one
thing is watched at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Movie
from watchprint.sandbox.kernel import Refusal, World
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.instants import stamp, to_second, viewing_time
from watchprint.sandbox.rules.limits import within
from watchprint.sandbox.rules.requests.items import item_of
from watchprint.sandbox.rules.viewing.plays import record
from watchprint.sandbox.state import Item, Play, Playback, User, Watching

LEAST_PCT, WATCHED_PCT = 1, 80
"""Below the first a stop is ignored (422); from the second on it makes a play."""
BLOCK = timedelta(hours=1)
"""How long the title just scrobbled cannot be scrobbled again, at least; else its runtime."""
KEPT = timedelta(days=183)
"""How long a saved position is kept."""


@dataclass(frozen=True, slots=True)
class Scrobbled:
    """What a scrobble call did: the id to answer, and the action that was taken."""

    id: int
    action: str


def progress_of(body: dict[str, Any]) -> float:
    """The progress [%] that a body says.

    Raises:
        Refusal: 422 when it is missing or not within 0..100.
    """
    progress = body.get("progress")
    if isinstance(progress, bool) or not isinstance(progress, int | float) or not 0 <= progress <= 100:
        raise unprocessable("progress must be between 0 and 100")
    return float(progress)


def unprocessable(reason: str) -> Refusal:
    """The 422 of a scrobble or sync item."""
    return Refusal(422, {"error": f"Validation error(s): {reason}"})


def start(user: User, title: Movie | Episode, progress: float, world: World) -> Scrobbled:
    """The user watches the title now, until its remaining runtime is over; a saved position is gone."""
    item, length = item_of(title), viewing_time(title)
    watched = length * (progress / 100)
    now = to_second(world.now)
    user.watching = Watching(item, "scrobble", to_second(now - watched), to_second(now + (length - watched)))
    touch(user, world.now)
    drop_playback(user, item, world.now)
    return Scrobbled(0, "start")


def pause(user: User, title: Movie | Episode, progress: float, world: World) -> Scrobbled:
    """The position is saved and the user no longer watches.

    Raises:
        Refusal: 422 below 1 % and from 80 % on (that must be a stop).
    """
    if not LEAST_PCT <= progress < WATCHED_PCT:
        raise unprocessable("progress of a pause must be at least 1 and below 80")
    return _save(user, title, progress, world, leaves_watching=world.options.pause_leaves_watching)


def stop(user: User, title: Movie | Episode, progress: float, world: World) -> Scrobbled:
    """From 80 % on a play, below that a pause.

    Raises:
        Refusal: 422 below 1 %; 409 with `watched_at` and `expires_at` when this title was just scrobbled; 420
            when the history is full.
    """
    if progress < LEAST_PCT:
        raise unprocessable("progress is below 1")
    if progress < WATCHED_PCT:
        return _save(user, title, progress, world, leaves_watching=False)
    item = item_of(title)
    _refuse_again(user, item, title, world)
    within(user, user.limits.history_plays, len(user.history), 1)
    play = Play(world.state.new_id(), world.to_minute(world.now), "scrobble", item.type, item.trakt)
    _stop_watching(user, item)
    drop_playback(user, item, world.now)
    record(user, world.catalogue, [play], world.now)
    user.last_scrobble = play
    return Scrobbled(play.id, "scrobble")


def positions(user: User, now: datetime) -> list[Playback]:
    """The saved positions that are still kept, newest first."""
    kept = (saved for saved in user.playback if saved.paused_at > now - KEPT)
    return sorted(kept, key=lambda saved: (saved.paused_at, saved.id), reverse=True)


def drop_playback(user: User, item: Item, at: datetime) -> None:
    """Forget the saved position of an item, if there is one."""
    kept = [saved for saved in user.playback if saved.item != item]
    if len(kept) < len(user.playback):
        user.playback = kept
        touch(user, at, f"{item.type}s.paused_at")


def _save(user: User, title: Movie | Episode, progress: float, world: World, *, leaves_watching: bool) -> Scrobbled:
    item = item_of(title)
    saved = Playback(world.state.new_id(), item, progress, to_second(world.now))
    user.playback = [saved, *(other for other in user.playback if other.item != item)]
    touch(user, world.now, f"{item.type}s.paused_at")
    if not leaves_watching:
        _stop_watching(user, item)
    return Scrobbled(saved.id, "pause")


def _stop_watching(user: User, item: Item) -> None:
    watching = user.watching
    if watching is not None and (watching.checkin_id is None or watching.item == item):
        user.watching = None


def _refuse_again(user: User, item: Item, title: Movie | Episode, world: World) -> None:
    last = user.last_scrobble
    if last is None or (last.type, last.trakt) != (item.type, item.trakt):
        return
    expires_at = last.watched_at + max(viewing_time(title), BLOCK)
    if world.now < expires_at:
        raise Refusal(409, {"watched_at": stamp(last.watched_at), "expires_at": stamp(expires_at)})
