"""`make test` counts what it ran: failures, skips, broken parts and empty runs all end it with 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plan.conftest import ROOT

PASSES = "def test_passes():\n    assert True\n"
FAILS = "def test_fails():\n    assert False\n"
SKIPS = "import pytest\n\ndef test_skips():\n    pytest.skip('no')\n"
BREAKS = "import nothing_of_this_name\n"
LEAVES_OUT = """
def pytest_collection_modifyitems(config, items):
    config.hook.pytest_deselected(items=items[1:])
    items[:] = items[:1]
"""


def run(root: Path, files: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code of the script over a project of these files, and the lines it printed."""
    (root / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider -p no:watchprint\n")
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    result = subprocess.run(
        [sys.executable, str(ROOT / "scripts/run_parts.py"), str(root)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout.splitlines()


@pytest.mark.parametrize(
    ("files", "code", "closing"),
    [
        ({"tests/a/test_a.py": PASSES, "examples/app/tests/test_e.py": PASSES}, 0, "2 passed, 0 failed"),
        ({"tests/a/test_a.py": PASSES, "tests/sandbox/test_b.py": FAILS}, 1, "1 passed, 1 failed"),
        ({"tests/a/test_a.py": PASSES + SKIPS}, 1, "1 passed, 1 failed"),
        ({"tests/a/test_a.py": PASSES, "tests/plan/test_b.py": BREAKS}, 1, "1 passed, 1 failed"),
        ({"tests/a/test_a.py": PASSES, "tests/plan/test_b.py": PASSES, "tests/plan/conftest.py": BREAKS}, 1,
         "1 passed, 1 failed"),
        ({"tests/a/test_a.py": ""}, 1, "0 passed, 0 failed"),
        ({"tests/a/notes.py": PASSES}, 1, "0 passed, 0 failed"),
    ],
)  # fmt: skip
def test_the_closing_line(tmp_path: Path, files: dict[str, str], code: int, closing: str) -> None:
    ended, lines = run(tmp_path, files)
    assert (ended, lines[-1]) == (code, closing), "\n".join(lines)


def test_each_part_is_listed_with_its_time_and_only_where_it_has_tests(tmp_path: Path) -> None:
    files = {"tests/trakt/test_a.py": PASSES, "tests/test_b.py": PASSES, "tests/contract/test_c.py": PASSES}
    _, lines = run(tmp_path, files)
    table = lines[lines.index("part                    passed  failed   time   budget") + 1 : -1]
    assert [line.split("  ")[0] for line in table] == ["unit and property", "sandbox and contract"]
    assert [line.split()[-2:] for line in table] == [["5", "min"], ["8", "min"]]


def test_tests_left_out_are_counted_and_told(tmp_path: Path) -> None:
    files = {"tests/a/test_a.py": PASSES + PASSES.replace("passes", "other") + PASSES.replace("passes", "third")}
    ended, lines = run(tmp_path, files | {"tests/conftest.py": LEAVES_OUT})
    assert (ended, lines[-1]) == (0, "1 passed, 0 failed")
    assert lines[-2].startswith("2 tests left out")
