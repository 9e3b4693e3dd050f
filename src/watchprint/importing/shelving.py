"""Ratings, shelves and personal lists of a file into the store: what they hold, compared with what is there.

What a part does not tell is gone only where the file says everything of that part, and of that kind of title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from watchprint.exchange.reading.told import Part, Reader, Told
from watchprint.importing.problems import problem_of
from watchprint.importing.report import Problem, Standing, Tally
from watchprint.importing.resolving import Meant, Resolver
from watchprint.store import Work
from watchprint.store.shelves.values import Difference, EntrySeen, ListSeen, RatingSeen

ShelfPart = Literal["watchlist", "collection", "favorites"]


class ShelfTaker:
    """Takes what is not plays.

    Args:
        only_add: What is there stays as it is.
    """

    def __init__(
        self, work: Work, account_id: int, tally: Tally, resolver: Resolver, *, only_add: bool, import_id: int
    ) -> None:
        self._work, self._account_id, self._tally, self._resolver = work, account_id, tally, resolver
        self._only_add, self._import_id = only_add, import_id

    def titles(self, rows: Sequence[Told]) -> None:
        """Learn what the file says of titles."""
        meeting = self._work.meeting
        new, changed = meeting.new_titles(), meeting.changed_titles()
        clear = self._clear(rows)
        made, learned = meeting.new_titles() - new, meeting.changed_titles() - changed
        for _, what in clear:
            standing: Standing = "added" if what.title_id in made else "edited" if what.title_id in learned else "there"
            self._tally.count("titles", standing)

    def ratings(self, rows: Sequence[Told], complete: Collection[str]) -> None:
        """Take ratings; `complete` are the kinds of titles of which the file has them all."""
        told: dict[int, tuple[Told, RatingSeen]] = {}
        for row, what in self._clear(rows):
            assert row.rating is not None
            facts = row.title.facts if row.title is not None else None
            seen = RatingSeen(
                title_id=what.title_id, rating=row.rating, rated_at=row.at,
                community_rating=facts.rating if facts else None, community_votes=facts.votes if facts else None,
            )  # fmt: skip
            if what.title_id in told:
                self._tally.count("ratings", "there")
            told[what.title_id] = row, seen
        present = {each.title_id for each in self._work.ratings.all(self._account_id)}
        gone = self._gone(present - told.keys(), complete)
        taken = [seen for _, seen in told.values() if not self._only_add or seen.title_id not in present]
        self._counted("ratings", len(told), self._work.ratings.put(self._account_id, taken))
        self._hold_gone("rating", None, None, {*told, *gone}, complete)
        self._tally.removed("ratings", len(self._work.ratings.drop(self._account_id, gone).gone))

    def shelf(self, part: ShelfPart, rows: Sequence[Told], complete: Collection[str]) -> None:
        """Take what stands on a shelf; `complete` are the kinds of which the file has all ("": every kind)."""
        told = self._entries(part, self._clear(rows))
        present = {each.title_id for each in self._work.shelves.all(self._account_id, part)}
        taken = [seen for seen in told.values() if not self._only_add or seen.title_id not in present]
        gone = self._gone(present - told.keys(), complete)
        self._counted(part, len(told), self._work.shelves.put(self._account_id, part, taken))
        self._hold_gone("entry", part, None, {*told, *gone}, complete)
        self._tally.removed(part, len(self._work.shelves.drop(self._account_id, part, gone).gone))

    def lists(self, reader: Reader, rows: Sequence[Told], complete: Collection[str]) -> None:
        """Take personal lists and what stands on them; `complete` are their keys, and "" of the lists themselves."""
        named = {each.key: each for each in reader.lists()}
        by_list: dict[str, list[Told]] = {key: [] for key in named}
        for row in rows:
            by_list.setdefault(row.list_key or "", []).append(row)
        seen = [
            ListSeen(
                name=each.name, trakt_id=each.trakt_id, slug=each.slug, description=each.description,
                privacy=each.privacy, rank=each.rank,
            )
            for each in named.values()
        ]  # fmt: skip
        known = {each.trakt_id: each for each in self._work.shelves.lists(self._account_id)}
        without = [key for key in by_list if key not in named and key.isdigit() and int(key) not in known]
        if not self._only_add:
            put = self._work.shelves.put_lists(self._account_id, seen, complete="" in complete)
            self._counted("lists", len(seen), put)
            self._tally.removed("lists", len(put.gone))
            if "" in complete:
                self._hold_gone_lists()
        unnamed = [ListSeen(name=f"List {key}", trakt_id=int(key)) for key in without]
        self._counted("lists", len(unnamed), self._work.shelves.put_lists(self._account_id, unnamed))
        kept = self._work.shelves.lists(self._account_id)
        ours = {str(each.trakt_id): each.id for each in kept if each.trakt_id is not None}
        by_name = {each.name: each.id for each in kept if each.trakt_id is None}
        not_trakts = [each for each in named.values() if each.trakt_id is None and each.name in by_name]
        ours |= {each.key: by_name[each.name] for each in not_trakts}
        for key, standing in by_list.items():
            if key in ours:
                self._list(ours[key], standing, complete=key in complete and not self._only_add)
            else:
                self._tally.count("lists", "skipped", len(standing))

    def _list(self, list_id: int, rows: Sequence[Told], *, complete: bool) -> None:
        told = self._entries("lists", self._clear(rows))
        present = {each.title_id for each in self._work.shelves.all(self._account_id, "list", list_id=list_id)}
        taken = [seen for seen in told.values() if not self._only_add or seen.title_id not in present]
        put = self._work.shelves.put(self._account_id, "list", taken, list_id=list_id)
        self._counted("lists", len(told), put)
        gone = present - told.keys() if complete else set()
        if complete:
            self._hold_gone("entry", "list", list_id, {*told, *gone}, ("",))
        dropped = self._work.shelves.drop(self._account_id, "list", gone, list_id=list_id)
        self._tally.removed("lists", len(dropped.gone))

    def _entries(self, part: Part, clear: Iterable[tuple[Told, Meant]]) -> dict[int, EntrySeen]:
        told: dict[int, EntrySeen] = {}
        for row, what in clear:
            if what.title_id in told:  # as a row of its own, and as one of a show
                self._tally.count(part, "there")
            before = told.get(what.title_id)
            told[what.title_id] = EntrySeen(
                title_id=what.title_id,
                listed_at=row.at or (before.listed_at if before else None),
                rank=row.rank,
                notes=row.notes,
                trakt_id=row.trakt_id if part != "collection" else None,
                details=row.details or (before.details if before else {}),
            )
        return told

    def _clear(self, rows: Sequence[Told]) -> list[tuple[Told, Meant]]:
        """The rows that mean a title; the others are problems."""
        whole = []
        for row in rows:
            if row.wrong is not None or row.title is None:
                self._tally.trouble(problem_of(row, "unresolved", row.wrong or "the row names no title"))
            else:
                whole.append(row)
        found = []
        for row, what in zip(whole, self._resolver.resolve(whole), strict=True):
            if isinstance(what, Problem):
                self._tally.trouble(what)
            else:
                found.append((row, what))
        return found

    def _gone(self, absent: Collection[int], complete: Collection[str]) -> list[int]:
        if self._only_add or not complete or not absent:
            return []
        kinds = self._work.titles.kinds(absent)
        return sorted(each for each in absent if "" in complete or kinds.get(each) in complete)

    def _hold_gone(
        self, kind: Literal["rating", "entry"], shelf: str | None, list_id: int | None, but: Collection[int],
        complete: Collection[str],
    ) -> None:  # fmt: skip
        """What another import took away, and this file has not either, is gone by its word too."""
        if self._only_add or not complete:
            return
        before = self._work.imports.touched(self._account_id, kind)
        rows = self._work.meeting.gone_rows(self._account_id, kind, before)
        rows = [row for row in rows if (row.shelf, row.list_id) == (shelf, list_id)]
        gone = set(self._gone({row.title_id for row in rows if row.title_id is not None}, complete)) - {*but}
        self._work.imports.hold_gone(self._import_id, kind, [row.key for row in rows if row.title_id in gone])

    def _hold_gone_lists(self) -> None:
        """The same of whole lists, and of what stood on them."""
        before = self._work.imports.touched(self._account_id, "list")
        gone = self._work.meeting.gone_rows(self._account_id, "list", before)
        self._work.imports.hold_gone(self._import_id, "list", [row.key for row in gone])
        for row in gone:
            self._hold_gone("entry", "list", int(row.key), (), ("",))

    def _counted(self, part: Part, rows: int, became: Difference) -> None:
        self._tally.count(part, "added", len(became.added))
        self._tally.count(part, "edited", len(became.changed))
        self._tally.count(part, "there", rows - len(became.added) - len(became.changed))
