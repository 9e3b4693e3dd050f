"""Checking in: the title counts as watched when its runtime is over, unless the check-in is deleted (10)."""

from __future__ import annotations

from watchprint.sandbox.catalogue.titles import Episode, Movie
from watchprint.sandbox.kernel import Refusal, World
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.instants import stamp, to_second, viewing_time
from watchprint.sandbox.rules.limits import within
from watchprint.sandbox.rules.requests.items import item_of
from watchprint.sandbox.state import User, Watching


def check_in(user: User, title: Movie | Episode, world: World) -> Watching:
    """The user watches the title from now on; the history id that the play will get is taken at once.

    Raises:
        Refusal: 409 with `expires_at` while a check-in is running; 420 when the history is full.
    """
    running = user.watching
    if running is not None and running.checkin_id is not None:
        raise Refusal(409, {"expires_at": stamp(running.expires_at)})
    within(user, user.limits.history_plays, len(user.history), 1)
    now = to_second(world.now)
    user.watching = Watching(item_of(title), "checkin", now, now + viewing_time(title), world.state.new_id())
    touch(user, world.now)
    return user.watching


def delete_checkin(user: User, world: World) -> None:
    """Drop the running check-in and its pending play; nothing happens when none is running."""
    if user.watching is not None and user.watching.checkin_id is not None:
        user.watching = None
        touch(user, world.now)
