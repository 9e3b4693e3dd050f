"""Titles hidden in a section, dropped shows, blocked commenters (trakt-api.md 12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from watchprint.sandbox.kernel import Refusal, World
from watchprint.sandbox.rules.activities import touch
from watchprint.sandbox.rules.requests.items import Expand, Reading, read_items
from watchprint.sandbox.rules.requests.when import attr_instant
from watchprint.sandbox.state import Hidden, Item, User

ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    "calendar": ("movies", "shows"),
    "progress_watched": ("shows", "seasons"),
    "progress_collected": ("shows", "seasons"),
    "recommendations": ("movies", "shows"),
    "comments": ("users",),
    "dropped": ("shows",),
}
"""The sections that can be written, and what each may hold."""
REWATCHING: Final = "progress_watched_reset"
"""A section that is only read: the shows whose progress was reset."""
COUNTED: Final = ("movies", "shows", "seasons", "users")


def hide(user: User, section: str, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Hide everything that the body means in a section; hiding again is no error.

    Returns:
        Trakt's answer: added by type (the contract's `season` beside `seasons`), and what was not found.

    Raises:
        Refusal: 404 for a section that cannot be written; 400 for a time that is none.
    """
    reading, users = _read(section, body, world)
    rows = [
        Hidden(section, leaf.item, attr_instant(leaf.attrs, "hidden_at", leaf.title, world)) for leaf in reading.leaves
    ]
    rows += [Hidden(section, one, world.now.replace(microsecond=0)) for one in users]
    held = {(row.section, row.item) for row in user.hidden}
    for row in rows:
        if (row.section, row.item) not in held:
            held.add((row.section, row.item))
            user.hidden.append(row)
    _bump(user, section, [row.item for row in rows], world)
    added = {kind: sum(f"{row.item.type}s" == kind for row in rows) for kind in COUNTED}
    return {"added": {**added, "season": added["seasons"]}, "not_found": reading.not_found}


def unhide(user: User, section: str, body: Mapping[str, Any], world: World) -> dict[str, Any]:
    """Show everything that the body means in a section again.

    Returns:
        Trakt's answer: deleted by type, and what was not found.

    Raises:
        Refusal: 404 for a section that cannot be written.
    """
    reading, users = _read(section, body, world)
    wanted = {leaf.item for leaf in reading.leaves} | set(users)
    gone = [row for row in user.hidden if row.section == section and row.item in wanted]
    user.hidden = [row for row in user.hidden if row.section != section or row.item not in wanted]
    _bump(user, section, [row.item for row in gone], world)
    deleted = {kind: sum(f"{row.item.type}s" == kind for row in gone) for kind in COUNTED}
    return {"deleted": {**deleted, "episodes": 0}, "not_found": reading.not_found}


def hidden_in(user: User, section: str) -> list[Hidden]:
    """The rows of a section, newest first.

    Raises:
        Refusal: 404 for an unknown section.
    """
    if section == REWATCHING:
        rows = [Hidden(section, Item("show", show), at) for show, at in user.reset_at.items()]
    elif section in ALLOWED:
        rows = [row for row in user.hidden if row.section == section]
    else:
        raise Refusal(404)
    return sorted(rows, key=lambda row: (row.hidden_at, row.item.trakt), reverse=True)


def hidden_ids(user: User, kind: str, *sections: str) -> set[int]:
    """The Trakt ids of a type that are hidden in any of these sections."""
    return {row.item.trakt for row in user.hidden if row.item.type == kind and row.section in sections}


def _read(section: str, body: Mapping[str, Any], world: World) -> tuple[Reading, list[Item]]:
    if section not in ALLOWED:
        raise Refusal(404)
    arrays = [name for name in ALLOWED[section] if name != "users"]
    expand = Expand.ITSELF if "seasons" in arrays else Expand.WHOLE
    reading = read_items(body, world, expand=expand, attrs=("hidden_at",), arrays=arrays)
    reading.leaves = [leaf for leaf in reading.leaves if f"{leaf.item.type}s" in arrays]
    reading.not_found = {name: reading.not_found.get(name, []) for name in COUNTED}
    users: list[Item] = []
    for asked in body.get("users", ()) if section == "comments" else ():
        one = world.state.users.get(asked.get("ids", {}).get("slug", ""))
        if one is None:
            reading.not_found["users"].append(asked)
        else:
            users.append(Item("user", one.trakt))
    return reading, users


def _bump(user: User, section: str, items: list[Item], world: World) -> None:
    if not items:
        return
    if section == "dropped":
        fields = {"shows.dropped_at"}
    elif section == "comments":
        fields = {"comments.blocked_at"}
    else:
        fields = {f"{item.type}s.hidden_at" for item in items}
    touch(user, world.now, *sorted(fields))
