"""Watched titles in all forms (trakt-api.md 11.4)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, ANIME, BOND, HEAT, WIRE, WIRE_S0, WIRE_S1, WIRE_S1E1

DAY = "2026-02-0{}T10:00:00.000Z"


@pytest.fixture
def ada() -> Asker:
    """Heat three times (once undated), a special twice, episode 1x01 twice, Bond once."""
    ada = Asker()
    heat = [{"ids": {"trakt": HEAT}, "watched_at": at} for at in (DAY.format(1), DAY.format(2), "unknown")]
    wire = [{"ids": {"trakt": WIRE_S1E1}, "watched_at": DAY.format(n)} for n in (3, 4)]
    bond = [{"ids": {"trakt": 70101}, "watched_at": DAY.format(1)}]
    special = [{"ids": {"trakt": WIRE_S0 * 100 + 1}, "watched_at": DAY.format(n)} for n in (5, 6)]
    ada.post("/sync/history", {"movies": heat, "episodes": wire + bond + special})
    return ada


def test_rows_count_every_play(ada: Asker) -> None:
    (row,) = ada.get("/sync/watched/movies")
    assert (row["plays"], row["last_watched_at"]) == (3, DAY.format(2))
    assert row["last_updated_at"] == "2026-03-10T20:15:42.000Z"
    shows = {row["show"]["title"]: row["plays"] for row in ada.get("/sync/watched/shows")}
    assert shows == {"The Wire": 4, "Bond": 1}
    assert [row["plays"] for row in ada.get("/sync/watched/episodes")] == [2, 2, 1]
    assert ada.get("/users/ada/watched/movies") == ada.get("/sync/watched/movies")


@pytest.mark.parametrize("extended", ["", "?extended=full", "?extended=noseasons", "?extended=full,images"])
def test_full_facts_without_images_and_seasons(ada: Asker, extended: str) -> None:
    (movie,) = ada.get(f"/sync/watched/movies{extended}")
    assert movie["movie"]["runtime"] == 170
    assert "images" not in movie["movie"]
    show = ada.get(f"/sync/watched/shows{extended}")[0]
    assert show["show"]["aired_episodes"] == 5
    assert "images" not in show["show"]
    assert "seasons" not in show
    assert show["reset_at"] is None


def test_progress_brings_seasons_and_a_minimal_show(ada: Asker) -> None:
    row = ada.get("/sync/watched/shows?extended=progress")[0]
    assert set(row["show"]) == {"title", "year", "ids", "aired_episodes"}
    assert row["seasons"] == [{"number": 1, "episodes": [{"number": 1, "plays": 2, "last_watched_at": DAY.format(4)}]}]
    assert ada.get("/sync/watched/shows?extended=full,progress")[0]["show"]["network"] == "HBO"
    with_specials = ada.get("/sync/watched/shows?extended=progress&specials=true")[0]
    assert [season["number"] for season in with_specials["seasons"]] == [0, 1]


def test_most_recently_watched_first(ada: Asker) -> None:
    times = [row["last_watched_at"] for row in ada.get("/sync/watched/episodes")]
    assert times == sorted(times, reverse=True)


def test_limits(ada: Asker) -> None:
    def limit(address: str) -> str | None:
        return ada.ask("GET", address).headers.get("X-Pagination-Limit")

    assert limit("/sync/watched/shows") == "100"
    assert limit("/sync/watched/shows?limit=1000") == "250"
    assert limit("/sync/watched/shows?limit=1000&extended=progress") == "100"
    assert limit("/sync/watched/movies?limit=1000&extended=progress") == "250"
    assert limit("/sync/watched/shows?extended=min") is None
    assert limit("/sync/watched/shows?extended=min&limit=1000") == "250"


def test_the_compact_maps(ada: Asker) -> None:
    unknown = "1970-01-01T00:00:00.000Z"
    assert ada.get("/sync/watched/movies?extended=min") == {str(HEAT): [DAY.format(2), DAY.format(1), unknown]}
    first = {str(WIRE_S1): {str(WIRE_S1E1): [DAY.format(4), DAY.format(3)]}}
    bond = {"701": {"70101": [DAY.format(1)]}}
    assert ada.get("/sync/watched/shows?extended=min") == {str(WIRE): first, str(BOND): bond}
    special = {str(WIRE_S0): {f"{WIRE_S0}01": [DAY.format(6), DAY.format(5)]}}
    assert ada.get("/sync/watched/shows?extended=min&specials=true")[str(WIRE)] == first | special
    numbered = ada.get("/sync/watched/shows?extended=min&specials=true&season_numbers=true")[str(WIRE)]
    assert set(numbered) == {f"{WIRE_S0}|0", f"{WIRE_S1}|1"}
    assert ada.get("/users/me/watched/episodes?extended=min") == {
        f"{WIRE_S0}01": [DAY.format(6), DAY.format(5)],
        str(WIRE_S1E1): [DAY.format(4), DAY.format(3)],
        "70101": [DAY.format(1)],
    }


def test_maps_page_when_asked_and_are_empty_past_the_end(ada: Asker) -> None:
    whole = ada.get("/sync/watched/shows?extended=min")
    pages = [ada.get(f"/sync/watched/shows?extended=min&page={n}&limit=1") for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [1, 1, 0]
    assert pages[0] | pages[1] == whole
    assert pages[2] == {}


def test_a_show_of_which_only_specials_were_watched_stays_a_row(ada: Asker) -> None:
    ada.post("/sync/history/remove", {"episodes": [{"ids": {"trakt": WIRE_S1E1}}]}, 200)
    assert len(ada.get("/sync/watched/shows")) == 2
    assert str(WIRE) not in ada.get("/sync/watched/shows?extended=min")
    assert str(WIRE) in ada.get("/sync/watched/shows?extended=min&specials=true")


def test_maps_follow_every_change(ada: Asker) -> None:
    ada.get("/sync/watched/movies?extended=min")
    ada.post("/sync/history", {"movies": [{"ids": {"trakt": ALIEN}}]})
    assert str(ALIEN) in ada.get("/sync/watched/movies?extended=min")


def test_a_restored_state_of_the_same_revision_is_not_mistaken_for_another(ada: Asker) -> None:
    ada.get("/sync/watched/movies?extended=min")
    other = Asker().user
    other.revision = ada.user.revision
    ada.world.state.users["ada"] = other
    assert ada.get("/sync/watched/movies?extended=min") == {}


@pytest.mark.parametrize("known", [True, False])
def test_last_updated_at_does_not_move_on_removal(ada: Asker, known: bool) -> None:
    if not known:
        ada.user.watched_updated_at.clear()
    before = {row["show"]["title"]: row["last_updated_at"] for row in ada.get("/sync/watched/shows")}
    newest = ada.get("/sync/history")[0]["id"]
    ada.advance(hours=1)
    ada.post("/sync/history/remove", {"ids": [newest]}, 200)
    after: dict[str, Any] = {row["show"]["title"]: row for row in ada.get("/sync/watched/shows")}
    assert {title: row["last_updated_at"] for title, row in after.items()} == before
    assert after["The Wire"]["last_watched_at"] == DAY.format(5)


def test_unknown_types_are_404(ada: Asker) -> None:
    ada.get("/sync/watched/seasons", 404)
    assert ada.get("/sync/watched/shows?page=9") == []
    assert ANIME not in {row["show"]["ids"]["trakt"] for row in ada.get("/sync/watched/shows")}
