"""The doctor: each setting with its origin, everything that can be wrong named, secrets as dots, nothing changed."""

from __future__ import annotations

import http.server
import json
import os
import re
import socket
import stat
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Cli
from tests.sandbox.desk import Desk, Person
from watchprint.cli.exits import Exit
from watchprint.cli.home import token_file
from watchprint.settings import DOTS, Settings
from watchprint.trakt.tokens import FileTokens, Tokens

NOW = datetime(2026, 3, 1, 20, 15, 30, tzinfo=UTC)
"""Where the sandbox's clock stands."""


def timeless(text: str) -> str:
    """The text without spans of time: between two looks a minute may have gone by."""
    return re.sub(r"\d+(?= (d|h|min|s)\b)", "N", text)


def look(cli: Cli, code: Exit) -> dict[str, Any]:
    """What the doctor says as JSON; both faces of it end with that code."""
    for_people, ended = cli("doctor"), cli("doctor", "--json")
    assert for_people.code == ended.code == code, ended
    found: dict[str, Any] = ended.json
    assert found["well"] is (code == Exit.OK)
    for finding in found["findings"]:
        assert timeless(finding["what"]) in timeless(for_people.out)
        assert finding["state"] == "ok" or finding["mend"], finding
    return found


def finding(found: dict[str, Any], words: str) -> Any:
    """State and advice of the finding that has these words."""
    [one] = [one for one in found["findings"] if words in one["what"]]
    return one["state"], one["mend"]


def keep(cli: Cli, tokens: Tokens) -> Path:
    """Sign somebody in; the token file."""
    kept = FileTokens(token_file(Settings.from_env(cli.env)))
    kept.keep(tokens)
    return kept.path


def test_when_all_is_right(nobody: Cli, ann: Person) -> None:
    keep(nobody, Tokens(ann.access, ann.refresh, NOW, 604_800))
    found = look(nobody.hiding(ann.access, ann.refresh), Exit.OK)
    assert {s["name"]: s["origin"] for s in found["settings"]} == {
        "TRAKT_CLIENT_ID": "environment",
        "TRAKT_CLIENT_SECRET": "environment",
        "TRAKT_API_URL": "environment",
        "TRAKT_REDIRECT_URI": "not set",
        "WATCHPRINT_HOME": "environment",
        "WATCHPRINT_DATABASE_URL": "not set",
        "WATCHPRINT_KEYS": "not set",
        "WATCHPRINT_TOKEN": "not set",
    }
    assert next(s for s in found["settings"] if s["name"] == "TRAKT_CLIENT_SECRET")["value"] == DOTS
    assert finding(found, "answers and accepts the application")[0] == "ok"
    assert finding(found, "signed in as ann; the token is renewed by itself")[0] == "ok"


def test_a_token_of_the_environment_goes_first(nobody: Cli, ann: Person) -> None:
    hidden = nobody.hiding(ann.access)
    found = look(hidden.having(WATCHPRINT_TOKEN=ann.access), Exit.OK)
    assert finding(found, "signed in as ann; the token cannot be renewed")[0] == "ok"
    found = look(nobody.hiding("nobodys").having(WATCHPRINT_TOKEN="nobodys"), Exit.NOT_CONFIGURED)
    assert finding(found, "does not accept the access token") == ("wrong", "run `watchprint login`")
    found = look(nobody.having(WATCHPRINT_TOKEN="two words"), Exit.NOT_CONFIGURED)
    assert finding(found, "characters that no token has")[0] == "wrong"


def test_without_an_application_nothing_is_asked_and_no_sandbox_entered(nobody: Cli, desk: Desk) -> None:
    desk.obey("DELETE", "requests")
    bare = nobody.having(TRAKT_CLIENT_ID=None)
    state, mend = finding(look(bare, Exit.NOT_CONFIGURED), "TRAKT_CLIENT_ID is not set")
    assert state == "wrong"
    assert "https://trakt.tv/oauth/applications" in mend
    assert desk.requests() == []
    for command in (("get-history",), ("login",), ("insights", "totals"), ("add-to-history", "movie:tmdb:949")):
        done = bare(*command)
        assert done.code == Exit.NOT_CONFIGURED
        assert "TRAKT_CLIENT_ID is not set" in done.sentence
        assert "TRAKT_API_URL=sandbox" in done.sentence
    assert not Path(bare.env["WATCHPRINT_HOME"]).exists()


def test_without_a_secret_it_says_what_does_not_work(nobody: Cli) -> None:
    found = look(nobody.having(TRAKT_CLIENT_SECRET="  "), Exit.OK)
    assert finding(found, "TRAKT_CLIENT_SECRET is not set: no sign-in by device")[0] == "note"
    assert finding(found, "nobody is signed in") == ("note", "run `watchprint login`")


def test_a_wrong_key_and_an_address_that_is_none(nobody: Cli) -> None:
    found = look(nobody.having(TRAKT_CLIENT_ID="somebody-elses"), Exit.NOT_CONFIGURED)
    state, mend = finding(found, "refuses this application")
    assert state == "wrong"
    assert "TRAKT_CLIENT_ID" in mend
    found = look(nobody.having(TRAKT_API_URL="not an address"), Exit.NOT_CONFIGURED)
    assert finding(found, "TRAKT_API_URL is not a web address")[0] == "wrong"


def test_a_password_in_an_address_is_not_shown(nobody: Cli) -> None:
    address = "http://ann:sesame@127.0.0.1:8177"
    found = look(nobody.hiding("sesame").having(TRAKT_API_URL=address), Exit.NOT_CONFIGURED)
    assert (
        next(s for s in found["settings"] if s["name"] == "TRAKT_API_URL")["value"] == f"http://{DOTS}@127.0.0.1:8177"
    )


