"""Signing in through Trakt's own page, and everything that can be wrong with it."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

from watchprint.testing import TestTrakt, TestUser

from .conftest import Visit
from .running import Browser


def test_the_whole_way(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.change(trakt_user, name="Ann <b>Other</b>")
    browser = visit()
    assert browser.get("/profile").status_code == 401
    assert "Sign in with Trakt" in browser.get("/").text
    page = browser.sign_in(trakt_user.slug)
    assert str(page.url) == f"{browser.address}/"
    assert "<h1>Ann &lt;b&gt;Other&lt;/b&gt;</h1>" in page.text
    assert browser.get("/profile").json()["slug"] == trakt_user.slug
    asked = [(row["method"], row["path"], row["status"]) for row in trakt.requests]
    assert asked[:4] == [
        ("GET", "/oauth/authorize", 200),
        ("POST", "/oauth/authorize", 302),
        ("POST", "/oauth/token", 200),
        ("GET", "/users/settings", 200),
    ]
    assert trakt.requests[0]["query"]["code_challenge_method"] == "S256"


def test_no_token_reaches_the_browser(browser: Browser, database: Path) -> None:
    with sqlite3.connect(database) as db:
        [access_token, refresh_token] = db.execute("SELECT access_token, refresh_token FROM tokens").fetchone()
        [session_hash] = db.execute("SELECT hash FROM sessions").fetchone()
    db.close()
    session = browser.http.cookies["session"]
    assert session not in (access_token, refresh_token, session_hash)
    for path in ("/", "/profile"):
        answer = browser.get(path)
        assert access_token not in answer.text + str(answer.headers)
        assert refresh_token not in answer.text + str(answer.headers)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_the_cookie_is_kept_from_scripts_and_other_sites(visit: Visit, trakt_user: TestUser) -> None:
    browser = visit()
    page = browser.answer(browser.signin_page(), trakt_user.slug, "approve")
    [back] = [answer for answer in page.history if "/callback" in str(answer.url)]
    session = next(value for value in back.headers.get_list("set-cookie") if value.startswith("session="))
    assert "HttpOnly" in session
    assert "SameSite=lax" in session


def test_who_says_no_is_not_signed_in(visit: Visit, trakt_user: TestUser) -> None:
    browser = visit()
    answer = browser.answer(browser.signin_page(), trakt_user.slug, "deny")
    assert (answer.status_code, answer.json()["detail"]) == (403, "you said no on Trakt: nothing was changed")
    assert browser.get("/profile").status_code == 401


def test_another_browser_cannot_end_it(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    """Somebody's finished sign-in, sent to a victim as a link, signs nobody in."""
    attacker, victim = visit(), visit()
    there = attacker.http.get("/signin", follow_redirects=False).headers["location"]
    back = trakt.approve(user=trakt_user, authorize_url=there)
    assert back is not None
    answer = victim.get(back)
    assert (answer.status_code, "not begun in this browser" in answer.text) == (400, True)
    assert victim.get("/profile").status_code == 401
    assert [row["path"] for row in trakt.requests] == []
    assert attacker.get(back).status_code == 200
    assert attacker.get("/profile").status_code == 200


def test_it_ends_once(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser = visit()
    there = browser.http.get("/signin", follow_redirects=False).headers["location"]
    back = trakt.approve(user=trakt_user, authorize_url=there)
    assert back is not None
    state = browser.http.cookies["signin"]
    assert browser.get(back).status_code == 200
    browser.http.cookies.set("signin", state, domain="127.0.0.1", path="/callback")
    again = browser.get(back)
    assert (again.status_code, "ended before" in again.text) == (400, True)
    assert sum(row["path"] == "/oauth/token" for row in trakt.requests) == 1


def test_a_code_that_trakt_does_not_take(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser = visit()
    browser.http.get("/signin", follow_redirects=False)
    answer = browser.get(f"/callback?code=made-up&state={browser.http.cookies['signin']}")
    assert (answer.status_code, answer.json()["error"]) == (422, "not_possible")
    assert browser.get("/profile").status_code == 401


def test_the_name_of_the_host_stays_the_same(browser: Browser) -> None:
    """The cookie of a sign-in that began at localhost would not come back to 127.0.0.1."""
    answer = browser.http.get("/signin", headers={"Host": "localhost:1234"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"{browser.address}/signin")
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_session_and_not_the_connection(browser: Browser, trakt_user: TestUser) -> None:
    session = browser.http.cookies["session"]
    assert "Sign in with Trakt" in browser.post("/signout").text
    browser.http.cookies.set("session", session, domain="127.0.0.1")
    assert browser.get("/profile").status_code == 401
    browser.sign_in(trakt_user.slug)
    assert browser.get("/profile").status_code == 200


def test_to_be_forgotten_is_to_be_disconnected(
    browser: Browser, visit: Visit, trakt: TestTrakt, trakt_user: TestUser, database: Path
) -> None:
    second = visit()
    second.sign_in(trakt_user.slug)
    assert second.delete("/account").status_code == 204
    for one in (browser, second):
        assert one.get("/profile").status_code == 401
    assert trakt.requests[-1]["path"] == "/oauth/revoke"
    with sqlite3.connect(database) as db:
        for table in ("accounts", "tokens", "sessions"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    db.close()
    assert not list(database.parent.glob("*.lock"))
