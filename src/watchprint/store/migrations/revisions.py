"""The revisions in order, each with the first version of Watchprint that has it. Newer ones are at the end."""

from __future__ import annotations

from typing import Final

REVISIONS: Final[dict[str, str]] = {"0001": "0.1.0", "0002": "0.1.0", "0003": "0.1.0"}
HEAD: Final = next(reversed(REVISIONS))
