"""The fields of Trakt's sync bodies as shapes: ids, items with their attributes, the arrays they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from watchprint.sandbox.shapes import Nullable, Shape

WHEN: Final = Nullable(object)
"""A time in a request: text or, wrongly, a number; `requests.when` judges it in Trakt's words."""
IDS: Final[dict[str, Shape]] = {"trakt": int, "slug": str, "imdb": str, "tmdb": int, "tvdb": int, "plex": object}
SEASON_IDS: Final[dict[str, Shape]] = {**IDS, "tmdb": object}
"""The contract types a season's TMDB id as text; both are taken."""
SHARING: Final[dict[str, Shape]] = {"twitter": bool, "mastodon": bool, "tumblr": bool}

_NAMED: Final[dict[str, Shape]] = {"title": str, "name": str, "year": int}


def item_shape(attrs: Mapping[str, Shape], ids: Mapping[str, Shape] = IDS) -> dict[str, Any]:
    """One film, episode or person of a request."""
    return {"ids": dict(ids), **_NAMED, **attrs}


def items_shape(attrs: Mapping[str, Shape], **more: Shape) -> dict[str, Any]:
    """A sync body: all arrays, each item with these attributes.

    Args:
        attrs: What the endpoint knows of an item (`watched_at`, `rating`, ...).
        more: Further fields of the body itself (`ids` of history/remove).
    """
    item = item_shape(attrs)
    numbered = {"number": int, **attrs}
    season = {**numbered, "episodes": [numbered]}
    return {
        "movies": [item],
        "shows": [{**item, "seasons": [season]}],
        "seasons": [{**item_shape(attrs, SEASON_IDS), "number": int, "seasons": [season]}],
        "episodes": [{**item, "season": int, "number": int}],
        "people": [item],
        **more,
    }


def subject_shape(**more: Shape) -> dict[str, Any]:
    """The body of a scrobble or check-in: one item in one of four forms, and the endpoint's own fields."""
    return {
        "movie": item_shape({}),
        "show": item_shape({}),
        "episode": {**item_shape({}), "season": int, "number": int, "number_abs": int},
        "sharing": SHARING,
        "app_version": str,
        "app_date": str,
        **more,
    }
