"""Each insight's tests turn red when its SQL is wrong: a mistake is planted in a copy of the package, for each file.

Nothing is patched: the tests of this folder run as they are, in a process of their own, on a copy in which one thing is
other than it should be (planted/runner.py). On a copy without a mistake they are green.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.insights.planted.mistakes import MISTAKES, Mistake
from watchprint.insights.catalogue import INSIGHTS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(str(resources.files("watchprint")))
PLANTED = {mistake.file for mistake in MISTAKES}


class Runner:
    """The process that plants, and runs tests on what it has planted."""

    def __init__(self, copy: Path) -> None:
        of_ours = {"PYTHONPATH": os.pathsep.join(map(str, (copy, ROOT)))}
        command = [sys.executable, "-m", "tests.insights.planted.runner", str(copy)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | of_ours, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def verdict(self, job: dict[str, Any]) -> tuple[str, str]:
        """Red, green, broken or gone; and what was said."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(job), file=self.process.stdin, flush=True)
        told = json.loads(self.process.stdout.readline())
        return told["verdict"], told["said"]

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    copy = tmp_path_factory.mktemp("planted")
    for part in ("domain", "insights"):
        shutil.copytree(PACKAGE / part, copy / "watchprint" / part)
    shutil.copy(PACKAGE / "__init__.py", copy / "watchprint")
    made = Runner(copy)
    yield made
    made.close()


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_planted_mistake_is_seen(runner: Runner, mistake: Mistake) -> None:
    verdict, said = runner.verdict(mistake.job)
    assert verdict == "red", said


def test_without_a_mistake_all_is_green(runner: Runner) -> None:
    """The tests that are of one kind or another; all of them run on the package itself anyway."""
    tests = [mistake.test for mistake in MISTAKES if "test_boundaries" in mistake.test]
    tests += [mistake.test for mistake in MISTAKES if mistake.file in {"volume/totals.sql", "trust/trust.sql"}][:3]
    job = {"file": "volume/totals.sql", "old": "COUNT(DISTINCT title_id)", "new": "COUNT(DISTINCT title_id)"}
    assert runner.verdict({**job, "tests": list(dict.fromkeys(tests))})[0] == "green"


def test_what_is_no_sql_and_what_is_gone_are_told_from_what_is_seen(runner: Runner) -> None:
    of_totals = next(mistake for mistake in MISTAKES if mistake.file == "volume/totals.sql")
    assert runner.verdict({**of_totals.job, "new": "COUNT(("})[0] == "broken"
    assert runner.verdict({**of_totals.job, "old": "COUNT(nothing)"})[0] == "gone"


def test_every_file_of_sql_has_a_mistake() -> None:
    of_sql = {str(file.relative_to(PACKAGE / "insights")) for file in PACKAGE.rglob("insights/**/*.sql")}
    assert len(of_sql) >= len(INSIGHTS)
    assert of_sql == {file for file in PLANTED if file.endswith(".sql")}


@pytest.mark.parametrize("insight", INSIGHTS, ids=lambda insight: insight.name)
def test_every_insight_has_a_mistake_in_each_of_its_statements(insight: Any) -> None:
    for package, file in (insight.sql, *insight.sql_of.values()):
        assert f"{package.rpartition('.')[2]}/{file}" in PLANTED
