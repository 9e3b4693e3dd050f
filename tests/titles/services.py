"""Services on loopback that answer as Plex, Jellyfin, Emby, TMDB and TVmaze do, each over real HTTP.

They are written from what those services answer, not from how they are read here. Each checks its key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.trakt.servers import Asked, Server, Told, told

TOKEN = "secret-token-of-a-test"
Row = dict[str, Any]
Handler = Callable[[Asked], Told]


def page_of_html(status: int = 200) -> Told:
    return told(status, b"<!doctype html><title>Sign in</title>", content_type="text/html")


@dataclass
class PlexServer:
    """Libraries by key: kind ("movie" or "show") and rows by Plex's type."""

    libraries: Mapping[str, tuple[str, Mapping[str, Sequence[Row]]]]
    most: int = 1000

    def __call__(self, asked: Asked) -> Told:
        if asked.headers.get("x-plex-token") != TOKEN:
            return page_of_html(401)
        if "json" not in asked.headers.get("accept", ""):
            return told(200, b"<MediaContainer/>", content_type="text/xml")
        parts = asked.path.strip("/").split("/")
        if asked.path == "/library/sections":
            rows: list[Row] = [{"key": key, "type": kind, "title": kind} for key, (kind, _) in self.libraries.items()]
            return _container(Directory=[*rows, {"key": "9", "type": "artist", "title": "Music"}])
        if parts[:2] == ["library", "sections"] and parts[3:] == ["all"]:
            return self._all(self.libraries[parts[2]][1], asked)
        if parts[:2] == ["library", "metadata"]:
            keys = parts[2].split(",")
            every = [row for _, by_type in self.libraries.values() for rows in by_type.values() for row in rows]
            return _container(Metadata=[self._shown(row, asked) for row in every if row["ratingKey"] in keys])
        return page_of_html(404)

    def _all(self, by_type: Mapping[str, Sequence[Row]], asked: Asked) -> Told:
        rows = by_type.get(asked.query["type"], ())
        start = int(asked.query.get("X-Plex-Container-Start", 0))
        size = min(int(asked.query.get("X-Plex-Container-Size", len(rows))), self.most)
        shown = [self._shown(row, asked, few=True) for row in rows[start : start + size]]
        more = {"Metadata": shown} if shown else {}
        return _container(totalSize=len(rows), offset=start, **more)

    def _shown(self, row: Row, asked: Asked, *, few: bool = False) -> Row:
        """Lists hold the first two tags of each; ids come where they are asked for."""
        shown = {**row}
        if asked.query.get("includeGuids") != "1":
            shown.pop("Guid", None)
        if few:
            for name in ("Genre", "Country"):
                if name in shown:
                    shown[name] = shown[name][:2]
        return shown


def _container(**values: Any) -> Told:
    return told(200, {"MediaContainer": {"size": 0, **values}})


def plex_row(key: str, kind: str, guids: Sequence[str] = (), **more: Any) -> Row:
    row: Row = {"ratingKey": key, "key": f"/library/metadata/{key}", "type": kind, "Guid": [{"id": g} for g in guids]}
    for name in ("Genre", "Country"):
        if name in more:
            more[name] = [{"tag": tag} for tag in more[name]]
    return row | more


@dataclass
class JellyfinServer:
    """The items of a Jellyfin, or of an Emby."""

    items: Sequence[Row]
    emby: bool = False
    counts: bool = True
    most: int = 1000

    def __call__(self, asked: Asked) -> Told:
        if not self._knows(asked):
            return told(401, b"Access token is invalid or expired.", content_type="text/plain")
        if asked.path != "/Items":
            return told(404, b"")
        kinds = asked.query["IncludeItemTypes"].split(",")
        fields = asked.query.get("Fields", "").split(",")
        rows = [row for row in self.items if row["Type"] in kinds]
        start, limit = int(asked.query.get("StartIndex", 0)), int(asked.query.get("Limit", self.most))
        page = [_with_fields(row, fields) for row in rows[start : start + min(limit, self.most)]]
        return told(200, {"Items": page, "TotalRecordCount": len(rows) if self.counts else 0, "StartIndex": start})

    def _knows(self, asked: Asked) -> bool:
        if self.emby:
            return asked.headers.get("x-emby-token") == TOKEN
        said = asked.headers.get("authorization", "")
        return said.startswith("MediaBrowser ") and f'Token="{TOKEN}"' in said


