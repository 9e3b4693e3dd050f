"""A page of list items with its headers: the same for watchlist, favorites and lists."""

from __future__ import annotations

from watchprint.sandbox.kernel import Answer, Call, Refusal
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import Level, level_of
from watchprint.sandbox.present.rows import Row, typed
from watchprint.sandbox.rules.instants import stamp
from watchprint.sandbox.rules.privacy import privacy_headers
from watchprint.sandbox.rules.reading.views import Sort, kinds_asked, sort_asked, view
from watchprint.sandbox.state import ListEntry, User, UserList


def entries_answer(call: Call, owner: User, one: UserList | None, allowed: tuple[str, ...]) -> Answer:
    """The items of a list as the path's type and sort and the query's filters have them.

    Args:
        call: The request; path parts `type`, `sort_by`, `sort_how`.
        owner: Whose list it is.
        one: The list; None for a watchlist or favorites that nobody wrote to yet.
        allowed: The types that it may hold.

    Raises:
        Refusal: 404 for an unknown type.
    """
    kinds = kinds_asked(call.parts.get("type"), allowed)
    if kinds is None:
        raise Refusal(404)
    default = Sort("rank", "asc") if one is None else Sort(one.sort_by, one.sort_how)
    by = call.parts.get("sort_by", call.query.get("sort_by"))
    how = call.parts.get("sort_how", call.query.get("sort_how"))
    sort = sort_asked(by, how, default, call.user)
    entries = [] if one is None else one.entries
    rows = view(entries, call.world, kinds=kinds, sort=sort, query=call.query, owner=owner)
    page, headers = page_of(call, rows, whole=True)
    headers |= sort.headers() | privacy_headers(call, owner)
    if one is not None:
        headers["X-List-ID"] = str(one.id)
    level = level_of(call.extended)
    return Answer(200, [item_row(entry, level, call) for entry in page], headers)


def nothing(call: Call, default: int = 10) -> Answer:
    """A page of a list that is always empty in a sandbox."""
    none: list[Row] = []
    page, headers = page_of(call, none, default)
    return Answer(200, page, headers)


def item_row(entry: ListEntry, level: Level, call: Call) -> Row:
    """One list item."""
    row = {"rank": entry.rank, "id": entry.id, "listed_at": stamp(entry.listed_at), "notes": entry.notes}
    return row | typed(entry.item, level, call.world)
