"""The instants of `/sync/last_activities` as they follow from what an account holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from watchprint.sandbox.state import UNKNOWN, User

FIELDS = {
    "movies": "watched_at collected_at rated_at watchlisted_at favorited_at commented_at paused_at hidden_at",
    "episodes": "watched_at collected_at rated_at watchlisted_at commented_at paused_at",
    "shows": "rated_at watchlisted_at favorited_at commented_at hidden_at dropped_at",
    "seasons": "rated_at watchlisted_at commented_at hidden_at",
    "comments": "liked_at reacted_at blocked_at",
    "lists": "liked_at reacted_at updated_at commented_at",
    "watchlist": "updated_at",
    "favorites": "updated_at",
    "collaborations": "updated_at",
    "account": "settings_at followed_at following_at pending_at requested_at",
    "saved_filters": "updated_at",
    "notes": "updated_at",
}
"""Source: `GET /sync/last_activities` (trakt-api.md 11.1)."""
Change = tuple[str, datetime]


def stamp(user: User) -> dict[str, datetime]:
    """Every field's instant: its last change, else the account's creation."""
    found = {f"{group}.{name}": user.joined_at for group, names in FIELDS.items() for name in names.split()}
    for field, at in _changes(user):
        found[field] = max(found[field], at)
    return found


def _changes(user: User) -> Iterator[Change]:
    yield from ((f"{p.type}s.watched_at", p.watched_at) for p in user.history if p.watched_at != UNKNOWN)
    yield from ((f"{c.item.type}s.collected_at", c.updated_at) for c in user.collection)
    yield from ((f"{r.item.type}s.rated_at", r.rated_at) for r in user.ratings)
    yield from ((f"{p.item.type}s.paused_at", p.paused_at) for p in user.playback)
    yield from _hidden(user)
    yield from _listed(user)


def _hidden(user: User) -> Iterator[Change]:
    for row in user.hidden:
        dropped = row.section == "dropped"
        yield ("shows.dropped_at" if dropped else f"{row.item.type}s.hidden_at"), row.hidden_at


def _listed(user: User) -> Iterable[Change]:
    if user.watchlist is not None:
        yield "watchlist.updated_at", user.watchlist.updated_at
        yield from ((f"{e.item.type}s.watchlisted_at", e.listed_at) for e in user.watchlist.entries)
    if user.favorites is not None:
        yield "favorites.updated_at", user.favorites.updated_at
        yield from ((f"{e.item.type}s.favorited_at", e.listed_at) for e in user.favorites.entries)
    yield from (("lists.updated_at", one.updated_at) for one in user.lists)
