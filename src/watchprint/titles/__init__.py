"""Facts about titles, one module a source; each field keeps its source. Never asks Trakt.

from watchprint.titles import Plex, Tmdb, coverage, enrich
await enrich(store, [Plex("http://192.168.1.10:32400", token), Tmdb(key)], account_id=1)
coverage(store, 1).raise_by
"""

from __future__ import annotations

from watchprint.titles.covering import Coverage, FieldCoverage, InsightCoverage, RaiseBy, coverage
from watchprint.titles.enriching import Asked, Enriched, Progress, enrich
from watchprint.titles.errors import BadAddress, KeyMissing, SourceError, TitlesError
from watchprint.titles.jellyfin import Emby, Jellyfin
from watchprint.titles.plex import Plex
from watchprint.titles.source import Source
from watchprint.titles.tmdb import Tmdb
from watchprint.titles.tvmaze import TvMaze

__all__ = [
    "Asked",
    "BadAddress",
    "Coverage",
    "Emby",
    "Enriched",
    "FieldCoverage",
    "InsightCoverage",
    "Jellyfin",
    "KeyMissing",
    "Plex",
    "Progress",
    "RaiseBy",
    "Source",
    "SourceError",
    "TitlesError",
    "Tmdb",
    "TvMaze",
    "coverage",
    "enrich",
]
