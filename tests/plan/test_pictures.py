"""Pictures of insights: one for each, the same as is drawn now, small, and with nothing loaded from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tests.plan.conftest import ROOT
from watchprint.insights import catalogue

IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 600_000


def test_every_insight_has_a_picture_that_stands_alone() -> None:
    files = sorted(IMAGES.rglob("*.svg"))
    assert {file.stem for file in files} == {"demo", "findings", *(insight.name for insight in catalogue())}
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES
    for file in files:
        text = file.read_text(encoding="utf-8")
        ElementTree.fromstring(text)
        assert "prefers-color-scheme:dark" in text
        assert text.count("http") == 1, "the name space alone"


def test_the_pictures_are_up_to_date(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts" / "insight_pictures.py"), str(tmp_path)], check=True)
    drawn = {file.relative_to(tmp_path): file.read_text() for file in tmp_path.rglob("*.svg")}
    assert {name: (IMAGES / name).read_text() for name in drawn} == drawn, "make snapshot"
