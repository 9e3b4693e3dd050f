"""Where a job runs: a Spark cluster that is there already, or Sail in this process. The only I/O of this package."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from watchprint.insights.errors import ExtraMissing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def connected(url: str) -> SparkSession:
    """A session of a Spark Connect server, whose local times are those of the statements.

    The workers of the cluster need `watchprint[insights]` installed, because what SQL is not for runs there in Python.

    Args:
        url: such as sc://spark.example.org:15002.

    Raises:
        ExtraMissing: the extra `spark` is not installed.
    """
    try:
        with _main_with_a_file():
            from pyspark.sql.connect import functions  # noqa: F401
            from pyspark.sql.connect.session import SparkSession as Connected
    except ModuleNotFoundError as error:
        raise ExtraMissing("spark") from error
    session = cast("SparkSession", Connected.builder.remote(url).create())
    in_utc(session)
    return session


@contextmanager
def _main_with_a_file() -> Generator[None]:
    """While the client is imported, the main module has a file.

    Where it has none (`python -c`, workers of pytest-xdist) the client takes the process for its own doctests, and ends
    it: pyspark/sql/connect/utils.py, `check_dependencies`.
    """
    main = sys.modules["__main__"]
    if hasattr(main, "__file__"):
        yield
        return
    main.__file__ = "<main>"
    try:
        yield
    finally:
        del main.__file__


def in_utc(session: SparkSession) -> None:
    """Sets the session's own time zone to UTC: instants are turned into local times from there, and nowhere else."""
    session.conf.set("spark.sql.session.timeZone", "UTC")


@contextmanager
def sail() -> Generator[SparkSession]:
    """A session of Sail, a Spark Connect server that runs in this process and listens on the loopback only.

    Raises:
        ExtraMissing: the extra `spark` is not installed.
    """
    try:
        from pysail.spark import SparkConnectServer
    except ModuleNotFoundError as error:
        raise ExtraMissing("spark") from error
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    try:
        _, port = server.listening_address
        session = connected(f"sc://127.0.0.1:{port}")
        try:
            yield session
        finally:
            session.stop()
    finally:
        server.stop()
