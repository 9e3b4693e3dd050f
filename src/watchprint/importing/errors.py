"""Why a file was not taken in; each text says what to do. Nothing of it is kept then.

ImportFailed
├── AnotherUser     the file is of another Trakt user than the account
├── ImportStopped   somebody asked to stop
└── NotCorrectable  the import cannot take corrections
"""

from __future__ import annotations


class ImportFailed(Exception):
    """A file was not taken in."""


class AnotherUser(ImportFailed):
    """The file is of another Trakt user than the account."""


class ImportStopped(ImportFailed):
    """Somebody asked to stop; nothing was kept."""


class NotCorrectable(ImportFailed):
    """The import cannot take corrections."""
