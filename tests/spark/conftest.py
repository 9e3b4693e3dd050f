"""A Spark Connect server for the tests of a worker: Sail, in this process, on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from watchprint.insights import fleet


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    with fleet.sail() as session:
        yield session
