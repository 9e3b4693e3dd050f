"""Why an export was not written. With each of these nothing is left of it."""

from __future__ import annotations


class ExportError(Exception):
    """An export was not written; the message says why and what to do."""


class ExportRefused(ExportError, ValueError):
    """What was asked for cannot be: the format holds no such thing, or the file is there already."""


class ExportUnwritable(ExportError):
    """The file cannot be written: no such folder, no permission, no room."""


class ExportCancelled(ExportError):
    """Somebody has called it off."""
