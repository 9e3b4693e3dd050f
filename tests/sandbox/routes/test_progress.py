"""Progress of one show and of all (trakt-api.md 11.9, 15)."""

from __future__ import annotations

from typing import Any

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ANIME, BOND, WIRE, WIRE_S0, WIRE_S1

WATCHED = f"/shows/{WIRE}/progress/watched"


def see(ada: Asker, season: int, *numbers: int, show: int = WIRE, at: str = "2026-03-01T10:00:00Z") -> None:
    episodes = [{"number": n} for n in numbers]
    body = {"ids": {"trakt": show}, "watched_at": at, "seasons": [{"number": season, "episodes": episodes}]}
    ada.post("/sync/history", {"shows": [body]})


def numbers(episode: Any) -> tuple[int, int] | None:
    return episode and (episode["season"], episode["number"])


def test_nothing_watched() -> None:
    said = Asker().get(WATCHED)
    assert (said["aired"], said["completed"], said["last_watched_at"], said["reset_at"]) == (5, 0, None, None)
    assert said["last_episode"] is None
    assert numbers(said["next_episode"]) == (1, 1)
    assert [season["number"] for season in said["seasons"]] == [1, 2]
    assert said["hidden_seasons"] == []


def test_only_aired_episodes_count() -> None:
    ada = Asker()
    see(ada, 2, 1, 2, 3)
    said = ada.get(WATCHED)
    assert (said["aired"], said["completed"]) == (5, 2)
    assert [e["number"] for e in said["seasons"][1]["episodes"]] == [1, 2]


def test_specials_only_when_asked_for_and_counted_unless_not() -> None:
    ada = Asker()
    see(ada, 0, 1)
    assert ada.get(WATCHED)["completed"] == 0
    with_specials = ada.get(f"{WATCHED}?specials=true")
    assert (with_specials["aired"], with_specials["completed"]) == (6, 1)
    uncounted = ada.get(f"{WATCHED}?specials=true&count_specials=false")
    assert (uncounted["aired"], uncounted["completed"]) == (5, 0)
    assert [season["number"] for season in uncounted["seasons"]] == [0, 1, 2]


def test_hidden_seasons_are_left_out_and_named() -> None:
    ada = Asker()
    see(ada, 2, 1)
    ada.post("/users/hidden/progress_watched", {"seasons": [{"ids": {"trakt": WIRE_S1}}]}, 200)
    said = ada.get(WATCHED)
    assert (said["aired"], [season["number"] for season in said["seasons"]]) == (2, [2])
    assert said["hidden_seasons"][0]["number"] == 1
    assert ada.get(f"{WATCHED}?hidden=true")["aired"] == 5


def test_last_and_next_by_order_and_by_activity() -> None:
    ada = Asker()
    see(ada, 2, 1, at="2026-03-01T10:00:00Z")
    see(ada, 1, 1, at="2026-03-02T10:00:00Z")
    by_order = ada.get(WATCHED)
    assert (numbers(by_order["last_episode"]), numbers(by_order["next_episode"])) == ((2, 1), (2, 2))
    by_activity = ada.get(f"{WATCHED}?last_activity=watched")
    assert (numbers(by_activity["last_episode"]), numbers(by_activity["next_episode"])) == ((1, 1), (1, 2))


def test_next_may_be_announced_and_is_null_when_nothing_comes() -> None:
    ada = Asker()
    see(ada, 2, 2)
    assert numbers(ada.get(WATCHED)["next_episode"]) == (2, 3), "airs in three days"
    see(ada, 2, 3)
    assert ada.get(WATCHED)["next_episode"] is None, "the fourth has no date"
    ada.post("/sync/history", {"shows": [{"ids": {"trakt": BOND}}]})
    assert ada.get(f"/shows/{BOND}/progress/watched")["next_episode"] is None


def test_a_reset_begins_anew_and_keeps_the_plays() -> None:
    vic = Asker(slug="vic")
    see(vic, 1, 1, 2)
    assert vic.post(f"{WATCHED}/reset", {}, 200) == {"reset_at": "2026-03-10T20:15:42.000Z"}
    said = vic.get(WATCHED)
    assert (said["completed"], said["reset_at"]) == (0, "2026-03-10T20:15:42.000Z")
    assert said["last_watched_at"] == "2026-03-01T10:00:00.000Z"
    assert vic.get("/sync/watched/shows")[0]["plays"] == 2
    see(vic, 1, 1, at="2026-03-10T20:16:00Z")
    said = vic.get(f"{WATCHED}?include_stats=true")
    assert (said["completed"], said["stats"]["play_count"]) == (1, 1)
    assert vic.get(f"{WATCHED}?include_stats=true&lifetime_stats=true")["stats"]["play_count"] == 3
    assert [row["show"]["title"] for row in vic.get("/sync/progress/watched?only_rewatching=true")] == ["The Wire"]
    assert vic.ask("DELETE", f"{WATCHED}/reset").status == 204
    assert vic.get(WATCHED)["completed"] == 2
    assert vic.ask("DELETE", f"{WATCHED}/reset").status == 204
    assert vic.post(f"{WATCHED}/reset", {"reset_at": "2026-03-01T10:00:00Z"}, 200)["reset_at"][:10] == "2026-03-01"
    assert vic.get(WATCHED)["completed"] == 2, "watched at the reset counts"


