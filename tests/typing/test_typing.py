"""What callers are promised about types: both checkers agree with every `assert_type` beside this file.

A file here is never run: it is read by the checkers. Each says what a call gives, for both faces.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = sorted(path for path in HERE.glob("*.py") if path.stem not in {"__init__", Path(__file__).stem})
CHECKERS = {
    "mypy": ["-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")],
    "ty": ["-m", "ty", "check", "--project", str(ROOT), "--no-progress", "--output-format", "concise"],
}
WRONG = """from __future__ import annotations

from typing import assert_type


def length(text: str) -> int:
    return len(text)


assert_type(length("a"), str)
"""


def check(checker: str, *files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *CHECKERS[checker], *map(str, files)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("checker", CHECKERS)
def test_every_promise_about_types_holds(checker: str) -> None:
    assert CASES, "no file with promises stands beside this one"
    result = check(checker, *CASES)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_wrong_promise_is_found(checker: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong_promise.py"
    wrong.write_text(WRONG)
    result = check(checker, wrong)
    assert result.returncode == 1
    assert "wrong_promise.py:10" in result.stdout
    right = tmp_path / "right_promise.py"
    right.write_text(WRONG.replace('assert_type(length("a"), str)', 'assert_type(length("a"), int)'))
    assert check(checker, right).returncode == 0


@pytest.mark.parametrize("face", ["client", "service"])
def test_both_faces_are_promised(face: str) -> None:
    text = (HERE / f"{face}.py").read_text()
    assert text.count("assert_type(") >= 10
    assert "Async" in text
