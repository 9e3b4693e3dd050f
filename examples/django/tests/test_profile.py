"""The profile shows everything of its owner, changes it at Trakt, and shows nothing of anybody else."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from watchprint.testing import TestTrakt, TestUser

from .browsing import Browser, Page
from .conftest import Visit

SHELVES = ("/history", "/watchlist", "/library", "/favourites", "/lists")


def find(browser: Browser, text: str) -> str:
    """Search for a title; what forms carry for the first hit."""
    page = browser.http.get("/search", params={"text": text})
    assert page.status_code == 200, page.text
    browser.page = page
    return next(form.fields["item"] for form in Page(page.text).forms if "item" in form.fields)


def stored(trakt: TestTrakt, user: TestUser, what: str) -> Any:
    """What Trakt keeps of a user; of the watchlist its entries."""
    kept = trakt.state(user)[what]
    return kept["entries"] if what == "watchlist" else kept


def writes(trakt: TestTrakt) -> list[str]:
    """Paths of what was written at Trakt, sign-ins left out."""
    return [row["path"] for row in trakt.requests if row["method"] != "GET" and "/oauth/" not in row["path"]]


def test_an_empty_account_is_told_where_to_begin(browser: Browser) -> None:
    assert "Nothing is here yet" in browser.open("/").text
    for path, words in zip(
        SHELVES, ("not watched anything", "Nothing is waiting", "what you own", "No favourites", "No list"), strict=True
    ):
        page = browser.open(path)
        assert (page.status_code, words in page.text) == (200, True), path
    assert "You are not checked in" in browser.open("/checkin").text
    assert "knows nothing by that name" in browser.http.get("/search?text=xyzzyqqq").text


@pytest.mark.parametrize(
    ("shelf", "title", "kept", "text", "said"),
    [
        ("/watchlist", "tmdb:348", "watchlist", "Alien (1979)", "your watchlist"),
        ("/library", "tmdb:949", "collection", "Heat (1995)", "your library"),
        ("/favourites", "tmdb:949", "ratings", "Heat (1995)", "your favourites"),
    ],
)
def test_a_title_is_put_on_a_shelf_and_taken_away(
    browser: Browser, trakt: TestTrakt, trakt_user: TestUser, shelf: str, title: str, kept: str, text: str, said: str
) -> None:
    key = find(browser, title)
    page = browser.press(shelf, on=key)
    assert (page.status_code, f"Added to {said}" in page.text) == (200, True)
    assert "/search" in str(page.url), "back to where the form stood"
    assert len(stored(trakt, trakt_user, kept)) == 1
    assert f"in {said} already: nothing was changed" in browser.press(shelf, on=key).text
    for place in (shelf, "/"):
        assert text in browser.open(place).text
    browser.open(shelf)
    assert f"Removed from {said}" in browser.press(shelf, do="remove", on=key).text
    assert not stored(trakt, trakt_user, kept)
    assert text not in browser.open(shelf).text


def test_a_favourite_says_which_rating_it_replaces(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    headers = {"Authorization": f"Bearer {trakt_user.access_token}", "trakt-api-key": trakt.client_id}
    body = {"movies": [{"ids": {"tmdb": 949}, "rating": 7}]}
    headers |= {"trakt-api-version": "2", "User-Agent": "tests"}
    assert httpx2.post(f"{trakt.base_url}/sync/ratings", json=body, headers=headers).status_code == 201
    key = find(browser, "tmdb:949")
    assert "that replaces your rating of 7" in browser.press("/favourites", on=key).text


@pytest.mark.trakt_user(zone="America/New_York")
def test_plays_are_added_with_their_time_and_removed_one_by_one(
    browser: Browser, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    key = find(browser, "tmdb:949")
    assert "Added to your history" in browser.press("/history", on=key, when="at", at="2026-01-31T20:15").text
    [play] = trakt.plays(trakt_user)
    assert play["watched_at"].startswith("2026-02-01T01:15"), "20:15 in New York"
    assert "31 January 2026, 20:15" in browser.open("/history").text
    assert "totals" in browser.open("/").text
    find(browser, "tmdb:949")
    assert "already: nothing was changed" in browser.press("/history", on=key, when="at", at="2026-01-31T20:15").text
    find(browser, "tmdb:949")
    browser.press("/history", on=key, when="unknown")
    assert "on an unknown day" in browser.open("/history").text
    assert len(trakt.plays(trakt_user)) == 2
    assert "Removed from your history" in browser.press("/history", do="remove", on=str(play["id"])).text
    [left] = trakt.plays(trakt_user)
    assert left["id"] != play["id"]


@pytest.mark.trakt_user(zone="Europe/Paris")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"when": "at"}, "Say at what time."),
        ({"when": "at", "at": "yesterday"}, "Enter a valid date/time."),
        ({"when": "at", "at": "2026-03-29T02:30"}, "could"),  # the clock jumps over it
        ({"when": "sometime"}, "not one of the available choices"),
        ({"item": "movie:x"}, "This is not a title"),
        ({"item": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_before_trakt_is_asked(
    browser: Browser, trakt: TestTrakt, typed: dict[str, str], words: str
) -> None:
    key = find(browser, "tmdb:949")
    page = browser.press("/history", on=key, **typed)
    assert words in page.text
    assert writes(trakt) == []


def test_lists_are_made_filled_and_deleted(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    browser.open("/lists")
    page = browser.press("/lists", name="Rainy <Sundays>", description="For & against", privacy="link")
    assert "The list “Rainy &lt;Sundays&gt;” is there." in page.text
    [made] = stored(trakt, trakt_user, "lists")
    assert made["privacy"] == "link"
    key = find(browser, "tmdb:949")
    assert "Added to this list" in browser.press("/add-to-list", on=key).text
    page = browser.open("/lists/rainy-sundays")
    assert "Heat (1995)" in page.text
    assert "For &amp; against" in page.text
    assert "1 entry" in browser.open("/").text
    browser.open("/lists/rainy-sundays")
    assert "Removed from this list" in browser.press("/lists/rainy-sundays", do="remove", on=key).text
    assert "This list is empty" in browser.shown
    assert "The list is deleted." in browser.press("/lists/rainy-sundays/delete").text
    assert stored(trakt, trakt_user, "lists") == []
    assert browser.open("/lists/rainy-sundays").status_code == 404


def test_a_list_without_a_name_is_refused(browser: Browser, trakt: TestTrakt) -> None:
    browser.open("/lists")
    page = browser.press("/lists", name=" ", privacy="everyone")
    assert (page.status_code, page.text.count("errorlist")) == (422, 2)
    assert writes(trakt) == []


@pytest.mark.trakt_user(connections={"mastodon": True})
def test_a_check_in_becomes_a_play_or_is_ended(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    key = find(browser, "tmdb:949")
    [link] = [
        a["href"] for tag, a in Page(browser.shown).tags if tag == "a" and a.get("href", "").startswith("/checkin?")
    ]
    assert "Heat (1995)" in browser.open(link).text
    page = browser.press("/checkin", message="At last", place="Lichtspiel", kind="cinema", share_place="on")
    assert "You are checked in." in page.text
    [said] = [row["body"] for row in trakt.requests if row["path"] == "/checkin"]
    assert ("At last" in said["message"], "Lichtspiel" in said["message"]) == (True, True)
    assert "Watching now" in browser.open("/").text
    browser.open(link)
    page = browser.press("/checkin", on=key, message="Again")
    assert (page.status_code, "Something is on already" in page.text) == (409, True)
    browser.open("/checkin")
    assert "becomes no play" in browser.press("/checkin", do="end").text
    browser.open(link)
    browser.press("/checkin", on=key)
    trakt.advance(4 * 3600)
    assert [play["action"] for play in trakt.plays(trakt_user)] == ["checkin"]


def test_a_place_stays_here_unless_it_is_shared(browser: Browser, trakt: TestTrakt) -> None:
    key = find(browser, "tmdb:949")
    browser.open(f"/checkin?item={key}")
    browser.press("/checkin", on=key, message="At last", place="Lichtspiel", kind="cinema")
    [said] = [row["body"] for row in trakt.requests if row["path"] == "/checkin"]
    assert "Lichtspiel" not in str(said)
    browser.open(f"/checkin?item={key}")
    assert "Name the place" in browser.press("/checkin", on=key, share_place="on").text


def test_what_cannot_be_checked_in_to_is_refused(browser: Browser, trakt: TestTrakt) -> None:
    find(browser, "tmdb:949")
    browser.open("/checkin?item=show:1")
    assert "to a film or an episode" in browser.press("/checkin").text
    assert writes(trakt) == []


@pytest.mark.trakt_user(plays=120)
def test_long_shelves_are_shown_in_parts(browser: Browser) -> None:
    def rows(path: str) -> int:
        return sum(form.action == "" and "play" in form.fields for form in Page(browser.open(path).text).forms)

    assert rows("/history") == 50
    assert 'href="?rows=100"' in browser.shown
    assert rows("/history?rows=100") == 100
    assert rows("/history?rows=200") == 120
    assert "Show more" not in browser.shown
    for odd in ("0", "-1", "x", "9" * 30, "¹"):
        assert rows(f"/history?rows={odd}") in (1, 50, 120)


def test_nobody_sees_anything_of_anybody_else(
    browser: Browser, visit: Visit, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    key = find(browser, "tmdb:949")
    browser.press("/favourites", on=key)
    browser.press("/watchlist", on=key)
    browser.press("/history", on=key)
    browser.open("/lists")
    browser.press("/lists", name="Rainy Sundays")
    [play] = trakt.plays(trakt_user)
    stranger = visit()
    stranger.sign_in(trakt.user(f"stranger-{trakt_user.slug}").slug)
    for path in ("/", *SHELVES, "/checkin"):
        page = stranger.open(path).text
        assert "Heat" not in page, path
        assert "Rainy" not in page, path
    assert stranger.open("/lists/rainy-sundays").status_code == 404
    token = stranger.http.cookies["csrftoken"]
    for path, body in (
        ("/history", {"do": "remove", "play": str(play["id"])}),
        ("/favourites", {"do": "remove", "item": key}),
        ("/lists/rainy-sundays/delete", {}),
        ("/lists/rainy-sundays", {"item": key}),
    ):
        stranger.http.post(path, data={**body, "csrfmiddlewaretoken": token})
    assert len(trakt.plays(trakt_user)) == 1
    assert len(stored(trakt, trakt_user, "lists")) == 1
    assert len(stored(trakt, trakt_user, "ratings")) == 1


CHANGES = [
    "/history", "/watchlist", "/library", "/favourites", "/lists", "/lists/x", "/lists/x/delete", "/add-to-list",
    "/checkin", "/signout", "/forget",
]  # fmt: skip


def test_no_other_site_changes_anything(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    """A form without the token of this session is refused, whoever's cookie comes with it."""
    key = find(browser, "tmdb:949")
    before = len(trakt.requests)
    for path in CHANGES:
        said = {"item": key, "name": "Evil", "csrfmiddlewaretoken": "x" * 64}
        page = browser.http.post(path, data=said)
        assert (page.status_code, "Nothing was changed" in page.text) == (403, True), path
        token = browser.http.cookies["csrftoken"]
        page = browser.http.post(
            path, data={**said, "csrfmiddlewaretoken": token}, headers={"Origin": "https://evil.example"}
        )
        assert page.status_code == 403, path
    assert len(trakt.requests) == before
    assert browser.open("/history").status_code == 200


