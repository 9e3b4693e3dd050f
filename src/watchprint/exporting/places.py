"""Files that appear whole or not at all: written under another name beside the target, then put in its place.

What is written is private to the user. A process that is killed may leave a file that ends in `.part`; nothing reads
it, and it can be deleted.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from watchprint.exporting.errors import ExportRefused, ExportUnwritable

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def free(target: Path, *, force: bool) -> None:
    """Make sure, before anything is read, that the target can be written.

    Raises:
        ExportRefused: It is there already, or is a folder.
        ExportUnwritable: Its folder is not there.
    """
    if target.is_dir():
        raise ExportRefused(f"{target} is a folder: name a file.")
    if target.exists() and not force:
        raise _taken(target)
    if not target.parent.is_dir():
        raise ExportUnwritable(f"The folder {target.parent} does not exist: make it, or name another one.")


@contextmanager
def in_words(target: Path) -> Generator[None]:
    """What the system says of a file, as our error.

    Raises:
        ExportUnwritable: Something of the system's went wrong inside.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise ExportUnwritable(f"{target} cannot be written ({why}); nothing is left of it.") from error


class Beside:
    """A file under another name beside its target, until it is put in place.

    Args:
        target: Where it shall be.

    Raises:
        ExportUnwritable: It cannot be made.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        with in_words(target):
            descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
        self._path = Path(name)
        self.stream: BinaryIO = os.fdopen(descriptor, "wb", buffering=1 << 18)

    def finish(self) -> None:
        """Let all of it be on the disk."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()

    def put(self, *, force: bool) -> None:
        """Give it its name.

        Args:
            force: Instead of a file that is there.

        Raises:
            ExportRefused: A file has come there meanwhile.
        """
        if force:
            os.replace(self._path, self.target)
            return
        try:
            os.link(self._path, self.target)
        except FileExistsError:
            raise _taken(self.target) from None
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if self.target.exists():
                raise _taken(self.target) from None
            os.replace(self._path, self.target)
        else:
            os.unlink(self._path)

    def drop(self) -> None:
        """Leave nothing of it, unless it is in place."""
        with suppress(OSError):
            self.stream.close()
        self._path.unlink(missing_ok=True)


def _taken(target: Path) -> ExportRefused:
    return ExportRefused(f"{target} is there already: name another file, or use --force to write over it.")
