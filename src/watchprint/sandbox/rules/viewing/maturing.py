"""What time alone does: a check-in becomes a play, a started scrobble runs out. Nothing else moves."""

from __future__ import annotations

from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.viewing.plays import record
from watchprint.sandbox.state import Play, User


def settle(world: World) -> None:
    """Bring every user up to `world.now`. Costs one look per user when nothing is due."""
    for user in world.state.users.values():
        if user.watching is not None and user.watching.expires_at <= world.now:
            end_watching(user, world)


def end_watching(user: User, world: World) -> None:
    """End what the user watches, at the instant it was due: a check-in leaves its play behind."""
    watching, user.watching = user.watching, None
    assert watching is not None
    if watching.checkin_id is None:
        touch(user, watching.expires_at)
        return
    play = Play(
        watching.checkin_id,
        world.to_minute(watching.expires_at),
        "checkin",
        watching.item.type,
        watching.item.trakt,
    )
    record(user, world.catalogue, [play], watching.expires_at)
