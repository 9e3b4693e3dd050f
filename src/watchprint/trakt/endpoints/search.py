"""Finding titles by text or by an id of another service. Nothing is recommended here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from watchprint.trakt.bind import Endpoints, R, pages
from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.catalogue import SearchRow
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import listing, path_of

Findable: TypeAlias = Literal["movie", "show", "episode", "person", "list"]
IdScheme: TypeAlias = Literal["trakt", "imdb", "tmdb", "tvdb"]


class Search(Endpoints[R]):
    """Searches. Hits are told apart by their order alone: equal scores may change places between pages."""

    @pages
    def text(
        self,
        query: str,
        *,
        kinds: Sequence[Findable] = ("movie", "show"),
        fields: Sequence[str] = (),
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[SearchRow]:
        """Titles whose names or texts have these words, best first.

        Args:
            query: The words, taken as they are.
            kinds: movie, show, episode, person, list.
            fields: Where to look (title, aliases, overview, …); none = Trakt's own choice.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /search/{type}
        """
        path = path_of("search", _kinds(kinds))
        query_ = escaped(_words(query))
        return listing(
            SearchRow, path, _by_order, needs_user=False, query=query_, fields=_or_none(fields), extended=extended
        )

    @pages
    def exact(
        self,
        query: str,
        *,
        kind: Literal["movie", "show"] = "movie",
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[SearchRow]:
        """Titles of exactly this name.

        Args:
            query: The name.
            kind: movie or show.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /search/{type}/exact
        """
        path = path_of("search", kind, "exact")
        return listing(SearchRow, path, _by_order, needs_user=False, query=_words(query), extended=extended)

    @pages
    def by_id(
        self,
        scheme: IdScheme,
        id: int | str,
        *,
        kinds: Sequence[Findable] = (),
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[SearchRow]:
        """Titles with this id; several where their kinds share numbers, none where nobody has it.

        Args:
            scheme: trakt, imdb, tmdb or tvdb.
            id: The id there.
            kinds: movie, show, episode, person; none = all.
            extended: "full" for all facts about the titles.
            limit: Most rows in all.

        Source: GET /search/{id_type}/{id}
        """
        path = path_of("search", scheme, id)
        return listing(SearchRow, path, _by_order, needs_user=False, type=_or_none(kinds), extended=extended)


def escaped(query: str) -> str:
    """The words with Trakt's search operators taken as plain text."""
    return re.sub(r'([+\-&|!(){}\[\]^"~*?:/\\])', r"\\\1", query)


def _by_order(row: SearchRow) -> None:
    return None


def _kinds(kinds: Sequence[str]) -> str:
    if not kinds:
        raise Invalid("nothing says what to search for: give movie, show, episode, person or list")
    return ",".join(kinds)


def _or_none(values: Sequence[str]) -> str | None:
    return ",".join(values) or None


def _words(query: str) -> str:
    if not isinstance(query, str) or not query.strip():
        raise Invalid("the words to search for are blank")
    return query
