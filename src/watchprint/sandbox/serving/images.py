"""The pictures that answers link to, drawn when asked for. Open to everybody, as on Trakt's media host."""

from __future__ import annotations

from typing import cast, get_args

from watchprint.sandbox.catalogue.images import SIZES, poster
from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes, World
from watchprint.sandbox.state import Item, Kind

ROUTES = Routes(host="image")


@ROUTES.get("/images/{kind}/{type}/{name}", auth=False)
def get_image(call: Call) -> Answer:
    """One SVG picture: of a title by type and Trakt id, of a user by Trakt id."""
    kind, number = call.parts["kind"], call.parts["name"].removesuffix(".svg")
    if kind not in SIZES or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Refusal(404)
    svg = _drawn(call.world, kind, call.parts["type"], int(number))
    return Answer(200, svg, {"Cache-Control": "public, max-age=86400"}, "image/svg+xml")


def _drawn(world: World, kind: str, type_name: str, trakt: int) -> bytes:
    if type_name == "user":
        name = next((u.name or u.username for u in world.state.users.values() if u.trakt == trakt), None)
        if name is not None:
            return poster(name, kind)
    elif type_name in get_args(Kind):
        title = world.catalogue.get(Item(cast(Kind, type_name), trakt))
        if title is not None:
            return poster(title, kind)
    raise Refusal(404)
