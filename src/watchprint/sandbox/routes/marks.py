"""The watchlist and the favorites: six routes each, and those of other users (trakt-api.md 11.7, 11.8)."""

from __future__ import annotations

from typing import Any, Literal

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.present.items import entries_answer
from watchprint.sandbox.present.people import list_json
from watchprint.sandbox.rules.keeping.lists import (
    ARRAYS,
    Shelf,
    add_items,
    favorites_of,
    remove_items,
    reorder,
    set_notes,
    watchlist_of,
)
from watchprint.sandbox.rules.privacy import owner_of
from watchprint.sandbox.rules.requests.shapes import items_shape
from watchprint.sandbox.shapes import Nullable

ROUTES = Routes()
ITEMS = items_shape({"notes": str})
RANK = {"rank": [int]}
NOTES = {"notes": Nullable(str), "rank": int}
METADATA = {"description": str, "sort_by": str, "sort_how": str}
Which = Literal["watchlist", "favorites"]


def _paths(prefix: str) -> tuple[str, ...]:
    whole = f"{prefix}/{{type}}/{{sort_by}}/{{sort_how}}".split("/")
    return tuple("/".join(whole[:n]) for n in range(len(whole) - 3, len(whole) + 1))


@ROUTES.get(*_paths("/sync/watchlist"))
def watchlist(call: Call) -> Answer:
    """The watchlist, as its own sort or the path's has it."""
    return _entries(call, "watchlist")


@ROUTES.get(*_paths("/sync/favorites"))
def favorites(call: Call) -> Answer:
    """The favorites."""
    return _entries(call, "favorites")


@ROUTES.get(*_paths("/users/{user}/watchlist"), auth=False)
def user_watchlist(call: Call) -> Answer:
    """The watchlist of any user that may be seen."""
    return _entries(call, "watchlist")


@ROUTES.get(*_paths("/users/{user}/favorites"), auth=False)
def user_favorites(call: Call) -> Answer:
    """The favorites of any user that may be seen."""
    return _entries(call, "favorites")


@ROUTES.get("/users/{user}/watchlist/comments/{sort}", "/users/{user}/favorites/comments/{sort}", auth=False)
def comments(call: Call) -> Answer:
    """Nobody comments in a sandbox."""
    owner_of(call)
    return Answer(200, [])


def _entries(call: Call, which: Which) -> Answer:
    user = owner_of(call)
    kept = user.watchlist if which == "watchlist" else user.favorites
    allowed = tuple(name[:-1] for name in ARRAYS[which])
    return entries_answer(call, user, kept, allowed)


def _shelf(call: Call, which: str) -> Shelf:
    return (watchlist_of if which == "watchlist" else favorites_of)(call.viewer, call.world)


def _which(call: Call) -> str:
    return call.path.split("/")[2]


@ROUTES.post("/sync/watchlist", "/sync/favorites", shape=ITEMS)
def add(call: Call) -> Answer:
    """201 with what was added, there already, and not found; 420 on the limit."""
    return Answer(201, add_items(_shelf(call, _which(call)), call.body, call.world))


@ROUTES.post("/sync/watchlist/remove", "/sync/favorites/remove", shape=ITEMS)
def remove(call: Call) -> Answer:
    """200 with what was deleted and not found."""
    return Answer(200, remove_items(_shelf(call, _which(call)), call.body, call.world))


@ROUTES.post("/sync/watchlist/reorder", "/sync/favorites/reorder", shape=RANK)
def order(call: Call) -> Answer:
    """200 with how many ids were known."""
    return Answer(200, reorder(_shelf(call, _which(call)), call.body.get("rank", []), call.world))


@ROUTES.put("/sync/watchlist/{id}", "/sync/favorites/{id}", shape=NOTES)
def note(call: Call) -> Answer:
    """204; writes or removes the note of one item."""
    write_note(call, _shelf(call, _which(call)))
    return Answer(204)


def write_note(call: Call, shelf: Shelf) -> None:
    """Write the body's note to the item of the path.

    Raises:
        Refusal: 404 for an unknown item; 420, 422, 426 for notes that the account may not write.
    """
    text = call.parts["id"]
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refusal(404)
    if "notes" in call.body:
        set_notes(shelf, int(text), call.body["notes"], call.world)


@ROUTES.put("/sync/watchlist", "/sync/favorites", shape=METADATA)
def metadata(call: Call) -> Answer:
    """200 with the list; writes description and sort."""
    shelf = _shelf(call, _which(call))
    body: dict[str, Any] = call.body
    if body.get("sort_how", "asc") not in ("asc", "desc"):
        raise Refusal(400, {"error": "Invalid enum value for sort_how"})
    for name in METADATA:
        if name in body:
            setattr(shelf.list, name, body[name])
    shelf.changed(call.world)
    return Answer(200, list_json(shelf.list, shelf.user, call.world))
