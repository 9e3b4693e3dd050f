"""The pages build without a finding, and each kind of finding is found when it is planted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plan.conftest import ROOT
from watchprint.testing.desk import TestTrakt, TestUser

INDEX = "# Start\n\n[Next](next.md) and [its end](next.md#the-end-of-it) and [above](#start)\n"
NEXT = "# Next\n\n```python\nprint('said')\n```\n\n## The end of it\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


def build(docs: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / "build_docs.py")
    command = [sys.executable, script, "--docs", str(docs), "--out", str(docs.parent / "out"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def written(folder: Path, **pages: str) -> Path:
    docs = folder / "docs"
    docs.mkdir()
    for name, text in ({"index": INDEX, "next": NEXT} | pages).items():
        (docs / f"{name}.md").write_text(text)
    return docs


def test_the_pages_of_the_checkout_build(tmp_path: Path) -> None:
    script = str(ROOT / "scripts" / "build_docs.py")
    result = subprocess.run(
        [sys.executable, script, "--out", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
    assert (tmp_path / "index.html").read_text().startswith("<!doctype html>")


def test_the_pages_that_the_program_writes_are_up_to_date(tmp_path: Path) -> None:
    script = str(ROOT / "scripts" / "generated_pages.py")
    subprocess.run([sys.executable, script, str(tmp_path)], check=True)
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert len(written) >= 3
    assert {name: (ROOT / "docs" / name).read_text() for name in written} == written, "make snapshot"


def test_links_lead_from_page_to_page(tmp_path: Path) -> None:
    result = build(written(tmp_path), "--run")
    assert result.returncode == 0, result.stdout
    assert 'href="next.html#the-end-of-it"' in (tmp_path / "out/index.html").read_text()
    page = (tmp_path / "out/next.html").read_text()
    assert '<h2 id="the-end-of-it">' in page
    assert "<td>1</td>" in page


@pytest.mark.parametrize(
    ("page", "text", "finding"),
    [
        ("next", NEXT + "[x](gone.md)", "next.md: no such file: gone.md"),
        ("next", NEXT + "[x](index.md#gone)", "next.md: no such heading: index.md#gone"),
        ("next", NEXT + "[x](#gone)", "next.md: no such heading: #gone"),
        ("next", NEXT + "![x](https://example.org/x.png)", "next.md: an image from elsewhere"),
        ("next", NEXT + "\n```python\ndef x(:\n```\n", "next.md: Python example 2 does not compile"),
        ("next", NEXT + "\n```python\nraise ValueError('no')\n```\n", "do not run: ValueError: no"),
        ("alone", "# Alone\n", "alone.md: index.md does not lead to it"),
    ],
)
def test_what_a_reader_would_trip_over_is_found(tmp_path: Path, page: str, text: str, finding: str) -> None:
    result = build(written(tmp_path, **{page: text}), "--run")
    assert finding in result.stdout
    assert result.returncode == 1
    assert not (tmp_path / "out").exists()


def test_the_examples_of_the_checkout_run(tmp_path: Path, trakt: TestTrakt, trakt_user: TestUser) -> None:
    script = str(ROOT / "scripts" / "build_docs.py")
    environment = os.environ | {"TRAKT_ACCESS_TOKEN": trakt_user.access_token}
    result = subprocess.run(
        [sys.executable, script, "--out", str(tmp_path), "--run"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
