"""Where a title's pictures are: addresses without scheme, as Trakt writes them. Draws nothing.

The paths are `/images/{kind}/{type}/{trakt}.svg`; kind is poster, fanart, thumb, logo, clearart, banner,
screenshot, headshot or avatar.
"""

from __future__ import annotations

from typing import Any, Final

from watchprint.sandbox.catalogue.titles import Title

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "movie": ("fanart", "poster", "logo", "clearart", "banner", "thumb"),
    "show": ("fanart", "poster", "logo", "clearart", "banner", "thumb"),
    "season": ("poster", "thumb"),
    "episode": ("screenshot",),
    "person": ("headshot", "fanart"),
}
"""The pictures that a title of each type has."""


def images(title: Title, origin: str) -> dict[str, list[str]]:
    """The `images` of a title: one address a kind."""
    type_name = type(title).__name__.lower()
    return {kind: [address(kind, type_name, title.trakt, origin)] for kind in KINDS[type_name]}


def avatar(user_trakt: int, origin: str) -> dict[str, Any]:
    """The `images` of a user. This one address has its scheme, as on Trakt."""
    scheme = origin.partition("://")[0]
    return {"avatar": {"full": f"{scheme}://{address('avatar', 'user', user_trakt, origin)}"}}


def address(kind: str, type_name: str, trakt: int, origin: str) -> str:
    """HOST:PORT/images/..., without scheme."""
    return f"{origin.partition('://')[2]}/images/{kind}/{type_name}/{trakt}.svg"
