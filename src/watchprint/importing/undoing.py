"""An import undone; and rows that were not taken, handed in again."""

from __future__ import annotations

import os
import threading
from contextlib import closing

from watchprint.exchange.reading.trakt_csv import TraktCsv
from watchprint.importing.errors import NotCorrectable
from watchprint.importing.report import ImportReport, Tally, corrected_by, kept_form, of_kept
from watchprint.importing.rows import Rows
from watchprint.importing.taking import hash_of, prefix_of, written
from watchprint.store import Store, Work
from watchprint.store.imports.imports import Import, Undone


def undo(store: Store, import_id: int) -> Undone:
    """How much was given back: what an import has changed is as it was, as far as nothing has changed it since.

    Raises:
        UnknownRow: There is no such import.
    """
    return store.write(lambda work: work.imports.undo(import_id))


def imports_of(store: Store, account_id: int) -> list[Import]:
    """The account's imports, the latest first, undone ones too."""
    return store.read(lambda work: work.imports.all(account_id))


def report_of(store: Store, import_id: int) -> ImportReport:
    """What an import reported, with the rows that are still not taken.

    Raises:
        UnknownRow: There is no such import.
        NotCorrectable: It has no report of ours.
    """
    return store.read(lambda work: _report(work, import_id))


def corrected(store: Store, import_id: int, csv_path: str | os.PathLike[str]) -> ImportReport:
    """What came of rows that an import did not take, as they stand in a CSV that was written for it and completed.

    They belong to that import: undoing it takes them back too. Rows that the CSV leaves out stay as they are.

    Raises:
        ExportUnreadable: The CSV cannot be read.
        UnknownRow: There is no such import.
        NotCorrectable: The import was undone.
    """
    file_hash = hash_of(csv_path)
    account = store.read(lambda work: work.accounts.get(work.imports.get(import_id).account_id))
    with closing(TraktCsv(csv_path, account.zones, corrects=True)):
        pass

    def taken(work: Work) -> ImportReport:
        before = _report(work, import_id)
        if work.imports.get(import_id).undone_at is not None:
            raise NotCorrectable(f"Import {import_id} was undone. Take the file in again first.")
        account = work.accounts.get(before.account_id)
        tally = Tally()
        open_ = {each.place for each in before.problems}
        with closing(TraktCsv(csv_path, account.zones, corrects=True)) as reader, work.imports.under(import_id):
            rows = Rows(
                work, account, tally, prefix=prefix_of(before.file_hash), older=False, newer_parts=frozenset(),
                import_id=import_id, only=open_,
            )  # fmt: skip
            rows.take(reader, lambda done: None)
        correction = ImportReport(
            import_id=import_id, account_id=account.id, dry_run=False, kind="correction",
            file_name=os.path.basename(os.fspath(csv_path)), file_hash=file_hash, parts=tally.parts(),
            notes=(*reader.notes, *tally.notes), problems=tally.in_order(),
        )  # fmt: skip
        answered = frozenset((each.part, each.place) for each in before.problems if each.place in rows.places)
        work.imports.finish(import_id, kept_form(corrected_by(before, correction, answered)))
        return correction

    return written(store, taken, threading.Event())


def _report(work: Work, import_id: int) -> ImportReport:
    kept = work.imports.get(import_id)
    if not isinstance(kept.report, dict) or "parts" not in kept.report:
        raise NotCorrectable(f"Import {import_id} has no rows that could be corrected.")
    return of_kept(kept.report, import_id, kept.account_id)
