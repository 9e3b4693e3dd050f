"""What goes wrong at Trakt, as this app's own clients see it: a status, a word for programs, a sentence for people."""

from __future__ import annotations

from typing import Any

import pytest
from mediaapp.refusals import refusal_of

import watchprint
from watchprint import Throttled, TraktError
from watchprint.testing import TestTrakt, TestUser

from .running import Browser

HEAT = {"kind": "movie", "tmdb": 949}
START = ("POST", "/player/start", {"item": HEAT, "progress_pct": 1})
NEW_LIST = ("POST", "/lists", {"name": "Sundays"})
READ = ("GET", "/shelves/history", None)


@pytest.mark.parametrize(
    ("fault", "more", "call", "status", "error"),
    [
        ("429", {"retry_after_s": 120}, START, 429, "too_fast"),
        ("429_html", {}, READ, 429, "too_fast"),
        ("426", {}, START, 402, "vip_only"),
        ("423", {}, START, 423, "account_locked"),
        ("empty_420", {}, START, 409, "account_full"),
        ("403", {}, START, 500, "app_refused"),
        ("503", {}, NEW_LIST, 409, "unsure"),
        ("reset", {}, NEW_LIST, 409, "unsure"),
    ],
)
def test_every_refusal(
    browser: Browser,
    trakt: TestTrakt,
    fault: str,
    more: dict[str, Any],
    call: tuple[str, str, Any],
    status: int,
    error: str,
) -> None:
    method, path, body = call
    trakt.fault(fault, times=None, **more)
    answer = browser.http.request(method, path, json=body)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["words"].endswith(".")
    if status == 429:
        assert int(answer.headers["retry-after"]) in range(100, 301)


def test_trakt_that_is_down(browser: Browser, trakt: TestTrakt) -> None:
    trakt.fault("503", path="/sync/history", times=None)
    answer = browser.get("/shelves/history")
    assert (answer.status_code, answer.json()["error"]) == (503, "trakt_broken")
    assert answer.headers["retry-after"] == "30"
    trakt.clear_faults()
    assert browser.get("/shelves/history").status_code == 200


@pytest.mark.trakt_user(limits={"lists": 0})
def test_a_full_account(browser: Browser) -> None:
    answer = browser.post("/lists", {"name": "One too many"})
    assert (answer.status_code, answer.json()["error"]) == (409, "account_full")


def test_what_trakt_does_not_know(browser: Browser) -> None:
    answer = browser.post("/player/start", {"item": {"kind": "movie", "tmdb": 1_999_999_999}, "progress_pct": 1})
    assert (answer.status_code, answer.json()["error"]) == (404, "unknown_title")


def test_what_cannot_be_is_told_in_the_words_of_the_library(browser: Browser) -> None:
    answer = browser.post("/shelves/history", {"items": [HEAT], "at": "2026-01-31T20:15:00"})
    assert (answer.status_code, answer.json()["error"]) == (422, "not_possible")
    assert "no time zone" in answer.json()["words"]


def test_every_error_of_the_library_has_an_answer() -> None:
    kinds = [value for name in watchprint.__all__ if _is_error(value := getattr(watchprint, name))]
    assert len(kinds) > 15
    for kind in kinds:
        error = Throttled("x", retry_after_s=59.2) if kind is Throttled else kind.__new__(kind)
        if kind is not Throttled:
            TraktError.__init__(error, "x")
        answer = refusal_of(error).response()
        assert answer.status_code >= 400
        assert (answer.headers.get("retry-after") == "60") == (kind is Throttled)


def test_no_answer_says_more_than_it_must(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.fault("503", times=None)
    said = browser.get("/profile").text
    for secret in (trakt.client_id, trakt.client_secret, "/sync/", "Bearer"):
        assert secret not in said


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, TraktError)
