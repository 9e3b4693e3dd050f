"""Titles: one row each, with what is known of it and from whom. Only those that the account refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchprint.domain.title import FACT_NAMES
from watchprint.exchange.tables import Column, Row, Table
from watchprint.exporting.parts.named import NAMING, some_at_a_time
from watchprint.exporting.parts.part import Part, Snapshot
from watchprint.store.shelves.values import SHELVES
from watchprint.store.titles.titles import KeptTitle

_COLUMNS: Final[tuple[Column, ...]] = (
    *NAMING,
    Column("own_year", "integer", "the year that is said of the title itself"),
    Column("runtime_min", "integer", "its length; of a show, its usual episode's [min]"),
    Column("genres", "texts", "its genres, in Trakt's words"),
    Column("country", "text", "where it was made: two letters"),
    Column("language", "text", "its original language: two letters"),
    Column("network", "text", "who first showed it"),
    Column("certification", "text", "for whom it is: PG-13, TV-MA, …"),
    Column("released_on", "day", "the day a movie came out"),
    Column("first_aired_at", "instant", "when a show or an episode was first shown (UTC)"),
    Column("community_rating", "real", "what everybody gives it, from 0 to 10"),
    Column("community_votes", "integer", "how many have voted"),
    Column("status", "text", "released, ended, returning series, …"),
    Column("aired_episodes", "integer", "how many episodes were shown so far"),
    Column("sources", "texts", "who says what, each as fact=source"),
)


def title_ids_of(snapshot: Snapshot) -> list[int]:
    """The titles that the account refers to, and their shows, in the order of their numbers."""
    work, account_id = snapshot.work, snapshot.account.id
    wanted = set(work.plays.title_ids(account_id))
    wanted.update(each.title_id for each in work.ratings.all(account_id))
    wanted.update(each.title_id for each in work.positions.all(account_id))
    for shelf in SHELVES:
        wanted.update(each.title_id for each in work.shelves.all(account_id, shelf))
    shows: set[int] = set()
    for some in some_at_a_time(sorted(wanted)):
        snapshot.named.look_up(some)
        shows.update(title.show_id for each in some if (title := snapshot.named.title(each)) and title.show_id)
    return sorted(wanted | shows)


def _count(snapshot: Snapshot) -> int:
    return len(snapshot.work.plays.title_ids(snapshot.account.id))


def _rows(snapshot: Snapshot) -> Iterator[list[Row]]:
    for some in some_at_a_time(title_ids_of(snapshot)):
        snapshot.named.look_up(some)
        titles = [title for each in some if (title := snapshot.named.title(each)) is not None]
        yield [_row(snapshot, title) for title in titles]


def _row(snapshot: Snapshot, title: KeptTitle) -> Row:
    facts = title.facts
    said = [f"{name}={title.sources[name]}" for name in FACT_NAMES if name in title.sources]
    return (
        *snapshot.named.naming(title.id), facts.year, facts.runtime_min, list(facts.genres) or None, facts.country,
        facts.language, facts.network, facts.certification, facts.released_on, facts.first_aired_at, facts.rating,
        facts.votes, facts.status, facts.aired_episodes, said or None,
    )  # fmt: skip


TITLES: Final = Part(
    Table("titles", "one row a title that the account refers to, in the order of our numbers", _COLUMNS), _count, _rows
)
