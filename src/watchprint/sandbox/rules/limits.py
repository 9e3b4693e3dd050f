"""What an account may hold (420) and what needs VIP (426). The whole request fails; nothing is written."""

from __future__ import annotations

from watchprint.sandbox.kernel import Refusal
from watchprint.sandbox.state import Limits, User

UPGRADE_URL = "https://app.trakt.tv/vip"
VIP_LIMITS = Limits(
    history_plays=100_000,
    ratings=20_000,
    watchlist_items=5_000,
    lists=100,
    items_per_list=5_000,
    collection_items=10_000,
    favorites_items=100,
    notes=10_000,
)
"""What a VIP account may hold (trakt-api.md 5); `Limits()` is a free one."""


def within(user: User, limit: int, held: int, more: int) -> None:
    """Let an addition pass that keeps the account within its limit.

    Args:
        user: Whose account.
        limit: The most that it may hold.
        held: What it holds.
        more: What the request would add; nothing added is never refused.

    Raises:
        Refusal: 420 with an empty body, as Trakt answers.
    """
    if more and held + more > limit:
        raise Refusal(
            420,
            None,
            {
                "X-Account-Limit": str(limit),
                "X-VIP-User": "true" if user.vip else "false",
                "X-Upgrade-URL": UPGRADE_URL,
            },
        )


def needs_vip(user: User) -> None:
    """Let only VIP accounts pass.

    Raises:
        Refusal: 426 with the address where one upgrades.
    """
    if not user.vip:
        raise Refusal(426, None, {"X-Upgrade-URL": UPGRADE_URL})


def limits_json(user: User) -> dict[str, dict[str, int]]:
    """The `limits` of `GET /users/settings`."""
    limits = user.limits
    return {
        "list": {"count": limits.lists, "item_count": limits.items_per_list},
        "watchlist": {"item_count": limits.watchlist_items},
        "favorites": {"item_count": limits.favorites_items},
        "collection": {"item_count": limits.collection_items},
        "notes": {"item_count": limits.notes},
        "history": {"item_count": limits.history_plays},
        "ratings": {"item_count": limits.ratings},
        "search": {"recent_count": 100 if user.vip else 5},
    }
