"""The plan of the package holds, and each of its contracts is shown to find what it is for."""

from __future__ import annotations

from configparser import ConfigParser

import pytest

from tests.plan.conftest import ROOT, Checkout

# contract, the module that breaks it, the import that does
PLANTED = [
    ("Data flows one way", "trakt/errors.py", "import watchprint.service"),
    ("Data flows one way", "exchange/__init__.py", "import watchprint.insights"),
    ("Data flows one way", "players.py", "import sys"),
    ("No circles, at any depth", "sandbox/state.py", "import watchprint.testing.plugin"),
    ("No circles, at any depth", "trakt/errors.py", "import watchprint.trakt.conversation.policy"),
    ("The client knows Trakt and nothing of us", "trakt/wire.py", "import watchprint.sandbox"),
    ("The client knows Trakt and nothing of us", "trakt/wire.py", "import duckdb"),
    ("The client knows Trakt and nothing of us", "trakt/wire.py", "from rich import print"),
    ("Only the drivers know an HTTP library", "trakt/conversation/policy.py", "import httpx2"),
    ("Only the drivers know an HTTP library", "service/__init__.py", "import pyreqwest"),
    ("The service stands on the client alone", "service/__init__.py", "import watchprint.sandbox"),
    ("The service stands on the client alone", "service/__init__.py", "import pydantic"),
    ("The sandbox is written apart from the client", "sandbox/state.py", "import watchprint.trakt.models"),
    ("The sandbox is written apart from the client", "sandbox/state.py", "from watchprint import service"),
    ("The pytest plugin stands on the sandbox alone", "testing/__init__.py", "import watchprint.trakt"),
    ("The store stands on values, and asks no Trakt", "store/unit.py", "import watchprint.trakt.clients"),
    ("The store stands on values, and asks no Trakt", "store/unit.py", "import adbc_driver_sqlite"),
    ("Only the store knows a database", "identity/accounts.py", "import sqlalchemy"),
    ("Only the store knows a database", "insights/__init__.py", "import psycopg"),
    ("Identity stands on our words and one library that seals", "identity/keys.py", "import watchprint.trakt"),
    ("Our words need the standard library only", "domain/planted.py", "import msgspec"),
    ("Insights take rows, whoever read them", "insights/__init__.py", "import watchprint.trakt.models"),
    ("The faces ask the core, and no part by itself", "cli/copy/imports.py", "import watchprint.importing"),
    ("The faces ask the core, and no part by itself", "web/copies.py", "from watchprint.sync import Copy"),
]


def linted(checkout: Checkout) -> str:
    """What the check of the plan says, one line a contract."""
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = checkout.run("-c", command, "--no-logo", "--no-cache")
    return result.stdout + result.stderr


def test_the_plan_holds(checkout: Checkout) -> None:
    said = linted(checkout)
    assert "BROKEN" not in said
    assert f"{len(contracts())} kept, 0 broken" in said


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED)
def test_a_planted_violation_breaks_its_contract(checkout: Checkout, contract: str, module: str, line: str) -> None:
    with checkout.planted(f"src/watchprint/{module}", f"\n{line}\n"):
        said = linted(checkout)
    assert f"{contract} BROKEN" in said or (contract == "Data flows one way" and "players" in said), said


def test_every_contract_is_proven() -> None:
    assert contracts() == {contract for contract, _, _ in PLANTED}


def contracts() -> set[str]:
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    return {parser[section]["name"] for section in parser.sections() if ":contract:" in section}
