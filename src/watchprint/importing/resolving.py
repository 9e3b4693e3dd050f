"""Which title of ours each row means: by its ids, by its place in a show, by a name that only one title here has.

Nothing is guessed: a name that several titles have, or none, is a problem with what it may mean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from watchprint.domain.title import Kind, Title
from watchprint.exchange.reading.told import Told
from watchprint.exchange.reading.trakt_shape import named
from watchprint.importing.problems import problem_of
from watchprint.importing.report import Candidate, Problem, Standing
from watchprint.store import Work
from watchprint.store.imports.meeting import NamedTitle

SOURCE: Final = "export"
_MOST_CANDIDATES: Final = 10
_WITHOUT_TYPE: Final[tuple[Kind, ...]] = ("movie", "show", "episode", "season")


class Unclear(Exception):
    """A row whose title is not clear."""

    def __init__(self, standing: Standing, reason: str, candidates: Iterable[Candidate] = ()) -> None:
        super().__init__(reason)
        self.standing, self.reason, self.candidates = standing, reason, tuple(candidates)


@dataclass(frozen=True, slots=True)
class Meant:
    """A row whose title is clear: our number of it, and its kind."""

    title_id: int
    kind: str


class Resolver:
    """Resolves the rows of one file, within one transaction.

    Attributes:
        by_name: How many rows were known by a name without a year.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[tuple[str, str], int] = {}
        self._names: dict[tuple[str, str], list[NamedTitle]] = {}
        self._merged = 0
        self.by_name = 0

    def resolve(self, rows: Sequence[Told]) -> list[Meant | Problem]:
        """What each row means; rows that name no title at all are not handed in."""
        self._names = {}
        titles: list[Title | None] = []
        found: list[Meant | Problem | None] = []
        for row in rows:
            assert row.title is not None
            try:
                titles.append(self._clear(row.title, row.kind))
                found.append(None)
            except Unclear as why:
                titles.append(None)
                found.append(problem_of(row, why.standing, why.reason, why.candidates))
        numbers = self._numbers(titles)
        done: list[Meant | Problem] = []
        for row, title, number, problem in zip(rows, titles, numbers, found, strict=True):
            if problem is not None:
                done.append(problem)
            elif number is None or title is None:
                done.append(problem_of(row, "unresolved", "the row names no title that can be found again"))
            else:
                done.append(Meant(number, title.kind))
        return done

    def _numbers(self, titles: Sequence[Title | None]) -> list[int | None]:
        keys = [None if title is None else _key(title) for title in titles]
        new = [
            n for n, title in enumerate(titles) if title is not None and (keys[n] is None or keys[n] not in self._known)
        ]
        fresh = [title for n in new if (title := titles[n]) is not None]
        numbers: list[int | None] = [self._known.get(key) if key is not None else None for key in keys]
        if not fresh:
            return numbers
        resolved = self._work.titles.resolve_all(fresh, SOURCE)
        if self._work.meeting.merges() != self._merged:  # numbers of before may stand for others now
            self._merged = self._work.meeting.merges()
            self._known = {key: self._work.titles.current(number) for key, number in self._known.items()}
            numbers = [self._known.get(key) if key is not None else None for key in keys]
        for n, number in zip(new, resolved, strict=True):
            numbers[n] = number
            key = keys[n]
            if key is not None and number is not None:
                self._known[key] = number
        return numbers

    def _clear(self, title: Title, kind: str | None) -> Title:
        """The title as it can be found.

        Raises:
            Unclear: Several can be meant, or none.
        """
        if kind is None:
            title = self._of_some_kind(title)
        if named(title):
            return title
        if title.kind in ("movie", "show"):
            found = self._by_name(title)
            return replace(title, ids=dict(found.ids))
        if title.show is None or title.season is None or (title.kind == "episode" and title.number is None):
            raise Unclear("unresolved", f"the row names no id, and not which {title.kind} of which show it is")
        return replace(title, show=replace(title.show, ids=dict(self._by_name(title.show).ids)))

    def _of_some_kind(self, title: Title) -> Title:
        """A row that does not say whether it is a movie: what the ids, or the name, are of here."""
        if not title.named():
            kinds = {each.kind for kind in ("movie", "show") for each in self._named(kind, title.facts.name)}
        else:
            kinds = {
                kind
                for kind in _WITHOUT_TYPE
                for scheme, value in title.named().items()
                if self._work.titles.find(kind, scheme, value) is not None
            }
        if len(kinds) != 1:
            which = f"several kinds have this here: {', '.join(sorted(kinds))}" if kinds else "nothing here has this id"
            raise Unclear("ambiguous" if kinds else "unresolved", f"the row has no type, and {which}")
        return replace(title, kind=kinds.pop())

    def _by_name(self, title: Title) -> Candidate:
        name, year = title.facts.name, title.facts.year
        if name is None:
            raise Unclear("unresolved", "the row names no id and no title")
        here = self._named(title.kind, name)
        same = [each for each in here if year is None or each.year == year]
        if len(same) == 1:
            [found] = self._candidates(same)
            if not found.ids:
                raise Unclear("unresolved", f"the {title.kind} of this name here has no id", [found])
            self.by_name += year is None
            return found
        if same or here:
            why = "several of this name are known here" if same else "this name is known here with another year only"
            raise Unclear("ambiguous", f"the row has no id, and {why}", self._candidates(same or here))
        raise Unclear("unresolved", f"the row has no id, and no {title.kind} of this name is known here")

    def _named(self, kind: str, name: str | None) -> list[NamedTitle]:
        if not self._names:
            self._names = {("", ""): []}
            for each in self._work.meeting.named():
                self._names.setdefault((each.kind, spelled(each.name)), []).append(each)
        return self._names.get((kind, spelled(name)), []) if name else []

    def _candidates(self, found: Sequence[NamedTitle]) -> list[Candidate]:
        few = found[:_MOST_CANDIDATES]
        kept = self._work.titles.get_all([each.id for each in few])
        return [
            Candidate(
                kind=each.kind,
                name=each.name,
                year=each.year,
                ids={scheme: values[0] for scheme, values in kept[each.id].ids.items()},
            )
            for each in few
        ]


def spelled(name: str) -> str:
    """What two names are compared by: letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in plain if each.isalnum()) or name.casefold()


def _key(title: Title) -> tuple[str, str] | None:
    trakt = title.ids.get("trakt")
    return None if trakt is None else (title.kind, str(trakt))
