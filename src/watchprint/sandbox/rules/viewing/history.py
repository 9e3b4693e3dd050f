"""Adding to and removing from the history by request (trakt-api.md 11.5). Adding never looks for duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.limits import within
from watchprint.sandbox.rules.requests.items import Expand, read_items
from watchprint.sandbox.rules.requests.when import watched_at
from watchprint.sandbox.rules.viewing.plays import record, take_out
from watchprint.sandbox.state import Play, User

KINDS = ("movie", "episode")


def add_plays(user: User, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Make a play of everything that the body means.

    Returns:
        Trakt's answer: how many plays were added by type, zeros for `updated`, and what was not found.

    Raises:
        Refusal: 400 for a time that is none; 420 when the history would exceed its limit.
    """
    reading = read_items(body, world, expand=Expand.AIRED, attrs=("watched_at",))
    times = [watched_at(leaf.attrs, leaf.title, world) for leaf in reading.leaves]
    within(user, user.limits.history_plays, len(user.history), len(times))
    plays = [
        Play(world.state.new_id(), at, "watch", leaf.item.type, leaf.item.trakt)
        for leaf, at in zip(reading.leaves, times, strict=True)
    ]
    record(user, world.catalogue, plays, world.now)
    return {
        "added": {f"{kind}s": reading.count(kind) for kind in KINDS},
        "updated": {f"{kind}s": 0 for kind in KINDS},
        "not_found": reading.not_found,
    }


def remove_plays(user: User, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Remove all plays of everything that the body means, and the single plays in its `ids`.

    Returns:
        Trakt's answer: how many plays went by type, and what was not found (`ids` among it).
    """
    reading = read_items(body, world, expand=Expand.EVERY)
    ids = list(body.get("ids", ()))
    held = {play.id for play in user.history} if ids else set()
    gone = take_out(user, world.catalogue, [leaf.item for leaf in reading.leaves], ids, world.now)
    return {
        "deleted": {f"{kind}s": sum(play.type == kind for play in gone) for kind in KINDS},
        "not_found": {**reading.not_found, "ids": [one for one in dict.fromkeys(ids) if one not in held]},
    }
