"""The table of methods and how their commands end in each situation, as the tests have seen it."""

from __future__ import annotations

COLUMNS = ("effect", "blank token", "revoked token", "unknown id", "throttled", "Trakt down")


class Table:
    """Cells by command."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, str]] = {}

    def note(self, command: str, column: str, seen: str) -> None:
        """What was seen in that situation."""
        assert column in COLUMNS
        self._rows.setdefault(command, {})[column] = seen

    def complete(self, command: str) -> bool:
        """Every situation was seen."""
        return set(self._rows.get(command, {})) == set(COLUMNS)

    def text(self) -> str:
        """The table; empty where nothing was seen."""
        if not self._rows:
            return ""
        rows: list[tuple[str, ...]] = [("command", *COLUMNS)]
        rows += [(command, *(cells.get(column, "") for column in COLUMNS)) for command, cells in self._rows.items()]
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


TABLE = Table()
