"""`GET /users/settings`: the account as its owner sees it (trakt-api.md 12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from watchprint.sandbox.kernel import World
from watchprint.sandbox.present.images import avatar
from watchprint.sandbox.present.people import about, vip_json
from watchprint.sandbox.rules.limits import limits_json
from watchprint.sandbox.state import User

NETWORKS: Final = (
    "facebook",
    "twitter",
    "mastodon",
    "google",
    "tumblr",
    "medium",
    "slack",
    "apple",
    "dropbox",
    "microsoft",
)
_GRID: Final = {
    "refresh": False,
    "simple_progress": False,
    "include_specials": False,
    "include_watchlisted": False,
    "sort": "activity",
    "sort_how": "desc",
    "use_last_activity": False,
    "grid_view": False,
}
BROWSING: Final[dict[str, Any]] = {
    "watch_popup_action": "now",
    "hide_watching_now": False,
    "list_popup_action": None,
    "week_start_day": None,
    "watch_after_rating": None,
    "watch_only_once": False,
    "show_rating_prompt": None,
    "locale": "en",
    "other_site_ratings": True,
    "release_date_ignore_runtime": False,
    "display_early_ratings": False,
    "hide_episode_type_tags": False,
    "hide_unsaved_filters_prompt": False,
    "spoilers": dict.fromkeys(("episodes", "shows", "movies", "comments", "ratings", "actors"), "show"),
    "calendar": {
        "period": None,
        "start_day": None,
        "layout": None,
        "image_type": None,
        "hide_specials": False,
        "autoscroll": False,
    },
    "progress": {
        "on_deck": {
            "sort": "activity",
            "sort_how": "desc",
            "refresh": False,
            "simple_progress": False,
            "only_favorites": False,
        },
        "watched": {**_GRID, "include_collected": False},
        "collected": {**_GRID, "include_watched": False},
    },
    "watchnow": {"country": None, "favorites": [], "only_favorites": False},
    "dark_knight": "auto",
    "app_theme": None,
    "welcome": {"completed_at": None, "exit_step": None},
    "genres": {"favorites": [], "disliked": []},
    "comments": {"blocked_uids": []},
    "recommendations": {"ignore_collected": False, "ignore_watchlisted": False},
    "rewatching": {"adjust_percentage": False},
    "profile": {
        "favorites": {"sort_by": "rank", "sort_how": "asc"},
        "most_watched_shows": {"sort_by": "plays", "tab": "all"},
        "most_watched_movies": {"sort_by": "plays", "tab": "all"},
    },
    "search": {"image_type": None, "recent_queries": []},
}
"""What `browsing` says until the user changes it."""


def settings_json(user: User, world: World, *, browsing: bool) -> dict[str, Any]:
    """The settings; `browsing` only when asked for."""
    row: dict[str, Any] = {
        "user": {
            "username": user.username,
            "private": user.private,
            "name": user.name,
            "vip": user.vip,
            "vip_ep": False,
            "director": False,
            "ids": {"slug": user.slug, "trakt": user.trakt, "uuid": user.uuid},
            **about(user, world.now),
            "images": avatar(user.trakt, world.origin),
            **vip_json(user, world.now),
            "dob": user.dob,
        },
        "permissions": {"commenting": True, "liking": True, "following": True},
        "account": {
            "timezone": user.zone,
            "date_format": "dmy",
            "time_24hr": True,
            "cover_image": None,
            "token": None,
            "display_ads": not user.vip,
        },
        "connections": {name: user.connections.get(name, False) for name in NETWORKS},
        "sharing_text": {
            "watching": "I'm watching [item]",
            "watched": "I just watched [item]",
            "rated": "[item] [stars]",
        },
        "limits": limits_json(user),
    }
    return row | {"browsing": merged(BROWSING, user.browsing)} if browsing else row


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with `over` written into it, objects field by field."""
    made = dict(base)
    for name, value in over.items():
        old = made.get(name)
        made[name] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return made
