"""Run every test, part by part, and end with what each part took and the line `N passed, N failed`.

A part is a set of folders with a budget of minutes; a folder that no part names belongs to "unit and
property", so that none is forgotten. A skipped test counts as failed: it was not run. Ends with 1 when a
test failed, when a part could not start, or when no test ran. Never decides what a test needs: that is for
the tests themselves.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
NOTHING_COLLECTED = 5
WORKERS = "2"


@dataclass(frozen=True, slots=True)
class Part:
    """Folders of tests that run together, and the minutes they may take."""

    name: str
    budget_min: float
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a part came to. `deselected`: tests left out because the reference material is not there."""

    part: Part
    passed: int
    failed: int
    deselected: int
    took_s: float


NAMED = (
    Part("checks", 3, ("tests/plan", "tests/typing")),
    Part(
        "sandbox and contract",
        8,
        ("tests/sandbox", "tests/contract", "tests/testing", "tests/service", "tests/cli", "tests/web", "tests/sync"),
    ),
    Part("crash", 2, ("tests/crash",)),
    Part("browser", 4, ("tests/browser",)),
    Part(
        "PostgreSQL and Sail",
        6,
        (
            "tests/store",
            "tests/app",
            "tests/importing",
            "tests/exporting",
            "tests/sending",
            "tests/titles",
            "tests/spark",
        ),
    ),
)
REST = "unit and property"
REST_BUDGET_MIN = 5


def parts(root: Path) -> Iterator[Part]:
    """The parts that have tests in this checkout, in the order in which they run."""
    taken = {folder for part in NAMED for folder in part.folders}
    tops = sorted(_with_tests(root, root / "tests")) if (root / "tests").is_dir() else []
    rest = tuple(top for top in tops if top not in taken)
    for part in (NAMED[0], Part(REST, REST_BUDGET_MIN, rest), *NAMED[1:]):
        if there := tuple(folder for folder in part.folders if folder in tops):
            yield replace(part, folders=there)
    for example in sorted(root.glob("examples/*/tests")):
        if any(example.rglob("test_*.py")):
            yield Part(f"example {example.parent.name}", 1.5, (str(example.relative_to(root)),))


def _with_tests(root: Path, tests: Path) -> Iterator[str]:
    for path in tests.iterdir():
        if (path.is_dir() and any(path.rglob("test_*.py"))) or path.match("test_*.py"):
            yield str(path.relative_to(root))


def run(part: Part, root: Path) -> Outcome:
    """Run one part in a process of its own; its output is shown as it comes."""
    print(f"\n=== {part.name}: {' '.join(part.folders)}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report, counts = Path(folder, "report.xml"), Path(folder, "deselected")
        counts.mkdir()
        plugins = os.pathsep.join(filter(None, [str(ROOT / "scripts"), os.environ.get("PYTHONPATH")]))
        code = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "worksteal", "-p", "deselected",
             "--durations=5", "--durations-min=5", f"--junit-xml={report}", *part.folders],
            cwd=root,
            env=os.environ | {"PYTHONPATH": plugins, "WATCHPRINT_DESELECTED": str(counts)},
            stdin=subprocess.DEVNULL,
            check=False,
        ).returncode  # fmt: skip
        passed, failed = _counted(report)
        left_out = max((int(path.read_text()) for path in counts.iterdir()), default=0)
    if code not in (0, NOTHING_COLLECTED) and not failed:
        failed = 1
    return Outcome(part, passed, failed, left_out, time.monotonic() - began)


def _counted(report: Path) -> tuple[int, int]:
    """Passed and failed of pytest's report; a skipped test is a failed one, since it was not run."""
    if not report.exists():
        return 0, 0
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))

    def total(*keys: str) -> int:
        return sum(int(suite.get(key, "0")) for suite in suites for key in keys)

    bad = total("failures", "errors", "skipped")
    return total("tests") - bad, bad


def report(outcomes: Sequence[Outcome]) -> int:
    """Print what each part took and the closing line; the exit code of the whole."""
    print("\npart                    passed  failed   time   budget")
    for o in outcomes:
        over = "  over budget" if o.took_s > o.part.budget_min * 60 else ""
        counts = f"{o.passed:7} {o.failed:7}"
        print(f"{o.part.name:22} {counts} {o.took_s:5.0f} s {o.part.budget_min:4.0f} min{over}")
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    if deselected := sum(o.deselected for o in outcomes):
        print(f"{deselected} tests left out: the reference material is not beside the checkout")
    if not passed + failed:
        print("No test ran.")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def main(root: Path) -> int:
    """Run all parts of the checkout and report."""
    return report([run(part, root) for part in parts(root)])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT))
