"""Asking sources for what titles lack, and keeping what they say: step by step, each one transaction.

Whoever kills it loses at most the step that was under way: what was asked is noted with what came of it, and is not
asked again for thirty days, also where the source knew nothing. Sources are asked in the order in which they are
trusted, and only of titles that an account refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final

from watchprint.domain.title import Title, rank
from watchprint.store.store import Store
from watchprint.store.work import Work
from watchprint.titles.errors import SourceBroken, SourceError
from watchprint.titles.source import Source, Step, Wanted

ASKED_AGAIN_DAYS: Final = 30
_PATIENCE: Final = 5
"""Titles in a row of which a source gives no usable answer, after which it is left alone."""
_REASONS: Final = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one source is.

    Attributes:
        source: Its name.
        done, total: Rows of a library, or titles; None: how many there are is not known yet.
    """

    source: str
    done: int
    total: int | None


@dataclass(slots=True)
class Asked:
    """What became of asking one source.

    Attributes:
        source: Its name.
        asked: The titles that it was to be asked of.
        learned: Those that it told something of.
        not_known: Those that it does not know.
        without_id: Those that have no id it could be asked by.
        failed: Those of which it gave no usable answer; they are asked again next time.
        reasons: Why, each once.
        stopped: Why nothing more was asked of it; None: it was asked of all. `error`: what it ended with, if that
            was the source's fault.
        requests: How many requests were sent.
    """

    source: str
    asked: int = 0
    learned: int = 0
    not_known: int = 0
    without_id: int = 0
    failed: int = 0
    reasons: list[str] = field(default_factory=list)
    stopped: str | None = None
    error: SourceError | None = None
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Enriched:
    """What became of a run.

    Attributes:
        sources: In the order in which they were asked.
        cancelled: It was ended before all were asked.
    """

    sources: tuple[Asked, ...]
    cancelled: bool = False


async def enrich(
    store: Store,
    sources: Iterable[Source],
    *,
    account_id: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    again: bool = False,
) -> Enriched:
    """What sources say of the titles that lack something, kept in the store. The sources are closed.

    Args:
        sources: Whom to ask; they are asked in the order in which they are trusted.
        account_id: Whose titles; None: everybody's.
        on_progress: Is told how far it is.
        cancelled: Looked at between steps; True ends the run, and what was learned stays.
        again: Ask also of titles that were asked of within thirty days.

    Returns:
        Per source how many titles were asked, learned, not known or failed. A source that does not answer is a
        source that stopped, no error.

    Raises:
        StoreError: The store cannot be read or written.
    """
    chosen = sorted(sources, key=lambda source: rank(source.name))
    results: list[Asked] = []
    ended = cancelled or (lambda: False)
    try:
        for source in chosen:
            if ended():
                return Enriched(tuple(results), cancelled=True)
            run = _Run(store, source, on_progress or (lambda progress: None), ended)
            results.append(await run.asked(account_id, again=again))
        return Enriched(tuple(results), cancelled=ended())
    finally:
        for source in chosen:
            await source.aclose()


class _Run:
    """One source being asked."""

    def __init__(
        self, store: Store, source: Source, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]
    ) -> None:
        self._store, self._source, self._progress, self._cancelled = store, source, on_progress, cancelled
        self._result = Asked(source.name)
        self._failures = 0

    async def asked(self, account_id: int | None, *, again: bool) -> Asked:
        result = self._result
        wanted = await self._store.aread(partial(_wanted, source=self._source, account_id=account_id, again=again))
        result.asked = len(wanted.titles)
        if not wanted.titles:
            return result
        try:
            async with aclosing(self._source.ask(wanted, self._known)) as steps:
                async for step in steps:
                    await self._keep(step)
                    self._progress(Progress(self._source.name, step.done, step.total))
                    if self._failures >= _PATIENCE:
                        raise SourceBroken(f"{_PATIENCE} answers in a row could not be used. Run this again later.")
                    if self._cancelled():
                        result.stopped = "interrupted"
                        break
        except SourceError as error:
            result.stopped, result.error = str(error), error
        result.requests = self._source.requests
        return result

    async def _known(self, rows: Sequence[Title]) -> list[int | None]:
        return await self._store.aread(lambda work: work.titles.known(rows))

    async def _keep(self, step: Step) -> None:
        taken = await self._store.awrite(partial(_kept, step=step, source=self._source.name))
        result = self._result
        learned = sum(bool(step.told[number].facts.said()) for number in taken)
        result.learned += learned
        result.not_known += len(step.not_known) + len(step.told) - learned
        result.without_id += len(step.without_id)
        result.failed += len(step.failed)
        self._failures = self._failures + 1 if step.failed else 0
        for reason in step.failed.values():
            if reason not in result.reasons and len(result.reasons) < _REASONS:
                result.reasons.append(reason)


def _wanted(work: Work, *, source: Source, account_id: int | None, again: bool) -> Wanted:
    """The titles to ask of, and the shows of the episodes among them."""
    since = work.now if again else work.now - timedelta(days=ASKED_AGAIN_DAYS)
    numbers = work.titles.lacking(source.name, source.says, asked_before=since, account_id=account_id)
    kept = work.titles.get_all(numbers)
    shows = work.titles.get_all({title.show_id for title in kept.values() if title.show_id is not None})
    return Wanted([kept[number] for number in numbers], shows)


def _kept(work: Work, *, step: Step, source: str) -> set[int]:
    """What was told is taken, and what was asked is noted; the numbers of which something was taken."""
    taken = work.titles.hear(step.told, source)
    refused = step.told.keys() - taken
    work.titles.note_asked([*step.not_known, *refused], source)
    return taken
