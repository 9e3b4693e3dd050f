"""Signing in through Trakt's own page, everything that can be wrong with it, and signing out."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from watchprint.testing import TestTrakt, TestUser

from .browsing import Browser, Page
from .conftest import Visit
from .running import Site


def exchanges(trakt: TestTrakt) -> int:
    """How often a code or a refresh token was exchanged."""
    return [row["path"] for row in trakt.requests].count("/oauth/token")


def there(browser: Browser) -> str:
    """Where the app sends a browser that wants to sign in."""
    answer = browser.http.get("/signin/trakt", follow_redirects=False)
    assert answer.status_code == 302
    return str(answer.headers["location"])


def approved(trakt: TestTrakt, user: TestUser, asked: str) -> str:
    """Where Trakt sends the browser back to."""
    back = trakt.approve(user=user, authorize_url=asked)
    assert back is not None
    return back


def signed_in(browser: Browser) -> bool:
    return browser.http.get("/history", follow_redirects=False).status_code == 200


def test_from_the_click_to_the_profile(visit: Visit, site: Site, trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.change(trakt_user, name="Ann <b>Other</b>")
    browser = visit()
    assert "Sign in with Trakt" in browser.open("/").text
    [link] = [at for at in links(browser) if at.startswith("/signin/trakt")]
    assert "code_challenge" in str(browser.to_trakt(link).url)
    page = browser.decide(trakt_user.slug)
    assert str(page.url) == f"{site.address}/"
    assert "<h1>Ann &lt;b&gt;Other&lt;/b&gt;</h1>" in page.text
    assert "Welcome, Ann" in page.text
    asked = [(row["method"], row["path"], row["status"]) for row in trakt.requests]
    assert asked[:4] == [
        ("GET", "/oauth/authorize", 200),
        ("POST", "/oauth/authorize", 302),
        ("POST", "/oauth/token", 200),
        ("GET", "/users/settings", 200),
    ]
    assert trakt.requests[0]["query"]["code_challenge_method"] == "S256"
    assert site.pair(trakt_user.slug) is not None


def links(browser: Browser) -> list[str]:
    """Where the links of the page go."""
    return [known.get("href", "") for tag, known in Page(browser.shown).tags if tag == "a"]


def test_a_private_page_leads_to_the_sign_in_and_back(visit: Visit, site: Site, trakt_user: TestUser) -> None:
    browser = visit()
    page = browser.open("/lists?rows=7")
    assert (urlsplit(str(page.url)).path, "Sign in with Trakt" in page.text) == ("/signin", True)
    [link] = [at for at in links(browser) if at.startswith("/signin/trakt")]
    browser.to_trakt(link)
    assert str(browser.decide(trakt_user.slug).url) == f"{site.address}/lists?rows=7"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_it_never_leads_to_another_site(visit: Visit, site: Site, trakt_user: TestUser, elsewhere: str) -> None:
    browser = visit()
    browser.page = browser.http.get("/signin/trakt", params={"next": elsewhere})
    assert str(browser.decide(trakt_user.slug).url) == f"{site.address}/"


def test_who_says_no_is_not_signed_in(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser = visit()
    browser.to_trakt()
    page = browser.decide(trakt_user.slug, "deny")
    assert "You said no on Trakt: nothing was changed. You are not signed in." in page.text
    assert urlsplit(str(page.url)).query == ""
    assert not signed_in(browser)
    assert exchanges(trakt) == 0


def test_a_wrong_state_is_refused_before_the_code_is_used(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser = visit()
    back = approved(trakt, trakt_user, there(browser))
    state = parse_qs(urlsplit(back).query)["state"][0]
    for wrong in (state[:-1], state + "x", ""):
        page = browser.open(back.replace(state, wrong))
        assert "not begun in this browser" in page.text
    assert exchanges(trakt) == 0
    assert not signed_in(browser)


def test_another_browser_cannot_end_it(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    """Somebody's finished sign-in, sent to a victim as a link, signs nobody in."""
    attacker, victim = visit(), visit()
    back = approved(trakt, trakt_user, there(attacker))
    there(victim)
    assert "not begun in this browser" in victim.open(back).text
    assert not signed_in(victim)
    assert exchanges(trakt) == 0
    attacker.open(back)
    assert signed_in(attacker)


