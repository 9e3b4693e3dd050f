"""`/movies/{id}`, `/shows/{id}` with seasons and episodes, `/people/{id}` (trakt-api.md 15). `{id}` is a Trakt id,
a slug or an IMDb id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.present.fragments import fragments, level_of, title_json
from watchprint.sandbox.present.items import nothing as no_rows
from watchprint.sandbox.present.points import points_json
from watchprint.sandbox.rules.instants import has_aired
from watchprint.sandbox.rules.reading.audience import audience
from watchprint.sandbox.rules.requests.items import item_of
from watchprint.sandbox.rules.requests.query import words

ROUTES = Routes()
SEASON = "/shows/{id}/seasons/{season}"
EPISODE = f"{SEASON}/episodes/{{episode}}"

T = TypeVar("T", Movie, Show, Person)


def titled(call: Call, kind: str, wanted: type[T]) -> T:
    """The title that the path names.

    Raises:
        Refusal: 404 for an unknown one.
    """
    title = call.world.catalogue.by_path(kind, call.parts["id"])
    if not isinstance(title, wanted):
        raise Refusal(404)
    return title


@ROUTES.get("/movies/{id}", auth=False)
def movie(call: Call) -> Answer:
    """One film."""
    return _one(call, titled(call, "movie", Movie))


@ROUTES.get("/shows/{id}", auth=False)
def show(call: Call) -> Answer:
    """One show."""
    return _one(call, titled(call, "show", Show))


@ROUTES.get("/people/{id}", auth=False)
def person(call: Call) -> Answer:
    """One person."""
    return _one(call, titled(call, "person", Person))


@ROUTES.get("/shows/{id}/seasons", auth=False)
def seasons(call: Call) -> Answer:
    """The seasons of a show, specials first; with their episodes when asked for."""
    body = [_season_json(season, call) for season in titled(call, "show", Show).seasons]
    return Answer(200, body)


@ROUTES.get(SEASON, auth=False)
def season(call: Call) -> Answer:
    """The episodes of a season."""
    return Answer(200, [_json(episode, call) for episode in _season(call).episodes])


@ROUTES.get(f"{SEASON}/info", auth=False)
def season_info(call: Call) -> Answer:
    """One season."""
    return Answer(200, _season_json(_season(call), call))


@ROUTES.get(EPISODE, auth=False)
def episode(call: Call) -> Answer:
    """One episode."""
    return _one(call, _episode(call))


@ROUTES.get("/shows/{id}/next_episode", auth=False)
def next_episode(call: Call) -> Answer:
    """The next episode to air; 204 when none is announced."""
    coming = [e for e in _dated(call) if not has_aired(e, call.world.now)]
    return _one(call, coming[0]) if coming else Answer(204)


@ROUTES.get("/shows/{id}/last_episode", auth=False)
def last_episode(call: Call) -> Answer:
    """The episode that aired last; 204 when none did."""
    aired = [e for e in _dated(call) if has_aired(e, call.world.now)]
    return _one(call, aired[-1]) if aired else Answer(204)


@ROUTES.get("/movies/{id}/ratings", auth=False)
def movie_ratings(call: Call) -> Answer:
    """How a film is rated."""
    return _points(call, titled(call, "movie", Movie))


@ROUTES.get("/shows/{id}/ratings", auth=False)
def show_ratings(call: Call) -> Answer:
    """How a show is rated."""
    return _points(call, titled(call, "show", Show))


@ROUTES.get(f"{SEASON}/ratings", auth=False)
def season_ratings(call: Call) -> Answer:
    """How a season is rated."""
    return _points(call, _season(call))


@ROUTES.get(f"{EPISODE}/ratings", auth=False)
def episode_ratings(call: Call) -> Answer:
    """How an episode is rated."""
    return _points(call, _episode(call))


@ROUTES.get("/movies/{id}/stats", auth=False)
def movie_stats(call: Call) -> Answer:
    """What the sandbox's users did with a film."""
    return Answer(200, audience(call.world, titled(call, "movie", Movie)))


@ROUTES.get("/shows/{id}/stats", auth=False)
def show_stats(call: Call) -> Answer:
    """What the sandbox's users did with a show."""
    return Answer(200, audience(call.world, titled(call, "show", Show)))


@ROUTES.get("/movies/{id}/comments", "/movies/{id}/comments/{sort}", auth=False)
def movie_comments(call: Call) -> Answer:
    """Nobody comments in a sandbox."""
    titled(call, "movie", Movie)
    return no_rows(call)


@ROUTES.get("/shows/{id}/comments", "/shows/{id}/comments/{sort}", auth=False)
def show_comments(call: Call) -> Answer:
    """Nobody comments in a sandbox."""
    titled(call, "show", Show)
    return no_rows(call)


def _one(call: Call, title: Title) -> Answer:
    return Answer(200, fragments(call.world).of(item_of(title), level_of(call.extended), call.world.now))


def _json(title: Title, call: Call) -> Any:
    return fragments(call.world).of(item_of(title), level_of(call.extended), call.world.now)


def _season_json(season: Season, call: Call) -> dict[str, Any]:
    row = title_json(season, level_of(call.extended), call.world.now, call.world.origin)
    if "episodes" in call.extended:
        row["episodes"] = [_json(episode, call) for episode in season.episodes]
    return row


def _season(call: Call) -> Season:
    number = call.parts["season"]
    for season in titled(call, "show", Show).seasons:
        if str(season.number) == number:
            return season
    raise Refusal(404)


def _episode(call: Call) -> Episode:
    for episode in _season(call).episodes:
        if str(episode.number) == call.parts["episode"]:
            return episode
    raise Refusal(404)


def _dated(call: Call) -> list[Episode]:
    """The show's episodes with an air date, specials apart, in order of airing."""

    def dated() -> Iterator[Episode]:
        for season in titled(call, "show", Show).seasons:
            if season.number:
                yield from (e for e in season.episodes if e.first_aired is not None)

    return sorted(dated(), key=lambda e: (str(e.first_aired), e.season.number, e.number))


def _points(call: Call, title: Movie | Show | Season | Episode) -> Answer:
    external = "all" in words(call.query.get("extended"))
    return Answer(200, points_json(title, call.world.now, external=external))
