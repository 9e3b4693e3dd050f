"""Personal lists under `/users/{id}/lists` and `/lists/{id}` (trakt-api.md 13)."""

from __future__ import annotations

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.items import entries_answer
from watchprint.sandbox.present.items import nothing as no_rows
from watchprint.sandbox.present.people import list_json
from watchprint.sandbox.routes.marks import ITEMS, NOTES, RANK, write_note
from watchprint.sandbox.rules.keeping.lists import Shelf, add_items, remove_items, reorder
from watchprint.sandbox.rules.keeping.personal import (
    change_list,
    create_list,
    delete_list,
    list_named,
    reorder_lists,
)
from watchprint.sandbox.rules.limits import needs_vip
from watchprint.sandbox.rules.privacy import may_see, own_only, owner_of, privacy_headers
from watchprint.sandbox.rules.reading.views import KINDS
from watchprint.sandbox.shapes import Nullable
from watchprint.sandbox.state import User, UserList

ROUTES = Routes()
CREATE = {
    "name": str,
    "description": str,
    "privacy": str,
    "display_numbers": bool,
    "allow_comments": bool,
    "sort_by": str,
    "sort_how": str,
}
CHANGE = {**CREATE, "description": Nullable(str)}
LIST = "/users/{user}/lists/{list}"
ITEM_PATHS = tuple(f"/items{rest}" for rest in ("", "/{type}", "/{type}/{sort_by}", "/{type}/{sort_by}/{sort_how}"))


@ROUTES.get("/users/{user}/lists", auth=False)
def lists(call: Call) -> Answer:
    """The lists of a user that the request may see, in the user's order."""
    owner = owner_of(call)
    page, headers = page_of(call, [one for one in owner.lists if may_see(call, owner, one)])
    body = [list_json(one, owner, call.world, call.extended) for one in page]
    return Answer(200, body, headers | privacy_headers(call, owner))


@ROUTES.post("/users/{user}/lists", shape=CREATE)
def create(call: Call) -> Answer:
    """201 with the new list; 420 on the limit."""
    owner = own_only(call)
    return Answer(201, list_json(create_list(owner, call.body, call.world), owner, call.world))


@ROUTES.post("/users/{user}/lists/reorder", shape=RANK)
def order_lists(call: Call) -> Answer:
    """200 with how many ids were known."""
    return Answer(200, reorder_lists(own_only(call), call.body.get("rank", []), call.world))


@ROUTES.get(LIST, "/lists/{list}", auth=False)
def one_list(call: Call) -> Answer:
    """One list."""
    owner, one = _seen(call)
    return Answer(200, list_json(one, owner, call.world, call.extended), privacy_headers(call, owner))


@ROUTES.put(LIST, shape=CHANGE)
def change(call: Call) -> Answer:
    """200 with the list; writes the given fields."""
    owner, one = _own(call)
    change_list(owner, one, call.body, call.world)
    return Answer(200, list_json(one, owner, call.world))


@ROUTES.delete(LIST)
def delete(call: Call) -> Answer:
    """204; 403 for somebody else's list."""
    owner = owner_of(call)
    if owner is not call.user:
        raise Refusal(403)
    delete_list(owner, _own(call)[1], call.world)
    return Answer(204)


@ROUTES.get(*(prefix + path for prefix in (LIST, "/lists/{list}") for path in ITEM_PATHS), auth=False)
def items(call: Call) -> Answer:
    """The items of a list."""
    owner, one = _seen(call)
    return entries_answer(call, owner, one, KINDS)


@ROUTES.post(f"{LIST}/items", shape=ITEMS)
def add(call: Call) -> Answer:
    """201 with what was added, there already, and not found; 420 on the limit."""
    return Answer(201, add_items(Shelf(*_own(call), "personal"), call.body, call.world))


@ROUTES.post(f"{LIST}/items/remove", shape=ITEMS)
def remove(call: Call) -> Answer:
    """200 with what was deleted and not found."""
    return Answer(200, remove_items(Shelf(*_own(call), "personal"), call.body, call.world))


@ROUTES.post(f"{LIST}/items/reorder", f"{LIST}/reorder", shape=RANK)
def order(call: Call) -> Answer:
    """200 with how many ids were known."""
    return Answer(200, reorder(Shelf(*_own(call), "personal"), call.body.get("rank", []), call.world))


@ROUTES.put(f"{LIST}/items/{{id}}", shape=NOTES)
def note(call: Call) -> Answer:
    """204; writes or removes the note of one item; VIP only."""
    shelf = Shelf(*_own(call), "personal")
    needs_vip(shelf.user)
    write_note(call, shelf)
    return Answer(204)


@ROUTES.get(
    f"{LIST}/likes",
    f"{LIST}/comments",
    f"{LIST}/comments/{{sort}}",
    "/lists/{list}/likes",
    "/lists/{list}/comments",
    "/lists/{list}/comments/{sort}",
    auth=False,
)
def nothing(call: Call) -> Answer:
    """Nobody likes or comments in a sandbox."""
    owner, one = _seen(call)
    answer = no_rows(call)
    answer.headers |= {"X-List-ID": str(one.id)} | privacy_headers(call, owner)
    return answer


@ROUTES.get("/lists/trending", "/lists/trending/{type}", "/lists/popular", "/lists/popular/{type}", auth=False)
def no_discovery(call: Call) -> Answer:
    """The sandbox ranks no lists."""
    return no_rows(call, default=100)


def _own(call: Call) -> tuple[User, UserList]:
    """The user's own list that the path names; 404 when there is none."""
    owner = own_only(call)
    one = list_named(owner, call.parts["list"])
    if one is None:
        raise Refusal(404)
    return owner, one


def _seen(call: Call) -> tuple[User, UserList]:
    """The list that the path names, when the request may see it.

    Raises:
        Refusal: 404 for an unknown list or one that is not shared, 401 for one of a private user.
    """
    name = call.parts["list"]
    owners = [owner_of(call)] if "user" in call.parts else list(call.world.state.users.values())
    for owner in owners:
        one = list_named(owner, name) if "user" in call.parts or name.isdigit() else None
        if one is not None and may_see(call, owner, one):
            if owner.private and owner is not call.user:
                raise Refusal(401, None, {"X-Private-User": "true"})
            return owner, one
    raise Refusal(404)
