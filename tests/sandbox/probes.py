"""Routes of the tests' own beside Trakt's: small, so that what the server puts around any route can be seen."""

from __future__ import annotations

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.paging import page_of
from watchprint.sandbox.shapes import Nullable

ROUTES = Routes()
NOTE = {"text": str, "maybe": Nullable(str), "n": int, "inner": {"text": str}, "many": [{"id": int}]}


@ROUTES.get("/probe/rows", auth=False)
def get_rows(call: Call) -> Answer:
    """`count` rows, paged; each with a film."""
    rows = [{"n": n, "movie": {"title": f"Film {n}"}} for n in range(int(call.query.get("count", "7")))]
    page, headers = page_of(call, rows, default=3, maximum=5)
    return Answer(200, list(page), headers)


@ROUTES.get("/probe/mine")
def get_mine(call: Call) -> Answer:
    """What the viewer noted last."""
    return Answer(200, {"slug": call.viewer.slug, "note": call.viewer.about})


@ROUTES.get("/probe/maybe", auth=False)
def get_maybe(call: Call) -> Answer:
    """Who asks, if anybody."""
    return Answer(200, {"slug": call.user.slug if call.user else None})


@ROUTES.post("/probe/note", shape=NOTE)
def post_note(call: Call) -> Answer:
    """Note a text, and the instant as history would store it."""
    call.viewer.about = call.body.get("text")
    call.viewer.revision += 1
    return Answer(201, {"body": call.body, "at": call.world.to_minute(call.world.now).isoformat()})


@ROUTES.put("/probe/note")
def put_note(call: Call) -> Answer:
    call.viewer.about = call.body.get("text")
    return Answer(204)


@ROUTES.post("/probe/open", auth=False)
def post_open(call: Call) -> Answer:
    """A write that forgot to ask for a token."""
    return Answer(201)


@ROUTES.delete("/probe/note")
def delete_note(call: Call) -> Answer:
    call.viewer.about = None
    return Answer(204)


@ROUTES.get("/probe/parts/{first}/fixed", "/probe/parts/{first}/{second}", auth=False)
def get_parts(call: Call) -> Answer:
    """The path's parts and the query."""
    return Answer(200, {"parts": dict(call.parts), "query": dict(call.query)})


@ROUTES.get("/probe/parts/one/only", auth=False)
def get_only(call: Call) -> Answer:
    return Answer(200, {"only": True})


@ROUTES.get("/probe/refused", auth=False)
def get_refused(call: Call) -> Answer:
    raise Refusal(422, {"errors": ["no"]}, {"X-Why": "because"})


@ROUTES.get("/probe/broken", auth=False)
def get_broken(call: Call) -> Answer:
    raise ZeroDivisionError("a mistake in a route")
