"""What can be wrong with a file that was handed in."""

from __future__ import annotations


class ExportUnreadable(ValueError):
    """The file cannot be read as the export it should be; the message says what, why and what to do."""
