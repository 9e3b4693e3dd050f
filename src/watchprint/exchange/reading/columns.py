"""Rows of named fields (CSV, flat JSON), as what they say: a play, a rating, an entry, or several of these. Pure.

The names are those of Trakt's importer (https://trakt.tv/settings/data, "CSV": trakt_id, imdb_id, tmdb_id, tvdb_id,
type, watched_at, watchlisted_at, rating, rated_at), of its CSV exports, of ours, and what people write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from watchprint.domain.title import Facts, Kind, Title
from watchprint.domain.zones import Zones
from watchprint.exchange.reading.times import BadTime, read_time
from watchprint.exchange.reading.told import How, Part, Told
from watchprint.exchange.reading.trakt_told import whole_rating

_SPELT: Final[Mapping[str, str]] = {
    spelling: name
    for name, spellings in {
        "row": "row", "id": "id", "type": "type kind item_type media",
        "trakt_id": "trakt_id trakt ids_trakt id_trakt trakttv_id", "slug": "slug trakt_slug ids_slug",
        "imdb_id": "imdb_id imdb imdbid ids_imdb id_imdb tconst", "tmdb_id": "tmdb_id tmdb tmdbid ids_tmdb id_tmdb",
        "tvdb_id": "tvdb_id tvdb tvdbid ids_tvdb id_tvdb",
        "episode_trakt_id": "episode_trakt_id episode_trakt", "episode_imdb_id": "episode_imdb_id episode_imdb",
        "episode_tmdb_id": "episode_tmdb_id episode_tmdb", "episode_tvdb_id": "episode_tvdb_id episode_tvdb",
        "show_trakt_id": "show_trakt_id show_trakt", "show_imdb_id": "show_imdb_id show_imdb",
        "show_tmdb_id": "show_tmdb_id show_tmdb", "show_tvdb_id": "show_tvdb_id show_tvdb", "show_slug": "show_slug",
        "title": "title name movie movie_title item_title", "year": "year release_year movie_year item_year",
        "show_title": "show_title show show_name series series_title series_name", "show_year": "show_year",
        "episode_title": "episode_title episode_name",
        "season": "season season_number", "episode": "episode episode_number number",
        "watched_at": "watched_at watched watched_date date_watched watched_on last_watched_at watchedat date",
        "watchlisted_at": "watchlisted_at watchlisted listed_at added_to_watchlist watchlist_at",
        "rating": "rating your_rating my_rating user_rating", "rated_at": "rated_at rated rated_on date_rated",
        "collected_at": "collected_at collected", "favorited_at": "favorited_at favourited_at",
        "history_id": "history_id trakt_history_id trakt_play_id", "play_id": "play_id",
        "action": "action", "notes": "notes", "list": "list_name list_id",
    }.items()
    for spelling in spellings.split()
}  # fmt: skip
_KINDS: Final[Mapping[str, Kind]] = {
    "movie": "movie", "movies": "movie", "film": "movie", "show": "show", "shows": "show", "tv": "show",
    "series": "show", "season": "season", "seasons": "season", "episode": "episode", "episodes": "episode",
}  # fmt: skip
_TIMES: Final[Mapping[str, Part]] = {"collected_at": "collection", "favorited_at": "favorites"}
LONGEST: Final = 4096
_FORMULAS: Final = ("=", "+", "-", "@")


def known_name(header: str) -> str | None:
    """The field that a header means, whatever its case and its joints; None: no known one."""
    return _SPELT.get(re.sub(r"[^a-z0-9]+", "_", header.strip().lower()).strip("_"))


class BadField(ValueError):
    """A field of a row says nothing that it could; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Reads the rows of one file.

    Args:
        zones: Where the person lived when.
    """

    zones: Zones

    def told(self, fields: Mapping[str, str], place: str) -> list[Told]:
        """What a row says: each of what it has a time or a rating for.

        Args:
            fields: Known name to text; blank ones are left out.
            place: Where the row stands.
        """
        if "play_id" in fields and "watched_at" not in fields:  # a table of ours: a play without a time is undated
            fields = {**fields, "watched_at": "unknown"}
        try:
            kind, title = _title(fields)
            said = list(self._said(fields, kind, title, place))
        except (BadField, BadTime) as error:
            return [Told(part=_part(fields), place=place, wrong=str(error), raw=fields)]
        if not said and "list" in fields:
            why = f"it stands on the list {fields['list'][:80]!r}; personal lists are taken from Trakt's ZIP only"
            return [Told(part="other", place=place, title=title, wrong=why, raw=fields)]
        if not said:
            why = "the row has no watched_at, rating, watchlisted_at, collected_at or favorited_at"
            return [Told(part="other", place=place, title=title, wrong=why, raw=fields)]
        return said

    def _said(self, fields: Mapping[str, str], kind: Kind | None, title: Title, place: str) -> Iterable[Told]:
        about: Any = {"place": place, "kind": kind, "title": title, "raw": fields}
        how: How | None
        if "watched_at" in fields:
            at, how = read_time(fields["watched_at"], self.zones)
            history_id = _number(fields, "history_id", 2**63 - 1)
            yield Told(part="plays", at=at, how=how, trakt_id=history_id, action=_action(fields), **about)
        if "rating" in fields:
            at, how = self._time(fields, "rated_at")
            yield Told(part="ratings", at=at, how=how, rating=_rating(fields["rating"]), **about)
        if "watchlisted_at" in fields and not fields.keys() & {"watched_at", "list"}:
            at, how = self._time(fields, "watchlisted_at")
            yield Told(part="watchlist", at=at, how=how, notes=fields.get("notes"), **about)
        for name, part in _TIMES.items():
            if name in fields:
                at, how = self._time(fields, name)
                yield Told(part=part, at=at, how=how, **about)

    def _time(self, fields: Mapping[str, str], name: str) -> tuple[datetime | None, How | None]:
        return read_time(fields[name], self.zones) if name in fields else (None, None)


def fields_of(names: Iterable[str | None], values: Iterable[object]) -> dict[str, str]:
    """Known fields of a row, without those that are blank.

    Raises:
        BadField: One is longer than any such field is.
    """
    found: dict[str, str] = {}
    for name, value in zip(names, values, strict=False):
        if name is None or value is None or isinstance(value, dict | list):
            continue
        text = str(value).strip()
        if text[:1] == "'" and text[1:2] in _FORMULAS:  # as text is written that a spreadsheet must not compute
            text = text[1:]
        if len(text) > LONGEST:
            raise BadField(f"{name} is longer than {LONGEST:,} characters")
        if text and name not in found:
            found[name] = text.replace("\x00", "")
    return found


def _title(fields: Mapping[str, str]) -> tuple[Kind | None, Title]:
    """What a row is about, with the ids and the place that it names."""
    season, number = _number(fields, "season", 100_000), _number(fields, "episode", 100_000)
    kind = _kind(fields, season, number)
    own, show_ids = _ids(fields, ""), _ids(fields, "show_")
    if kind == "episode":
        episode_ids = _ids(fields, "episode_")
        if episode_ids:
            own, show_ids = episode_ids, show_ids or own
    elif kind == "season" and season is None and not own:
        raise BadField("season says no number")
    year = _number(fields, "year", 9999)
    if kind not in ("season", "episode"):
        facts = Facts(name=fields.get("title") or fields.get("show_title"), year=year)
        return kind, Title(kind=kind or "movie", ids=own or show_ids, facts=facts)
    show_name, name = fields.get("show_title"), fields.get("episode_title")
    if show_name is None and "episode_title" in fields:
        show_name = fields.get("title")
    elif show_name is not None:
        name = name or fields.get("title")
    show_name = show_name or (fields.get("title") if kind == "season" or not own else None)
    show_year = _number(fields, "show_year", 9999) or year
    show = None
    if show_ids or show_name:
        show = Title(kind="show", ids=show_ids, facts=Facts(name=show_name, year=show_year))
    facts = Facts(name=name)
    return kind, Title(kind=kind, ids=own, facts=facts, show=show, season=season, number=number)


def _kind(fields: Mapping[str, str], season: int | None, number: int | None) -> Kind | None:
    said = fields.get("type")
    kind = _KINDS.get((said or "").casefold())
    if said is not None and kind is None:
        raise BadField(f"type is {said[:40]!r}; it can be movie, show, season or episode")
    if number is not None and season is not None:
        return "episode"
    if kind is None and any(name.startswith("episode_") for name in fields):
        return "episode"
    return "season" if kind == "show" and season is not None and number is None else kind


def _ids(fields: Mapping[str, str], prefix: str) -> dict[str, str | int | None]:
    found: dict[str, str | int | None] = {}
    for scheme in ("trakt", "imdb", "tmdb", "tvdb", "slug"):
        text = fields.get(f"{prefix}{scheme}" if scheme == "slug" else f"{prefix}{scheme}_id")
        if text is not None:
            found[scheme] = _id(scheme, text)
    if not prefix and not found and "id" in fields:
        scheme, _, value = fields["id"].rpartition(":")
        scheme = scheme.removesuffix("_id") or ("imdb" if re.fullmatch(r"tt\d+", value) else "")
        if scheme in ("trakt", "imdb", "tmdb", "tvdb", "slug"):
            found[scheme] = _id(scheme, value)
    return found


def _id(scheme: str, text: str) -> str:
    value = text.removeprefix(f"{scheme}_id:").removeprefix(f"{scheme}:").strip()
    value = value.removesuffix(".0")  # as spreadsheets write whole numbers
    if scheme in ("trakt", "tmdb", "tvdb"):
        if not re.fullmatch(r"\d{1,18}", value):
            raise BadField(f"{scheme}_id is {text[:40]!r}, not a number")
        return str(int(value))
    if scheme == "imdb" and not re.fullmatch(r"tt\d{1,12}", value):
        raise BadField(f"imdb_id is {text[:40]!r}; it is written like tt0113277")
    return value[:300]


def _number(fields: Mapping[str, str], name: str, most: int) -> int | None:
    if name not in fields:
        return None
    text = fields[name].removesuffix(".0")
    if not re.fullmatch(r"\d{1,19}", text) or int(text) > most:
        raise BadField(f"{name} is {fields[name][:40]!r}, not a number from 0 to {most:,}")
    return int(text)


def _rating(text: str) -> int:
    try:
        rating = whole_rating(float(text))
    except (ValueError, OverflowError):
        rating = None
    if rating is None:
        raise BadField(f"{text[:40]!r} is no rating from 1 to 10")
    return rating


def _action(fields: Mapping[str, str]) -> str | None:
    said = fields.get("action")
    return said if said in ("scrobble", "checkin", "watch") else None


def _part(fields: Mapping[str, str]) -> Part:
    """What a row that cannot be read would have been."""
    if "watched_at" in fields:
        return "plays"
    return "ratings" if "rating" in fields else "watchlist" if "watchlisted_at" in fields else "other"
