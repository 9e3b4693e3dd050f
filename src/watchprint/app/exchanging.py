"""In and out: files taken in and taken back, sent on, exports, facts of titles.

What is done is in the packages named for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from watchprint.app.keeping import kept_ready, purged
from watchprint.app.wiring import Whose, Wiring

if TYPE_CHECKING:
    from watchprint import exporting, importing, sending, titles
    from watchprint.domain.period import Period
    from watchprint.store.imports.imports import Import, Undone

T = TypeVar("T")


class Exchanging(Wiring):
    """Imports, exports, titles. Each can be called off: cancel the task, or let `cancelled` say so."""

    async def take_in(
        self,
        path: Path | str,
        account: Whose = None,
        *,
        create: bool = False,
        zone: str | None = None,
        dry_run: bool = False,
        force: bool = False,
        on_progress: importing.Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> importing.ImportReport:
        """What came of taking a file in, all or nothing; see `importing.take_in`.

        Args:
            create: Make a local account of that name, if there is none, together with what the file says.
            zone: IANA name of the time zone of an account that is made; None: UTC.

        Raises:
            NoSuchAccount: There is none.
            BadName, ZoneError: An account cannot be made of that name, or in that zone.
            ExportUnreadable, AnotherUser, ImportStopped: Nothing was taken in.
        """
        from watchprint.importing import take_in

        whose = account if create and isinstance(account, str) else (await self.account(account)).id
        report = await stoppable(
            lambda ended: take_in(
                self.store, whose, path, zone=zone or "UTC", dry_run=dry_run, force=force, on_progress=on_progress,
                cancelled=ended,
            ),
            cancelled,
        )  # fmt: skip
        if not dry_run:
            await purged(self.store)
            await kept_ready(self.store, report.account_id)
        return report

    async def imports(self, account: Whose = None) -> list[Import]:
        """The files that were taken in, the latest first, undone ones too.

        Raises:
            NoSuchAccount: There is none.
        """
        whose = await self.account(account)
        return await self.store.aread(lambda work: work.imports.all(whose.id))

    async def undo_import(self, import_id: int) -> Undone:
        """How much was given back: what the import has changed is as it was.

        Raises:
            UnknownRow: There is no such import.
        """
        return await self.store.awrite(lambda work: work.imports.undo(import_id))

    async def import_report(self, import_id: int) -> importing.ImportReport:
        """What an import reported, with the rows that are still not taken.

        Raises:
            UnknownRow: There is no such import.
            NotCorrectable: It has no rows that could be corrected.
        """
        from watchprint.importing import report_of

        return await asyncio.to_thread(report_of, self.store, import_id)

    async def write_problems(self, report: importing.ImportReport, csv: Path | str) -> int:
        """How many rows that were not taken are in the CSV now, for `correct_import`; forgetting names the file.

        Raises:
            OSError: It cannot be written.
        """
        from watchprint.importing import write_problems

        count = await asyncio.to_thread(write_problems, report.problems, csv)
        await self.store.awrite(lambda work: work.files.note(Path(csv).resolve(), "export"))
        return count

    async def correct_import(self, import_id: int, csv: Path | str) -> importing.ImportReport:
        """What came of rows that an import did not take, as a completed CSV has them; see `importing.corrected`.

        Raises:
            ExportUnreadable, UnknownRow, NotCorrectable: Nothing was taken in.
        """
        from watchprint.importing import corrected

        return await stoppable(lambda ended: corrected(self.store, import_id, csv), None)

    async def preview_sending(
        self, import_id: int, account: Whose = None, *, on_progress: Callable[[sending.Progress], None] | None = None
    ) -> sending.Preview:
        """What sending an import on to Trakt would do now; see `sending.preview`.

        Raises:
            NoSuchAccount, UnknownRow: There is none.
            NotConfigured: The account is not linked.
            SendingRefused: The import is another account's, or undone.
            TraktError: Trakt's history could not be read.
        """
        from watchprint.sending import preview

        whose = await self.account(account)
        return await preview(self.store, self.trakt_to_copy(whose), whose.id, import_id, on_progress=on_progress)

    async def send_on(
        self,
        import_id: int,
        account: Whose = None,
        *,
        on_progress: Callable[[sending.Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> sending.Sent:
        """What became of the plays of an import that Trakt does not have, sent on to it; see `sending.send_on`.

        People go first, as with a sync; once it has ended a sync is due, which sees what Trakt made of it.

        Raises:
            NoSuchAccount, UnknownRow: There is none.
            NotConfigured: The account is not linked.
            SendingRefused: The import is another account's, or undone.
        """
        from watchprint.sending import send_on

        whose = await self.account(account)
        trakt = self.trakt_to_copy(whose)
        try:
            sent = await send_on(
                self.store, trakt, whose.id, import_id, on_progress=on_progress, cancelled=cancelled
            )  # fmt: skip
        except asyncio.CancelledError:  # what has left may be stored
            await self._due(whose.id)
            raise
        if sent.outcome in ("done", "cancelled") and (sent.sent or sent.unsure):
            await self._due(whose.id)
        return sent

    async def _due(self, account_id: int) -> None:
        """Let a sync be due."""
        await self.store.awrite(lambda work: work.accounts.due_at(account_id, work.now, only_sooner=True))

    async def export(
        self,
        destination: Path | str | BinaryIO | None = None,
        account: Whose = None,
        *,
        format: str | None = None,
        parts: Iterable[str] | None = None,
        period: Period | str | None = None,
        force: bool = False,
        on_progress: Callable[[exporting.Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> exporting.Exported:
        """What was written of an account; see `exporting.write`.

        Args:
            destination: A file, a folder or an open stream; None: named after the account, where the process is.
            format: csv, json, ndjson, parquet or trakt-zip; None: as the name ends.

        Raises:
            NoSuchAccount: There is none.
            ExportRefused, ExportUnwritable, ExportCancelled: Nothing is left of it.
        """
        from watchprint.exporting import write

        whose = await self.account(account)
        return await stoppable(
            lambda ended: write(
                self.store, whose.id, destination, format=format, parts=parts, period=period, force=force,
                on_progress=on_progress, cancelled=ended,
            ),
            cancelled,
        )  # fmt: skip

    async def enrich(
        self,
        sources: Iterable[titles.Source],
        account: Whose = None,
        *,
        again: bool = False,
        on_progress: Callable[[titles.Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> titles.Enriched:
        """What sources say of the account's titles that lack something; see `titles.enrich`.

        Raises:
            NoSuchAccount: There is none.
        """
        from watchprint.titles import enrich

        whose = await self.account(account)
        enriched = await enrich(
            self.store, sources, account_id=whose.id, on_progress=on_progress, cancelled=cancelled, again=again
        )
        await kept_ready(self.store, whose.id)
        return enriched

    async def coverage(self, account: Whose = None) -> titles.Coverage:
        """How much is known of what the account watched, and what would raise it.

        Raises:
            NoSuchAccount: There is none.
        """
        from watchprint.titles import coverage

        return await asyncio.to_thread(coverage, self.store, (await self.account(account)).id)


async def stoppable(work: Callable[[Callable[[], bool]], T], cancelled: Callable[[], bool] | None) -> T:
    """The result of work in a thread, which asks now and then whether to stop; who is cancelled waits for its end."""
    stop = threading.Event()

    def ended() -> bool:
        return stop.is_set() or (cancelled is not None and cancelled())

    running = asyncio.ensure_future(asyncio.to_thread(work, ended))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stop.set()
        with suppress(Exception):
            await running
        raise
