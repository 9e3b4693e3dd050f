"""No test reaches the real Trakt, whatever it is written with; other hosts are none of the guard's business."""

from __future__ import annotations

import re

from tests.testing.project import SAMPLES, Project

WORDS = re.compile(r"the test tried to reach the real Trakt \(\w*\.?trakt\.tv\): use the fixture `trakt`")


def test_every_way_to_the_real_trakt_fails_the_test(project: Project) -> None:
    project.sample("refused")
    ended = project.run()
    defined = set(re.findall(r"def (test_\w+)", (SAMPLES / "refused.py").read_text()))
    assert set(ended.outcomes) == defined
    assert not ended.named("passed") | ended.named("skipped"), ended.output
    assert ended.named("error") == {"test_in_a_fixture_that_begins", "test_in_a_fixture_that_ends"}
    for name in defined:
        assert WORDS.search(ended.said_of(name)), ended.said_of(name)


def test_a_proxy_is_no_way_around(project: Project) -> None:
    """A client would leave the look-up to the proxy; nothing listens at this one."""
    project.sample("refused")
    chosen = ["test_urllib", "test_httpx2", "test_httpx2_async", "test_our_client_without_a_sandbox"]
    ended = project.run(
        *(f"test_refused.py::{name}" for name in chosen),
        HTTPS_PROXY="http://127.0.0.1:9",
        HTTP_PROXY="http://127.0.0.1:9",
        no_proxy="example.org",
    )
    assert ended.named("failed") == set(chosen), ended.output
    for name in chosen:
        assert WORDS.search(ended.said_of(name)), ended.said_of(name)


def test_the_sandbox_is_reached_past_a_proxy(project: Project) -> None:
    project.sample("fixtures")
    project.write(
        "conftest.py",
        "import os, pytest\n"
        "def pytest_sessionstart():\n"
        "    assert os.environ['no_proxy'] == 'example.org,trakt.tv,.trakt.tv,127.0.0.1,localhost'\n"
        "@pytest.hookimpl(trylast=True)\n"
        "def pytest_unconfigure():\n"
        "    print('in the end:', os.environ.get('no_proxy'), os.environ['NO_PROXY'])\n",
    )
    chosen = "test_fixtures.py::test_a_user_is_new_and_has_nothing", "test_fixtures.py::test_an_async_app"
    ended = project.run(*chosen, HTTP_PROXY="http://127.0.0.1:9", NO_PROXY="example.org")
    assert len(ended.named("passed")) == 2, ended.output
    assert "in the end: None example.org" in ended.output


def test_other_hosts_pass(project: Project) -> None:
    project.sample("passed")
    ended = project.run()
    assert not ended.named("error"), ended.output
    refused = {name for name in ended.outcomes if name.startswith("test_the_announcements_are_real")}
    assert len(refused) == 4
    assert ended.named("failed") == refused, ended.output
    assert len(ended.named("passed")) == len(ended.outcomes) - 4 == 9


def test_what_an_import_tried_is_told_by_the_first_test(project: Project) -> None:
    project.write(
        "test_app.py",
        "import socket\n"
        "try:\n"
        "    socket.create_connection(('api.trakt.tv', 443))\n"
        "except OSError:\n"
        "    pass\n"
        "def test_first(): pass\n"
        "def test_second(): pass\n",
    )
    ended = project.run()
    assert ended.outcomes == {"test_first": "error", "test_second": "passed"}, ended.output
    assert "before this test, at an import or in a thread" in ended.words["test_first"]


def test_without_the_plugin_there_is_no_guard(project: Project) -> None:
    project.write(
        "test_app.py",
        "import sys\ndef test_free():\n    sys.audit('socket.getaddrinfo', 'api.trakt.tv', 443, 0, 0, 0)\n",
    )
    assert project.run().outcomes == {"test_free": "failed"}
    assert project.run("-p", "no:watchprint").outcomes == {"test_free": "passed"}
