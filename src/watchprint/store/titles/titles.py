"""Titles: found or made by what rows name, with what each source says of them; and looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from watchprint.domain.title import Facts, Kind, Title
from watchprint.store.errors import UnknownRow
from watchprint.store.schema import title_aliases, title_facts, title_ids, titles
from watchprint.store.titles import hearing, wanted
from watchprint.store.titles.facts import best, of_columns, plain
from watchprint.store.titles.finding import Shelf
from watchprint.store.unit import Unit, chunks


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTitle:
    """A title as it is kept.

    Attributes:
        id: Our number.
        ids: Scheme to values.
        facts: Of each the best that is known; `sources` says from whom.
    """

    id: int
    kind: Kind
    ids: Mapping[str, tuple[str, ...]]
    show_id: int | None
    season: int | None
    number: int | None
    facts: Facts
    sources: Mapping[str, str]


class Titles:
    """The titles, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def resolve(self, title: Title, source: str) -> int | None:
        """The number of the title that a row names; see `resolve_all`."""
        return self.resolve_all([title], source)[0]

    def resolve_all(self, rows: Sequence[Title], source: str) -> list[int | None]:
        """The number of the title that each row names, new where there is none; what rows say of them is learned.

        Titles that a row shows to be one are merged. Rows of one batch see each other.

        Args:
            rows: Titles as one source names them.
            source: Who says it (trakt, export, plex, jellyfin, emby, tmdb, tvmaze, …).

        Returns:
            One number a row; None where the row names nothing: no id, and no place in a show.
        """
        distinct: dict[Any, Title] = {}
        keys = list(map(_Keys(distinct), rows))
        shelf = Shelf(self._unit)
        wanted = {key: distinct[key] for key in keys}
        found = dict(zip(wanted, shelf.resolved(list(wanted.values())), strict=True))
        numbers = [found[key] for key in keys]
        self._learn(self._said(shelf, rows, numbers), source)
        self._refresh(sorted(set(self._unit.merged)))
        return numbers

    def learn(self, facts: Mapping[int, Facts], source: str) -> None:
        """Note what a source says of titles that there are; what it does not say is left as it was.

        Raises:
            UnknownRow: One of them is none.
        """
        self._learn({self.current(title_id): plain(said) for title_id, said in facts.items()}, source)

    def known(self, rows: Sequence[Title]) -> list[int | None]:
        """The number of the title that each row is of, making none; None: no title here is.

        An id of both is the same and nothing tells them apart, or an episode stands at the place of one.
        """
        return hearing.known(self._unit, rows, self.get_all)

    def hear(self, told: Mapping[int, Title], source: str) -> set[int]:
        """Take what a source that was asked of titles says of them: facts, and ids that no other title has.

        It is noted that the source was asked. Where it names ids that are not the title's, it speaks of another
        title, and nothing is taken; likewise of titles that there are no more.

        Args:
            told: What it says, by the number of the title it was asked of.

        Returns:
            The numbers of which it was taken.
        """
        heard = hearing.agreeing(self._unit, told, self.get_all)
        now = dict(heard.values())
        hearing.name(self._unit, now, self.get_all)
        facts = {number: plain(title.facts) for number, title in now.items()}
        self._learn({number: said for number, said in facts.items() if said}, source)
        self.note_asked(now, source)
        return set(heard)

    def note_asked(self, numbers: Iterable[int], source: str) -> None:
        """Note that a source was asked of these titles now, whether it knew them or not; see `lacking`."""
        for some in chunks(sorted(set(numbers))):
            there = self._connection.execute(select(titles.c.id).where(self._unit.among(titles.c.id, some))).scalars()
            at = self._unit.now
            rows = [{"title_id": each, "source": source, "facts": {}, "learned_at": at} for each in there]
            upsert = self._unit.upsert(title_facts)
            keys = [title_facts.c.title_id, title_facts.c.source]
            also = {"learned_at": upsert.excluded.learned_at}
            if rows:
                self._connection.execute(upsert.on_conflict_do_update(index_elements=keys, set_=also), rows)

    def lacking(
        self, source: str, fields: Mapping[Kind, Collection[str]], *, asked_before: datetime,
        account_id: int | None = None,
    ) -> list[int]:  # fmt: skip
        """The titles to ask a source of: those that an account refers to, and their shows, the most watched first.

        Args:
            fields: By kind the facts, of which one or more is unknown. `released_on` is known where the instant is.
            asked_before: Those of which the source was asked since then are left out.
            account_id: Whose titles; None: everybody's.
        """
        return wanted.lacking(self._unit, source, fields, account_id=account_id, asked_before=asked_before)

    def played(self, account_id: int) -> list[wanted.Played]:
        """How many plays an account has of titles of which the same is known, what that is, and from whom."""
        return wanted.played(self._unit, account_id)

    def merge(self, one: int, other: int) -> int:
        """Make two titles one, with all that refers to them; the older number stays.

        Raises:
            UnknownRow: One of them is none.
        """
        shelf = Shelf(self._unit)
        winner = shelf.merge(self.current(one), self.current(other))
        shelf.keep()
        self._refresh([winner])
        return winner

    def current(self, title_id: int) -> int:
        """The number that stands for this one now: itself, or what it was merged into.

        Raises:
            UnknownRow: There is no such title.
        """
        if self._connection.execute(select(titles.c.id).where(titles.c.id == title_id)).first() is not None:
            return title_id
        alias = select(title_aliases.c.title_id).where(title_aliases.c.old_id == title_id)
        found: int | None = self._connection.execute(alias).scalar()
        if found is None:
            raise UnknownRow(f"There is no title number {title_id}.")
        return found

    def find(self, kind: Kind, scheme: str, value: str | int) -> int | None:
        """The number of the title that has this id; None: there is none."""
        return self.find_all(kind, scheme, [value]).get(str(value))

    def find_all(self, kind: Kind, scheme: str, values: Iterable[str | int]) -> dict[str, int]:
        """The numbers of the titles that have these ids, by id; unknown ones are left out."""
        found: dict[str, int] = {}
        for some in chunks(sorted({str(value) for value in values})):
            where = (
                (title_ids.c.kind == kind) & (title_ids.c.scheme == scheme) & self._unit.among(title_ids.c.value, some)
            )
            rows = self._connection.execute(select(title_ids.c.value, title_ids.c.title_id).where(where))
            found.update((row.value, row.title_id) for row in rows)
        return found

    def get(self, title_id: int) -> KeptTitle:
        """A title, by its number or one that it had before a merge.

        Raises:
            UnknownRow: There is none.
        """
        current = self.current(title_id)
        return self.get_all([current])[current]

    def get_all(self, title_ids_: Iterable[int]) -> dict[int, KeptTitle]:
        """Titles by number; unknown numbers are left out."""
        kept: dict[int, KeptTitle] = {}
        for some in chunks(sorted(set(title_ids_))):
            ids: dict[int, dict[str, tuple[str, ...]]] = {}
            named = select(title_ids).where(self._unit.among(title_ids.c.title_id, some)).order_by(title_ids.c.value)
            for row in self._connection.execute(named):
                mine = ids.setdefault(row.title_id, {})
                mine[row.scheme] = (*mine.get(row.scheme, ()), row.value)
            for row in self._connection.execute(select(titles).where(self._unit.among(titles.c.id, some))):
                kept[row.id] = _kept(row._mapping, ids.get(row.id, {}))
        return kept

    def kinds(self, title_ids_: Iterable[int]) -> dict[int, Kind]:
        """What each title is, by number; unknown numbers are left out."""
        found: dict[int, Kind] = {}
        for some in chunks(sorted(set(title_ids_))):
            asked = select(titles.c.id, titles.c.kind).where(self._unit.among(titles.c.id, some))
            found.update((row.id, row.kind) for row in self._connection.execute(asked))
        return found

    def said(self, title_id: int) -> dict[str, Mapping[str, Any]]:
        """What each source says of a title, as it was told."""
        rows = self._connection.execute(select(title_facts).where(title_facts.c.title_id == self.current(title_id)))
        return {row.source: row.facts for row in rows}

    def wanting(self, source: str, *, kinds: Sequence[Kind] = ("movie", "show")) -> list[int]:
        """The titles of which this source has said nothing yet, by number."""
        having = select(title_facts.c.title_id).where(title_facts.c.source == source).scalar_subquery()
        where = titles.c.kind.in_(kinds) & titles.c.id.not_in(having)
        return list(self._connection.execute(select(titles.c.id).where(where).order_by(titles.c.id)).scalars())

    def _said(self, shelf: Shelf, rows: Sequence[Title], numbers: Sequence[int | None]) -> dict[int, dict[str, Any]]:
        said: dict[int, dict[str, Any]] = {}
        heard: set[tuple[int, Facts]] = set()

        def hear(number: int, facts: Facts) -> None:
            if (number, facts) not in heard:
                heard.add((number, facts))
                said.setdefault(number, {}).update(plain(facts))

        for row, number in zip(rows, numbers, strict=True):
            if number is not None:
                hear(number, row.facts)
                show_id = None if row.show is None else shelf.book.entries[number].show_id
                if row.show is not None and show_id is not None:
                    hear(show_id, row.show.facts)
        return {number: facts for number, facts in said.items() if facts}

    def _learn(self, said: Mapping[int, dict[str, Any]], source: str) -> None:
        changed: list[int] = []
        fresh: dict[int, dict[str, Any]] = {}
        for some in chunks(sorted(said)):
            where = self._unit.among(title_facts.c.title_id, some) & (title_facts.c.source == source)
            before = {row.title_id: row.facts for row in self._connection.execute(select(title_facts).where(where))}
            after = {each: {**before.get(each, {}), **said[each]} for each in some}
            new = [each for each in some if after[each] != before.get(each, {})]
            made = {each: after[each] for each in new if each in self._unit.unheard and each not in before}
            fresh |= made
            self._note_said(source, made, of_new=True)
            self._note_said(source, {each: after[each] for each in new if each not in made})
            changed += [each for each in new if each not in made]
        self._unit.unheard.difference_update(fresh)
        self._show_best({each: {source: facts} for each, facts in fresh.items()})
        self._refresh(changed)
        self._unit.title_changed(fresh)

    def _note_said(self, source: str, said: Mapping[int, dict[str, Any]], *, of_new: bool = False) -> None:
        """Keep what a source says; of titles that are new here nobody else can have said anything."""
        common = {"source": source, "learned_at": self._unit.now}
        rows = [{"title_id": each, "facts": facts, **common} for each, facts in said.items()]
        if of_new or not rows:
            self._unit.insert(title_facts, rows)
            return
        upsert = self._unit.upsert(title_facts)
        also = {"facts": upsert.excluded.facts, "learned_at": upsert.excluded.learned_at}
        keys = [title_facts.c.title_id, title_facts.c.source]
        self._connection.execute(upsert.on_conflict_do_update(index_elements=keys, set_=also), rows)

    def _refresh(self, changed: Sequence[int]) -> None:
        """Let the titles show the best that is known of them now."""
        for some in chunks(changed):
            known: dict[int, dict[str, Any]] = {each: {} for each in some}
            for row in self._connection.execute(
                select(title_facts).where(self._unit.among(title_facts.c.title_id, some))
            ):
                known[row.title_id][row.source] = row.facts
            self._show_best(known)
        self._unit.title_changed(changed)

    def _show_best(self, known: Mapping[int, Mapping[str, Mapping[str, Any]]]) -> None:
        """Let titles show the best of what each source says."""
        rows = []
        for each, by_source in known.items():
            values, sources = best(by_source)
            rows.append({"id": each, **values, "sources": sources})
        self._unit.change(titles, rows)


class _Keys:
    """What tells the rows of a batch apart: each title and show that is named alike is looked at once.

    Args:
        distinct: Key to the row that stands for all of its kind; filled here.
    """

    def __init__(self, distinct: dict[Any, Title]) -> None:
        self._distinct = distinct

    def __call__(self, title: Title) -> Any:
        show = None if title.show is None else self(title.show)
        key = (title.kind, tuple(title.named().items()), show, title.season, title.number)
        if key not in self._distinct:
            own = title if show is None else replace(title, show=self._distinct[show])
            self._distinct[key] = own
        return key


def _kept(row: Mapping[Any, Any], ids: Mapping[str, tuple[str, ...]]) -> KeptTitle:
    return KeptTitle(
        id=row["id"],
        kind=row["kind"],
        ids=ids,
        show_id=row["show_id"],
        season=row["season"],
        number=row["number"],
        facts=of_columns(row),
        sources=row["sources"] or {},
    )