def test_nobody_there(nobody: Cli) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ended = nobody.having(TRAKT_API_URL=f"http://127.0.0.1:{port}")("doctor", "--json")
    assert ended.code == Exit.NOT_CONFIGURED
    state, mend = finding(ended.json, "Trakt cannot be reached")
    assert (state, "network" in mend) == ("wrong", True)


def test_token_files_that_are_damaged_or_open_to_others(nobody: Cli, ann: Person) -> None:
    file = keep(nobody, Tokens(ann.access))
    file.chmod(0o644)
    hidden = nobody.hiding(ann.access)
    assert finding(look(hidden, Exit.NOT_CONFIGURED), "others can read") == ("wrong", f"chmod 600 {file}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    file.write_bytes(b"\x00\x01")
    state, mend = finding(look(hidden, Exit.NOT_CONFIGURED), "it is damaged")
    assert (state, "watchprint login" in mend) == ("wrong", True)
    assert file.read_bytes() == b"\x00\x01"


def test_tokens_whose_life_is_over_by_trakts_clock(nobody: Cli, ann: Person) -> None:
    over = NOW - timedelta(days=8)
    keep(nobody, Tokens(ann.access, None, over, 604_800))
    found = look(nobody, Exit.NOT_CONFIGURED)
    assert finding(found, "has expired and cannot be renewed") == ("wrong", "run `watchprint login`")
    file = keep(nobody, Tokens(ann.access, ann.refresh, over, 604_800))
    before = file.read_bytes()
    assert finding(look(nobody, Exit.OK), "the next command renews it")[0] == "note"
    assert file.read_bytes() == before
    keep(nobody, Tokens(ann.access, None, NOW - timedelta(days=6), 604_800))
    assert finding(look(nobody, Exit.OK), "signed in as ann")[0] == "ok"


def test_a_token_that_was_revoked(nobody: Cli, desk: Desk, ann: Person) -> None:
    keep(nobody, Tokens(ann.access))
    body = {"token": ann.access, "client_id": desk.client_id, "client_secret": desk.client_secret}
    assert desk.post("/oauth/revoke", body).status == 200
    assert finding(look(nobody, Exit.NOT_CONFIGURED), "it was revoked") == ("wrong", "run `watchprint login`")


def test_trakt_that_breaks_at_the_account(nobody: Cli, desk: Desk, ann: Person) -> None:
    keep(nobody, Tokens(ann.access))
    desk.fault("423", path="/users/settings", times=None)
    assert finding(look(nobody, Exit.NOT_CONFIGURED), "locked or deactivated")[0] == "wrong"


@pytest.mark.parametrize("way", ["the home is a file", "a folder above is a file"])
def test_a_home_that_cannot_be_written(nobody: Cli, tmp_path: Path, way: str) -> None:
    (tmp_path / "home").write_text("")
    place = tmp_path / "home" if way == "the home is a file" else tmp_path / "home" / "deep" / "down"
    found = look(nobody.having(WATCHPRINT_HOME=str(place)), Exit.NOT_CONFIGURED)
    assert finding(found, "is no folder") == ("wrong", "set WATCHPRINT_HOME to a folder of your own")


def test_a_sandboxs_clock_that_is_a_day_off_is_followed(nobody: Cli, desk: Desk) -> None:
    now = datetime.now(UTC)
    desk.freeze((now - timedelta(days=1)).isoformat())
    state, mend = finding(look(nobody, Exit.OK), "1 d")
    assert (state, "__sandbox__/clock" in mend) == ("note", True)


@contextmanager
def other_trakt(ahead: timedelta) -> Generator[str]:
    """A Trakt that is no sandbox, knows genres alone, and whose clock is so far ahead of this machine's."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path.startswith("/genres")
            body = json.dumps([]).encode()
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(datetime.now(UTC) + ahead, usegmt=True)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("ahead", "code", "words"),
    [
        (timedelta(days=1, hours=2), Exit.NOT_CONFIGURED, "behind Trakt's"),
        (timedelta(days=-1, hours=-2), Exit.NOT_CONFIGURED, "ahead of Trakt's"),
        (timedelta(minutes=10, seconds=30), Exit.OK, "behind Trakt's"),
    ],
)
def test_a_machine_whose_clock_is_off(nobody: Cli, ahead: timedelta, code: Exit, words: str) -> None:
    with other_trakt(ahead) as url:
        found = look(nobody.having(TRAKT_API_URL=url), code)
    state, mend = finding(found, words)
    assert (state, mend) == ("wrong" if code else "note", "set this machine's clock")


def test_a_clock_that_is_right_is_not_mentioned(nobody: Cli) -> None:
    with other_trakt(timedelta(seconds=5)) as url:
        found = look(nobody.having(TRAKT_API_URL=url), Exit.OK)
    assert not [one for one in found["findings"] if "machine's clock" in one["what"]]


def test_this_homes_sandbox_is_not_started_to_look(nobody: Cli) -> None:
    own = nobody.having(TRAKT_API_URL="sandbox", TRAKT_CLIENT_ID=None, TRAKT_CLIENT_SECRET=None)
    found = look(own, Exit.OK)
    assert finding(found, "this home's sandbox: invented data")[0] == "note"
    assert finding(found, "it starts when it is first needed")[0] == "ok"
    assert not os.path.exists(own.env["WATCHPRINT_HOME"])
