"""What goes into the log, and what does not: the address that Trakt sends a browser back to holds a code."""

from __future__ import annotations

import logging
import re
from typing import Final

_QUERY: Final = re.compile(r"\?[^\s\"']+")


class WithoutQueries(logging.Filter):
    """Cuts the query off every address in a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """The line is kept, shortened."""
        record.msg, record.args = _QUERY.sub("?…", record.getMessage()), ()
        return True
