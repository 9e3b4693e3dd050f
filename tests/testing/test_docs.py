"""The page about the plugin is a project: its examples, one after the other, are a file of tests that pass."""

from __future__ import annotations

import re

from tests.plan.conftest import ROOT
from tests.testing.project import Project
from watchprint.testing import TestTrakt

PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")


def test_the_examples_are_tests_that_pass(project: Project) -> None:
    examples = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    project.write("test_page.py", "\n\n".join(examples))
    ended = project.run()
    assert ended.named("passed") == set(ended.outcomes), ended.output
    assert set(ended.outcomes) == set(re.findall(r"^def (test_\w+)", "\n".join(examples), re.MULTILINE))
    assert len(ended.outcomes) == len(examples) + 1


def test_the_settings_are_taken(project: Project) -> None:
    [ini] = re.findall(r"^```ini\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    project.write("pytest.ini", ini + "addopts = -p no:cacheprovider --strict-config\n")
    project.write("test_one.py", "def test_one(trakt): pass\n")
    assert project.run().outcomes == {"test_one": "passed"}


def test_everything_that_it_can_do_is_named() -> None:
    _, _, table = PAGE.partition("## What `trakt` can do")
    named = set(re.findall(r"`(\w+)[`(]", table.partition("\n## ")[0]))
    public = {name for name in dir(TestTrakt) if not name.startswith("_")}
    public |= {"base_url", "auth_url", "client_id", "client_secret"}
    assert public <= named, public - named
