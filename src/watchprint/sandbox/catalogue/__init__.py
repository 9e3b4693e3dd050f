"""The titles that a sandbox knows. What costs to import (the data file's reader, Parquet) comes when used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchprint.sandbox.catalogue.catalogue import Catalogue
    from watchprint.sandbox.catalogue.folder import CatalogueError, load_folder
    from watchprint.sandbox.catalogue.images import poster
    from watchprint.sandbox.catalogue.shipped import builtin
    from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Episode",
    "Movie",
    "Person",
    "Season",
    "Show",
    "Title",
    "builtin",
    "load_folder",
    "poster",
]

_HOMES = {
    "Catalogue": "catalogue",
    "CatalogueError": "folder",
    "builtin": "shipped",
    "load_folder": "folder",
    "poster": "images",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'titles')}"), name)