def test_a_code_is_used_once(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser = visit()
    back = approved(trakt, trakt_user, there(browser))
    browser.open(back)
    assert signed_in(browser)
    page = browser.open(back)
    assert "was ended before" in page.text
    assert exchanges(trakt) == 1
    assert signed_in(browser)


@pytest.mark.parametrize("spent", [True, False])
def test_a_code_of_another_sign_in(visit: Visit, trakt: TestTrakt, trakt_user: TestUser, *, spent: bool) -> None:
    """The state is right and the code is another's, used or not: Trakt refuses it, and the page says so."""
    first, second = visit(), visit()
    back = approved(trakt, trakt_user, there(first))
    code = parse_qs(urlsplit(back).query)["code"][0]
    if spent:
        first.open(back)
    other = approved(trakt, trakt.user(f"other-{trakt_user.slug}"), there(second))
    page = second.open(other.replace(parse_qs(urlsplit(other).query)["code"][0], code))
    assert "Trakt does not accept this" in page.text
    assert "You are not signed in" in page.text
    assert not signed_in(second)
    assert [row["status"] for row in trakt.requests if row["path"] == "/oauth/token"][-1] == 400


def test_two_tabs_may_sign_in(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser = visit()
    first, _second = there(browser), there(browser)
    browser.open(approved(trakt, trakt_user, first))
    assert signed_in(browser)


def test_trakt_does_not_answer(visit: Visit, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser = visit()
    back = approved(trakt, trakt_user, there(browser))
    trakt.fault("reset", path="/oauth/token")
    page = browser.open(back)
    assert "Trakt did not answer" in page.text
    assert not signed_in(browser)


@pytest.mark.trakt_user(locked=True)
def test_a_locked_account(visit: Visit, trakt_user: TestUser) -> None:
    browser = visit()
    browser.to_trakt()
    page = browser.decide(trakt_user.slug)
    assert "Only Trakt&#x27;s support can open it" in page.text
    assert not signed_in(browser)


def test_the_session_is_a_new_one(visit: Visit, trakt_user: TestUser) -> None:
    """A session that was fixed before signs nobody else in; and no script and no other site reads it."""
    browser = visit()
    there(browser)
    before = browser.http.cookies["sessionid"]
    browser.sign_in(trakt_user.slug)
    assert browser.http.cookies["sessionid"] != before
    stale = visit()
    stale.http.cookies.set("sessionid", before, domain="127.0.0.1")
    assert not signed_in(stale)
    [kept] = [cookie for cookie in browser.http.cookies.jar if cookie.name == "sessionid"]
    assert kept.has_nonstandard_attr("HttpOnly")
    assert kept.get_nonstandard_attr("SameSite") == "Lax"


def test_the_name_of_the_host_stays_the_same(visit: Visit, site: Site) -> None:
    """The session of a sign-in that began at localhost would not come back to 127.0.0.1."""
    answer = visit().http.get("/signin/trakt", headers={"Host": "localhost:1234"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"{site.address}/signin/trakt")
    assert visit().http.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_signing_out_withdraws_the_tokens(
    browser: Browser, visit: Visit, site: Site, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    second = visit()
    second.sign_in(trakt_user.slug)
    browser.open("/")
    page = browser.press("/signout")
    assert "You are signed out." in page.text
    assert not signed_in(browser)
    assert trakt.requests[-1]["path"] == "/oauth/revoke"
    assert site.pair(trakt_user.slug) is None
    asked_before = len(trakt.requests)
    page = second.open("/history")
    assert (page.status_code, "Please sign in again" in page.text) == (401, True)
    assert len(trakt.requests) == asked_before, "there is no token to ask with"
    second.sign_in(trakt_user.slug)
    assert signed_in(second)


def test_signing_out_while_trakt_is_away_says_so(
    browser: Browser, site: Site, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    browser.open("/")
    trakt.fault("reset", path="/oauth/revoke", times=None)
    page = browser.press("/signout")
    assert "You are signed out." in page.text
    assert "Trakt could not be told" in page.text
    assert not signed_in(browser)
    assert site.pair(trakt_user.slug) is None


def test_to_be_forgotten(browser: Browser, site: Site, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser.open("/")
    page = browser.press("/forget")
    assert "nothing of you is kept here" in page.text
    assert site.rows(f"SELECT * FROM accounts_traktaccount WHERE slug = '{trakt_user.slug}'") == []
    assert trakt.requests[-1]["path"] == "/oauth/revoke"
    browser.sign_in(trakt_user.slug)
    assert signed_in(browser)
