"""Which format a file is, by what stands in it and never by its name alone; and its reader."""

from __future__ import annotations

import os

from watchprint.domain.zones import Zones
from watchprint.exchange.errors import ExportUnreadable
from watchprint.exchange.members import Limits
from watchprint.exchange.reading.texts import opened
from watchprint.exchange.reading.told import Reader
from watchprint.exchange.reading.trakt_csv import TraktCsv
from watchprint.exchange.reading.trakt_export import TraktExport
from watchprint.exchange.reading.trakt_json import TraktJson


def open_export(path: str | os.PathLike[str], zones: Zones, *, limits: Limits | None = None) -> Reader:
    """A reader of the file; whoever opens it closes it.

    Args:
        zones: Where the person lived when, for times without a zone.
        limits: How much a ZIP may hold.

    Raises:
        ExportUnreadable: It is of no known format, damaged, or not safe to read.
    """
    with opened(path) as stream:
        head = stream.read(4096)
    shown = os.fspath(path)
    if head[:2] == b"PK" or shown.lower().endswith(".zip"):
        return TraktExport(path, zones, limits)
    if not head.strip():
        raise ExportUnreadable(f"{shown} is empty. Export it again.")
    text = (
        head.decode("utf-16", "replace") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.decode("utf-8", "replace")
    )
    if text.lstrip("\ufeff \t\r\n\x00")[:1] in ("[", "{"):
        return TraktJson(path, zones)
    return TraktCsv(path, zones)
