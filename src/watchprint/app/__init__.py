"""The core, without a face: an installation's accounts, their copies of Trakt, and what they say. All parts meet here.

    from watchprint.app import Watchprint
    with Watchprint.open() as app:
        app.sync()
        print(app.insight("totals").rows)

`AsyncWatchprint` is it; `Watchprint` is the same for blocking code. What its methods take and give is listed here too,
so that no face asks a part by itself. Needs the extra `app`. Importing this package loads nothing until a name is
asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchprint.app.blocking import Watchprint
    from watchprint.app.core import AsyncWatchprint
    from watchprint.app.custody import Forgotten
    from watchprint.app.standing import Queue, Status
    from watchprint.exporting import Exported, Format
    from watchprint.exporting import Step as ExportStep
    from watchprint.importing import ImportReport
    from watchprint.sending import Preview, Sent
    from watchprint.sending import Progress as SendingProgress
    from watchprint.sending import Told as SendingPlay
    from watchprint.store.imports.imports import Import, Undone
    from watchprint.store.shelves.values import OnNow
    from watchprint.sync.report import Progress as SyncProgress
    from watchprint.sync.report import SyncReport
    from watchprint.titles import Asked as SourceAsked
    from watchprint.titles import Coverage, Emby, Enriched, Jellyfin, Plex, Source, Tmdb, TvMaze
    from watchprint.titles import Progress as SourceProgress

_HOMES = {
    "AsyncWatchprint": "app.core",
    "Coverage": "titles",
    "Emby": "titles",
    "Enriched": "titles",
    "ExportStep": "exporting:Step",
    "Exported": "exporting",
    "Forgotten": "app.custody",
    "Format": "exporting",
    "Import": "store.imports.imports",
    "ImportReport": "importing",
    "Jellyfin": "titles",
    "OnNow": "store.shelves.values",
    "Plex": "titles",
    "Preview": "sending",
    "Queue": "app.standing",
    "SendingPlay": "sending:Told",
    "SendingProgress": "sending:Progress",
    "Sent": "sending",
    "Source": "titles",
    "SourceAsked": "titles:Asked",
    "SourceProgress": "titles:Progress",
    "Status": "app.standing",
    "SyncProgress": "sync.report:Progress",
    "SyncReport": "sync.report",
    "Tmdb": "titles",
    "TvMaze": "titles",
    "Undone": "importing",
    "Watchprint": "app.blocking",
}
"""Where each name comes from, and what it is called there if not the same."""
__all__ = [
    "AsyncWatchprint",
    "Coverage",
    "Emby",
    "Enriched",
    "ExportStep",
    "Exported",
    "Forgotten",
    "Format",
    "Import",
    "ImportReport",
    "Jellyfin",
    "OnNow",
    "Plex",
    "Preview",
    "Queue",
    "SendingPlay",
    "SendingProgress",
    "Sent",
    "Source",
    "SourceAsked",
    "SourceProgress",
    "Status",
    "SyncProgress",
    "SyncReport",
    "Tmdb",
    "TvMaze",
    "Undone",
    "Watchprint",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home, _, called = _HOMES[name].partition(":")
    value = getattr(import_module(f"watchprint.{home}"), called or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
