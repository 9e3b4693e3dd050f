"""Tests that share a sandbox see nothing of one another; processes that run side by side have one each."""

from __future__ import annotations

import pytest

from tests.testing.project import Project


@pytest.mark.parametrize(("workers", "sandboxes"), [(0, 1), (2, 2)])
def test_nothing_is_left_behind(project: Project, workers: int, sandboxes: int) -> None:
    project.sample("isolation")
    ended = project.run("-n", str(workers), "--dist", "load")
    assert ended.code == 0, ended.output
    assert len(ended.named("passed")) == len(ended.outcomes) == 7
    where = (project.folder / "where.txt").read_text().split("\n")[:-1]
    assert len(where) == 6
    assert len(set(where)) == sandboxes


def test_the_same_tests_are_red_where_the_sandbox_is_not_put_back(project: Project) -> None:
    """What the test above proves: with the fixture that is not put back between tests, they see one another."""
    project.sample("isolation")
    project.write(
        "conftest.py",
        "import pytest\n"
        "@pytest.fixture\n"
        "def trakt(trakt_server, monkeypatch):\n"
        "    for name, value in trakt_server.env.items():\n"
        "        monkeypatch.setenv(name, value)\n"
        "    return trakt_server\n",
    )
    ended = project.run()
    assert ended.named("passed") == {"test_first", "test_without_the_fixture_nothing_points_anywhere"}, ended.output
