"""History: plays added (guarded against duplicates), removed, and read.

Source: POST /sync/history, POST /sync/history/remove, GET /sync/history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from watchprint.service.answers import Play, Removed, Written
from watchprint.service.arguments import UNKNOWN_AT, Asked, OneOrMore, asked, bound, known_kind, of_kind
from watchprint.service.guarding.guard import guarded
from watchprint.service.guarding.viewings import asked_viewing
from watchprint.service.titles.finding import trakt_id
from watchprint.service.titles.given import item_of
from watchprint.service.writing.batches import PART_SIZE, plus_added, write
from watchprint.service.writing.naming import named
from watchprint.service.writing.removing import removed
from watchprint.trakt.bind import Endpoints, R, flow, pages
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.errors import Invalid, PartlyWritten, TraktError, UnknownOutcome
from watchprint.trakt.facts import At, Seen
from watchprint.trakt.flows import Flow, alone, ask, pause
from watchprint.trakt.items import Item, Kind
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.paging import Rows

HistoryKind = Literal["movie", "show", "season", "episode"]
KINDS: Final[tuple[Kind, ...]] = ("movie", "show", "season", "episode")
SETTLED_S: Final = 2.0
"""After this Trakt shows what it has stored (0.5 to 1.5 s were seen; trakt-api.md 19): a second try finds the first."""
_PLURAL: Final[dict[str, Literal["movies", "shows", "seasons", "episodes"]]] = {
    "movie": "movies", "show": "shows", "season": "seasons", "episode": "episodes",
}  # fmt: skip


class History(Endpoints[R]):
    """Plays."""

    @flow
    def add_to_history(
        self, items: OneOrMore[Item | Seen], *, at: At | None = None, allow_duplicates: bool = False
    ) -> Flow[Written]:
        """How many plays were added, and how many were skipped because they are there at that minute.

        The history around the asked minutes is read first. A second try after an error therefore doubles nothing,
        nor do two calls at once: a user's calls in a process take turns. A show or season stands for its aired
        episodes. Without a time a play is now, and one of the same title in the last ten minutes is that play.

        Args:
            items: Films, shows, seasons, episodes, or Seen with a time of its own; one or many.
            at: When the plays ended: an aware datetime, ISO text with a zone, RELEASED or UNKNOWN; None: now. A
                Seen's own time goes first.
            allow_duplicates: Look at nothing, add everything.

        Returns:
            `added` and `skipped` count plays; `not_found` are the items that Trakt does not know.

        Raises:
            Invalid: A time has no zone, or an item is a person.
            UnknownOutcome: No answer came: the plays may be there. Call it again: what is there is skipped. It is
                told two seconds late, since Trakt takes that long to show what it has stored.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: GET /sync/history, POST /sync/history
        """
        batch = asked(items, KINDS, "the history", Seen)
        for one in batch:
            asked_viewing(one, one.item, at)
        return _added(batch, at, allow_duplicates)

    @flow
    def remove_from_history(
        self, items: OneOrMore[Item] = (), *, play_ids: OneOrMore[int] = (), all_plays: bool = False
    ) -> Flow[Removed]:
        """How many plays are gone, and what Trakt does not know.

        Args:
            items: Titles of which all plays go; needs `all_plays=True`.
            play_ids: Single plays (`Play.id`).
            all_plays: Yes, all plays of each title.

        Raises:
            Invalid: Neither titles nor ids, titles without `all_plays=True`, or an id that is none.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /sync/history/remove
        """
        ids = _ids(play_ids)
        batch = asked(items, KINDS, "the history", may_be_empty=bool(ids))
        if batch and not all_plays:
            raise Invalid(
                "this would remove every play of the title: say all_plays=True, or name single plays by play_ids"
            )
        return _gone(batch, ids)

    @pages
    def get_history(
        self,
        *,
        kind: HistoryKind | None = None,
        item: Item | None = None,
        since: At | None = None,
        until: At | None = None,
        limit: int | None = None,
    ) -> Flow[Sequence[Rows[Play]]]:
        """Plays, newest first, with all facts about their titles.

        Args:
            kind: movie, show, season or episode; None: all. Plays are of films and episodes: of a show or a season
                they are those of its episodes.
            item: Only this title.
            since: Plays that ended at this instant or later.
            until: Plays that ended at this instant or before.
            limit: Most rows in all.

        Raises:
            Invalid: A time has no zone, or the kind is none of these, or not the item's.
            NotFound: Trakt does not know the item.

        Source: GET /sync/history/{type}/{id}
        """
        wanted = known_kind(kind, KINDS, "the history")
        if item is not None:
            of_kind(item, KINDS, "the history")
            if wanted not in (None, item.kind):
                raise Invalid(f"the item is a {item.kind}, and kind says {wanted}: leave kind out")
            wanted = item.kind
        return _plays(wanted, item, bound(since, "since"), bound(until, "until"))


def _added(batch: Sequence[Asked], at: At | None, allow_duplicates: bool) -> Flow[Written]:
    if not allow_duplicates:
        yield from alone("history")
    items = yield from named([one.item for one in batch], certain=not allow_duplicates)
    viewings = [asked_viewing(one, item, at) for one, item in zip(batch, items, strict=True) if item is not None]
    unknown = [one.item for one, item in zip(batch, items, strict=True) if item is None]
    skipped = 0
    if viewings and not allow_duplicates:
        result = yield from guarded(viewings)
        viewings, skipped = result.left, result.skipped
        unknown += [one.item for one in result.unknown]
    start = Written(skipped=skipped, not_found=tuple(unknown))
    try:
        return (yield from write([v.line() for v in viewings], Sync.add_to_history.call, start, plus_added))
    except (UnknownOutcome, PartlyWritten) as error:
        if isinstance(error, UnknownOutcome) or isinstance(error.__cause__, UnknownOutcome):
            yield from pause(SETTLED_S)
        raise


def _gone(batch: Sequence[Asked], ids: Sequence[int]) -> Flow[Removed]:
    """Titles first, then single plays; a play that went with its title is then not found, and no error."""
    try:
        total = yield from removed(batch, Sync.remove_from_history.call)
    except PartlyWritten as partly:
        raise PartlyWritten(str(partly), written=partly.written, left=(*partly.left, *ids)) from partly.__cause__
    for begin in range(0, len(ids), PART_SIZE):
        part = tuple(ids[begin : begin + PART_SIZE])
        try:
            answer = yield from ask(Sync.remove_from_history.call(SyncItems(ids=part)))
        except TraktError as error:
            if not batch and begin == 0:
                raise
            text = f"the batch stopped before {len(ids) - begin} of {len(ids)} plays: {error}; they are in `left`"
            raise PartlyWritten(text, written=total, left=tuple(ids[begin:])) from error
        missing = (*total.not_found, *answer.not_found.ids)
        total = replace(total, deleted=total.deleted + answer.deleted.total, not_found=missing)
    return total


def _plays(
    kind: str | None, item: Item | None, since: datetime | None, until: datetime | None
) -> Flow[Sequence[Rows[Play]]]:
    of = None if item is None else (yield from trakt_id(item))
    plural = None if kind is None else _PLURAL[kind]
    listing = Sync.history.listing(kind=plural, trakt_id=of, start_at=since, end_at=until, extended="full")
    return [Rows(listing, play_of)]


def play_of(row: HistoryRow) -> Play:
    """The play that a row says; 1970 is Trakt's word for a time that nobody knows."""
    watched_at = None if row.watched_at == UNKNOWN_AT else row.watched_at
    return Play(row.id, watched_at, row.action, item_of(row), row)


def _ids(play_ids: object) -> list[int]:
    ids = list(play_ids) if isinstance(play_ids, Iterable) and not isinstance(play_ids, str) else [play_ids]
    whole: list[int] = []
    for one in ids:
        if not isinstance(one, int) or isinstance(one, bool) or one <= 0:
            raise Invalid(f"a play's id is a whole number above 0 (Play.id), not {one!r}")
        whole.append(one)
    return list(dict.fromkeys(whole))
