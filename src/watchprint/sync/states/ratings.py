"""Ratings, a part for each kind: a new rating of an episode costs the pages of the episodes' ratings alone.

Trakt names no order in which they come, and a rating may be dated back: so a kind is read whole. A rating whose title
Trakt has deleted is known again by its instant and its value, and stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Literal

from watchprint.domain.title import Kind
from watchprint.store import Store
from watchprint.store.shelves.values import Difference, RatingSeen
from watchprint.store.work import Work
from watchprint.sync.states.part import Keep, Part, Told
from watchprint.sync.states.reading import Named, named
from watchprint.sync.states.telling import Found, found, known_again, known_untitled, told, untitled
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.models.ratings import RatingRow

Plural = Literal["movies", "shows", "seasons", "episodes"]
_KINDS: Final[dict[Plural, Kind]] = {"movies": "movie", "shows": "show", "seasons": "season", "episodes": "episode"}
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def ratings_of(plural: Plural) -> Part:
    """The ratings of one kind of titles."""
    name, fields = f"ratings of {plural}", frozenset({f"{plural}.rated_at"})

    async def read(trakt: AsyncTrakt, store: Store, account_id: int) -> Keep:
        known = await known_untitled(store, account_id, name)
        rows = await named(trakt, fields, Sync.ratings.listing(kind=plural, extended="full"), _mark, known)

        def keep(work: Work) -> Told:
            return told(work, account_id, name, rows, _put(work, account_id, _KINDS[plural], rows))

        return keep

    return Part(name, fields, read)


def _put(work: Work, account_id: int, kind: Kind, rows: Named[RatingRow]) -> Difference:
    """Let these be the ratings of that kind."""
    seen = _seen(found(work, rows))
    kept = work.ratings.all(account_id)
    kinds = work.titles.kinds(each.title_id for each in kept)
    untold = {
        each.title_id: (each.rated_at, each.rating)
        for each in kept
        if kinds.get(each.title_id) == kind and each.title_id not in seen
    }
    staying = known_again(untold, [(row.rated_at, row.rating) for row in untitled(rows)])
    put = work.ratings.put(account_id, seen.values())
    gone = work.ratings.drop(account_id, untold.keys() - staying)
    return Difference(put.added, put.changed, gone.gone)


def _seen(rows: Iterable[Found[RatingRow]]) -> dict[int, RatingSeen]:
    """The ratings by title; of two of one title the one that was given last."""
    newest_first = sorted(rows, key=lambda each: each.row.rated_at or _LONG_AGO, reverse=True)
    seen: dict[int, RatingSeen] = {}
    for each in newest_first:
        rating, facts = each.row.rating, each.title.facts
        if rating is not None and 1 <= rating <= 10 and each.title_id not in seen:
            seen[each.title_id] = RatingSeen(
                title_id=each.title_id,
                rating=rating,
                rated_at=each.row.rated_at,
                community_rating=facts.rating,
                community_votes=facts.votes,
            )
    return seen


def _mark(row: RatingRow) -> str:
    return f"{row.rated_at} {row.rating}"
