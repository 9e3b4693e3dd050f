"""A store becomes one of this program, once, whoever starts; a newer one is refused."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from tests.store.places import Place
from watchprint.store import StoreDamaged, StoreTooNew
from watchprint.store.engine.opening import database
from watchprint.store.migrations import migrating
from watchprint.store.migrations.revisions import HEAD, REVISIONS
from watchprint.store.schema import metadata, schema_versions

START = """
import sys
from pathlib import Path
from watchprint.store import Store
sys.stdin.readline()
with Store.open(home=Path(sys.argv[1]), url=sys.argv[2] or None) as store:
    print(store.write(lambda work: work.accounts.create(sys.argv[3])).name)
"""


def test_a_fresh_store_has_the_tables_of_now(bare: Place) -> None:
    bare.open().close()
    opened = database(bare.url, bare.home)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [d for d in compare_metadata(context, metadata) if "alembic_version" not in str(d)]

    assert opened.read(differences) == []
    opened.close()


def test_opening_again_changes_nothing(bare: Place) -> None:
    with bare.open() as store:
        ann = store.write(lambda work: work.accounts.create("ann"))
    with bare.open() as store:
        assert store.read(lambda work: work.accounts.all()) == [ann]


def test_several_processes_may_start_at_once(bare: Place) -> None:
    names = ["ann", "bob", "cat", "dan"]
    command = [sys.executable, "-W", "error", "-c", START, str(bare.home), bare.url or ""]
    pipe = subprocess.PIPE
    started = [subprocess.Popen([*command, name], stdin=pipe, stdout=pipe, stderr=pipe, text=True) for name in names]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in started]
    assert sorted(out.strip() for out, _ in said) == names, [err for _, err in said]
    with bare.open() as store:
        assert [account.name for account in store.read(lambda work: work.accounts.all())] == names


def test_a_newer_store_is_refused_and_says_what_it_needs(place: Place) -> None:
    place.open().close()
    newer = {"revision": "9999", "needs_version": "7.3.0", "applied_at": datetime.now(UTC)}
    opened = database(place.url, place.home)
    opened.write(lambda connection: connection.execute(schema_versions.insert().values(newer)))
    opened.close()
    with pytest.raises(StoreTooNew, match=r"needs Watchprint 7\.3\.0 or later") as refused:
        place.open()
    assert refused.value.needs_version == "7.3.0"


def test_a_database_of_something_else_is_left_alone(bare: Place) -> None:
    opened = database(bare.url, bare.home)
    opened.write(lambda connection: connection.exec_driver_sql("CREATE TABLE guests (name TEXT)"))
    opened.close()
    with pytest.raises(StoreDamaged, match="something else"):
        bare.open()


def test_the_revisions_are_the_modules_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating._HERE))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert [each.revision for each in script.walk_revisions()][::-1] == list(REVISIONS)
    assert script.get_current_head() == HEAD
