"""The table: where each of the 27 methods is, what it takes and what it gives. A declaration each, nothing else."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct, structs

from watchprint.service.faces import AsyncUserService as Service
from watchprint.service.titles.typed import item_of as typed_item
from watchprint.trakt.facts import Place
from watchprint.web.methods.method import Asked, Method
from watchprint.web.shapes import answers, bodies, queries
from watchprint.web.shapes.facts import listed, owned, seen
from watchprint.web.shapes.items import item_of

HEAT: Final = {"type": "movie", "ids": {"tmdb": 949}}
SECOND: Final = {"type": "episode", "show": {"ids": {"tmdb": 1396}}, "season": 1, "number": 2}


def _scrobbled(body: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return (item_of(body.item), body.progress), {"sharing": body.sharing}


def _said(body: Any) -> dict[str, Any]:
    place = None if body.place is None else Place(**structs.asdict(body.place))
    return {"message": body.message, "sharing": body.sharing, "place": place, "share_place": body.share_place}


def _all(body: Any) -> list[Any]:
    return [item_of(one) for one in body.items]


def _start(user: Service, asked: Asked) -> Any:
    args, kwargs = _scrobbled(asked.body)
    return user.scrobble_start(*args, **kwargs)


def _pause(user: Service, asked: Asked) -> Any:
    args, kwargs = _scrobbled(asked.body)
    return user.scrobble_pause(*args, **kwargs)


def _stop(user: Service, asked: Asked) -> Any:
    args, kwargs = _scrobbled(asked.body)
    return user.scrobble_stop(*args, **kwargs)


def _add_to_history(user: Service, asked: Asked) -> Any:
    body = asked.body
    return user.add_to_history(map(seen, body.items), at=body.at, allow_duplicates=body.allow_duplicates)


def _remove_from_history(user: Service, asked: Asked) -> Any:
    body = asked.body
    return user.remove_from_history(_all(body), play_ids=body.play_ids, all_plays=body.all_plays)


def _get_history(user: Service, asked: Asked) -> Any:
    query = asked.query
    item = None if query.item is None else typed_item(query.item)
    return user.get_history(kind=query.kind, item=item, since=query.since, until=query.until)


def _create_list(user: Service, asked: Asked) -> Any:
    return user.create_list(asked.body.name, description=asked.body.description, privacy=asked.body.privacy)


def _scrobble(action: str, call: Any, says: str) -> Method:
    return Method(
        f"scrobble_{action}", "POST", f"/scrobble/{action}", answers.Scrobble, call, says,
        body=bodies.ScrobbleBody, example={"item": SECOND, "progress": 93.5 if action == "stop" else 12},
    )  # fmt: skip


def _checkin(kind: str, body: type[Struct], call: Any, example: Any) -> Method:
    says = f"Check in to {'a film' if kind == 'movie' else 'an episode'}: it becomes a play when it is over."
    return Method(
        f"checkin_{kind}", "POST", f"/checkin/{kind}", answers.Checkin, call, says, body=body, example=example
    )


def _adding(name: str, path: str, body: type[Struct], call: Any, says: str, example: Any = None) -> Method:
    answer = answers.Favorited if name == "add_to_favorites" else answers.Written
    return Method(name, "POST", path, answer, call, says, body=body, example=example or {"items": [HEAT]})


def _removing(name: str, path: str, body: type[Struct], call: Any, says: str, example: Any = None) -> Method:
    answer = answers.Unfavorited if name == "remove_from_favorites" else answers.Removed
    return Method(name, "POST", path, answer, call, says, body=body, example=example or {"items": [HEAT]})


def _reading(name: str, path: str, row: Any, query: type[Struct], call: Any, says: str) -> Method:
    return Method(name, "GET", path, row, call, says, query=query)


_SEEN = {"items": [HEAT | {"at": "2026-01-31T20:15:00Z"}, SECOND], "at": "2026-02-01T21:00:00Z"}
_MADE = {"name": "To show Anna", "privacy": "private"}
_ITEMS = "/lists/{list}/items"

METHODS: Final[tuple[Method, ...]] = (
    _scrobble("start", _start, "Playback began or went on: the user is watching this."),
    _scrobble("pause", _pause, "Playback paused: the position is saved, never a play."),
    _scrobble("stop", _stop, "Playback ended: from 80 % on a play, below that a saved position."),
    _checkin(
        "movie", bodies.CheckinMovieBody, lambda u, a: u.checkin_movie(item_of(a.body.item), **_said(a.body)),
        {"item": HEAT, "place": {"name": "Odeon", "kind": "cinema"}},
    ),
    _checkin(
        "episode", bodies.CheckinEpisodeBody, lambda u, a: u.checkin_episode(item_of(a.body.item), **_said(a.body)),
        {"item": SECOND},
    ),
    Method("delete_checkin", "DELETE", "/checkin", None, lambda u, a: u.delete_checkin(),
           "End the running check-in, so that it becomes no play; also where none is running."),
    _reading("get_history", "/history", answers.Play, queries.HistoryQuery, _get_history, "Plays, newest first."),
    _adding("add_to_history", "/history", bodies.HistoryBody, _add_to_history,
            "Add plays. One that is there at that minute is skipped, so that a second try doubles nothing.", _SEEN),
    _removing("remove_from_history", "/history/remove", bodies.HistoryRemoveBody, _remove_from_history,
              "Remove single plays, or every play of a title.", {"play_ids": [8675309]}),
    _reading("get_collection", "/collection", answers.OwnedItem, queries.CollectionQuery,
             lambda u, a: u.get_collection(kind=a.query.kind), "What is owned: films, then episodes."),
    _adding("add_to_collection", "/collection", bodies.CollectionBody,
            lambda u, a: u.add_to_collection(map(owned, a.body.items)), "Add to the library.",
            {"items": [HEAT | {"media_type": "bluray", "resolution": "uhd_4k"}]}),
    _removing("remove_from_collection", "/collection/remove", bodies.WatchablesBody,
              lambda u, a: u.remove_from_collection(_all(a.body)), "Remove from the library."),
    _reading("get_watchlist", "/watchlist", answers.ListedItem, queries.WatchlistQuery,
             lambda u, a: u.get_watchlist(kind=a.query.kind, sort=a.query.sort), "What is to be watched."),
    _adding("add_to_watchlist", "/watchlist", bodies.WatchlistBody,
            lambda u, a: u.add_to_watchlist(map(listed, a.body.items)), "Add to the watchlist."),
    _removing("remove_from_watchlist", "/watchlist/remove", bodies.WatchablesBody,
              lambda u, a: u.remove_from_watchlist(_all(a.body)), "Remove from the watchlist."),
    _reading("get_favorites", "/favorites", answers.Rated, queries.FavoritesQuery,
             lambda u, a: u.get_favorites(kind=a.query.kind), "Films, then shows, with a rating of 10."),
    _adding("add_to_favorites", "/favorites", bodies.FavoritesBody,
            lambda u, a: u.add_to_favorites(_all(a.body)), "Rate with 10; says which ratings that replaced."),
    _removing("remove_from_favorites", "/favorites/remove", bodies.FavoritesBody,
              lambda u, a: u.remove_from_favorites(_all(a.body)), "Take ratings of 10 back; others stay."),
    _reading("get_user_lists", "/lists", answers.List, queries.Paged,
             lambda u, a: u.get_user_lists(), "The user's lists, the private ones too."),
    Method("create_list", "POST", "/lists", answers.List, _create_list, "Make a list.",
           body=bodies.NewListBody, example=_MADE),
    Method("delete_list", "DELETE", "/lists/{list}", None, lambda u, a: u.delete_list(a.list),
           "Delete a list with its entries."),
    _reading("get_list_items", _ITEMS, answers.ListedItem, queries.ListItemsQuery,
             lambda u, a: u.get_list_items(a.list, kind=a.query.kind), "Entries of a list."),
    _adding("add_to_list", _ITEMS, bodies.ListItemsBody,
            lambda u, a: u.add_to_list(a.list, map(listed, a.body.items)), "Add to a list; it takes people too."),
    _removing("remove_from_list", f"{_ITEMS}/remove", bodies.ItemsBody,
              lambda u, a: u.remove_from_list(a.list, _all(a.body)), "Remove from a list."),
    Method("get_user_stats", "GET", "/stats", answers.UserStats, lambda u, a: u.get_user_stats(),
           "Trakt's own totals; they may be hours old."),
    Method("get_user_watching", "GET", "/watching", answers.Watching, lambda u, a: u.get_user_watching(),
           "What the user watches now; null: nothing.", nullable=True),
    _reading("search", "/search", answers.Found, queries.SearchQuery,
             lambda u, a: u.search(a.query.q, kind=a.query.kind),
             "Titles and people, best first: to put them into lists and collections."),
)  # fmt: skip
