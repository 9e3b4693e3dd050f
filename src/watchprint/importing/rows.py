"""The rows of a file, each to whom it concerns; what a linked account, or an older file, takes none of; the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Final, get_args

from watchprint.exchange.reading.told import Part, Reader, Told
from watchprint.identity.accounts import Account
from watchprint.importing.plays import PlayTaker, groups
from watchprint.importing.problems import problem_of
from watchprint.importing.report import Tally
from watchprint.importing.resolving import Resolver
from watchprint.importing.shelving import ShelfPart, ShelfTaker
from watchprint.store import Work

_BATCH: Final = 2000
_HOW: Final = {
    "undated": "{n} times are unknown (Trakt writes 1970-01-01): these plays count, but stand on no day.",
    "no_zone": "{n} times have no zone; they were read as the clock in {zone} showed them.",
    "day_only": "{n} times are only a day; they were read as noon of it in {zone}.",
    "epoch": "{n} times are numbers; they were read as counted from 1970.",
}


class Rows:
    """Takes the rows of one file.

    Args:
        prefix: What tells the file's rows from those of others.
        older: An export of a later time has been taken in.
        import_id: The import that it is.
        newer_parts: Parts that such an export has told wholly.
        only: Take the rows at these places alone.

    Attributes:
        places: The places of the rows that were taken.
        complete: The parts of which the file says everything, by kind of title.
    """

    def __init__(
        self, work: Work, account: Account, tally: Tally, *, prefix: str, older: bool,
        newer_parts: frozenset[str], import_id: int, only: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        self._account, self._tally = account, tally
        self._linked, self._older, self._newer_parts = account.link is not None, older, newer_parts
        self._resolver = Resolver(work)
        only_add = self._linked or older
        of = (work, account.id, tally, self._resolver)
        self._plays = PlayTaker(*of, prefix=prefix, linked=self._linked, only_add=only_add, import_id=import_id)
        self._shelves = ShelfTaker(*of, only_add=only_add, import_id=import_id)
        self._read: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._done, self._only = 0, only
        self.places: set[str] = set()
        self.complete: frozenset[tuple[str, str]] = frozenset()

    def take(self, reader: Reader, watch: Callable[[int], object]) -> None:
        """Take all rows.

        Args:
            watch: Called now and then with how many there were; may raise to stop.
        """
        self._watch = watch
        watch(0)
        waiting: dict[Part, list[Told]] = {}
        plays = groups(self._sorted_out(reader.rows(), waiting))
        for group in plays:
            self._plays.take(group)
        self.complete = reader.complete()
        self._take_rest(reader, waiting)
        if ("plays", "") in self.complete and not self._linked and not self._older:
            self._tally.removed("plays", self._plays.removed())
        watch(self._done)
        self._note(reader)

    def _sorted_out(self, rows: Iterator[Told], waiting: dict[Part, list[Told]]) -> Iterator[Told]:
        """The plays; titles are learned as they come, and what is on shelves waits until all of it is known."""
        titles: list[Told] = []
        for row in rows:
            if self._only is not None:
                self.places.add(row.place)
                if row.place not in self._only:
                    self._tally.count(row.part, "skipped")
                    continue
            self._done += 1
            if self._done % _BATCH == 0:
                self._watch(self._done)
            if row.how is not None:
                self._read[row.how] += 1
            if titles and (row.part != "titles" or len(titles) >= _BATCH):
                self._shelves.titles(titles)
                titles = []
            if row.part == "titles":
                titles.append(row)
            elif row.part == "plays":
                yield row
            elif row.part == "other":
                self._tally.trouble(problem_of(row, "unresolved", row.wrong or "the row says nothing"))
            elif self._takes(row.part):
                waiting.setdefault(row.part, []).append(row)
            else:
                self._skipped[row.part] += 1
                self._tally.count(row.part, "skipped")
        if titles:
            self._shelves.titles(titles)

    def _takes(self, part: Part) -> bool:
        return not self._linked and not (self._older and part in self._newer_parts)

    def _take_rest(self, reader: Reader, waiting: dict[Part, list[Told]]) -> None:
        kinds = {part: {kind for each, kind in self.complete if each == part} for part in ("ratings", *_SHELVES)}
        if self._takes("ratings") and ("ratings" in waiting or kinds["ratings"]):
            self._tally.seen("ratings")
            self._shelves.ratings(waiting.get("ratings", []), kinds["ratings"])
        for part in _SHELVES:
            if self._takes(part) and (part in waiting or kinds[part]):
                self._tally.seen(part)
                self._shelves.shelf(part, waiting.get(part, []), kinds[part])
        lists = {key for each, key in self.complete if each == "lists"}
        if self._takes("lists") and ("lists" in waiting or lists):
            self._tally.seen("lists")
            self._shelves.lists(reader, waiting.get("lists", []), lists)

    def _note(self, reader: Reader) -> None:
        notes = self._tally.notes
        zone = str(self._account.zones)
        notes += [text.format(n=f"{self._read[how]:,}", zone=zone) for how, text in _HOW.items() if self._read[how]]
        if self._plays.untitled:
            notes.append(f"{self._plays.untitled:,} plays are of titles that Trakt has deleted; they are kept without.")
        if self._plays.stays_removed:
            notes.append(f"{self._plays.stays_removed:,} plays had been removed before; they stay removed.")
        if self._resolver.by_name:
            notes.append(
                f"{self._resolver.by_name:,} rows without a year were known by a name that one title here has."
            )
        parts = ", ".join(f"{part} ({count:,})" for part, count in sorted(self._skipped.items()))
        if self._linked:
            notes.append("The account is linked to Trakt: only plays were added that the copy did not have.")
            if parts:
                notes.append(f"What Trakt itself tells of a linked account was not taken from the file: {parts}.")
        elif self._older:
            made = f" of {reader.as_of:%Y-%m-%d}" if reader.as_of else ""
            notes.append(f"The file{made} is older than one that was taken in before: it only added plays.")
            if parts:
                notes.append(f"What the younger file said holds: {parts}.")


_SHELVES: Final[tuple[ShelfPart, ...]] = get_args(ShelfPart)
