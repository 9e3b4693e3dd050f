"""Who owns the tokens: this app's row, renewed once, whoever needs it; and what happens when it cannot be."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mediaapp.accounts import Accounts

from watchprint import Tokens
from watchprint.testing import TestTrakt, TestUser

from .running import Browser, in_a_process

WEEK_S = 7 * 86_400


def renewals(trakt: TestTrakt) -> int:
    """Exchanges of refresh tokens on the server; the first exchange is the sign-in's."""
    return [row["path"] for row in trakt.requests].count("/oauth/token") - 1


def asked_at_once(*browsers: Browser) -> list[httpx2.Response]:
    """All browsers ask for their profile at the same time."""
    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(lambda browser: browser.get("/profile"), browsers))


def test_two_requests_with_an_expired_token_renew_it_once(
    browser: Browser, site: str, trakt: TestTrakt, database: Path
) -> None:
    before = kept(database)
    trakt.advance(WEEK_S + 1)
    other = with_the_session_of(browser, site)
    assert [answer.status_code for answer in asked_at_once(browser, other)] == [200, 200]
    assert renewals(trakt) == 1
    assert kept(database) != before
    assert browser.get("/profile").status_code == 200
    assert renewals(trakt) == 1
    other.close()


def test_two_processes_renew_it_once(browser: Browser, trakt: TestTrakt, database: Path) -> None:
    """A second app on the same database shares nothing with the first but the file."""
    trakt.advance(WEEK_S + 1)
    with in_a_process(trakt.env, database) as address:
        other = with_the_session_of(browser, address)
        assert [answer.status_code for answer in asked_at_once(browser, other)] == [200, 200]
        other.close()
    assert renewals(trakt) == 1


def test_half_a_life_is_time_to_renew(browser: Browser, trakt: TestTrakt) -> None:
    trakt.advance(WEEK_S * 0.6)
    browser.get("/profile")  # now the client knows Trakt's time
    assert browser.get("/profile").status_code == 200
    assert renewals(trakt) == 1
    assert not any(row["status"] == 401 for row in trakt.requests)


def test_a_withdrawn_token_says_sign_in_again(browser: Browser, trakt: TestTrakt, database: Path) -> None:
    revoke(trakt, kept(database))
    answer = browser.get("/profile")
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in_again")
    assert "sign in again" in answer.json()["words"]
    page = browser.get("/")
    assert page.status_code == 401
    assert "Please sign in again" in page.text


def test_signing_in_again_mends_it(browser: Browser, trakt: TestTrakt, trakt_user: TestUser, database: Path) -> None:
    revoke(trakt, kept(database))
    assert browser.get("/profile").status_code == 401
    browser.sign_in(trakt_user.slug)
    assert browser.get("/profile").status_code == 200


def test_a_lost_renewal_is_never_repeated(browser: Browser, trakt: TestTrakt) -> None:
    trakt.advance(WEEK_S + 1)
    trakt.fault("lost_refresh")
    for _ in range(2):
        answer = browser.get("/profile")
        assert (answer.status_code, answer.json()["error"]) == (401, "sign_in_again")
    assert renewals(trakt) == 1


def test_a_renewal_does_not_undo_a_sign_in(database: Path) -> None:
    """The pair that a slow renewal brings is older than the one of a sign-in meanwhile."""
    accounts = Accounts(database)
    account = accounts.signed_in("uuid", "ann", "Ann", Tokens("first", "r1"))
    source = accounts.tokens(account.id)
    accounts.signed_in("uuid", "ann", "Ann", Tokens("second", "r2"))
    source.renewed(Tokens("first", "r1"), Tokens("late", "r3"))
    assert source.current().access_token == "second"
    source.renewed(Tokens("second", "r2"), Tokens("third", "r4"))
    assert (source.current().access_token, source.current().refresh_token) == ("third", "r4")


def test_one_account_waits_for_no_other(database: Path) -> None:
    accounts = Accounts(database)
    ann = accounts.signed_in("1", "ann", "Ann", Tokens("a"))
    bob = accounts.signed_in("2", "bob", "Bob", Tokens("b"))
    with accounts.tokens(ann.id).lock(), accounts.tokens(bob.id).lock():
        accounts.tokens(bob.id).renewed(Tokens("b"), Tokens("b2"))
        assert accounts.of_session(accounts.new_session(bob.id)) == bob


def test_the_same_account_waits(database: Path) -> None:
    accounts = Accounts(database)
    ann = accounts.signed_in("1", "ann", "Ann", Tokens("a"))
    order: list[str] = []

    def renew() -> None:
        with accounts.tokens(ann.id).lock():
            order.append("second")

    with ThreadPoolExecutor(1) as pool:
        with accounts.tokens(ann.id).lock():
            waiting = pool.submit(renew)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            order.append("first")
        waiting.result(timeout=10)
    assert order == ["first", "second"]


def with_the_session_of(browser: Browser, address: str) -> Browser:
    """Another tab, or another device with the same session."""
    other = Browser(address)
    other.http.cookies.set("session", browser.http.cookies["session"], domain="127.0.0.1")
    return other


def kept(database: Path) -> str:
    """The access token in the row."""
    with sqlite3.connect(database) as db:
        [token] = db.execute("SELECT access_token FROM tokens").fetchone()
    db.close()
    return str(token)


def revoke(trakt: TestTrakt, token: str) -> None:
    """As the user does it at Trakt, in the settings of their account."""
    body: dict[str, Any] = {"token": token, "client_id": trakt.client_id, "client_secret": trakt.client_secret}
    assert httpx2.post(f"{trakt.auth_url}/oauth/revoke", json=body).status_code == 200
