"""Which rows name the same title, the slow way: a list of records, scanned again for every question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from watchprint.domain.title import Title

ONE_ID = ("trakt", "imdb", "tmdb", "tvdb")
ORDER = ("trakt", "imdb", "tmdb", "tvdb", "plex", "slug")

FEW = st.sampled_from(["1", "2", None])
IDS = st.fixed_dictionaries({}, optional=dict.fromkeys(("trakt", "imdb", "tmdb", "tvdb", "slug", "plex"), FEW))
MOVIES = st.builds(lambda ids: Title(kind="movie", ids=ids), IDS)
SHOWS = st.builds(lambda ids: Title(kind="show", ids=ids), IDS)
EPISODES = st.builds(
    lambda ids, show, s, n: Title(kind="episode", ids=ids, show=show, season=s, number=n),
    IDS, SHOWS | st.just(Title(kind="show", ids={"trakt": "1"})), st.just(1) | st.none(), st.integers(1, 2) | st.none(),
)  # fmt: skip
SEASONS = st.builds(
    lambda ids, show, s: Title(kind="season", ids=ids, show=show, season=s), IDS, SHOWS, st.integers(0, 1)
)
BATCHES = st.lists(
    st.lists(EPISODES | MOVIES | EPISODES | SHOWS | EPISODES | SEASONS, min_size=1, max_size=8), min_size=1, max_size=5
)


@dataclass(eq=False)
class Record:
    """A title. `names`: pairs of scheme and value. `at`: show (a record), season, number."""

    kind: str
    born: int
    names: set[tuple[str, str]] = field(default_factory=set)
    show: Record | None = None
    at: tuple[int, int | None] | None = None


class World:
    """All titles."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.became: dict[int, Record] = {}
        self.born = 0

    def now(self, record: Record) -> Record:
        while record not in self.records:
            record = self.became[record.born]
        return record

    def tell(self, title: Title) -> Record | None:
        show = self.tell(title.show) if title.show else None
        names = {s: str(title.ids[s]) for s in ORDER if title.ids.get(s) not in (None, "")}
        at: tuple[int, int | None] | None = None
        if show and title.season is not None and (title.kind == "season" or title.number is not None):
            at = (title.season, title.number if title.kind == "episode" else None)
        if not names and at is None:
            return None
        record, by_trakt = self.recognised(title.kind, names, show, at)
        if record is None:
            self.born += 1
            record = Record(title.kind, self.born, show=show)
            self.records.append(record)
        record.show = record.show or show
        for pair in names.items():
            record = self.name(record, pair, by_trakt)
        if at is not None and show is not None:
            record = self.settle(record, self.now(show), at, by_trakt)
        return record

    def holder(self, kind: str, pair: tuple[str, str]) -> Record | None:
        return next((r for r in self.records if r.kind == kind and pair in r.names), None)

    def standing(self, kind: str, show: Record | None, at: Any) -> Record | None:
        return next((r for r in self.records if r.kind == kind and at and r.show is show and r.at == at), None)

    def recognised(
        self, kind: str, names: dict[str, str], show: Record | None, at: tuple[int, int | None] | None
    ) -> tuple[Record | None, bool]:
        if "trakt" in names and (record := self.holder(kind, ("trakt", names["trakt"]))):
            return record, True
        record = self.standing(kind, show, at)
        if record and not ("trakt" in names and any(s == "trakt" for s, _ in record.names)):
            return record, False
        for scheme in ORDER:
            record = self.holder(kind, (scheme, names[scheme])) if scheme in names else None
            if record and clash(set(names.items()), record.names) is False and nowhere_else(record, show, at):
                return record, False
        return None, "trakt" in names

    def name(self, record: Record, pair: tuple[str, str], by_trakt: bool) -> Record:
        other = self.holder(record.kind, pair)
        if other is record:
            return record
        old = {p for p in record.names if p[0] == pair[0] and pair[0] in ONE_ID}
        if old and not by_trakt:
            return record
        if other is not None:
            if clash({p for p in record.names if p[0] != pair[0]}, other.names):
                return record
            if not nowhere_else(record, other.show, other.at):
                return record
        record.names -= old
        if other is not None:
            return self.join(record, other)
        record.names.add(pair)
        return record

    def settle(self, record: Record, show: Record, at: tuple[int, int | None], by_trakt: bool) -> Record:
        if record.show is show and record.at == at:
            return record
        if record.at is not None and not by_trakt:
            return record
        other = self.standing(record.kind, show, at)
        if other is not None:
            if not clash(record.names, other.names):
                record.at = None
                return self.join(record, other)
            if not by_trakt:
                return record
            other.at = None
        record.show, record.at = show, at
        return record

    def join(self, one: Record, other: Record) -> Record:
        stays, goes = sorted((one, other), key=lambda r: r.born)
        self.records.remove(goes)
        self.became[goes.born] = stays
        stays.names |= goes.names
        stays.show = stays.show or goes.show
        if stays.at is None and goes.at is not None:
            stays.show, stays.at = goes.show, goes.at
        for child in [r for r in self.records if r.show is goes]:
            if child in self.records:
                at, child.at, child.show = child.at, None, stays
                rival = self.standing(child.kind, stays, at)
                if rival is None:
                    child.at = at
                elif not clash(child.names, rival.names):
                    self.join(child, rival)
        return stays


def clash(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    return any(s == t and v != w for s, v in one for t, w in other if s in ONE_ID)


def nowhere_else(record: Record, show: Record | None, at: tuple[int, int | None] | None) -> bool:
    return record.at is None or at is None or show is None or (record.show is show and record.at == at)
