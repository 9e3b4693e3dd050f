"""Personal lists: making, changing, ordering and deleting them (trakt-api.md 13)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.instants import to_second
from watchprint.sandbox.rules.keeping.lists import new_list
from watchprint.sandbox.rules.limits import within
from watchprint.sandbox.rules.requests.when import invalid
from watchprint.sandbox.state import User, UserList

FIELDS: Final = ("name", "description", "privacy", "display_numbers", "allow_comments", "sort_by", "sort_how")
PRIVACY: Final = ("private", "link", "friends", "public")


def create_list(user: User, body: Mapping[str, Any], world: World) -> UserList:
    """A new, empty list at the end of the user's lists.

    Raises:
        Refusal: 400 without a name or with an unknown privacy or direction; 420 on the limit.
    """
    if not (body.get("name") or "").strip():
        raise invalid("Required: name")
    _check(body)
    within(user, user.limits.lists, len(user.lists), 1)
    made = new_list(world, body["name"], "personal", _free_slug(user, body["name"]))
    _write(made, body)
    user.lists.append(made)
    touch(user, world.now, "lists.updated_at")
    return made


def change_list(user: User, one: UserList, body: Mapping[str, Any], world: World) -> None:
    """Write the given fields; a new name keeps the old slug.

    Raises:
        Refusal: 400 for an empty name, an unknown privacy or direction.
    """
    if "name" in body and not (body["name"] or "").strip():
        raise invalid("Required: name")
    _check(body)
    _write(one, body)
    one.updated_at = to_second(world.now)
    touch(user, world.now, "lists.updated_at")


def delete_list(user: User, one: UserList, world: World) -> None:
    """Delete a list with all that is in it."""
    user.lists.remove(one)
    touch(user, world.now, "lists.updated_at")


def reorder_lists(user: User, rank: list[int], world: World) -> dict[str, Any]:
    """Put the named lists first, in that order; the others keep theirs after them."""
    by_id = {one.id: one for one in user.lists}
    named = [by_id[one] for one in dict.fromkeys(rank) if one in by_id]
    if named:
        chosen = {one.id for one in named}
        user.lists = named + [one for one in user.lists if one.id not in chosen]
        touch(user, world.now, "lists.updated_at")
    return {"updated": len(named), "skipped_ids": [one for one in dict.fromkeys(rank) if one not in by_id]}


def list_named(user: User, text: str) -> UserList | None:
    """The list of that Trakt id or slug."""
    return next((one for one in user.lists if text in (str(one.id), one.slug)), None)


def slug_of(name: str) -> str:
    """The name as Trakt writes it in addresses."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "list"


def _free_slug(user: User, name: str) -> str:
    taken = {one.slug for one in user.lists}
    slug, number = slug_of(name), 2
    while slug in taken:
        slug, number = f"{slug_of(name)}-{number}", number + 1
    return slug


def _check(body: Mapping[str, Any]) -> None:
    if body.get("privacy", "private") not in PRIVACY:
        raise invalid("Invalid enum value for privacy")
    if body.get("sort_how", "asc") not in ("asc", "desc"):
        raise invalid("Invalid enum value for sort_how")


def _write(one: UserList, body: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in body:
            setattr(one, name, body[name])
