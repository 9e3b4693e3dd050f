"""Look-ups of fixed words (trakt-api.md 18), and empty answers for what clients ask at start but a sandbox lacks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.present.items import nothing
from watchprint.sandbox.present.names import (
    COUNTRIES,
    GENRES,
    LANGUAGES,
    MOVIE_CERTIFICATIONS,
    SHOW_CERTIFICATIONS,
    display,
)

ROUTES = Routes()


def _kind(call: Call) -> str:
    if call.parts["type"] not in ("movies", "shows"):
        raise Refusal(404)
    return call.parts["type"]


@ROUTES.get("/genres/{type}", auth=False)
def genres(call: Call) -> Answer:
    """All genres."""
    _kind(call)
    more: dict[str, Any] = {"subgenres": []} if "subgenres" in call.extended else {}
    return Answer(200, [{"name": display(slug), "slug": slug, **more} for slug in GENRES])


@ROUTES.get("/certifications/{type}", auth=False)
def certifications(call: Call) -> Answer:
    """The US certifications."""
    known = MOVIE_CERTIFICATIONS if _kind(call) == "movies" else SHOW_CERTIFICATIONS
    rows = [{"name": name, "slug": name.lower(), "description": text} for name, text in known.items()]
    return Answer(200, {"us": rows})


@ROUTES.get("/countries/{type}", auth=False)
def countries(call: Call) -> Answer:
    """All countries, those of the catalogue among them."""
    titles = getattr(call.world.catalogue, _kind(call)).values()
    return Answer(200, _coded(COUNTRIES, {title.country for title in titles}))


@ROUTES.get("/languages/{type}", auth=False)
def languages(call: Call) -> Answer:
    """All languages, those of the catalogue among them."""
    titles = getattr(call.world.catalogue, _kind(call)).values()
    return Answer(200, _coded(LANGUAGES, {title.language for title in titles}))


def _coded(names: dict[str, str], used: set[str | None]) -> list[dict[str, str]]:
    known = {code: code.upper() for code in used if code} | names
    return [{"name": name, "code": code} for code, name in sorted(known.items(), key=lambda pair: pair[1])]


@ROUTES.get("/networks", auth=False)
def networks(call: Call) -> Answer:
    """The networks of the catalogue, each with the country of most of its shows."""
    where: dict[str, Counter[str | None]] = {}
    for show in call.world.catalogue.shows.values():
        if show.network:
            where.setdefault(show.network, Counter())[show.country] += 1
    rows = [
        {"name": name, "country": counts.most_common(1)[0][0], "ids": {"trakt": number, "tmdb": None}}
        for number, (name, counts) in enumerate(sorted(where.items()), 1)
    ]
    return Answer(200, rows)


@ROUTES.get("/recommendations/{type}", "/social_recommendations/{type}")
def recommendations(call: Call) -> Answer:
    """A sandbox recommends nothing."""
    _kind(call)
    return Answer(200, [])


@ROUTES.get(
    *(
        f"/{kind}/{rank}"
        for kind in ("movies", "shows", "media")
        for rank in ("trending", "popular", "anticipated", "hot")
    ),
    *(f"/comments/{which}" for which in ("trending", "recent", "updates")),
    *(f"/comments/{which}/{{comment_type}}" for which in ("trending", "recent", "updates")),
    *(f"/comments/{which}/{{comment_type}}/{{type}}" for which in ("trending", "recent", "updates")),
    auth=False,
)
def no_discovery(call: Call) -> Answer:
    """A sandbox ranks no titles and has no comments."""
    return nothing(call, default=100)
