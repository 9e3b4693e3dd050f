"""The worked examples of CONTRIBUTING.md, followed to the letter in a copy of the checkout."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.plan.conftest import ROOT, Checkout

BLOCK = re.compile(r"^```(python|sql|diff) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = {
    title: BLOCK.findall(text)
    for title, text in re.findall(
        r"^## Worked example: ([^\n]+)\n(.*?)(?=^## |\Z)",
        (ROOT / "CONTRIBUTING.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )
}


def follow(checkout: Checkout, kind: str, path: str, block: str) -> None:
    """Do what a block says: a new file, more at the end of one, or lines for lines."""
    file = checkout.root / path
    before = file.read_text() if file.exists() else ""
    if kind != "diff":
        file.parent.mkdir(parents=True, exist_ok=True)
        gap = "" if not before else "\n" if block.startswith(" ") else "\n\n"
        file.write_text(before + gap + block)
        return
    lines = block.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] != "+")
    assert before.count(old) == 1, f"{path} does not have these lines once:\n{old}"
    file.write_text(before.replace(old, "".join(line[1:] for line in lines if line[0] != "-")))


@pytest.mark.parametrize("title", ["an endpoint", "an insight"])
def test_the_example_works_as_written(checkout: Checkout, title: str) -> None:
    shutil.copytree(ROOT / "tests", checkout.root / "tests", dirs_exist_ok=True)
    for kind, path, block in EXAMPLES[title]:
        follow(checkout, kind, path, block)
    touched = [path for _, path, _ in EXAMPLES[title] if path.endswith(".py")]
    for command in (["ruff", "check"], ["ruff", "format", "--check"]):
        checked = checkout.run("-m", *command, "--no-cache", *touched)
        assert checked.returncode == 0, checked.stdout
    [test] = [path for path in touched if path.startswith("tests/")]
    ran = checkout.run("-m", "pytest", "-q", test)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 passed" in ran.stdout


def test_the_examples_are_there() -> None:
    assert {title: len(blocks) for title, blocks in EXAMPLES.items()} == {"an endpoint": 5, "an insight": 5}
