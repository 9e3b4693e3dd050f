"""What the store holds, in the rows and files of Trakt's own export.

A play that Trakt does not have has no `id`; a play of unknown date stands at 1970-01-01, as Trakt sends it. Parts of
which nothing is kept here (comments, followers, Trakt's own figures) are left out: absent is unknown, not empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

from watchprint.exchange.trakt_rows import Play, Profile, ProfileIds, Rating, Watched
from watchprint.exchange.trakt_rows_kept import Entry, ListIds, Metadata, Owned, Paused, PersonalList
from watchprint.exchange.trakt_zip_writer import TraktZip, list_file
from watchprint.exporting.asked import PartName
from watchprint.exporting.parts.named import some_at_a_time
from watchprint.exporting.parts.part import Snapshot
from watchprint.exporting.parts.plays import plays_of
from watchprint.exporting.parts.shelves import COPY
from watchprint.exporting.trakt_titles import TraktTitles
from watchprint.store.plays.values import KeptPlay
from watchprint.store.shelves.values import KeptEntry, KeptList, KeptRating, Position

UNKNOWN_AT: Final = datetime(1970, 1, 1, tzinfo=UTC)
NOT_TRAKTS: Final = 10**17
"""Above any id of Trakt's: a list that Trakt does not have is numbered from here, for the name of its file."""
_KINDS: Final = {"movies": "movie", "shows": "show", "seasons": "season", "episodes": "episode"}
Tick = Callable[[PartName, int], None]


@dataclass(slots=True)
class _Seen:
    """How often a movie or a show was watched, and when last."""

    plays: int = 0
    last_at: datetime = UNKNOWN_AT