def _with_fields(row: Row, fields: Sequence[str]) -> Row:
    optional = ("ProviderIds", "Genres", "ProductionLocations", "Studios")
    return {name: value for name, value in row.items() if name not in optional or name in fields}


def jellyfin_row(id: str, type: str, ids: Mapping[str, str] | None = None, **more: Any) -> Row:
    return {"Id": id, "Type": type, "ProviderIds": dict(ids or {}), **more}


@dataclass
class TmdbServer:
    """Movies, shows and seasons by their ids; `found` by (source, id)."""

    movies: Mapping[int, Row] = field(default_factory=dict)
    shows: Mapping[int, Row] = field(default_factory=dict)
    seasons: Mapping[tuple[int, int], Sequence[Row]] = field(default_factory=dict)
    found: Mapping[tuple[str, str], Row] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Told:
        if TOKEN not in (asked.token, asked.query.get("api_key")):
            return told(401, {"status_code": 7, "status_message": "Invalid API key: You must be granted a valid key."})
        parts = asked.path.strip("/").split("/")
        if parts[:2] == ["3", "movie"] and int(parts[2]) in self.movies:
            return self._with(self.movies[int(parts[2])], asked)
        if parts[:2] == ["3", "tv"] and len(parts) == 3 and int(parts[2]) in self.shows:
            return self._with(self.shows[int(parts[2])], asked)
        if parts[:2] == ["3", "tv"] and parts[3:4] == ["season"] and (int(parts[2]), int(parts[4])) in self.seasons:
            rows = self.seasons[int(parts[2]), int(parts[4])]
            return told(200, {"id": 1, "season_number": int(parts[4]), "episodes": list(rows)})
        if parts[:2] == ["3", "find"]:
            empty: Row = {name: [] for name in ("movie_results", "tv_results", "person_results", "tv_episode_results")}
            return told(200, empty | self.found.get((asked.query["external_source"], parts[2]), {}))
        return told(404, {"success": False, "status_code": 34, "status_message": "The resource could not be found."})

    def _with(self, row: Row, asked: Asked) -> Told:
        extras = {"external_ids", "release_dates", "content_ratings"}
        wanted = set(asked.query.get("append_to_response", "").split(","))
        return told(200, {name: value for name, value in row.items() if name not in extras or name in wanted})


@dataclass
class TvMazeServer:
    """Shows by TVmaze's id."""

    shows: Mapping[int, Row]
    url: str = ""

    def __call__(self, asked: Asked) -> Told:
        parts = asked.path.strip("/").split("/")
        if asked.path == "/lookup/shows":
            [(scheme, value)] = asked.query.items()
            for number, row in self.shows.items():
                if str(row["externals"].get(scheme)) == value:
                    return told(301, b"", location=f"{self.url}/shows/{number}")
            return told(404, {"name": "Not Found", "message": "", "code": 0, "status": 404})
        if parts[0] == "shows" and int(parts[1]) in self.shows:
            row = dict(self.shows[int(parts[1])])
            if asked.query.get("embed") != "episodes":
                row.pop("_embedded", None)
            return told(200, row)
        return told(404, {"name": "Not Found", "status": 404})


def serving(handler: Handler) -> Server:
    """The service, listening while the block lasts."""
    server = Server(handler)
    if isinstance(handler, TvMazeServer):
        handler.url = server.url
    return server
