"""What an import brings in: the client nothing heavy, the face nothing until it is asked for a name."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "duckdb", "pyarrow", "scipy", "numpy", "ruptures", "aiohttp", "typer", "click", "rich", "segno",
    "platformdirs", "pydantic", "sqlalchemy", "alembic", "cryptography", "litestar", "pytest",
    "watchprint.service", "watchprint.sandbox", "watchprint.insights", "watchprint.exchange",
    "watchprint.cli", "watchprint.store", "watchprint.identity",
}  # fmt: skip


def loaded(statement: str) -> set[str]:
    """Modules that a fresh interpreter has after the statement and had not before."""
    program = f"import sys; before = set(sys.modules); {statement}; print(*set(sys.modules) - before)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_client_loads_nothing_heavy() -> None:
    assert loaded("import watchprint.trakt") & HEAVY == set()


def test_the_service_loads_nothing_heavy() -> None:
    assert loaded("import watchprint.service") & HEAVY - {"watchprint.service"} == set()


def test_what_is_heavy_would_be_seen() -> None:
    assert {"duckdb", "pyarrow"} <= loaded("import duckdb, pyarrow")


def test_the_face_is_lazy() -> None:
    assert {name for name in loaded("import watchprint") if name.startswith("watchprint")} == {"watchprint"}


@pytest.mark.parametrize(
    "package", ["trakt", "service", "sandbox", "insights", "exchange", "cli", "domain", "identity", "store"]
)
def test_each_package_can_be_imported_first(package: str) -> None:
    assert f"watchprint.{package}" in loaded(f"import watchprint.{package}")
