"""What an account may hold (420) and what needs VIP (426). The whole request fails; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from watchprint.sandbox.kernel import Refusal
from watchprint.sandbox.state import Limits, User

UPGRADE_URL = "https://app.trakt.tv/vip"
_BY_SETTING: Final = {
    ("list", "count"): "lists",
    ("list", "item_count"): "items_per_list",
    ("watchlist", "item_count"): "watchlist_items",
    ("favorites", "item_count"): "favorites_items",
    ("collection", "item_count"): "collection_items",
    ("notes", "item_count"): "notes",
    ("history", "item_count"): "history_plays",
    ("ratings", "item_count"): "ratings",
}
"""Where `GET /users/settings` says which limit."""


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
    told: dict[str, dict[str, int]] = {}
    for (setting, counted), name in _BY_SETTING.items():
        told.setdefault(setting, {})[counted] = getattr(user.limits, name)
    return told | {"search": {"recent_count": 100 if user.vip else 5}}


def limits_named(wish: Mapping[str, int | Mapping[str, int]]) -> dict[str, int]:
    """The fields of `Limits` that a wish names.

    Args:
        wish: By our names (`watchlist_items`), by those of the settings (`{"watchlist": {"item_count": 5}}`), or by
            the setting alone where it counts one thing (`{"watchlist": 5}`).

    Raises:
        KeyError: There is no such limit; its text is the name.
    """
    named: dict[str, int] = {}
    for setting, most in wish.items():
        if setting in Limits.__struct_fields__ and isinstance(most, int):
            named[setting] = most
            continue
        for counted, number in ({"item_count": most} if isinstance(most, int) else most).items():
            try:
                named[_BY_SETTING[setting, counted]] = number
            except KeyError:
                raise KeyError(setting if isinstance(most, int) else f"{setting}.{counted}") from None
    return named
