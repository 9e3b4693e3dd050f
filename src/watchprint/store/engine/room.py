"""Room on the disk, taken before something is spent that must be written down afterwards, and given free for it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from watchprint.store.errors import StoreUnwritable

ROOM_BYTES: Final = 262_144
"""More than a commit of one row takes, with the log's frames and what the file system adds."""


class Room:
    """Space beside the database. Entering takes it, `free` and leaving give it back."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Room:
        """Take the space.

        Raises:
            StoreUnwritable: There is none.
        """
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                done = 0
                while done < ROOM_BYTES:
                    done += os.pwrite(descriptor, bytes(ROOM_BYTES - done), done)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            self.free()
            raise StoreUnwritable(
                f"There is no room beside the store in {self._path.parent} ({error.strerror}). Free some space."
            ) from error
        return self

    def free(self) -> None:
        """Give the space back, for what is to be written now."""
        with suppress(OSError):
            self._path.unlink()

    def __exit__(self, *_: object) -> None:
        self.free()
