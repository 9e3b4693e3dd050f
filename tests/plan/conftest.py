"""A copy of the checkout in which a test may plant what a check must find."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Checkout:
    """A copy of the package, its plan and its checks."""

    root: Path

    @contextmanager
    def planted(self, path: str, text: str) -> Generator[None]:
        """The file, new or not, ends with the text; taken out again afterwards."""
        file = self.root / path
        before = file.read_text() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((before or "") + text)
        try:
            yield
        finally:
            if before is None:
                file.unlink()
            else:
                file.write_text(before)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of this environment in the copy, with the copy's package before all others."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.root,
            env={"PYTHONPATH": str(self.root / "src"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    root = tmp_path_factory.mktemp("checkout")
    for folder in ("src", "scripts"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (".importlinter", "pyproject.toml"):
        shutil.copy(ROOT / file, root / file)
    return Checkout(root)
