"""The table of methods and what they do in each situation, as the tests have seen it."""

from __future__ import annotations

COLUMNS = ("effect", "TMDB ids", "blank token", "revoked token", "unknown id", "throttled", "Trakt down", "unreachable")


class Table:
    """Cells by method and face."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[str, str]] = {}

    def note(self, method: str, face: str, column: str, seen: str) -> None:
        """What was seen in that situation."""
        assert column in COLUMNS
        self._rows.setdefault((method, face), {})[column] = seen

    def complete(self, method: str, face: str) -> bool:
        """Every situation was seen."""
        return set(self._rows.get((method, face), {})) == set(COLUMNS)

    def text(self) -> str:
        """The table; empty where nothing was seen."""
        if not self._rows:
            return ""
        rows: list[tuple[str, ...]] = [("method", "face", *COLUMNS)]
        rows += [(*key, *(cells.get(column, "") for column in COLUMNS)) for key, cells in self._rows.items()]
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


TABLE = Table()
