"""Who owns the tokens: this app's row, renewed once, whichever thread or process needs it; on both databases."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2

from watchprint.testing import TestTrakt, TestUser

from .browsing import Browser
from .conftest import Visit
from .locks import is_locked, locked
from .running import Site, manage

WEEK_S = 7 * 86_400


def renewals(trakt: TestTrakt, sign_ins: int = 1) -> int:
    """Exchanges of refresh tokens on the server."""
    return [row["path"] for row in trakt.requests].count("/oauth/token") - sign_ins


def with_the_session_of(browser: Browser, address: str) -> Browser:
    """Another tab, or another device with the same session."""
    other = Browser(address)
    other.http.cookies.set("sessionid", browser.http.cookies["sessionid"], domain="127.0.0.1")
    return other


def revoke(trakt: TestTrakt, token: str) -> None:
    """As the user does it at Trakt, in the settings of their account."""
    body: dict[str, Any] = {"token": token, "client_id": trakt.client_id, "client_secret": trakt.client_secret}
    assert httpx2.post(f"{trakt.auth_url}/oauth/revoke", json=body).status_code == 200


def test_threads_and_processes_renew_it_once(
    two: tuple[Site, Site], visit_two: Visit, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    """Three requests at each of two processes, four threads in each request: twenty-four need a new pair at once."""
    first, second = two
    browser = visit_two()
    browser.sign_in(trakt_user.slug)
    before = first.pair(trakt_user.slug)
    trakt.advance(WEEK_S + 1)
    trakt.fault("slow", path="/oauth/token", delay_s=0.5, times=None)
    others = [with_the_session_of(browser, site.address) for site in (first, second) for _ in range(3)]
    with ThreadPoolExecutor(len(others)) as pool:
        answers = list(pool.map(lambda one: one.http.get("/"), others))
    for one in others:
        one.close()
    assert [answer.status_code for answer in answers] == [200] * 6
    assert renewals(trakt) == 1
    after = first.pair(trakt_user.slug)
    assert after is not None
    assert after != before
    trakt.clear_faults()
    for site in two:
        one = with_the_session_of(browser, site.address)
        assert one.open("/history").status_code == 200
        one.close()
    assert renewals(trakt) == 1


def test_half_a_life_is_time_to_renew(
    two: tuple[Site, Site], visit_two: Visit, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    browser = visit_two()
    browser.sign_in(trakt_user.slug)
    trakt.advance(WEEK_S * 0.45)
    browser.open("/")  # now the app knows Trakt's time
    browser.open("/")
    assert renewals(trakt) == 0
    trakt.advance(WEEK_S * 0.1)
    browser.open("/history")
    assert browser.open("/").status_code == 200
    assert renewals(trakt) == 1
    assert not any(row["status"] == 401 for row in trakt.requests)


def test_a_renewal_that_fails_early_is_no_harm(browser: Browser, trakt: TestTrakt) -> None:
    """The old access token still serves."""
    trakt.advance(WEEK_S * 0.6)
    browser.open("/")
    trakt.fault("503", path="/oauth/token", times=None)
    assert browser.open("/history").status_code == 200


def test_a_withdrawn_token_says_sign_in_again(
    browser: Browser, site: Site, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    pair = site.pair(trakt_user.slug)
    assert pair is not None
    revoke(trakt, pair[0])
    page = browser.open("/lists")
    assert (page.status_code, "Please sign in again" in page.text) == (401, True)
    assert 'href="/signin/trakt?next=%2Flists"' in page.text
    browser.to_trakt("/signin/trakt?next=%2Flists")
    page = browser.decide(trakt_user.slug)
    assert (page.status_code, str(page.url)) == (200, f"{site.address}/lists")


def test_a_lost_renewal_is_never_repeated(browser: Browser, site: Site, trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.advance(WEEK_S + 1)
    trakt.fault("lost_refresh")
    for _ in range(2):
        page = browser.open("/history")
        assert (page.status_code, "Please sign in again" in page.text) == (401, True)
    assert renewals(trakt) == 1
    pair = site.pair(trakt_user.slug)
    assert pair is not None
    assert pair[1] is None, "the spent token is not kept, though the block failed"


def test_a_sign_in_outlives_a_renewal_that_is_under_way(
    two: tuple[Site, Site], visit_two: Visit, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    """The pair that a slow renewal brings is older than the one of a sign-in meanwhile."""
    first, second = two
    browser, other = visit_two(), visit_two()
    browser.sign_in(trakt_user.slug)
    trakt.advance(WEEK_S + 1)
    trakt.fault("slow", path="/oauth/token", delay_s=2)
    slow = with_the_session_of(browser, second.address)
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(slow.http.get, "/history")
        while not is_locked(first, trakt_user.slug):
            assert not renewing.done()
            time.sleep(0.02)
        other.sign_in(trakt_user.slug)
        brought = first.pair(trakt_user.slug)
        assert renewing.result().status_code == 200
    slow.close()
    assert first.pair(trakt_user.slug) == brought
    assert browser.open("/history").status_code == 200
    assert renewals(trakt, sign_ins=2) == 1


def test_one_user_waits_for_no_other(
    two: tuple[Site, Site], visit_two: Visit, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    """While somebody renews a user's pair, that user's pages wait, and others read on."""
    ann, bob = visit_two(), visit_two()
    ann.sign_in(trakt_user.slug)
    trakt.advance(WEEK_S + 1)
    bob.sign_in(trakt.user(f"bob-{trakt_user.slug}").slug)
    with ThreadPoolExecutor(1) as pool:
        with locked(two[0], trakt_user.slug):
            waiting = pool.submit(ann.http.get, "/history")
            assert bob.open("/history").status_code == 200
            assert not waiting.done()
            assert renewals(trakt, sign_ins=2) == 0
        assert waiting.result().status_code == 200
    assert renewals(trakt, sign_ins=2) == 1


def test_another_key_means_sign_in_again_and_a_fallback_does_not(
    browser: Browser, site: Site, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    asked = (
        "from watchdiary.accounts.models import TraktAccount;"
        f"print(bool(TraktAccount.objects.get(slug='{trakt_user.slug}').tokens.access_token))"
    )
    new = {**site.env, "DJANGO_SECRET_KEY": "another-secret-key-that-is-just-as-long-as-the-one-before-it"}
    lost = manage(new, "shell", "-v", "0", "-c", asked)
    assert (lost.returncode != 0, "sign in again" in lost.stderr) == (True, True)
    kept = manage(
        {**new, "DJANGO_SECRET_KEY_FALLBACKS": site.env["DJANGO_SECRET_KEY"]}, "shell", "-v", "0", "-c", asked
    )
    assert kept.stdout.strip() == "True", kept.stderr


def test_no_secret_is_in_pages_logs_addresses_or_rows(
    browser: Browser, site: Site, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    first = site.pair(trakt_user.slug)
    trakt.advance(WEEK_S + 1)
    seen = [browser.open(path) for path in ("/", "/history", "/checkin", "/search?text=heat")]
    second = site.pair(trakt_user.slug)
    trakt.fault("401", times=None)
    seen.append(browser.open("/history"))
    assert first is not None
    assert second is not None
    secrets = {*first, *second, trakt.client_secret, site.env["DJANGO_SECRET_KEY"]}
    assert len(secrets) == 6
    wrote = site.log.read_text()
    assert "/callback" in wrote
    assert "code=" not in wrote
    assert "state=" not in wrote
    rows = str(site.rows("SELECT * FROM accounts_traktaccount")) + str(site.rows("SELECT * FROM django_session"))
    for secret in secrets:
        assert secret is not None
        assert secret not in wrote
        assert secret not in rows
        for page in seen:
            assert secret not in page.text + str(page.headers) + str(page.url)
