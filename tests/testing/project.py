"""A project of its own, in a folder of its own: somebody's tests, run by pytest in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

SAMPLES = Path(__file__).parent / "samples"
OUTCOMES = {"": "passed", "failure": "failed", "error": "error", "skipped": "skipped"}
INI = "[pytest]\naddopts = -p no:cacheprovider --strict-markers --strict-config\nfilterwarnings = error\n"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended.

    Attributes:
        outcomes: By the name of the test: "passed", "failed" (in the test), "error" (in a fixture) or "skipped".
        words: By the name of the test: what pytest says of it.
        output: All that was printed.
        code: The exit code.
    """

    outcomes: Mapping[str, str]
    words: Mapping[str, str]
    output: str
    code: int

    def said_of(self, name: str) -> str:
        """What the terminal shows of a test that failed."""
        head = re.compile(rf"^_+ (ERROR at (setup|teardown) of )?{re.escape(name)} _+$", re.MULTILINE)
        _, *parts = head.split(self.output)
        return re.split(r"^(?:_+ .* _+|=+ .* =+)$", parts[-1], maxsplit=1, flags=re.MULTILINE)[0] if parts else ""

    def named(self, outcome: str) -> set[str]:
        """The tests with that outcome."""
        return {name for name, what in self.outcomes.items() if what == outcome}


class Project:
    """A folder with tests, and nothing of ours but what is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("pytest.ini", INI)

    def write(self, name: str, text: str) -> None:
        """A file of the project."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def sample(self, name: str) -> None:
        """A file of `samples/`, as a file of tests."""
        self.write(f"test_{name}.py", (SAMPLES / f"{name}.py").read_text("utf-8"))

    def run(self, *arguments: str, **env: str) -> Ended:
        """Run its tests; the environment has no Trakt and no proxy but what is given."""
        report = self.folder / "report.xml"
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", f"--junit-xml={report}", *arguments],
            cwd=self.folder,
            env=_plain_environment() | env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        cases = list(ElementTree.parse(report).getroot().iter("testcase")) if report.exists() else []
        outcomes, words = {}, {}
        for case in cases:
            name = case.get("name", "")
            bad = next((child.tag for child in case if child.tag in OUTCOMES), "")
            outcomes[name] = OUTCOMES[bad]
            words[name] = "\n".join(f"{child.get('message', '')}\n{child.text or ''}" for child in case)
        return Ended(outcomes, words, ended.stdout + ended.stderr, ended.returncode)


def _plain_environment() -> dict[str, str]:
    ours = ("TRAKT_", "WATCHPRINT_", "PYTEST_", "COV_")
    proxies = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
    return {
        name: value for name, value in os.environ.items() if not name.startswith(ours) and name.lower() not in proxies
    }
