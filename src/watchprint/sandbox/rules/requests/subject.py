"""The one film or episode that a scrobble or check-in is about, in one of its four forms (trakt-api.md 9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Movie, Show
from watchprint.sandbox.kernel import Refusal, World
from watchprint.sandbox.rules.requests.items import find
from watchprint.sandbox.rules.requests.when import invalid
from watchprint.sandbox.state import User


def subject(body: Mapping[str, Any], world: World) -> Movie | Episode:
    """The film or episode: `movie`, `episode` by ids, or `show` with `episode` by number.

    Raises:
        Refusal: 400 when the body names nothing; 404 when what it names is unknown.
    """
    title: object
    if "movie" in body:
        title = find("movie", body["movie"], world)
    elif "show" in body and "episode" in body:
        title = _numbered(find("show", body["show"], world), body["episode"], world)
    elif "episode" in body:
        title = find("episode", body["episode"], world)
    else:
        raise invalid("Required: movie, episode, or show with episode")
    if not isinstance(title, Movie | Episode):
        raise Refusal(404)
    return title


def _numbered(show: object, asked: Mapping[str, Any], world: World) -> object:
    """The episode of a show, by its own ids, its absolute number, or season and number."""
    if asked.get("ids"):
        return find("episode", asked, world)
    if not isinstance(show, Show):
        return None
    episodes = [e for season in show.seasons for e in season.episodes]
    if "number_abs" in asked:
        return next((e for e in episodes if e.number_abs == asked["number_abs"]), None)
    wanted = asked.get("season"), asked.get("number")
    return next((e for e in episodes if (e.season.number, e.number) == wanted), None)


def shared_to(body: Mapping[str, Any], user: User) -> dict[str, bool]:
    """Where the answer says that it was shared: the asked networks that are connected."""
    asked = body.get("sharing", {})
    networks = ("twitter", "mastodon", "tumblr")
    return {name: bool(asked.get(name)) and user.connections.get(name, False) for name in networks}
