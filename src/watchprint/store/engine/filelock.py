"""A lock that processes of one machine share: a file beside the database, free again when its holder dies.

The file is never removed: a lock on a file that is gone excludes nobody.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from watchprint.store.errors import StoreUnwritable


@contextmanager
def held(path: Path) -> Generator[None]:
    """Exclude every other thread and process that holds the lock of this path.

    Raises:
        StoreUnwritable: The folder cannot be written.
    """
    try:
        for folder in (path.parent.parent, path.parent):  # the mode is for the last one made only
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreUnwritable(
            f"The folder {path.parent} cannot be written ({error.strerror}): free some space or set WATCHPRINT_HOME."
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)  # a child forked meanwhile holds the file open, but not the lock
    finally:
        os.close(descriptor)
