"""An account written into files: one snapshot of the store, row by row, whole or not at all.

    exported = exporting.write(store, account.id, Path("plays.csv"), format="csv")

Blocks. Memory holds some thousand rows at a time. Never changes what is kept; it notes only where files were written,
so that forgetting can name them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from watchprint.domain.period import ALL, Period, parsed
from watchprint.exchange.tables import Table, TableWriter
from watchprint.exchange.tables.csv_table import CsvTable
from watchprint.exchange.tables.json_table import JsonDocument, LinesTable
from watchprint.exporting import parts as known
from watchprint.exporting.asked import (
    ONE_TABLE,
    TO_PIPES,
    Format,
    PartName,
    files_for,
    format_for,
    is_folder,
    own_name,
    parts_for,
)
from watchprint.exporting.errors import ExportCancelled, ExportRefused
from watchprint.exporting.parts.named import Named
from watchprint.exporting.parts.part import Snapshot
from watchprint.exporting.places import Beside, free, in_words
from watchprint.exporting.trakt_layout import TraktLayout
from watchprint.store import Store
from watchprint.store.work import Work


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that was written.

    Attributes:
        path: Where; None: into the stream that was handed in.
        rows: How many rows of each part are in it.
    """

    path: Path | None
    rows: dict[PartName, int]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    format: Format
    files: tuple[ExportedFile, ...]

    @property
    def rows(self) -> dict[PartName, int]:
        """How many rows of each part were written."""
        return {part: count for file in self.files for part, count in file.rows.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is.

    Attributes:
        part: What is being written.
        done: Its rows so far.
        total: About how many it has.
    """

    part: PartName
    done: int
    total: int


@dataclass(slots=True)
class _Watch:
    """Whoever follows the export, and may call it off."""

    on_progress: Callable[[Step], None] | None
    cancelled: Callable[[], bool] | None
    totals: dict[PartName, int] = field(default_factory=dict)
    done: dict[PartName, int] = field(default_factory=dict)

    def tick(self, part: PartName, rows: int) -> None:
        if self.cancelled is not None and self.cancelled():
            raise ExportCancelled("The export was called off; nothing is left of it.")
        self.done[part] = self.done.get(part, 0) + rows
        if self.on_progress is not None:
            self.on_progress(Step(part, self.done[part], max(self.totals.get(part, 0), self.done[part])))


def write(
    store: Store,
    account_id: int,
    destination: Path | str | BinaryIO | None = None,
    *,
    format: str | None = None,
    parts: Iterable[str] | None = None,
    period: Period | str | None = None,
    force: bool = False,
    on_progress: Callable[[Step], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Write the account's data.

    Args:
        store: Where it is kept.
        account_id: Whose.
        destination: A file; a folder (csv, ndjson, parquet: one file a part in it); or an open binary stream. None: a
            file or folder named after the account, in the folder where the process is.
        format: csv, json, ndjson, parquet or trakt-zip; None: as the destination's name ends, else csv into a folder
            and json elsewhere.
        parts: Which of `PARTS`; None: all that the destination holds (of one table's file: plays).
        period: Only plays of these local days, by the account's zones and day start; other parts are whole.
        force: Write over files that are there.
        on_progress: Told after some rows.
        cancelled: Asked after some rows; True calls it off.

    Raises:
        ExportRefused: It cannot be written so, or a file is there already.
        ExportUnwritable: The file cannot be written; nothing is left of it.
        ExportCancelled: It was called off; nothing is left of it.
        PeriodError: The period is not understood.
        NoSuchAccount: There is none.
    """
    wanted, watch = None if parts is None else tuple(parts), _Watch(on_progress, cancelled)
    if not (destination is None or isinstance(destination, Path | str)):
        return _Job(store, account_id, format_for(None, format), period, watch).into_stream(destination, wanted)
    chosen = format_for(destination, format)
    if destination is None:
        destination = own_name(store.read(lambda work: work.accounts.get(account_id)).name, chosen, wanted)
    folder = is_folder(destination) and chosen in ONE_TABLE
    job = _Job(store, account_id, chosen, period, watch)
    return job.into_files(Path(destination), wanted, folder=folder, force=force)


@dataclass(frozen=True, slots=True)
class _Job:
    store: Store
    account_id: int
    format: Format
    period: Period | str | None
    watch: _Watch

    def into_stream(self, stream: BinaryIO, parts: Iterable[str] | None) -> Exported:
        chosen = parts_for(self.format, parts, folder=False)
        if self.format not in TO_PIPES:
            raise ExportRefused(f"The format {self.format} is for files; a pipe takes csv, json or ndjson.")
        self._fitting()
        rows = self.store.read(lambda work: self._one(self._snapshot(work), stream, chosen, mark=False))
        return Exported(self.format, (ExportedFile(None, rows),))

    def into_files(self, destination: Path, parts: Iterable[str] | None, *, folder: bool, force: bool) -> Exported:
        chosen = parts_for(self.format, parts, folder=folder)
        self._fitting()
        targets = files_for(destination, self.format, chosen, folder=folder)
        with ExitStack() as leaving:
            if folder and not destination.exists():
                with in_words(destination):
                    destination.mkdir(mode=0o700)
                leaving.callback(_remove_empty, destination)
            for target in targets:
                free(target, force=force)
            files = {}
            for target in targets:
                files[target] = Beside(target)
                leaving.callback(files[target].drop)
            rows = self._filled(files, targets, chosen, folder=folder)
            self._put(files, force=force)
        return Exported(self.format, tuple(ExportedFile(target, rows[target]) for target in targets))

    def _filled(
        self, files: dict[Path, Beside], targets: dict[Path, PartName], chosen: tuple[PartName, ...], *, folder: bool
    ) -> dict[Path, dict[PartName, int]]:
        """All files from one snapshot, each on the disk under its other name."""

        def fill(work: Work) -> dict[Path, dict[PartName, int]]:
            snapshot, rows = self._snapshot(work), {}
            for target, file in files.items():
                mine = (targets[target],) if folder else chosen
                with in_words(target):
                    rows[target] = self._one(snapshot, file.stream, mine)
                    file.finish()
            return rows

        return self.store.read(fill)

    def _put(self, files: dict[Path, Beside], *, force: bool) -> None:
        """Give the files their names; noted first, so that one whose writer dies here is known too."""

        def noted(work: Work) -> None:
            for target in files:
                work.files.note(target, "export")

        self.store.write(noted)
        placed: list[Path] = []
        try:
            for target, file in files.items():
                with in_words(target):
                    file.put(force=force)
                placed.append(target)
        except BaseException:
            for target in () if force else placed:
                target.unlink(missing_ok=True)
            raise

    def _fitting(self) -> None:
        if self.format == "trakt-zip" and self.period not in (None, "", "all", ALL):
            raise ExportRefused(
                "A ZIP in Trakt's layout holds the whole history: whoever reads it would take what is left out as "
                "removed. Choose another format for a period."
            )

    def _snapshot(self, work: Work) -> Snapshot:
        account = work.accounts.get(self.account_id)
        today = account.zones.day_of(work.now, account.day_start_min)
        period = parsed(self.period, today=today) if isinstance(self.period, str) else self.period or ALL
        return Snapshot(work, account, Named(work), period)

    def _one(
        self, snapshot: Snapshot, stream: BinaryIO, chosen: tuple[PartName, ...], *, mark: bool = True
    ) -> dict[PartName, int]:
        """What one file holds; how many rows of each part that is."""
        if self.watch.on_progress is not None:
            self.watch.totals |= {part: known.ALL[part].count(snapshot) for part in chosen}
        if self.format == "trakt-zip":
            return TraktLayout(snapshot, self.watch.tick).write(stream, chosen, snapshot.work.now)
        document = JsonDocument(stream) if self.format == "json" else None
        rows = {part: self._part(snapshot, stream, part, document, mark=mark) for part in chosen}
        if document is not None:
            document.end()
        return rows

    def _part(
        self, snapshot: Snapshot, stream: BinaryIO, part: PartName, document: JsonDocument | None, *, mark: bool
    ) -> int:
        table, count = known.ALL[part].table, 0
        writer = document.table(table) if document is not None else _writer(self.format, stream, table, mark=mark)
        try:
            self.watch.tick(part, 0)
            for some in known.ALL[part].rows(snapshot):
                writer.write(some)
                count += len(some)
                self.watch.tick(part, len(some))
            writer.end()
        except BaseException:
            writer.drop()
            raise
        return count


def _writer(format: Format, stream: BinaryIO, table: Table, *, mark: bool) -> TableWriter:
    if format == "csv":
        return CsvTable(stream, table, mark=mark)
    if format == "ndjson":
        return LinesTable(stream, table)
    from watchprint.exchange.tables.parquet_table import ParquetTable  # Arrow is slow to load

    return ParquetTable(stream, table)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
