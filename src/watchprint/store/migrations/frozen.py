"""The SQL of a revision: text beside its module, one file a database; a statement ends with `;` at a line's end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alembic import op

_HERE = Path(__file__).parent / "versions"


def run(name: str) -> None:
    """Execute the file of this name for the database at hand."""
    connection = op.get_bind()
    for statement in statements((_HERE / f"{name}.{connection.dialect.name}.sql").read_text(encoding="utf-8")):
        connection.exec_driver_sql(statement)


def statements(text: str) -> Iterator[str]:
    """The statements of a file, without comments and blanks."""
    lines = (line for line in text.splitlines() if not line.startswith("--"))
    return (part.strip() for part in "\n".join(lines).split(";\n") if part.strip().rstrip(";"))
