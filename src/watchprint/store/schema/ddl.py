"""The tables of now as SQL, to write down a new revision by: `python -m watchprint.store.schema.ddl sqlite`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from watchprint.store.schema import metadata

DIALECTS: dict[str, type[Dialect]] = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


def statements(dialect: Dialect) -> Iterator[str]:
    """One statement a table and an index, in an order in which each finds what it needs."""
    for table in metadata.sorted_tables:
        yield _tidy(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            yield _tidy(str(CreateIndex(index).compile(dialect=dialect)))


def _tidy(statement: str) -> str:
    lines = (line.rstrip().replace("\t", "    ") for line in statement.strip().splitlines())
    return "\n".join(line for line in lines if line) + ";"


if __name__ == "__main__":
    sys.stdout.write("\n".join(statements(DIALECTS[sys.argv[1]]())) + "\n")
