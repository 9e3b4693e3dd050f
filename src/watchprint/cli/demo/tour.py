"""The demo's tour: each of the 27 methods once, and what it said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchprint.cli.narrate import draw, draw_table
from watchprint.cli.service.itemtext import name_of
from watchprint.trakt.facts import Listed, Owned, Seen
from watchprint.trakt.items import Episode, Movie, Show

if TYPE_CHECKING:
    from watchprint.service import UserService
    from watchprint.trakt.ports import Blocking

HEAT = Movie(tmdb=949)
MATRIX = Movie(tmdb=603)
PILOT = Episode(Show(tmdb=1396), season=1, number=1)
Step = tuple[str, str]


def show_tour(me: UserService[Blocking], banner: str) -> None:
    """Do it, and draw what was said (stdout)."""
    from rich.rule import Rule

    rows = list(steps(me))
    draw(Rule(banner, style="dim"))
    draw_table(("method", "what it said"), rows, title="The 27 methods, once each")


def steps(me: UserService[Blocking]) -> Iterator[Step]:
    """Each method by name, with what it said, as it is called."""
    groups: tuple[Callable[[Any], Iterator[Step]], ...] = (_scrobbles, _checkins, _history, _library, _lists, _rest)
    for group in groups:
        yield from group(me)


def _scrobbles(me: UserService[Blocking]) -> Iterator[Step]:
    started = me.scrobble_start(HEAT, 2.0)
    watching = me.get_user_watching()
    yield "scrobble_start", f"{name_of(started.item)} is being watched"
    yield "get_user_watching", f"{name_of(watching.item)}, {watching.action}" if watching else "nothing"
    yield "scrobble_pause", f"position kept at {me.scrobble_pause(HEAT, 40.0).progress:g} %"
    stopped = me.scrobble_stop(HEAT, 96.5)
    newest = me.get_history(limit=1).first()
    yield "scrobble_stop", "the play of a while ago is it" if stopped.already else f"a play, id {stopped.play_id}"
    assert newest is not None
    yield "get_history", f"newest: {name_of(newest.item)}, {_minute(newest.watched_at)}, by {newest.action}"


def _checkins(me: UserService[Blocking]) -> Iterator[Step]:
    film = me.checkin_movie(MATRIX)
    yield "checkin_movie", f"{_brief(film.item)}; a play from {_minute(film.becomes_play_at)} on"
    me.delete_checkin()
    yield "delete_checkin", "ended; no play comes of it"
    pilot = me.checkin_episode(PILOT)
    yield "checkin_episode", f"{_brief(pilot.item)}; a play from {_minute(pilot.becomes_play_at)} on"
    me.delete_checkin()


def _history(me: UserService[Blocking]) -> Iterator[Step]:
    newest = me.get_history(limit=1).first()
    assert newest is not None
    assert newest.watched_at is not None
    seen = Seen(MATRIX, newest.watched_at - timedelta(days=3))
    first, second = me.add_to_history(seen), me.add_to_history(seen)
    yield "add_to_history", f"{first.added} added; the same again: {second.added} added, {second.skipped} skipped"
    plays = [
        play.id for play in me.get_history(item=MATRIX) if play.watched_at == newest.watched_at - timedelta(days=3)
    ]
    yield "remove_from_history", f"{me.remove_from_history(play_ids=plays).deleted} play removed by its id"


def _library(me: UserService[Blocking]) -> Iterator[Step]:
    owned = me.add_to_collection(Owned(MATRIX, media_type="bluray", resolution="uhd_4k"))
    yield "add_to_collection", f"{owned.added} added, {owned.existing} there before"
    yield "get_collection", f"{len(me.get_collection(kind='movie').all())} films in the library"
    yield "remove_from_collection", f"{me.remove_from_collection(MATRIX).deleted} removed"
    added = me.add_to_watchlist(MATRIX)
    yield "add_to_watchlist", f"{added.added} added, {added.existing} there before"
    yield "get_watchlist", f"{len(me.get_watchlist().all())} titles to watch"
    yield "remove_from_watchlist", f"{me.remove_from_watchlist(MATRIX).deleted} removed"
    liked = me.add_to_favorites([HEAT, MATRIX])
    replaced = "; ".join(f"{name_of(item)} was rated {old}" for item, old in liked.replaced) or "no rating replaced"
    yield "add_to_favorites", f"{liked.added} added, {liked.existing} there before; {replaced}"
    yield "get_favorites", f"{len(me.get_favorites().all())} favourites (rated 10)"
    yield "remove_from_favorites", f"{me.remove_from_favorites([HEAT, MATRIX]).deleted} removed"


def _lists(me: UserService[Blocking]) -> Iterator[Step]:
    made = me.create_list("Heist night", description="Made by the demo")
    slug = made.ids.slug or str(made.ids.trakt)
    yield "create_list", f"{made.name}, as {slug}"
    added = me.add_to_list(slug, [Listed(HEAT), Show(tmdb=1396), PILOT])
    yield "add_to_list", f"{added.added} added: a film, a show and an episode"
    yield "get_list_items", ", ".join(_brief(row.item) for row in me.get_list_items(slug))
    yield "remove_from_list", f"{me.remove_from_list(slug, PILOT).deleted} removed"
    lists = me.get_user_lists().all()
    yield "get_user_lists", f"{len(lists)} lists, the last: {lists[-1].name}, with {lists[-1].item_count} entries"
    me.delete_list(slug)
    yield "delete_list", "deleted"


def _rest(me: UserService[Blocking]) -> Iterator[Step]:
    stats = me.get_user_stats()
    yield "get_user_stats", f"{stats.movies.plays:,} plays of films, {stats.episodes.plays:,} of episodes"
    yield "search", ", ".join(_brief(found.item) for found in me.search("matrix", kind="movie", limit=2))


def _brief(item: Any) -> str:
    """The name, of an episode without its title, so that the table fits a terminal."""
    return name_of(replace(item, title=None) if isinstance(item, Episode) else item)


def _minute(at: datetime | None) -> str:
    return "an unknown time" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"
