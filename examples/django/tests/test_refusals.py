"""What goes wrong at Trakt, as a person is told it: honestly, and with what to do."""

from __future__ import annotations

from typing import Any

import pytest
from watchdiary.refusals import refusal_of

import watchprint
from watchprint import Throttled, TraktError
from watchprint.testing import TestTrakt, TestUser

from .browsing import Browser
from .test_profile import find, stored


@pytest.mark.parametrize(
    ("fault", "more", "status", "words"),
    [
        ("429", {"retry_after_s": 120}, 429, "Try again at"),
        ("423", {}, 423, "Only Trakt&#x27;s support"),
        ("403", {}, 500, "Whoever runs it"),
        ("503", {}, 503, "Try again a little later"),
        ("reset", {}, 503, "Nothing was changed"),
        ("bad_json", {}, 502, "may be wrong"),
    ],
)
def test_a_page_that_cannot_be_read(
    browser: Browser, trakt: TestTrakt, fault: str, more: dict[str, Any], status: int, words: str
) -> None:
    trakt.fault(fault, path="/sync/history*", times=None, **more)
    page = browser.open("/history")
    assert (page.status_code, words in page.text) == (status, True), page.text
    assert 'href="/history"' in page.text
    if status == 429:
        assert int(page.headers["retry-after"]) in range(60, 121)
    for place in ("/sync/", "Bearer", trakt.client_id):
        assert place not in page.text
    trakt.clear_faults()
    if status != 429:  # a pause is kept
        assert browser.open("/history").status_code == 200


@pytest.mark.parametrize(("fault", "status", "words"), [("426", 402, "Trakt VIP"), ("empty_420", 409, "is full")])
def test_a_change_that_is_refused(browser: Browser, trakt: TestTrakt, fault: str, status: int, words: str) -> None:
    key = find(browser, "tmdb:949")
    trakt.fault(fault, path="/sync/watchlist")
    page = browser.press("/watchlist", on=key)
    assert (page.status_code, words in page.text) == (status, True)
    assert "Nothing was stored" in page.text


@pytest.mark.trakt_user(limits={"lists": 0})
def test_a_full_account(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser.open("/lists")
    page = browser.press("/lists", name="One too many")
    assert (page.status_code, "Your Trakt account is full" in page.text) == (409, True)
    assert stored(trakt, trakt_user, "lists") == []


def test_a_play_that_is_stored_but_not_answered_is_one_play(
    browser: Browser, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    key = find(browser, "tmdb:949")
    trakt.fault("stored_504", method="POST", path="/sync/history")
    page = browser.press("/history", on=key)
    assert "It was in your history already" in page.text
    assert len(trakt.plays(trakt_user)) == 1


def test_a_play_that_never_arrived_is_one_play(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    key = find(browser, "tmdb:949")
    trakt.fault("502", method="POST", path="/sync/history")
    assert "Added to your history" in browser.press("/history", on=key).text
    assert len(trakt.plays(trakt_user)) == 1


def test_a_play_without_any_answer_is_told_as_what_it_is(
    browser: Browser, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    key = find(browser, "tmdb:949")
    trakt.fault("502", method="POST", path="/sync/history", times=2)
    page = browser.press("/history", on=key)
    assert (page.status_code, "may be stored, or may not be" in page.text) == (409, True)
    trakt.clear_faults()
    find(browser, "tmdb:949")
    browser.press("/history", on=key)
    assert len(trakt.plays(trakt_user)) == 1


def test_a_list_that_is_stored_but_not_answered_is_one_list(
    browser: Browser, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    browser.open("/lists")
    trakt.fault("stored_504", method="POST", path="/users/me/lists")
    page = browser.press("/lists", name="Sundays")
    assert "there could be two" in page.text
    assert "Sundays</a>" in page.text, "it shows what is there"
    assert len(stored(trakt, trakt_user, "lists")) == 1


def test_a_title_that_trakt_does_not_know(browser: Browser, trakt: TestTrakt) -> None:
    find(browser, "tmdb:949")
    page = browser.press("/watchlist", item="movie:999999999")
    assert "Trakt does not know this title any more" in page.text


def test_favourites_take_films_and_shows_only(browser: Browser) -> None:
    find(browser, "tmdb:949")
    page = browser.press("/favourites", item="episode:1")
    assert (page.status_code, "That is not possible" in page.text) == (422, True)


def test_every_error_of_the_library_has_a_page() -> None:
    kinds = [value for name in watchprint.__all__ if _is_error(value := getattr(watchprint, name))]
    assert len(kinds) > 15
    for kind in kinds:
        error = Throttled("x", retry_after_s=59.2) if kind is Throttled else kind.__new__(kind)
        if kind is not Throttled:
            TraktError.__init__(error, "x")
        refusal = refusal_of(error)
        assert refusal.status >= 400
        assert refusal.words.endswith(".")
        assert (refusal.retry_after_s == 59.2) == (kind is Throttled)


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, TraktError)
