"""The checks of sizes, names and addresses find what is planted, and nothing in the checkout."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.plan.conftest import ROOT, Checkout

DOCSTRING = '"""Planted. Never kept."""\n'


@pytest.mark.parametrize("script", ["check_sizes.py", "check_addresses.py"])
def test_the_checkout_is_clean(script: str) -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script)], capture_output=True, text=True, check=False
    )
    assert (result.stdout.endswith("nothing found\n"), result.returncode) == (True, 0), result.stdout


@pytest.mark.parametrize(
    ("path", "text", "finding"),
    [
        ("src/watchprint/planted.py", DOCSTRING + "\n" * 400, "planted.py: 401 lines, 400 at most"),
        ("src/watchprint/planted.py", DOCSTRING + "def long():\n" + "    x = 1\n" * 60, "long has 61 lines"),
        ("src/watchprint/planted.py", "x = 1\n", "no docstring"),
        ("src/watchprint/trakt/utils.py", DOCSTRING, "a name that says nothing"),
        ("src/watchprint/helpers/__init__.py", DOCSTRING, "a name that says nothing"),
    ],
)
def test_a_planted_size_or_name_is_found(checkout: Checkout, path: str, text: str, finding: str) -> None:
    with checkout.planted(path, text):
        result = checkout.run("scripts/check_sizes.py")
    assert finding in result.stdout
    assert result.returncode == 1


def test_what_is_within_the_limits_is_not_found(checkout: Checkout) -> None:
    text = DOCSTRING + "def long():\n" + "    x = 1\n" * 59 + "\n" * 339
    with checkout.planted("src/watchprint/planted.py", text):
        result = checkout.run("scripts/check_sizes.py")
    assert "planted" not in result.stdout


def test_a_crowded_folder_is_found(checkout: Checkout) -> None:
    folder = checkout.root / "src/watchprint/crowded"
    folder.mkdir()
    for number in range(14):
        (folder / f"m{number}.py").write_text(DOCSTRING)
    (folder / "__init__.py").write_text("")
    assert "crowded" not in checkout.run("scripts/check_sizes.py").stdout
    with checkout.planted("src/watchprint/crowded/one_more.py", DOCSTRING):
        assert "crowded: 15 modules" in checkout.run("scripts/check_sizes.py").stdout


@pytest.mark.parametrize(
    ("path", "text", "finding"),
    [
        ("docs/planted.md", "see " + "/".join(["", "home", "bob", "x"]), "an absolute path"),
        ("src/watchprint/planted.py", 'A = "' + "/".join(["", "work", "main"]) + '"', "an absolute path"),
        ("docs/planted.md", "from " + "https://py" + "pi.org/simple", "the address of a package registry"),
        ("Makefile", "install --" + "index-url X", "the address of a package registry"),
        ("requirements/run.txt", "x @ https" + "://example.org/x.whl", "an address in a lock"),
    ],
)
def test_a_planted_address_is_found(checkout: Checkout, path: str, text: str, finding: str) -> None:
    subprocess.run(["git", "init", "--quiet", str(checkout.root)], check=True)
    with checkout.planted(path, text):
        result = checkout.run("scripts/check_addresses.py")
    assert f"{path}:1: {finding}" in result.stdout
    assert result.returncode == 1


def test_addresses_that_belong_to_nobody_are_not_found(checkout: Checkout) -> None:
    subprocess.run(["git", "init", "--quiet", str(checkout.root)], check=True)
    text = "http://127.0.0.1:8177/home/bob/ /home/ann/x https://api.trakt.tv/users/me ~/work/x /users/me/work/\n"
    with checkout.planted("docs/planted.md", text):
        result = checkout.run("scripts/check_addresses.py")
    assert "planted" not in result.stdout
