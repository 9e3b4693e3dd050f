"""Favourites: films and shows with a rating of 10. Trakt's own list of favourites is another thing (`trakt.sync`).

The ratings are read before anything is written, so that no other rating goes unseen.

Source: GET /sync/ratings/{type}/{rating}, POST /sync/ratings, POST /sync/ratings/remove.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from watchprint.service.answers import Favorited, Rated, Unfavorited
from watchprint.service.arguments import Asked, OneOrMore, asked, known_kind
from watchprint.service.titles.abreast import side_by_side
from watchprint.service.titles.finding import find_all
from watchprint.service.titles.given import item_of
from watchprint.service.titles.matching import Alias, aliases, comparable
from watchprint.service.writing.batches import Sent, write
from watchprint.service.writing.bodies import Line
from watchprint.service.writing.naming import named
from watchprint.trakt.bind import Endpoints, R, flow, pages
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.flows import Flow, read_whole, result_of
from watchprint.trakt.items import Item, Kind, Movie, Show
from watchprint.trakt.models.ratings import RatingRow
from watchprint.trakt.models.writes import Added, Removed
from watchprint.trakt.paging import Rows

FavoriteKind = Literal["movie", "show"]
KINDS: Final[tuple[Kind, ...]] = ("movie", "show")
FAVORITE: Final = 10
_PATHS: Final[dict[str, Literal["movies", "shows"]]] = {"movie": "movies", "show": "shows"}


class Favorites(Endpoints[R]):
    """Favourites."""

    @flow
    def add_to_favorites(self, items: OneOrMore[Movie | Show]) -> Flow[Favorited]:
        """How many became favourites, and which ratings that replaced.

        Args:
            items: Films and shows; one or many.

        Raises:
            Invalid: An item is something else.
            AccountLimit: The account holds no more ratings.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /sync/ratings
        """
        return _favorited(asked(items, KINDS, "favourites"))

    @flow
    def remove_from_favorites(self, items: OneOrMore[Movie | Show]) -> Flow[Unfavorited]:
        """How many are no favourites any more. Only ratings of 10 go; what has another keeps it.

        Args:
            items: Films and shows; one or many.

        Raises:
            Invalid: An item is something else.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /sync/ratings/remove
        """
        return _unfavorited(asked(items, KINDS, "favourites"))

    @pages
    def get_favorites(
        self, *, kind: FavoriteKind | None = None, limit: int | None = None
    ) -> Flow[Sequence[Rows[Rated]]]:
        """Films, then shows, with a rating of 10.

        Args:
            kind: movie or show; None: both.
            limit: Most rows in all.

        Raises:
            Invalid: The kind is none of these.

        Source: GET /sync/ratings/{type}/10
        """
        wanted = known_kind(kind, KINDS, "favourites")
        paths = (_PATHS[wanted],) if wanted else tuple(_PATHS.values())
        listings = [Sync.ratings.listing(kind=path, only=(FAVORITE,), extended="full") for path in paths]
        return result_of([Rows(listing, _rated) for listing in listings])


def _favorited(batch: Sequence[Asked]) -> Flow[Favorited]:
    ratings = yield from _ratings(batch)
    titles = yield from _titles(batch)
    new = [
        Line(title.item, title.asked, {"rating": FAVORITE})
        for title in titles.known
        if ratings.of(title.item) != FAVORITE
    ]
    start = Favorited(existing=len(titles.known) - len(new), not_found=titles.unknown)

    def merged(total: Favorited, answer: Added, sent: Sent) -> Favorited:
        old = [ratings.pair(line.item) for line in sent.stored]
        return replace(
            total,
            added=total.added + answer.added.total,
            replaced=(*total.replaced, *(pair for pair in old if pair is not None)),
            not_found=(*total.not_found, *sent.unknown),
        )

    return (yield from write(new, Sync.add_ratings.call, start, merged))


def _unfavorited(batch: Sequence[Asked]) -> Flow[Unfavorited]:
    ratings = yield from _ratings(batch)
    titles = yield from _titles(batch)
    unrated = [title for title in titles.known if ratings.of(title.item) is None]
    known = dict(zip(map(id, unrated), (yield from find_all(title.item for title in unrated)), strict=True))
    lost = tuple(title.asked.item for title in unrated if known[id(title)] is None)
    others: list[tuple[Item, int | None]] = []
    for title in titles.known:
        found, pair = known.get(id(title)), ratings.pair(title.item)
        if found is not None:
            others.append((found.item, None))
        elif pair is not None and pair[1] != FAVORITE:
            others.append(pair)
    lines = [Line(title.item, title.asked) for title in titles.known if ratings.of(title.item) == FAVORITE]
    start = Unfavorited(not_favorite=tuple(others), not_found=(*titles.unknown, *lost))
    return (yield from write(lines, Sync.remove_ratings.call, start, _taken))


def _taken(total: Unfavorited, answer: Removed, sent: Sent) -> Unfavorited:
    deleted = total.deleted + answer.deleted.total
    return replace(total, deleted=deleted, not_found=(*total.not_found, *sent.unknown))


@dataclass(frozen=True, slots=True)
class _Title:
    """An item that can be compared, with what was handed in for it."""

    asked: Asked
    item: Item


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of a batch, each once, and what Trakt does not know."""

    known: list[_Title]
    unknown: tuple[Item, ...]


def _titles(batch: Sequence[Asked]) -> Flow[_Titles]:
    """Looked up only where titles of the batch could not be told apart otherwise."""
    items = yield from named([one.item for one in batch], certain=True)
    kinds = [[item for item in items if isinstance(item, kind)] for kind in (Movie, Show)]
    unclear = [item for alike in kinds if not comparable(alike) for item in alike]
    found = yield from find_all(unclear)
    clear = {id(item): one.item for item, one in zip(unclear, found, strict=True) if one is not None}
    known: list[_Title] = []
    seen: set[Alias] = set()
    for one, item in zip(batch, items, strict=True):
        if item is not None and seen.isdisjoint(names := aliases(clear.get(id(item), item))):
            seen.update(names)
            known.append(_Title(one, clear.get(id(item), item)))
    unknown = tuple(one.item for one, item in zip(batch, items, strict=True) if item is None)
    return _Titles(known, unknown)


class _Ratings:
    """The user's ratings, by every name of their titles."""

    def __init__(self, rows: Iterable[RatingRow]) -> None:
        self._rated: dict[Alias, tuple[Item, int]] = {}
        for row in rows:
            item = item_of(row)
            if item is not None and row.rating is not None:
                self._rated.update(dict.fromkeys(aliases(item), (item, row.rating)))

    def pair(self, item: Item) -> tuple[Item, int] | None:
        """The title with all ids, and its rating; None: it has none."""
        return next((self._rated[name] for name in aliases(item) if name in self._rated), None)

    def of(self, item: Item) -> int | None:
        """The rating that it has."""
        pair = self.pair(item)
        return None if pair is None else pair[1]


def _ratings(batch: Sequence[Asked]) -> Flow[_Ratings]:
    kinds = dict.fromkeys(one.item.kind for one in batch)
    parts = yield from side_by_side([read_whole(Sync.ratings.listing(kind=_PATHS[kind])) for kind in kinds])
    return _Ratings(row for part in parts for row in part or ())


def _rated(row: RatingRow) -> Rated:
    return Rated(item_of(row), row.rating, row.rated_at, row)
