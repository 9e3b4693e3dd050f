"""A file into the store, in one transaction: all of it or nothing, undone by its number.

A dry run is the same transaction, given up at its end: what it reports is what the real run would do.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from watchprint.domain.zones import zones
from watchprint.exchange.reading.opening import open_export
from watchprint.exchange.reading.texts import opened
from watchprint.exchange.reading.told import Reader
from watchprint.identity.accounts import Account, name_key
from watchprint.importing.before import Before, user_checked
from watchprint.importing.errors import ImportStopped
from watchprint.importing.report import ImportReport, Tally, kept_form
from watchprint.importing.rows import Rows
from watchprint.store import Store, Work

Progress = Callable[[int, int | None], object]
"""Told how many rows have been taken, and of how many if that is known."""
_CHUNK: Final = 1 << 20
_PREFIX: Final = 32


class _GivenUp(Exception):
    """The transaction is to leave nothing; what it would have done."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("nothing is kept")
        self.report = report


def take_in(
    store: Store,
    account: int | str,
    path: str | os.PathLike[str],
    *,
    dry_run: bool = False,
    force: bool = False,
    zone: str = "UTC",
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """What came of taking a file in: Trakt's export ZIP, or its rows as CSV or JSON. Blocks until it is durable.

    A local account becomes as a newer export says, as far as that says everything of a part; an older one, and any
    file of a linked account, only adds plays. The same file again changes nothing.

    Args:
        account: Our number of it; or its name, and there need be none yet: it is made with what the file says.
        zone: IANA name of the time zone of an account that is made.
        dry_run: Write nothing, and report what would be written.
        force: Take it in although it is of another Trakt user, or older than one that was taken in before.
        on_progress: Told now and then how far it is; from the thread that writes.
        cancelled: Asked now and then whether to stop.

    Raises:
        ExportUnreadable: The file cannot be read.
        AnotherUser: It is of another Trakt user than the account.
        ImportStopped: `cancelled` said so. As with every error, nothing was kept.
        NoSuchAccount, StoreError: The store does not have an account of that number, or cannot be used.
        BadName, ZoneError: An account cannot be made of that name, or in that zone.
    """
    known = store.read(lambda work: _known(work, account))
    with closing(
        open_export(path, known.zones if known is not None else zones(zone))
    ):  # what cannot be read is refused before anybody has to wait
        file_hash = hash_of(path)
    stop = threading.Event()

    def asked_to_stop() -> bool:
        return stop.is_set() or (cancelled is not None and cancelled())

    def taken(work: Work) -> ImportReport:
        there = _known(work, account)
        whose = there or work.accounts.create(str(account), zone=zone)
        return _taken(
            work, whose, path, file_hash, made=there is None, dry_run=dry_run, force=force, on_progress=on_progress,
            cancelled=asked_to_stop,
        )  # fmt: skip

    return written(store, taken, stop)


def written(store: Store, taken: Callable[[Work], ImportReport], stop: threading.Event) -> ImportReport:
    """The report of one transaction; whoever is interrupted while it runs stops it.

    Args:
        stop: Set when somebody is interrupted; the work looks at it.
    """
    done: list[ImportReport] = []

    def noted(work: Work) -> ImportReport:
        report = taken(work)
        done[:] = [report]
        return report

    try:
        return store.write(noted)
    except _GivenUp as given_up:
        return given_up.report
    except KeyboardInterrupt as interrupted:
        stop.set()
        done_id = _after(store, done)
        if done_id is not None:
            interrupted.add_note(f"It was too late: the file had been taken in, as import {done_id}.")
        raise


def _after(store: Store, done: list[ImportReport]) -> int | None:
    """The number of the import if it was committed all the same; asked once its transaction is over."""
    store.write(lambda work: None)
    if not done or done[0].import_id is None:
        return None
    kept = store.read(lambda work: work.imports.all(done[0].account_id))
    return next((each.id for each in kept if each.id == done[0].import_id), None)


def hash_of(path: str | os.PathLike[str]) -> str:
    """What tells the file's content from any other's.

    Raises:
        ExportUnreadable: It cannot be read.
    """
    found = hashlib.sha256()
    with opened(path) as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def prefix_of(file_hash: str) -> str:
    """What the rows of a file are known by, before their places."""
    return f"{file_hash[:_PREFIX]}:"


def _known(work: Work, account: int | str) -> Account | None:
    """The account of a number, or of a name if there is one."""
    if isinstance(account, int):
        return work.accounts.get(account)
    return next((each for each in work.accounts.all() if name_key(each.name) == name_key(account.strip())), None)


def _taken(
    work: Work, account: Account, path: str | os.PathLike[str], file_hash: str, *, made: bool, dry_run: bool,
    force: bool, on_progress: Progress | None, cancelled: Callable[[], bool],
) -> ImportReport:  # fmt: skip
    name = Path(path).name
    with closing(open_export(path, account.zones)) as reader:
        before = Before.of(work, account, reader)
        if not force:
            user_checked(account, before, reader.whose, name)
        number = work.imports.begin(account.id, reader.kind, file_name=name, file_hash=file_hash)
        tally = Tally()
        with work.imports.under(number):
            rows = Rows(
                work, account, tally, prefix=prefix_of(file_hash), older=before.is_older(reader) and not force,
                newer_parts=before.newer_parts, import_id=number,
            )  # fmt: skip
            rows.take(reader, _watched(reader, on_progress, cancelled))
        report = _report(account, reader, rows, tally, name, file_hash, number)
        return _kept(work, report, before.same_file(file_hash), made=made, dry_run=dry_run)


def _kept(work: Work, report: ImportReport, same_file: int | None, *, made: bool, dry_run: bool) -> ImportReport:
    """The report, kept with the import; with nothing new, not even the account, there is no import."""
    nothing_new = not made and not report and (same_file is not None or not report.problems)
    if dry_run or nothing_new:
        import_id = None if dry_run else same_file
        raise _GivenUp(replace(report, import_id=import_id, dry_run=dry_run))
    assert report.import_id is not None
    work.imports.finish(report.import_id, kept_form(report))
    return report


def _report(
    account: Account, reader: Reader, rows: Rows, tally: Tally, name: str, file_hash: str, number: int
) -> ImportReport:
    whose = reader.whose
    return ImportReport(
        import_id=number,
        account_id=account.id,
        dry_run=False,
        kind=reader.kind,
        file_name=name,
        file_hash=file_hash,
        parts=tally.parts(),
        unknown=dict(reader.unknown),
        notes=(*reader.notes, *tally.notes),
        problems=tally.in_order(),
        as_of=reader.as_of,
        whose=(whose.slug or whose.username) if whose else None,
        whose_uuid=whose.uuid if whose else None,
        complete=tuple(sorted({part for part, _ in rows.complete})),
    )


def _watched(reader: Reader, on_progress: Progress | None, cancelled: Callable[[], bool]) -> Callable[[int], None]:
    """What is called with the number of rows that have been taken."""

    def watch(done: int) -> None:
        if cancelled():
            raise ImportStopped("The import was stopped; nothing of it was kept.")
        if on_progress is not None:
            on_progress(done, reader.total)

    return watch
