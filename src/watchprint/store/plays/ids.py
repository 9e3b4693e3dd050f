"""Ids of plays: UUIDs of version 7, so that younger ids come after older ones, also within one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime


def new_ids(at: datetime) -> Iterator[str]:
    """Ids that no row has, of this instant, each after the one before. Source: RFC 9562, sections 5.7 and 6.2."""
    tick = int(at.timestamp() * 1000) << 12  # milliseconds, and a count where others draw lots
    while True:
        milliseconds, count = tick >> 12 & (1 << 48) - 1, tick & 0xFFF
        bits = milliseconds << 80 | 0x7 << 76 | count << 64 | 0b10 << 62 | secrets.randbits(62)
        text = f"{bits:032x}"
        yield f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
        tick += 1
