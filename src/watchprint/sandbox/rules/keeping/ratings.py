"""What a user gave one to ten points (trakt-api.md 11.6). Rating again overwrites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from watchprint.sandbox.kernel import Refusal, World
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.limits import within
from watchprint.sandbox.rules.requests.items import Expand, Leaf, Reading, read_items
from watchprint.sandbox.rules.requests.when import attr_instant
from watchprint.sandbox.state import Rating, User

KINDS = ("movies", "shows", "seasons", "episodes")


def rate(user: User, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Rate everything that the body means.

    Returns:
        Trakt's answer: added by type (re-ratings count too), and what was not found with its rating.

    Raises:
        Refusal: 422 when a rating is missing or not 1..10; 400 for a time that is none; 420 on the limit.
    """
    reading = read_items(body, world, expand=Expand.ITSELF, attrs=("rating", "rated_at"))
    new = [_rating(leaf, world) for leaf in reading.leaves]
    held = {row.item: row for row in user.ratings}
    within(user, user.limits.ratings, len(held), len({row.item for row in new} - held.keys()))
    for row in new:
        held.pop(row.item, None)
        held[row.item] = row
    user.ratings = list(held.values())
    _bump(user, world, reading)
    return {"added": {kind: reading.count(kind[:-1]) for kind in KINDS}, "not_found": reading.not_found}


def unrate(user: User, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Remove the ratings of everything that the body means.

    Returns:
        Trakt's answer: deleted by type, and what was not found.
    """
    reading = read_items(body, world, expand=Expand.ITSELF)
    wanted = {leaf.item for leaf in reading.leaves}
    gone = [row for row in user.ratings if row.item in wanted]
    user.ratings = [row for row in user.ratings if row.item not in wanted]
    deleted = {kind: sum(f"{row.item.type}s" == kind for row in gone) for kind in KINDS}
    if gone:
        touch(user, world.now, *(f"{kind}.rated_at" for kind, n in deleted.items() if n))
    return {"deleted": deleted, "not_found": reading.not_found}


def _rating(leaf: Leaf, world: World) -> Rating:
    points = leaf.attrs.get("rating")
    if type(points) is not int or not 1 <= points <= 10:
        raise Refusal(422, {"error": "Validation error(s): rating must be a whole number from 1 to 10"})
    return Rating(leaf.item, points, attr_instant(leaf.attrs, "rated_at", leaf.title, world))


def _bump(user: User, world: World, reading: Reading) -> None:
    kinds = sorted({leaf.item.type for leaf in reading.leaves})
    if kinds:
        touch(user, world.now, *(f"{kind}s.rated_at" for kind in kinds))
