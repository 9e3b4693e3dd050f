"""The wheel installed alone: few and light distributions, importable, and a command that names its extra."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.plan.conftest import ROOT

MOST_DISTRIBUTIONS = 10
MOST_BYTES = 15_000_000
UV = [sys.executable, "-m", "uv"]


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment with the wheel and what the wheel requires, and nothing else."""

    folder: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        program = [str(self.folder / "bin" / command[0]), *command[1:]]
        return subprocess.run(program, cwd=self.folder, env={"PATH": ""}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("base")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "wheel")])
    [wheel] = (folder / "wheel").glob("*.whl")
    environment = folder / "environment"
    run([*UV, "venv", "--quiet", "--python", sys.executable, str(environment)])
    versions = ["--constraint", str(ROOT / "requirements" / "run.txt")]
    install = [*UV, "pip", "install", "--quiet", "--python", str(environment), *versions, str(wheel)]
    if subprocess.run([*install, "--offline"], cwd=ROOT, capture_output=True, check=False).returncode:
        run(install)
    return Installation(environment)


def run(command: list[str]) -> None:
    result = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_it_is_few_and_light(installation: Installation) -> None:
    [packages] = installation.folder.glob("lib/python3*/site-packages")
    distributions = sorted(path.name for path in packages.glob("*.dist-info"))
    files = [path for path in packages.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert 1 < len(distributions) <= MOST_DISTRIBUTIONS, distributions
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


def test_it_imports(installation: Installation) -> None:
    result = installation.run(
        "python", "-W", "error", "-c", "import watchprint, watchprint.trakt; print(watchprint.__file__)"
    )
    assert result.stdout.startswith(str(installation.folder)), result.stderr


def test_everything_the_face_lists_is_in_it(installation: Installation) -> None:
    program = "import watchprint; print(all(getattr(watchprint, n) is not None for n in watchprint.__all__))"
    assert installation.run("python", "-c", program).stdout == "True\n"


def test_its_command_names_the_extra_that_it_lacks(installation: Installation) -> None:
    result = installation.run("watchprint", "doctor")
    assert result.returncode == 9
    assert result.stderr == (
        "The watchprint command needs the extra 'cli', which is not installed here; "
        "install it with: pip install 'watchprint[cli]'\n"
    )
    assert result.stdout == ""
