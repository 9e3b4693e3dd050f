"""The words that Trakt knows of a copy in the library (trakt-api.md 11.3)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import HEAT
from watchprint.sandbox.rules.keeping.collection import META


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in META.items() for word in sorted(words)])
def test_every_word_of_a_copy_is_kept(name: str, word: str) -> None:
    ada = Asker()
    ada.post("/sync/collection", {"movies": [{"ids": {"trakt": HEAT}, name: word, "3d": False}]})
    (row,) = ada.get("/sync/collection/movies?extended=metadata")
    expected: dict[str, Any] = {**dict.fromkeys(META), name: word, "3d": False}
    assert row["metadata"] == expected


@pytest.mark.shared
def test_they_are_the_words_of_the_reference_material(shared_dir: Path) -> None:
    text = (shared_dir / "trakt-api.md").read_text()
    paragraph = next(line for line in text.splitlines() if line.startswith("`POST /sync/collection` → 201"))
    for name, words in META.items():
        listed = re.search(rf"`?{name}`? ([\w.| ]+?)(?:;|, `)", paragraph) or re.search(
            rf"`{name}` ([\d. ]+)", paragraph
        )
        assert listed is not None, name
        assert set(re.split(r"[| ]+", listed[1].strip())) == words
