"""`/search/*`: by text, by exact title, by id (trakt-api.md 14). Scores are whole numbers."""

from __future__ import annotations

from watchprint.sandbox.catalogue.titles import Title
from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.present.fragments import level_of
from watchprint.sandbox.present.people import list_json
from watchprint.sandbox.present.rows import Row, typed
from watchprint.sandbox.rules.privacy import may_see
from watchprint.sandbox.rules.reading.filters import passes
from watchprint.sandbox.rules.requests.items import item_of
from watchprint.sandbox.rules.requests.query import words
from watchprint.sandbox.state import User, UserList

ROUTES = Routes()
TYPES = ("movie", "show", "episode", "person", "list")
ID_TYPES = ("trakt", "imdb", "tmdb", "tvdb")
BY_ID = ("movie", "show", "episode", "person")
ID_SCORE = 1000
"""What a hit by id scores; Trakt's documents say null, its contract a number."""

Hit = tuple[int, Title | tuple[User, UserList]]


@ROUTES.get("/search/{type}", auth=False)
def by_text(call: Call) -> Answer:
    """Hits by text, best first."""
    return _found(call, exact=False)


@ROUTES.get("/search/{type}/exact", auth=False)
def by_exact_title(call: Call) -> Answer:
    """Films and shows of exactly that title."""
    return _found(call, exact=True)


def _found(call: Call, *, exact: bool) -> Answer:
    types = words(call.parts["type"])
    if not types or not set(types) <= set(TYPES):
        raise Refusal(404)
    query = call.query.get("query", "").strip()
    hits: list[Hit] = []
    if query:
        found = call.world.catalogue.search(query, [t for t in types if t != "list"], exact=exact)
        hits += [(round(score), title) for score, title in found if passes(title, call.query)]
    if query and "list" in types and not exact:
        hits += _lists(call, query)
        hits.sort(key=lambda hit: -hit[0])
    page, headers = page_of(call, hits, default=50)
    return Answer(200, [_row(hit, call) for hit in page], headers)


def _lists(call: Call, query: str) -> list[Hit]:
    """Lists that anyone may see and whose name or description has the query in it."""
    wanted = query.casefold()
    return [
        (100 if one.name.casefold() == wanted else 50, (owner, one))
        for owner in call.world.state.users.values()
        if not owner.private
        for one in owner.lists
        if one.privacy == "public"
        and may_see(call, owner, one)
        and wanted in f"{one.name}\n{one.description or ''}".casefold()
    ]


def _row(hit: Hit, call: Call) -> Row:
    score, found = hit
    if isinstance(found, tuple):
        return {"score": score, "type": "list", "list": list_json(found[1], found[0], call.world)}
    return {"score": score} | typed(item_of(found), level_of(call.extended), call.world)


@ROUTES.get("/search/{id_type}/{id}", auth=False)
def by_id(call: Call) -> Answer:
    """All titles with that id, one a type at most; nothing found is an empty list."""
    types = words(call.query.get("type")) or BY_ID
    if call.parts["id_type"] not in ID_TYPES or not set(types) <= set(BY_ID):
        raise Refusal(404)
    found = call.world.catalogue.lookup(call.parts["id_type"], call.parts["id"], types)
    page, headers = page_of(call, found, default=50)
    return Answer(200, [_row((ID_SCORE, title), call) for title in page], headers)


@ROUTES.get("/search/recent", "/search/recent/{type}")
def recent(call: Call) -> Answer:
    """The sandbox keeps no searches."""
    return Answer(200, [])
