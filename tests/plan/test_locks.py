"""The locks answer what pyproject.toml asks, agree with each other, and name no place to fetch from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.plan.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("uv", "run", "dev")


def pins(lock: str) -> dict[str, set[str]]:
    """Versions by distribution; more than one where they differ by Python's version."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text(lock), re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text()


def asked(*, extras: frozenset[str] | None, groups: frozenset[str]) -> Iterator[Requirement]:
    """What the base, these extras (None: all) and these groups require, the project itself left out."""
    lists = [PROJECT["project"]["dependencies"]]
    lists += [rows for e, rows in PROJECT["project"]["optional-dependencies"].items() if extras is None or e in extras]
    lists += [PROJECT["dependency-groups"][group] for group in groups]
    for row in (row for rows in lists for row in rows):
        if isinstance(row, str) and (requirement := Requirement(row)).name != PROJECT["project"]["name"]:
            yield requirement


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("dev", list(asked(extras=None, groups=frozenset({"build", "dev"})))),
        ("run", list(asked(extras=frozenset({"cli", "insights", "sandbox"}), groups=frozenset({"build"})))),
    ],
)
def test_a_lock_answers_what_is_asked(lock: str, requirements: list[Requirement]) -> None:
    found = pins(lock)
    for requirement in requirements:
        versions = found.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement} is not in the lock: make lock"
        assert all(requirement.specifier.contains(v, prereleases=True) for v in versions), f"{requirement}: make lock"


def test_the_locks_agree() -> None:
    dev = pins("dev")
    for name, versions in (pins("run") | pins("uv")).items():
        assert dev[name] == versions


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=[\w.-]+==)", text(lock))
    assert len(blocks) >= 1
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_place_to_fetch_from(lock: str) -> None:
    assert "://" not in text(lock)
    assert not re.search(r"^\s*-(?!-hash)", text(lock), re.MULTILINE)
