"""A PostgreSQL is always there: also where none is installed and none is named."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg

from tests.store.bringing import of_the_wheel, running
from watchprint.store import Store


def test_the_wheels_server_holds_a_store(tmp_path: Path) -> None:
    folder = tempfile.TemporaryDirectory(prefix="watchprint-postgres-")
    with folder, running(of_the_wheel(), Path(folder.name)) as address:
        with psycopg.connect(address) as connection:
            [(version,)] = connection.execute("SHOW server_version").fetchall()
            assert int(str(version).partition(".")[0]) >= 18
        with Store.open(home=tmp_path, url=address) as store:
            store.write(lambda work: work.accounts.create("ann"))
            assert len(store.read(lambda work: work.accounts.all())) == 1
