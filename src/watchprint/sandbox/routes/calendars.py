"""`/calendars/{my|all}/*` (trakt-api.md 16). Not paged; days are UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from watchprint.sandbox.catalogue.titles import Episode, Movie
from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.present.fragments import level_of
from watchprint.sandbox.present.rows import Row, embedded
from watchprint.sandbox.rules.instants import stamp_or_none
from watchprint.sandbox.rules.reading.calendar import Days, airing, coming_out
from watchprint.sandbox.rules.reading.filters import passes
from watchprint.sandbox.rules.requests.items import item_of
from watchprint.sandbox.state import User

ROUTES = Routes()


def _paths(target: str, *kinds: str) -> tuple[str, ...]:
    rests = ("", "/{start_date}", "/{start_date}/{days}")
    return tuple(f"/calendars/{target}/{kind}{rest}" for kind in kinds for rest in rests)


SHOWS = ("shows", "shows/new", "shows/premieres", "shows/finales")
FILMS = ("movies", "streaming", "dvd")


@ROUTES.get(*_paths("my", *SHOWS))
def my_shows(call: Call) -> Answer:
    """The episodes of the user's shows."""
    return _shows(call, call.viewer)


@ROUTES.get(*_paths("all", *SHOWS), auth=False)
def all_shows(call: Call) -> Answer:
    """The episodes of all shows."""
    return _shows(call, None)


@ROUTES.get(*_paths("my", *FILMS))
def my_films(call: Call) -> Answer:
    """The user's films: those on the watchlist or in the library."""
    return _films(call, call.viewer)


@ROUTES.get(*_paths("all", *FILMS), auth=False)
def all_films(call: Call) -> Answer:
    """All films."""
    return _films(call, None)


@ROUTES.get(*_paths("my", "media"))
def my_media(call: Call) -> Answer:
    """The user's episodes and films in order."""
    return _media(call, call.viewer)


@ROUTES.get(*_paths("all", "media"), auth=False)
def all_media(call: Call) -> Answer:
    """All episodes and films in order."""
    return _media(call, None)


def _days(call: Call) -> Days:
    days = Days.asked(call.parts.get("start_date"), call.parts.get("days"), call.world.now)
    if days is None:
        raise Refusal(400, {"error": "Invalid date or number of days"})
    return days


def _shows(call: Call, user: User | None) -> Answer:
    days, which = _days(call), call.path.split("/")[4:5]
    kind = which[0] if which and which[0] in ("new", "premieres", "finales") else ""
    rows = [e for e in airing(call.world, user, days, kind) if passes(e, call.query)]
    return Answer(200, [_episode(e, call) for e in rows], days.headers())


def _films(call: Call, user: User | None) -> Answer:
    days = _days(call)
    known = call.path.split("/")[3] == "movies"
    rows = [film for film in coming_out(call.world, user, days) if known and passes(film, call.query)]
    return Answer(200, [_film(film, call) for film in rows], days.headers())


def _media(call: Call, user: User | None) -> Answer:
    days, only = _days(call), call.query.get("type")
    dated: list[tuple[datetime, int, Row]] = []
    if only != "movie":
        shown = [e for e in airing(call.world, user, days, "") if passes(e, call.query)]
        dated += [(e.first_aired, e.trakt, _episode(e, call)) for e in shown if e.first_aired]
    if only != "show":
        films = [film for film in coming_out(call.world, user, days) if passes(film, call.query)]
        dated += [(_midnight(film), film.trakt, _film(film, call)) for film in films]
    return Answer(200, [row for _, _, row in sorted(dated, key=lambda one: one[:2])], days.headers())


def _midnight(film: Movie) -> datetime:
    return datetime.combine(film.released or date.min, time(), UTC)


def _episode(episode: Episode, call: Call) -> Row:
    row: Row = {"first_aired": stamp_or_none(episode.first_aired)}
    return row | embedded(item_of(episode), level_of(call.extended), call.world)


def _film(film: Movie, call: Call) -> Row:
    row: Row = {"released": film.released.isoformat() if film.released else None}
    return row | embedded(item_of(film), level_of(call.extended), call.world)
