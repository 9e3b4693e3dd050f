"""A disk that fills and a process that is ended: either the whole file, or none."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from watchprint.domain.play import Arrival
from watchprint.store import Store

FILLING = """
import resource, signal, sys
from pathlib import Path
from watchprint import exporting
from watchprint.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store.open(home=Path(sys.argv[1])) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
    try:
        exporting.write(store, int(sys.argv[2]), Path(sys.argv[3]), format=sys.argv[4], parts=["plays"])
    except exporting.ExportUnwritable as error:
        print(error)
"""
INTERRUPTED = """
import signal, sys
from pathlib import Path
from watchprint import exporting
from watchprint.store import Store
def told(step):
    if step.done:
        signal.raise_signal(signal.SIGINT)
with Store.open(home=Path(sys.argv[1])) as store:
    try:
        target, asked = Path(sys.argv[3]), {"format": sys.argv[4], "parts": ["plays"]}
        exporting.write(store, int(sys.argv[2]), target, on_progress=told, **asked)
    except KeyboardInterrupt:
        print("interrupted")
"""


@pytest.fixture
def account(tmp_path: Path) -> int:
    with Store.open(home=tmp_path / "home") as store:
        ann = store.write(lambda work: work.accounts.create("ann")).id
        draw = random.Random(7)
        ids = draw.sample(range(10**12), 3_000)
        rows = [Arrival(title_id=None, watched_at=None, trakt_id=each) for each in ids]
        store.write(lambda work: work.plays.arrive(ann, rows))
        return ann


def run(program: str, tmp_path: Path, account: int, format: str) -> tuple[str, list[str]]:
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = [str(tmp_path / "home"), str(account), str(folder / "plays.x"), format]
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Exception ignored" not in done.stderr, done.stderr
    return done.stdout, [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("format", ["csv", "json", "ndjson", "parquet", "trakt-zip"])
def test_a_disk_that_fills_leaves_nothing(tmp_path: Path, account: int, format: str) -> None:
    said, left = run(FILLING, tmp_path, account, format)
    assert "cannot be written (File too large); nothing is left of it" in said
    assert left == []


@pytest.mark.parametrize("format", ["csv", "parquet", "trakt-zip"])
def test_an_interrupted_export_leaves_nothing(tmp_path: Path, account: int, format: str) -> None:
    said, left = run(INTERRUPTED, tmp_path, account, format)
    assert said == "interrupted\n"
    assert left == []
