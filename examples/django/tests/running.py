"""The app as people run it, in processes of its own: `manage.py migrate`, `manage.py runserver`. All is real."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from watchdiary.accounts.sealing import opened

EXAMPLE = Path(__file__).parents[1]
SECRET = "a-secret-key-of-the-tests-that-is-long-enough-for-django-itself"
KEPT_OUT = ("WATCHPRINT_HOME", "DJANGO_SETTINGS_MODULE", "DJANGO_SECRET_KEY_FALLBACKS")


@dataclass(frozen=True)
class Site:
    """A running app.

    Attributes:
        address: Where browsers find it.
        database: DATABASE_URL.
        env: What it was started with.
        log: Everything that it wrote.
    """

    address: str
    database: str
    env: Mapping[str, str]
    log: Path

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What stands in its database."""
        if self.database.startswith("sqlite:///"):
            import sqlite3
            from contextlib import closing

            with closing(sqlite3.connect(self.database.removeprefix("sqlite:///"))) as file:
                return list(file.execute(query))
        import psycopg

        with psycopg.connect(self.database) as connection:
            return list(connection.execute(query.encode()))

    def pair(self, slug: str) -> tuple[str, str | None] | None:
        """Access and refresh token in a user's row; None: signed out."""
        [(uuid, box)] = self.rows(f"SELECT trakt_uuid, sealed_pair FROM accounts_traktaccount WHERE slug = '{slug}'")
        assert isinstance(box, bytes | memoryview)
        return opened(bytes(box), of=str(uuid), secrets=[SECRET]) if box else None


def environment(trakt: Mapping[str, str], database: str, **more: str) -> dict[str, str]:
    """What the app is started with: nothing of the settings of whoever runs the tests."""
    own = {name: value for name, value in os.environ.items() if name not in KEPT_OUT}
    said = {"DATABASE_URL": database, "DJANGO_SECRET_KEY": SECRET, "PYTHONPATH": str(EXAMPLE / "src")}
    return {**own, **trakt, **said, "PYTHONWARNINGS": "error", "PYTHONUNBUFFERED": "1", **more}


def manage(env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the app to its end."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, env=dict(env), cwd=EXAMPLE, check=False, capture_output=True, text=True)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(env: Mapping[str, str], port: int, log: Path) -> Generator[Site]:
    """The app on that port, as long as the block lasts. It must have nothing to complain of in the end.

    Warnings are errors there (PYTHONWARNINGS), those of connections too that nobody closed.
    """
    address = f"http://127.0.0.1:{port}"
    with log.open("ab") as out:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        process = subprocess.Popen(command, env=dict(env), cwd=EXAMPLE, stdout=out, stderr=out)
        try:
            _wait_for(address, process, log)
            yield Site(address, env["DATABASE_URL"], env, log)
        finally:
            process.terminate()
            process.wait(20)
    wrote = log.read_text()
    for complaint in ("Traceback", "Warning", "Exception ignored"):
        assert complaint not in wrote, wrote[-20_000:]


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            httpx2.get(f"{address}/style.css", timeout=5).raise_for_status()
            return
        except httpx2.TransportError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, "the app did not start"
            time.sleep(0.05)