@dataclass(slots=True)
class TraktLayout:
    """Writes one account into a ZIP.

    Args:
        snapshot: What is exported.
        tick: Told of rows as they are written.
    """

    snapshot: Snapshot
    tick: Tick
    rows: dict[PartName, int] = field(default_factory=dict)
    _seen: dict[int, _Seen] = field(default_factory=dict)

    def write(self, stream: BinaryIO, parts: Iterable[PartName], packed_at: datetime) -> dict[PartName, int]:
        """How many rows of each part were written."""
        chosen = set(parts)
        with TraktZip(stream, packed_at=packed_at) as archive:
            if "plays" in chosen or "titles" in chosen:
                self._history(archive, history="plays" in chosen, titles="titles" in chosen)
            for part, put in (
                ("ratings", self._ratings), ("collection", self._collection), ("watchlist", self._watchlist),
                ("favourites", self._favourites), ("lists", self._lists), ("positions", self._positions),
            ):  # fmt: skip
                if part in chosen:
                    put(archive)
            self._profile(archive)
        return self.rows

    def _count(self, part: PartName, rows: int) -> None:
        self.rows[part] = self.rows.get(part, 0) + rows
        self.tick(part, rows)

    # --- plays and titles

    def _history(self, archive: TraktZip, *, history: bool, titles: bool) -> None:
        named = TraktTitles(self.snapshot.named)
        rows = self._plays(named)
        if history:
            self.rows.setdefault("plays", 0)
            archive.paged("watched-history", rows)
        else:
            for _ in rows:
                pass
        if titles:
            for part, kind in (("watched-movies", "movie"), ("watched-shows", "show")):
                self._count("titles", archive.paged(part, self._watched(kind)))

    def _plays(self, named: TraktTitles) -> Iterator[Play]:
        for some in plays_of(self.snapshot):
            for play in some:
                self._note(play)
                yield _play(named, play)
            self._count("plays", len(some))

    def _note(self, play: KeptPlay) -> None:
        title = self.snapshot.named.title(play.title_id)
        whole = None if title is None else title.id if title.kind == "movie" else title.show_id
        if whole is not None:
            seen = self._seen.setdefault(whole, _Seen())
            seen.plays += 1
            seen.last_at = max(seen.last_at, play.watched_at or UNKNOWN_AT)

    def _watched(self, kind: str) -> Iterator[Watched]:
        named = TraktTitles(self.snapshot.named, full=True)
        for some in some_at_a_time(sorted(self._seen)):
            self.snapshot.named.look_up(some)
            for title_id in some:
                title = self.snapshot.named.title(title_id)
                if title is not None and title.kind == kind:
                    seen = self._seen[title_id]
                    yield Watched(plays=seen.plays, last_watched_at=seen.last_at, **{kind: named.whole(title)})

    # --- what stands on shelves

    def _ratings(self, archive: TraktZip) -> None:
        kept = self.snapshot.work.ratings.all(self.snapshot.account.id)
        by_kind = self._by_kind(kept)
        for part, kind in _KINDS.items():
            self._count("ratings", archive.whole(f"ratings-{part}", map(self._rating(), by_kind.get(kind, []))))

    def _rating(self) -> Callable[[KeptRating], Rating]:
        said = self._said()
        return lambda each: Rating(rating=each.rating, rated_at=each.rated_at, **said(each.title_id))

    def _collection(self, archive: TraktZip) -> None:
        by_kind = self._by_kind(self.snapshot.work.shelves.all(self.snapshot.account.id, "collection"))
        for part in ("movies", "episodes"):
            rows = map(self._owned(), by_kind.get(_KINDS[part], []))
            self._count("collection", archive.paged(f"collection-{part}", rows))

    def _owned(self) -> Callable[[KeptEntry], Owned]:
        said = self._said()

        def owned(entry: KeptEntry) -> Owned:
            told = {name: entry.details[name] for name in COPY if entry.details.get(name) is not None}
            return Owned(
                collected_at=entry.listed_at, metadata=Metadata(**told) if told else None, **said(entry.title_id)
            )

        return owned

    def _watchlist(self, archive: TraktZip) -> None:
        entries = self.snapshot.work.shelves.all(self.snapshot.account.id, "watchlist")
        self._count("watchlist", archive.whole("lists-watchlist", map(self._entry(), entries)))

    def _favourites(self, archive: TraktZip) -> None:
        entries = self.snapshot.work.shelves.all(self.snapshot.account.id, "favorites")
        self._count("favourites", archive.whole("lists-favorites", map(self._entry(), entries)))

    def _lists(self, archive: TraktZip) -> None:
        work, account_id = self.snapshot.work, self.snapshot.account.id
        lists = work.shelves.lists(account_id)
        counted = {each.id: work.shelves.all(account_id, "list", list_id=each.id) for each in lists}
        archive.whole("lists-lists", (_list(each, len(counted[each.id])) for each in lists))
        for each in lists:
            part = list_file(each.trakt_id or _own_number(each), each.slug or each.name)
            self._count("lists", archive.whole(part, map(self._entry(), counted[each.id])))
        self.rows.setdefault("lists", 0)

    def _entry(self) -> Callable[[KeptEntry], Entry]:
        said = self._said(people=True)

        def entry(kept: KeptEntry) -> Entry:
            return Entry(
                rank=kept.rank, id=kept.trakt_id, listed_at=kept.listed_at, notes=kept.notes, **said(kept.title_id)
            )

        return entry

    def _positions(self, archive: TraktZip) -> None:
        said = self._said()

        def paused(each: Position) -> Paused:
            return Paused(id=each.trakt_id, progress=each.progress_pct, paused_at=each.paused_at, **said(each.title_id))

        kept = self.snapshot.work.positions.all(self.snapshot.account.id)
        self._count("positions", archive.whole("watched-playback", map(paused, kept)))

    def _profile(self, archive: TraktZip) -> None:
        link = self.snapshot.account.link
        if link is not None and link.slug is not None:
            ids = ProfileIds(slug=link.slug, uuid=link.uuid)
            archive.single("user-profile", Profile(username=link.slug, vip=link.vip, ids=ids))

    def _said(self, *, people: bool = False) -> Callable[[int], dict[str, Any]]:
        """What a row says of its title, in full."""
        named = TraktTitles(self.snapshot.named, full=True, people=people)

        def said(title_id: int) -> dict[str, Any]:
            self.snapshot.named.look_up([title_id])
            return named.of(self.snapshot.named.title(title_id))

        return said

    def _by_kind(self, things: Iterable[Any]) -> dict[str, list[Any]]:
        by_kind: dict[str, list[Any]] = {}
        listed = list(things)
        for some in some_at_a_time(listed):
            self.snapshot.named.look_up(each.title_id for each in some)
            for each in some:
                title = self.snapshot.named.title(each.title_id)
                if title is not None:
                    by_kind.setdefault(title.kind, []).append(each)
        return by_kind


def _play(named: TraktTitles, play: KeptPlay) -> Play:
    title = named.named.title(play.title_id)
    said = named.of(title) if title is not None else {"type": play.kind}
    return Play(id=play.trakt_id, watched_at=play.watched_at or UNKNOWN_AT, action=play.action, **said)


def _list(kept: KeptList, count: int) -> PersonalList:
    own = _own_number(kept) if kept.trakt_id is None else None
    ids = ListIds(trakt=kept.trakt_id, slug=kept.slug, watchprint=own)
    return PersonalList(name=kept.name, description=kept.description, privacy=kept.privacy, item_count=count, ids=ids)


def _own_number(kept: KeptList) -> int:
    return NOT_TRAKTS + kept.id
