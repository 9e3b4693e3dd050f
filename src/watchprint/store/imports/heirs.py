"""What imports have noted of the same rows: who else says what an import that is undone had said. Pure.

The notes of a row are a chain, each from what the one before it left. Taking one out of the chain lets the next begin
where that one had begun, so that what stands is what the remaining imports would have made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_ENDS = ("removed_at", "disappeared_at")


@dataclass(slots=True)
class Note:
    """What one import has noted of one row.

    Attributes:
        before: The changed columns as they were; None: the import made the row.
        after: The same as they were then. Both empty: the import says what stood there already.
        changed, dropped: It is other than in the store; it says nothing any more.
    """

    import_id: int
    place: int
    kind: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any]
    changed: bool = False
    dropped: bool = False

    @property
    def ends(self) -> bool:
        """It took the row away."""
        return any(self.after.get(name) is not None for name in _ENDS)


@dataclass(slots=True)
class Heirs:
    """The notes of later imports, by kind and key of row, in their order."""

    notes: dict[tuple[str, str], list[Note]] = field(default_factory=dict)

    def add(self, note: Note) -> None:
        """Know one more; they are handed in as they were noted."""
        self.notes.setdefault((note.kind, note.key), []).append(note)

    def of(self, note: Note) -> list[Note]:
        """Those that still say something of the row."""
        return [each for each in self.notes.get((note.kind, note.key), ()) if not each.dropped]

    def made_by_another(self, note: Note) -> bool:
        """The row that an import made is another's from now on; False where none says it."""
        for heir in self.of(note):
            if not heir.ends:
                heir.before, heir.changed = None, True
                return True
            heir.dropped = True  # it took away what would not have been there
        return False

    def unclaimed(self, note: Note, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """The columns of a change that no later import has changed again or says likewise; the others are handed on."""
        heirs = self.of(note)
        left = []
        for name in after:
            says = next((heir for heir in heirs if not heir.ends or name in heir.after), None)
            if says is None:
                left.append(name)
            elif says.before is not None:
                says.before[name] = before[name]
                says.after.setdefault(name, after[name])
                says.changed = True
        return left
