"""Genres by the names that other services have for them, as Trakt's slugs.

What Trakt has no word for, and words of other languages, are left out: a genre is not to stand under two names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_TRAKTS: Final = (
    "action adventure animation anime biography children comedy crime documentary donghua drama family fantasy "
    "game-show history holiday home-and-garden horror mini-series music musical mystery news reality romance "
    "science-fiction short soap special-interest sporting-event superhero suspense talk-show thriller war western"
)
TRAKTS: Final = frozenset(_TRAKTS.split())
_ALSO: Final[dict[str, tuple[str, ...]]] = {
    "action-adventure": ("action", "adventure"),
    "biopic": ("biography",),
    "kids": ("children",),
    "miniseries": ("mini-series",),
    "sci-fi": ("science-fiction",),
    "sci-fi-fantasy": ("science-fiction", "fantasy"),
    "science-fiction-fantasy": ("science-fiction", "fantasy"),
    "scifi": ("science-fiction",),
    "talk": ("talk-show",),
    "game": ("game-show",),
    "war-politics": ("war",),
}
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


def slugs(names: Iterable[str]) -> tuple[str, ...]:
    """Trakt's slugs of the genres, each once, in their order."""
    found: dict[str, None] = {}
    for name in names:
        slug = _BETWEEN.sub("-", name.casefold()).strip("-")
        found.update(dict.fromkeys((slug,) if slug in TRAKTS else _ALSO.get(slug, ())))
    return tuple(found)
