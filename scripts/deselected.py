"""A pytest plugin: writes down how many tests a run left out for want of the reference material.

Each process of a run (one, or several of pytest-xdist that collect the same tests) writes its own number
into the folder named by WATCHPRINT_DESELECTED; whoever reads them takes the largest. Never leaves out a
test itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

FOLDER_VARIABLE = "WATCHPRINT_DESELECTED"


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Add to the number of this process."""
    if not (folder := os.environ.get(FOLDER_VARIABLE)):
        return
    mine = Path(folder) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    before = int(mine.read_text()) if mine.exists() else 0
    mine.write_text(str(before + len(items)))
