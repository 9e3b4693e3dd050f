"""The members of a ZIP, read in memory within limits. Never extracts to disk and never trusts a declared size."""

from __future__ import annotations

import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from types import TracebackType
from typing import IO

from watchprint.exchange.errors import ExportUnreadable

_CHUNK_BYTES = 1 << 18
_ZIPS_BEGAN = 1980
_AGAIN = "Download the export again and pass the file as it is."
_NOT_OURS = "Pass the ZIP as the service gave it, not one from elsewhere."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a ZIP may hold.

    Args:
        members: the most files in it.
        member_bytes: the most bytes of one file, unpacked.
        total_bytes: the most bytes of all files that are read, unpacked.
        ratio: how many times its packed size a file may have; below `free_bytes` any ratio is fine.
    """

    members: int = 20_000
    member_bytes: int = 256 << 20
    total_bytes: int = 1 << 30
    ratio: int = 200
    free_bytes: int = 4 << 20


class Members:
    """An open ZIP.

    Args:
        path: the file.
        limits: how much it may hold.

    Raises:
        ExportUnreadable: the file is absent, no ZIP, cut off, or holds names or amounts that no export has.
    """

    def __init__(self, path: str | os.PathLike[str], limits: Limits | None = None) -> None:
        self.path = os.fspath(path)
        self._limits = limits or Limits()
        self._left_bytes = self._limits.total_bytes
        try:
            self._zip = zipfile.ZipFile(self.path)
        except OSError as error:
            why = error.strerror or str(error)
            raise ExportUnreadable(f"{self.path} cannot be opened: {why}. Check the path.") from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise ExportUnreadable(f"{self.path} is not a whole ZIP file; it may be cut off. {_AGAIN}") from error
        try:
            self._files = self._checked()
        except ExportUnreadable:
            self._zip.close()
            raise

    def __enter__(self) -> Members:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def newest_at(self) -> datetime | None:
        """When the youngest of its files was packed, as far as a ZIP tells (by some clock, to two seconds)."""
        stamps = [info.date_time for info in self._files.values() if info.date_time[0] > _ZIPS_BEGAN]
        try:
            return datetime(*max(stamps), tzinfo=UTC) if stamps else None
        except ValueError:
            return None

    def names(self) -> Iterator[str]:
        """The names of the files, without folders and without what macOS adds."""
        return iter(self._files)

    def content(self, name: str) -> bytes:
        """The bytes of one file.

        Raises:
            ExportUnreadable: it is damaged, encrypted, or unpacks to more than an export can hold.
        """
        info = self._files[name]
        try:
            with self._zip.open(info) as stream:
                return self._read(name, info, stream)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
            if isinstance(error, ExportUnreadable):
                raise
            raise ExportUnreadable(f"{name} inside {self.path} is damaged. {_AGAIN}") from error
        except (RuntimeError, NotImplementedError) as error:
            raise ExportUnreadable(
                f"{name} inside {self.path} is encrypted or packed in an unknown way. {_NOT_OURS}"
            ) from error

    def _read(self, name: str, info: zipfile.ZipInfo, stream: IO[bytes]) -> bytes:
        limits = self._limits
        most = min(limits.member_bytes, max(limits.free_bytes, info.compress_size * limits.ratio))
        most = min(most, self._left_bytes)
        parts: list[bytes] = []
        size = 0
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > most:
                raise ExportUnreadable(
                    f"{name} inside {self.path} unpacks to more than {most >> 20} MB, which no export holds. "
                    f"{_NOT_OURS}"
                )
            parts.append(chunk)
        self._left_bytes -= size
        return b"".join(parts)

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > self._limits.members:
            raise ExportUnreadable(f"{self.path} holds {len(infos):,} files, too many for an export. {_NOT_OURS}")
        files: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            path = PurePosixPath(info.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in info.filename:
                raise ExportUnreadable(
                    f"{self.path} holds a file named {info.filename[:80]!r}, which points outside. {_NOT_OURS}"
                )
            if info.is_dir() or path.parts[:1] == ("__MACOSX",) or path.name.startswith("."):
                continue
            if path.name in files:
                raise ExportUnreadable(f"{self.path} holds {path.name} twice. {_NOT_OURS}")
            files[path.name] = info
        return files
