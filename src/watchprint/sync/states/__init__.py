"""Everything of a Trakt account that is not plays, one module a part. Each is read whole or not at all."""

from __future__ import annotations

from typing import Final

from watchprint.sync.states.part import Keep, Part

__all__ = ["PARTS", "Keep", "Part"]

PARTS: Final[tuple[Part, ...]] = ()
