"""A new account, empty or with a number of plays. Knows the limits of free and VIP accounts, enforces none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from random import Random
from zoneinfo import ZoneInfo

from watchprint.sandbox.catalogue import Catalogue
from watchprint.sandbox.life.activity import stamp
from watchprint.sandbox.life.record import recorded
from watchprint.sandbox.life.steady import steady_viewings
from watchprint.sandbox.state import Limits, State, User, UserList

NETWORKS = (
    *("facebook", "twitter", "mastodon", "google", "tumblr", "medium", "slack", "apple", "dropbox"),
    "microsoft",
)
"""Networks that an account may be connected to."""
VIP_LIMITS = Limits(
    ratings=20_000,
    watchlist_items=5_000,
    lists=100,
    items_per_list=5_000,
    collection_items=100_000,
    notes=100_000,
    collection_discs=10_000,
    items_in_all_lists=100_000,
)
"""Source: the values published for 2026 (trakt-api.md 5)."""


class SlugTaken(ValueError):
    """The sandbox already has a user of that slug."""


def limits_of(*, vip: bool) -> Limits:
    """The limits of a free or a VIP account, to be changed freely by the caller."""
    given = VIP_LIMITS if vip else Limits()
    return Limits(**{name: getattr(given, name) for name in Limits.__struct_fields__})


def empty_user(state: State, *, slug: str, joined_at: datetime, zone: str, seed: int) -> User:
    """An account without anything, put into the state.

    Raises:
        SlugTaken: There is one of that slug.
    """
    if slug in state.users:
        raise SlugTaken(f"The sandbox already has a user {slug!r}. Choose another slug, or reset the sandbox.")
    digest = blake2b(f"{seed} {slug}".encode(), digest_size=20).hexdigest()
    user = User(
        slug=slug,
        trakt=state.new_id(),
        uuid=digest,
        username=slug,
        name=slug,
        joined_at=joined_at,
        zone=zone,
        connections=dict.fromkeys(NETWORKS, False),
    )
    user.watchlist = own_list(state, "watchlist", "Watchlist", joined_at)
    user.favorites = own_list(state, "favorites", "Favorites", joined_at)
    state.users[slug] = user
    return user


def own_list(state: State, kind: str, name: str, created_at: datetime) -> UserList:
    """The watchlist or the favorites of a new account."""
    return UserList(
        id=state.new_id(),
        slug=None,
        name=name,
        type=kind,
        created_at=created_at,
        updated_at=created_at,
        privacy="public",
    )


def add_user(
    state: State,
    catalogue: Catalogue,
    *,
    slug: str,
    plays: int = 0,
    seed: int = 0,
    now: datetime,
    vip: bool = False,
    limits: Limits | None = None,
    zone: str = "UTC",
) -> User:
    """A new user with exactly that many plays and nothing else, put into the state.

    Args:
        state: Where the user goes; play ids come from its sequence.
        catalogue: What can have been watched.
        slug: Slug and name of the user.
        plays: Number of history rows; the newest ends on the evening before `now`.
        seed: Another seed, another choice of titles.
        now: The sandbox's clock, aware.
        vip: Whether the account is VIP.
        limits: Account limits; those of a free or VIP account if not given. They are not applied to `plays`.
        zone: Time zone of the account, IANA name.

    Raises:
        SlugTaken: There is a user of that slug.
        NothingToWatch: The catalogue has nothing that had been out early enough.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    viewings = steady_viewings(catalogue, plays, Random(f"{seed} {slug}"), now=now, zone=ZoneInfo(zone))
    joined_at = now if not viewings else viewings[0].at - timedelta(days=1)
    user = empty_user(state, slug=slug, joined_at=joined_at, zone=zone, seed=seed)
    user.vip = vip
    user.limits = limits or limits_of(vip=vip)
    user.history = recorded(state, viewings)
    user.activities = stamp(user)
    return user
