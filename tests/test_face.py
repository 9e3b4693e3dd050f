"""The face: every name is there, lazily, and nothing else is."""

from __future__ import annotations

import subprocess
import sys

import pytest

import watchprint
from watchprint.trakt import errors


def test_every_name_is_there() -> None:
    for name in watchprint.__all__:
        assert getattr(watchprint, name) is not None
        assert name in dir(watchprint)
    assert len(set(watchprint.__all__)) == len(watchprint.__all__)


def test_every_error_is_there() -> None:
    kinds = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.TraktError)]
    assert {kind.__name__ for kind in kinds} <= set(watchprint.__all__)


def test_what_the_plan_names_is_there() -> None:
    named = {
        "TraktService", "AsyncTraktService", "Trakt", "AsyncTrakt", "Movie", "Show", "Season", "Episode", "Person",
        "Seen", "Owned", "Listed", "Place", "RELEASED", "UNKNOWN", "Tokens", "TokenSource", "FileTokens",
        "MemoryTokens", "Pages", "AsyncPages",
    }  # fmt: skip
    assert named <= set(watchprint.__all__)


def test_another_name_is_told() -> None:
    with pytest.raises(AttributeError, match="no name 'Nonsense'"):
        watchprint.Nonsense  # noqa: B018


def test_an_error_alone_loads_no_http_library() -> None:
    program = "import sys; from watchprint import Invalid, Movie; print('httpx2' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"