def test_resetting_is_for_vip() -> None:
    ada = Asker()
    said = ada.ask("POST", f"{WATCHED}/reset", {})
    assert (said.status, said.headers["X-Upgrade-URL"]) == (426, "https://app.trakt.tv/vip")
    assert ada.ask("DELETE", f"{WATCHED}/reset").status == 426


def test_stats_add_up() -> None:
    ada = Asker()
    see(ada, 1, 1, 1, 2)
    said = ada.get(f"{WATCHED}?include_stats=true")
    assert said["stats"] == {"play_count": 3, "minutes_watched": 150, "minutes_left": 150}
    assert said["seasons"][0]["stats"] == {"play_count": 3, "minutes_watched": 150, "minutes_left": 50}
    assert said["seasons"][0]["episodes"][0]["stats"]["play_count"] == 2
    assert "stats" not in ada.get(WATCHED)


def test_collected_progress() -> None:
    ada = Asker()
    ada.post("/sync/collection", {"seasons": [{"ids": {"trakt": WIRE_S1}}]})
    said = ada.get(f"/shows/{WIRE}/progress/collection")
    assert (said["aired"], said["completed"], said["reset_at"]) == (5, 3, None)
    assert said["last_collected_at"] == "2026-03-10T20:15:42.000Z"
    assert said["seasons"][0]["episodes"][0]["collected_at"] == "2026-03-10T20:15:42.000Z"
    assert numbers(said["next_episode"]) == (2, 1)


def feed(ada: Asker, path: str) -> list[str]:
    return [row["show"]["title"] for row in ada.get(f"/sync/progress/{path}")]


def test_feeds() -> None:
    ada = Asker()
    see(ada, 1, 1, show=ANIME, at="2026-03-01T10:00:00Z")
    see(ada, 1, 1, 2, show=BOND, at="2026-03-02T10:00:00Z")
    see(ada, 1, 1, at="2026-03-03T10:00:00Z")
    assert feed(ada, "watched") == ["The Wire", "Bond", "Anime"]
    assert feed(ada, "watched?sort_how=asc") == ["Anime", "Bond", "The Wire"]
    assert feed(ada, "watched?sort_by=title&sort_how=asc") == ["Anime", "Bond", "The Wire"]
    assert feed(ada, "watched?hide_completed=true") == ["The Wire", "Anime"]
    assert feed(ada, "watched?hide_not_completed=true") == ["Bond"]
    assert feed(ada, "watched?limit=1&page=2") == ["Bond"]
    assert feed(ada, "up_next") == ["The Wire", "Anime"]
    assert feed(ada, "up_next_nitro?intent=completed") == ["Bond"]
    row = ada.get("/sync/progress/up_next?include_stats=true")[0]["progress"]
    assert (row["aired"], row["completed"], numbers(row["next_episode"])) == (5, 1, (1, 2))
    assert row["stats"]["minutes_left"] == 200
    assert "stats" not in ada.get("/sync/progress/up_next")[0]["progress"]


def test_shows_to_start_come_from_the_watchlist() -> None:
    ada = Asker()
    see(ada, 1, 1)
    ada.post("/sync/watchlist", {"shows": [{"ids": {"trakt": ANIME}}]})
    assert feed(ada, "up_next_nitro?intent=start") == ["Anime"]
    assert set(feed(ada, "up_next_nitro?intent=all")) == {"Anime", "The Wire"}


def test_dropped_and_hidden_shows_leave_the_feeds_but_not_the_history() -> None:
    ada = Asker()
    see(ada, 1, 1)
    see(ada, 1, 1, show=ANIME)
    ada.post("/users/hidden/dropped", {"shows": [{"ids": {"trakt": WIRE}}]}, 200)
    ada.post("/users/hidden/progress_watched", {"shows": [{"ids": {"trakt": ANIME}}]}, 200)
    assert feed(ada, "watched") == feed(ada, "up_next") == []
    assert len(ada.get("/sync/history")) == 2


def test_the_special_season_counts_in_feeds_when_asked_for() -> None:
    ada = Asker()
    see(ada, 0, 1)
    assert WIRE_S0 == 280
    assert ada.get("/sync/progress/watched")[0]["progress"]["completed"] == 0
    assert ada.get("/sync/progress/watched?specials=true")[0]["progress"]["completed"] == 1
