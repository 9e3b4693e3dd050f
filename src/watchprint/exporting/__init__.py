"""Exports: an account's plays and what stands beside them, into files that other programs read."""

from __future__ import annotations

from watchprint.exporting.asked import FORMATS, PARTS, Format, PartName
from watchprint.exporting.errors import ExportCancelled, ExportError, ExportRefused, ExportUnwritable
from watchprint.exporting.writing import Exported, ExportedFile, Step, write

__all__ = [
    "FORMATS",
    "PARTS",
    "ExportCancelled",
    "ExportError",
    "ExportRefused",
    "ExportUnwritable",
    "Exported",
    "ExportedFile",
    "Format",
    "PartName",
    "Step",
    "write",
]