def test_nothing_without_a_session(visit: Visit, trakt: TestTrakt) -> None:
    browser = visit()
    browser.http.cookies.set("sessionid", "made-up", domain="127.0.0.1")
    for path in (*SHELVES, "/search?text=heat", "/checkin", "/lists/x"):
        answer = browser.http.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].startswith("/signin?")) == (302, True), path
    assert trakt.requests == []


def test_pages_can_be_read_by_everybody(browser: Browser) -> None:
    """One heading, a language, a name for every field and button, nothing from elsewhere, and no script."""
    find(browser, "heat")
    browser.press("/watchlist")
    browser.open("/lists")
    browser.press("/lists", name="Sundays")
    key = find(browser, "heat")
    for path in ("/", "/signin", *SHELVES, "/search?text=heat", f"/checkin?item={key}", "/nowhere", "/lists/sundays"):
        answer = browser.open(path)
        page = Page(answer.text)
        names = [tag for tag, _ in page.tags]
        assert (names.count("h1"), names.count("main"), names.count("title")) == (1, 1, 1), path
        assert ("html", {"lang": "en"}) in page.tags
        assert "script" not in names
        ids = [known["id"] for _, known in page.tags if "id" in known]
        assert len(ids) == len(set(ids)), path
        labelled = {known["for"] for tag, known in page.tags if tag == "label"}
        for tag, known in page.tags:
            if tag in ("input", "select") and known.get("type") != "hidden":
                assert known.get("id") in labelled, (path, known)
            for where in (known.get("href", ""), known.get("src", "")):
                assert not where.startswith(("http:", "https:", "//")), (path, where)
            assert not any(name.startswith("on") or name == "style" for name in known), (path, known)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert answer.headers["cache-control"] == "no-store"
