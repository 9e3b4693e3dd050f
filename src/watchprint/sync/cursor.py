"""How far an account has been read, as the store keeps it: written in the transaction of what it led to, never before.

`sync` holds the fields of Trakt's last activities that are taken in, and what is to be looked at again; `walk` a
whole walk that is under way, `walk 1`, `walk 2` … the history ids that each of its stretches has met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct, field

from watchprint.store import Work
from watchprint.sync.activities import KINDS, Fields, Kind
from watchprint.sync.plan import NO_QUIRKS, Quirks, Tally

SYNC: Final = "sync"
WALK: Final = "walk"
WHOLE_EVERY: Final = timedelta(days=7)
Listed = list[tuple[int | None, int | None, int]]


class _Quirks(Struct, frozen=True):
    extra: Listed
    missing: Listed


class Cursor(Struct):
    """What has been taken in of an account.

    Attributes:
        fields: Each field as it was when what it stands for was read.
        again: Fields to be looked at again, whatever they say.
        whole_at: When the plays of each kind were last walked whole.
        moved: Kinds whose plays have changed since then.
        quirks: What the map of a kind has otherwise than its history.
        failures: How many syncs in a row have failed.
        ended_at: When one last ended well; None: none has yet.
    """

    fields: dict[str, str] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)
    whole_at: dict[str, datetime] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    quirks: dict[str, _Quirks] = field(default_factory=dict)
    failures: int = 0
    ended_at: datetime | None = None

    @classmethod
    def of(cls, work: Work, account_id: int) -> Cursor:
        """The account's cursor; an empty one where nothing was read yet."""
        value = work.cursors.get(account_id, SYNC)
        return cls() if value is None else msgspec.convert(value, cls)

    def keep(self, work: Work, account_id: int) -> None:
        """Keep it."""
        work.cursors.put(account_id, SYNC, msgspec.to_builtins(self))

    def take_in(self, fields: Fields, again: Collection[str] = ()) -> None:
        """These fields are taken in; some of them are to be looked at again all the same."""
        self.fields |= fields
        self.again = sorted((set(self.again) - set(fields)) | set(again))

    def quirks_of(self, kind: Kind) -> Quirks:
        """What the kind's map is known to have otherwise."""
        known = self.quirks.get(kind)
        return NO_QUIRKS if known is None else Quirks(_tally(known.extra), _tally(known.missing))

    def set_quirks(self, kind: Kind, quirks: Quirks | None) -> None:
        """Remember what the kind's map has otherwise; None: nothing that could be remembered."""
        self.quirks.pop(kind, None)
        if quirks is not None and any(quirks):
            self.quirks[kind] = _Quirks(_listed(quirks.extra), _listed(quirks.missing))

    def whole_due(self, now_at: datetime) -> list[Kind]:
        """Kinds to be walked whole again: their plays have changed since the last time, and that is a week ago."""
        return [k for k in KINDS if k in self.moved and now_at - self.whole_at.get(k, now_at) >= WHOLE_EVERY]


class WalkCursor(Struct):
    """A whole walk that is under way.

    Attributes:
        kinds: Of what; both: the whole history.
        end_at: The end that is fixed for all its pages.
        page: The next page to be read.
        stretches: How many stretches of pages are stored.
        rows: How many rows they had.
        counts: The counts that Trakt has told with them, each once.
        attempt: 1, or 2 once it has begun again.
        revision: The account's before this attempt: what others have changed since is not judged by it.
        since: The account's before the first attempt.
        fields: The last activities from before it.
        whole: Everything else is read anew with it.
    """

    kinds: list[Kind]
    fields: dict[str, str]
    revision: int
    since: int
    whole: bool = False
    end_at: datetime | None = None
    page: int = 1
    size: int = 0
    stretches: int = 0
    rows: int = 0
    counts: list[int] = field(default_factory=list)
    attempt: int = 1

    @classmethod
    def of(cls, work: Work, account_id: int) -> WalkCursor | None:
        """The walk that is under way, if there is one."""
        value = work.cursors.get(account_id, WALK)
        return None if value is None else msgspec.convert(value, cls)

    def keep(self, work: Work, account_id: int) -> None:
        """Keep it."""
        work.cursors.put(account_id, WALK, msgspec.to_builtins(self))

    def keep_stretch(self, work: Work, account_id: int, ids: list[int]) -> None:
        """Keep it, with the ids that its newest stretch has met."""
        self.stretches += 1
        work.cursors.put(account_id, f"{WALK} {self.stretches}", ids)
        self.keep(work, account_id)

    def forget(self, work: Work, account_id: int) -> None:
        """Let go of it and of what it has met."""
        for n in range(1, self.stretches + 1):
            work.cursors.put(account_id, f"{WALK} {n}", None)
        work.cursors.put(account_id, WALK, None)

    def met(self, work: Work, account_id: int) -> list[int]:
        """The ids that it has met, in its order."""
        return [id_ for n in range(1, self.stretches + 1) for id_ in work.cursors.get(account_id, f"{WALK} {n}") or ()]

    def begun_again(self) -> WalkCursor:
        """The same walk from its start."""
        return WalkCursor(self.kinds, self.fields, self.revision, self.since, self.whole, attempt=self.attempt + 1)


def _listed(tally: Tally) -> Listed:
    return [(title, minute, n) for (title, minute), n in tally.items()]


def _tally(listed: Listed) -> Tally:
    return Counter({(title, minute): n for title, minute, n in listed})
