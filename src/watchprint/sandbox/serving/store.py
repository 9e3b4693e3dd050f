"""The state file: everything between two runs, replaced whole, never half. Knows no rule of the tables."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from watchprint.sandbox.serving.options import StartRefused
from watchprint.sandbox.state import State

_VERSION = 1


class Saved(Struct):
    """What a state file holds: the tables, and how far the clock was ahead of the machine's [s]."""

    ahead_s: float
    state: State
    frozen_at: datetime | None = None
    version: int = _VERSION


class StateFile:
    """One state file, held by one sandbox at a time.

    Args:
        path: The file; its folder is made when missing.

    Raises:
        StartRefused: Another sandbox holds it, or the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock: IO[bytes] = path.with_name(path.name + ".lock").open("wb")
        except OSError as error:
            raise StartRefused(
                f"The sandbox cannot keep its state in {path}: {error.strerror}. Choose another --state file."
            ) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise StartRefused(
                f"Another sandbox keeps its state in {path}. Stop it, or choose another --state file."
            ) from error

    def load(self) -> Saved | None:
        """What was saved last; None: nothing yet.

        Raises:
            StartRefused: The file is there, but cannot be read.
        """
        try:
            saved = msgspec.json.decode(self.path.read_bytes(), type=Saved)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise StartRefused(
                f"The sandbox's state in {self.path} cannot be read ({error}). "
                "Move the file away to begin anew, or put a good copy in its place."
            ) from error
        if saved.version != _VERSION:
            raise StartRefused(
                f"The sandbox's state in {self.path} is of version {saved.version}, this is version {_VERSION}. "
                "Move the file away to begin anew."
            )
        return saved

    def save(self, text: bytes) -> None:
        """Replace the file by this text: after a crash there is the old text or the new one.

        Raises:
            OSError: It could not be written; the old text is still there.
        """
        handle, name = tempfile.mkstemp(prefix=self.path.name, suffix=".part", dir=self.path.parent)
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(text)
                part.flush()
                os.fsync(part.fileno())
            os.replace(name, self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise

    def close(self) -> None:
        """Let others have it."""
        self._lock.close()
