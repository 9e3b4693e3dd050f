"""Certifications of the United States, as Trakt shows them. Those of other countries mean something else."""

from __future__ import annotations

import re
from typing import Final

_KNOWN: Final = frozenset({"G", "PG", "PG-13", "R", "NC-17", "NR", "TV-Y", "TV-Y7", "TV-G", "TV-PG", "TV-14", "TV-MA"})
_ALSO: Final = {"NOT RATED": "NR", "UNRATED": "NR", "TV-Y7-FV": "TV-Y7"}
_HOME: Final = re.compile(r"^US[-:/ ]", re.IGNORECASE)


def american(said: str | None) -> str | None:
    """The certification; None where it is none of the United States'."""
    if said is None:
        return None
    plain = _HOME.sub("", said.strip()).strip().upper()
    plain = _ALSO.get(plain, plain)
    return plain if plain in _KNOWN else None
