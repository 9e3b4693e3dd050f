"""The snippets of README.md are run as they stand there, with nothing but the imports added."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.plan.conftest import ROOT
from tests.testing.project import Project
from watchprint.testing import TestTrakt, TestUser

IMPORTS = "import pytest\n\nfrom watchprint import Movie, TraktService, UnknownOutcome\n\n\n"


def snippet(heading: str) -> str:
    """The one Python snippet under a heading of README.md."""
    text = (ROOT / "README.md").read_text("utf-8")
    _, _, section = text.partition(f"\n## {heading}\n")
    [code] = re.findall(r"^```python\n(.*?)^```$", section.partition("\n## ")[0], re.MULTILINE | re.DOTALL)
    return str(code)


def test_in_your_tests(project: Project) -> None:
    code = snippet("In your tests")
    project.write("test_readme.py", IMPORTS + code)
    ended = project.run()
    assert list(ended.outcomes.values()) == ["passed"], ended.output
    assert len(code.strip().split("\n")) <= 9, "six lines, and what frames them"


@pytest.mark.parametrize(
    ("line", "planted"),
    [
        ('"stored_504"', '"slow"'),
        ("    assert len(trakt.plays(trakt_user)) == 1", "    assert len(trakt.plays(trakt_user)) == 2"),
    ],
)
def test_in_your_tests_can_fail(project: Project, line: str, planted: str) -> None:
    code = snippet("In your tests")
    assert line in code
    project.write("test_readme.py", IMPORTS + code.replace(line, planted))
    assert list(project.run().outcomes.values()) == ["failed"]


def test_in_your_app(trakt: TestTrakt, trakt_user: TestUser, capsys: pytest.CaptureFixture[str]) -> None:
    exec(snippet("In your app"), {"users_access_token": trakt_user.access_token})
    pilot, film = sorted(trakt.plays(trakt_user), key=lambda play: str(play["watched_at"]))
    assert (pilot["type"], pilot["watched_at"]) == ("episode", "2026-01-31T20:15:00Z")
    assert (film["type"], film["action"]) == ("movie", "scrobble")
    ended_at = datetime.fromisoformat(film["watched_at"])
    assert abs((datetime.now(UTC) - ended_at).total_seconds()) < 120
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("2026-01-31 20:15:00+00:00 Episode(Show(")
