"""What is public stays as it is written down, until somebody means to change it (`make snapshot`)."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from tests.plan.conftest import ROOT, Checkout

SNAPSHOT = (ROOT / "tests" / "plan" / "public_api.txt").read_text()


def public_api(checkout: Checkout) -> str:
    result = checkout.run("scripts/public_api.py")
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_public_api_is_as_written_down(checkout: Checkout) -> None:
    now = public_api(checkout)
    gone = sorted(set(SNAPSHOT.splitlines()) - set(now.splitlines()))
    new = sorted(set(now.splitlines()) - set(SNAPSHOT.splitlines()))
    assert now == SNAPSHOT, f"gone: {gone}\nnew: {new}\nmeant? then: make snapshot"


@pytest.mark.parametrize("face", ["watchprint", "watchprint.trakt", "watchprint.insights"])
def test_every_name_of_a_face_is_written_down(face: str) -> None:
    firsts = {re.split(r"[(:=]| = ", line)[0].split()[-1] for line in SNAPSHOT.splitlines() if line[0] not in " #"}
    assert set(import_module(face).__all__) <= firsts


def test_a_name_that_goes_is_seen(checkout: Checkout) -> None:
    less = '\n__all__ = [name for name in __all__ if name != "Movie"]\n'
    with checkout.planted("src/watchprint/__init__.py", less):
        assert "class Movie" not in public_api(checkout)
    assert "class Movie" in SNAPSHOT


def test_a_method_that_changes_is_seen(checkout: Checkout) -> None:
    changed = (
        "\n\n_names = __getattr__\n\n\ndef __getattr__(name: str) -> object:\n    value = _names(name)\n"
        "    if name == 'Trakt':\n        value.as_user = lambda self: None\n    return value\n"
    )
    with checkout.planted("src/watchprint/__init__.py", changed):
        now = public_api(checkout)
    assert "  .as_user(tokens: str | TokenSource) -> " in SNAPSHOT
    assert now.count("  .as_user(tokens: str | TokenSource) -> ") < SNAPSHOT.count("  .as_user(tokens:")
