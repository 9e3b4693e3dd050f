"""What the fixtures give, in a project of its own: samples/fixtures.py runs there as somebody's tests."""

from __future__ import annotations

import re

from tests.testing.project import SAMPLES, Project

EMPTY = """
import pytest

def test_blank(trakt, trakt_user):
    assert trakt.plays(trakt_user) == []
"""


def test_everything_that_they_give(project: Project) -> None:
    project.sample("fixtures")
    ended = project.run()
    assert ended.code == 0, ended.output
    assert ended.named("passed") == set(ended.outcomes)
    defined = re.findall(r"def (test_\w+)", (SAMPLES / "fixtures.py").read_text())
    assert {name.partition("[")[0] for name in ended.outcomes} == set(defined)


def test_an_app_that_repeats_blindly_is_caught(project: Project) -> None:
    """What the fixtures are for: the same test is red for an app that doubles the play."""
    project.write(
        "test_app.py",
        "import pytest, watchprint\n"
        "from watchprint import Movie, TraktService, UnknownOutcome\n"
        "@pytest.mark.parametrize('blind', [False, True])\n"
        "def test_one_play(trakt, trakt_user, blind):\n"
        "    me = TraktService.from_env().as_user(trakt_user.access_token)\n"
        "    trakt.fault('stored_504', method='POST', path='/sync/history')\n"
        "    at = '2026-01-31T20:15:00Z'\n"
        "    with pytest.raises(UnknownOutcome):\n"
        "        me.add_to_history(Movie(tmdb=949), at=at)\n"
        "    me.add_to_history(Movie(tmdb=949), at=at, allow_duplicates=blind)\n"
        "    assert len(trakt.plays(trakt_user)) == 1\n",
    )
    ended = project.run()
    assert ended.outcomes == {"test_one_play[False]": "passed", "test_one_play[True]": "failed"}, ended.output
    assert "assert 2 == 1" in ended.words["test_one_play[True]"]


def test_a_marker_that_cannot_be_is_told(project: Project) -> None:
    sentences = {
        "vipp=True": "unknown field `vipp`",
        "zone='Mars/Olympus'": "'Mars/Olympus' is no zone",
        "plays=-1": "plays must be 0 to",
        "limits={'listss': 1}": "There is no limit 'listss'; there are ",
        "100": "the marker takes names, as in trakt_user(plays=100), not 100",
    }
    for number, marker in enumerate(sentences):
        test = EMPTY.replace("def test", f"@pytest.mark.trakt_user({marker})\ndef test")
        project.write(f"test_app{number}.py", test.replace("test_blank", f"test_{number}"))
    ended = project.run()
    assert ended.outcomes == {f"test_{number}": "error" for number in range(len(sentences))}, ended.output
    for number, sentence in enumerate(sentences.values()):
        assert sentence in ended.words[f"test_{number}"]


def test_the_marker_and_the_fixtures_explain_themselves(project: Project) -> None:
    project.write("test_app.py", EMPTY)
    assert "@pytest.mark.trakt_user(vip, limits, zone, plays" in project.run("--markers").output
    fixtures = project.run("--fixtures").output
    for name in ("trakt", "trakt_user", "trakt_server"):
        assert re.search(rf"^{name}( \[session scope\])? -- \S+\n    \w", fixtures, re.MULTILINE), fixtures


def test_the_project_can_ask_for_rate_limits_and_strictness(project: Project) -> None:
    project.write("pytest.ini", "[pytest]\naddopts = -p no:cacheprovider\ntrakt_rate_limits = on\ntrakt_strict = on\n")
    project.write(
        "test_app.py",
        "import json, urllib.request\n"
        "def settings(trakt):\n"
        "    with urllib.request.urlopen(trakt.base_url + '/__sandbox__/settings') as answer:\n"
        "        return json.load(answer)\n"
        "def test_it(trakt):\n"
        "    assert settings(trakt)['rate_limits'] and settings(trakt)['strict']\n"
        "    trakt.switch(rate_limits=False)\n"
        "def test_it_again(trakt):\n"
        "    assert settings(trakt)['rate_limits']\n",
    )
    ended = project.run()
    assert ended.named("passed") == {"test_it", "test_it_again"}, ended.output


def test_nothing_is_loaded_for_tests_that_need_no_trakt(project: Project) -> None:
    project.write(
        "test_app.py",
        "import sys\n"
        "def test_light():\n"
        "    loaded = [name for name in sys.modules if name.startswith('watchprint')]\n"
        "    assert sorted(loaded) == ['watchprint', 'watchprint.testing', 'watchprint.testing.guard',\n"
        "                              'watchprint.testing.plugin']\n"
        "    assert 'aiohttp' not in sys.modules\n",
    )
    assert project.run().outcomes == {"test_light": "passed"}


def test_no_other_plugin_is_needed(project: Project) -> None:
    """Neither one for async tests: samples/fixtures.py has a test of an async app, which is a plain function."""
    project.sample("fixtures")
    project.write(
        "test_app.py",
        "def test_alone(pytestconfig):\n"
        "    named = {name for name, _ in pytestconfig.pluginmanager.list_name_plugin()}\n"
        "    assert not named & {'asyncio', 'anyio', 'xdist', 'hypothesispytest'}, named\n",
    )
    chosen = ["test_app.py", "test_fixtures.py::test_an_async_app"]
    ended = project.run("-p", "watchprint.testing.plugin", *chosen, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert ended.outcomes == {"test_alone": "passed", "test_an_async_app": "passed"}, ended.output
