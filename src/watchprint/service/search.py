"""Search: to put titles into lists and collections, and nothing more.

Source: GET /search/{type}, GET /search/{id_type}/{id}.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, cast

from watchprint.service.answers import Found
from watchprint.service.arguments import known_kind
from watchprint.service.titles.finding import SCHEMES, find
from watchprint.service.titles.given import item_of
from watchprint.trakt.bind import Endpoints, R, pages
from watchprint.trakt.endpoints.search import Findable, IdScheme, Search
from watchprint.trakt.errors import Invalid, NotFound
from watchprint.trakt.flows import Flow, result_of
from watchprint.trakt.items import Episode, Item, Kind, Movie, Person, Show
from watchprint.trakt.models.catalogue import SearchRow
from watchprint.trakt.paging import Listing, Rows

FoundKind = Literal["movie", "show", "episode", "person"]
KINDS: Final[tuple[Kind, ...]] = ("movie", "show", "episode", "person")
_IMDB: Final = re.compile(r"(tt|nm)\d{3,}")
_ID: Final = re.compile(r"(trakt|tmdb|tvdb):(\d+)|(imdb):((?:tt|nm)\d{3,})")


class Searching(Endpoints[R]):
    """Search."""

    @pages
    def search(
        self, text: str | Item, *, kind: FoundKind | None = None, limit: int | None = None
    ) -> Flow[Sequence[Rows[Found]]]:
        """Titles and people, best first.

        Args:
            text: Words of the title; or an id: "tt0113277", "tmdb:949", "tvdb:81189", "trakt:1", or an item that has
                one, such as Movie(tmdb=949).
            kind: movie, show, episode or person; None: all (for an item: its own kind).
            limit: Most rows in all.

        Returns:
            One row a hit. An id can have several hits, since ids are unique per kind only; an unknown id has none.

        Raises:
            Invalid: The text is blank, or the kind is none of these.

        Source: GET /search/{type}, GET /search/{id_type}/{id}
        """
        wanted = cast("Findable | None", known_kind(kind, KINDS, "the search"))
        if isinstance(text, str):
            return result_of([Rows(_of_text(text, wanted), _found)])
        item = _checked(text, wanted)
        if isinstance(item, Episode) and not item.known_ids:
            return _of_place(item)
        return result_of([Rows(_of_item(item), _found)])


def _of_text(text: str, kind: Findable | None) -> Listing[SearchRow]:
    words = text.strip()
    if not words:
        raise Invalid("there is nothing to search for: give words of a title, or an id such as 'tmdb:949'")
    if _IMDB.fullmatch(words):
        words = f"imdb:{words}"
    named = _ID.fullmatch(words)
    if named is None:
        return Search.text.listing(words, kinds=_kinds(kind), extended="full")
    scheme, value = (named[1], int(named[2])) if named[1] else (named[3], named[4])
    return _of_id(cast("IdScheme", scheme), value, kind)


def _checked(item: object, kind: str | None) -> Item:
    own = getattr(item, "kind", None)
    if not isinstance(item, Movie | Show | Episode | Person):
        raise Invalid(f"a search takes words, an id such as 'tmdb:949', a film, show, episode or person, not {item!r}")
    if kind not in (None, own):
        raise Invalid(f"the item's kind is {own}, and `kind` says {kind}: leave kind out")
    return item


def _of_place(item: Episode) -> Flow[Sequence[Rows[Found]]]:
    """An episode of a show: a search knows it by its id only."""
    try:
        known = yield from find(item)
    except NotFound:
        return []
    return [Rows(_of_id("trakt", known.trakt, "episode"), _found)]


def _of_item(item: Item) -> Listing[SearchRow]:
    kind = cast("Findable", item.kind)
    scheme = next((scheme for scheme in SCHEMES if scheme in item.known_ids), None)
    if scheme is not None:
        return _of_id(scheme, item.known_ids[scheme], kind)
    return Search.text.listing(_words(item), kinds=(kind,), extended="full")


def _words(item: Item) -> str:
    """What to look for where there is no id that a search takes: the title, else the slug's words."""
    match item:
        case Movie(title=str() as title) | Show(title=str() as title):
            return title
        case Movie(slug=str() as slug) | Show(slug=str() as slug) | Person(slug=str() as slug):
            return slug.replace("-", " ")
    raise AssertionError(f"{item!r} has an id, a slug or a title")


def _of_id(scheme: IdScheme, value: int | str, kind: Findable | None) -> Listing[SearchRow]:
    return Search.by_id.listing(scheme, value, kinds=_kinds(kind), extended="full")


def _kinds(kind: Findable | None) -> tuple[Findable, ...]:
    return (kind,) if kind else ("movie", "show", "episode", "person")


def _found(row: SearchRow) -> Found:
    return Found(item_of(row), row.score, row)
