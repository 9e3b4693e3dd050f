"""A fresh project for every test of the plugin."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.testing.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
