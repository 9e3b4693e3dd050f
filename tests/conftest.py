"""What all tests share: the reference material beside the checkout, and the count of tests that need it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.contract.observing import answers_fit_the_contract

__all__ = ["answers_fit_the_contract"]

# How long an example takes says more about the machine than about the code. `make soak N=…` asks for more of them.
EXAMPLES = int(os.environ.get("WATCHPRINT_EXAMPLES", "100"))
settings.register_profile("untimed", deadline=None, max_examples=EXAMPLES)
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the reference material its tests are deselected and counted; on CI they fail instead."""
    if SHARED.is_dir() or os.environ.get("CI") == "true":
        return
    needing = [item for item in items if item.get_closest_marker("shared")]
    config.hook.pytest_deselected(items=needing)
    items[:] = [item for item in items if not item.get_closest_marker("shared")]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of reference material; a test that uses it carries the marker `shared`."""
    assert SHARED.is_dir(), f"the reference material is missing: {SHARED}"
    return SHARED
