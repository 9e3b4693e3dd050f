"""Rows as CSV on stdout, as exports write it: exact, a line a row, and nothing that a spreadsheet would run.

What is unknown is empty; a day is 2024-05-01, an instant 2024-05-01T21:30:00Z, a clock on the wall the same without Z;
numbers are exact; yes and no are true and false; a list is JSON in its cell. A text that a spreadsheet would take for a
formula, that begins with an apostrophe or is empty, stands behind an apostrophe. Line breaks in a text are blanks, and
control characters are written out, as everywhere in a terminal.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from watchprint.cli.narrate import clean
from watchprint.exchange.tables.csv_table import guarded, instant_text


def emit_csv(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """The rows under their head (stdout), in UTF-8 wherever it goes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text.getvalue())
    else:
        sys.stdout.flush()
        stream.write(text.getvalue().encode())
    sys.stdout.flush()


def cell(value: Any) -> str:
    """A value as it stands in its cell."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(clean(value))
        case datetime():
            return instant_text(value) if value.tzinfo is not None else value.isoformat()
        case date():
            return value.isoformat()
        case float():
            return repr(value)
        case list() | tuple() | dict():
            import msgspec

            return msgspec.json.encode(value).decode()
    return str(value)
