"""Users and lists as JSON objects (trakt-api.md 6.3)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any

from watchprint.sandbox.kernel import World
from watchprint.sandbox.present.images import address, avatar
from watchprint.sandbox.rules.instants import stamp
from watchprint.sandbox.state import User, UserList


def user_json(user: User, world: World, extended: AbstractSet[str] = frozenset()) -> dict[str, Any]:
    """A user as others see them; `full`, `images` and `vip` add fields."""
    row: dict[str, Any] = {
        "username": user.username,
        "private": user.private,
        "deleted": False,
        "name": user.name,
        "vip": user.vip,
        "vip_ep": False,
        "director": False,
        "ids": {"slug": user.slug, "trakt": user.trakt},
    }
    if "full" in extended:
        row |= about(user, world.now)
    if extended & {"full", "images"}:
        row["images"] = avatar(user.trakt, world.origin)
    return row | vip_json(user, world.now) if "vip" in extended else row


def stranger_json(user: User) -> dict[str, Any]:
    """A private user as strangers see them."""
    ids = {"slug": user.slug, "trakt": user.trakt}
    return {"username": user.username, "private": True, "deleted": False, "ids": ids}


def about(user: User, now: datetime) -> dict[str, Any]:
    """What `extended=full` adds to a user."""
    return {
        "joined_at": stamp(user.joined_at),
        "location": user.location,
        "about": user.about,
        "gender": user.gender,
        "age": _age(user.dob, now),
    }


def vip_json(user: User, now: datetime) -> dict[str, Any]:
    """What `extended=vip` adds to a user."""
    years = max(now.year - user.joined_at.year, 1) if user.vip else 0
    return {"vip_og": False, "vip_years": years, "vip_cover_image": None}


def list_json(one: UserList, owner: User, world: World, extended: AbstractSet[str] = frozenset()) -> dict[str, Any]:
    """A list with its owner."""
    row = {
        "name": one.name,
        "description": one.description,
        "privacy": one.privacy,
        "share_link": f"{world.origin}/lists/{one.id}",
        "type": one.type,
        "display_numbers": one.display_numbers,
        "allow_comments": one.allow_comments,
        "sort_by": one.sort_by,
        "sort_how": one.sort_how,
        "created_at": stamp(one.created_at),
        "updated_at": stamp(one.updated_at),
        "item_count": len(one.entries),
        "comment_count": 0,
        "likes": 0,
        "ids": {"trakt": one.id, "slug": one.slug},
        "user": user_json(owner, world),
    }
    if extended & {"full", "images"}:
        shown = [entry.item for entry in one.entries if entry.item.type in ("movie", "show")][:5]
        posters = [address("poster", item.type, item.trakt, world.origin) for item in shown]
        row["images"] = {"posters": posters}
    return row


def _age(dob: str | None, now: datetime) -> int | None:
    """Whole years since a date of birth (ISO text)."""
    if not dob:
        return None
    born = date.fromisoformat(dob[:10])
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))
