"""Random writes against a plain model, with the invariants of trakt-api.md 19 looked at after each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, BLANK, HEAT, WIRE, WIRE_S1E1, WIRE_S2E1, small_world
from watchprint.sandbox.rules.instants import runtime_min
from watchprint.sandbox.state import Item

MOVIES, EPISODES, SHOWS = [HEAT, ALIEN, BLANK], [WIRE_S1E1, WIRE_S1E1 + 1, WIRE_S2E1, 70101], [WIRE, 70]
known_or_not = st.sampled_from([*MOVIES, 404])
bodies = st.fixed_dictionaries(
    {},
    optional={
        "movies": st.lists(known_or_not, max_size=3),
        "shows": st.lists(st.sampled_from([*SHOWS, 404]), max_size=2),
        "episodes": st.lists(st.sampled_from([*EPISODES, 404]), max_size=3),
    },
)


def written(ids: dict[str, list[int]], **attrs: Any) -> dict[str, Any]:
    return {kind: [{"ids": {"trakt": trakt}, **attrs} for trakt in some] for kind, some in ids.items()}


class Account(RuleBasedStateMachine):
    """One account. The model: plays as (kind, Trakt id, minute, id), and sets of items."""

    @initialize()
    def begin(self) -> None:
        self.ada = Asker(small_world())
        self.plays: dict[int, tuple[str, int, str]] = {}
        self.watchlist: list[tuple[str, int]] = []
        self.rated: dict[tuple[str, int], int] = {}
        self.owned: set[tuple[str, int]] = set()
        self.newest_id = 0

    def _minute(self) -> str:
        return f"{self.ada.world.now:%Y-%m-%dT%H:%M}:00.000Z"

    def _leaves(self, ids: dict[str, list[int]], *, every: bool = False) -> list[tuple[str, int]]:
        """The films and episodes that a body means."""
        catalogue, now = self.ada.world.catalogue, self.ada.world.now
        leaves = [("movie", trakt) for trakt in ids.get("movies", []) if trakt in catalogue.movies]
        for trakt in ids.get("shows", []):
            seasons = catalogue.shows[trakt].seasons if trakt in catalogue.shows else []
            leaves += [
                ("episode", e.trakt)
                for season in seasons
                for e in season.episodes
                if every or (season.number and e.first_aired and e.first_aired <= now)
            ]
        return leaves + [("episode", trakt) for trakt in ids.get("episodes", []) if trakt in catalogue.episodes]

    def _watched(self, leaves: list[tuple[str, int]]) -> None:
        gone = set(leaves)
        for kind, trakt in leaves:
            if kind == "episode":
                gone.add(("show", self.ada.world.catalogue.episodes[trakt].show.trakt))
        self.watchlist = [item for item in self.watchlist if item not in gone]

    def _learn(self) -> None:
        """Take new plays over from the history; their ids only grow."""
        for row in sorted(self.ada.get("/sync/history?limit=250"), key=lambda row: row["id"]):
            if row["id"] not in self.plays:
                trakt = row[row["type"]]["ids"]["trakt"]
                self.plays[row["id"]] = (row["type"], trakt, row["watched_at"])

    @rule(seconds=st.integers(1, 20_000))
    def time_passes(self, seconds: int) -> None:
        watching = self.ada.user.watching
        self.ada.advance(seconds=seconds)
        if watching is not None and watching.checkin_id and watching.expires_at <= self.ada.world.now:
            at = f"{watching.expires_at:%Y-%m-%dT%H:%M}:00.000Z"
            self.plays[watching.checkin_id] = (watching.item.type, watching.item.trakt, at)
            self._watched([(watching.item.type, watching.item.trakt)])

    @rule(ids=bodies)
    def add_history(self, ids: dict[str, list[int]]) -> None:
        leaves, before = self._leaves(ids), len(self.plays)
        answer = self.ada.post("/sync/history", written(ids))
        assert answer["added"] == {f"{k}s": sum(kind == k for kind, _ in leaves) for k in ("movie", "episode")}
        lost = sum(trakt == 404 for some in ids.values() for trakt in some)
        assert sum(len(some) for some in answer["not_found"].values()) == lost
        self._learn()
        assert len(self.plays) == before + len(leaves)
        self._watched(leaves)

    @rule(ids=bodies)
    def remove_history(self, ids: dict[str, list[int]]) -> None:
        gone = set(self._leaves(ids, every=True))
        wanted = [play for play, (kind, trakt, _) in self.plays.items() if (kind, trakt) in gone]
        answer = self.ada.post("/sync/history/remove", written(ids), 200)
        assert sum(answer["deleted"].values()) == len(wanted)
        for play in wanted:
            del self.plays[play]
        maps = self.ada.get("/sync/watched/movies?extended=min") | self.ada.get("/sync/watched/episodes?extended=min")
        assert not {str(trakt) for _, trakt in gone} & maps.keys()

    @rule(data=st.data())
    def remove_plays(self, data: st.DataObject) -> None:
        some = data.draw(st.lists(st.sampled_from([*self.plays, 7]), max_size=3))
        answer = self.ada.post("/sync/history/remove", {"ids": some}, 200)
        known = {play for play in some if play in self.plays}
        assert sum(answer["deleted"].values()) == len(known)
        assert answer["not_found"]["ids"] == ([7] if 7 in some else [])
        for play in known:
            del self.plays[play]

    @rule(act=st.sampled_from(["start", "pause", "stop"]), progress=st.integers(0, 100), movie=st.sampled_from(MOVIES))
    def scrobble(self, act: str, progress: int, movie: int) -> None:
        said = self.ada.ask("POST", f"/scrobble/{act}", {"movie": {"ids": {"trakt": movie}}, "progress": progress})
        if said.status == 201 and said.json["action"] == "scrobble":
            assert act == "stop"
            assert progress >= 80
            self.plays[said.json["id"]] = ("movie", movie, self._minute())
            self._watched([("movie", movie)])
        elif said.status == 409:
            assert act == "stop"
            assert progress >= 80

    @rule(episode=st.sampled_from(EPISODES))
    def check_in(self, episode: int) -> None:
        running = self.ada.user.watching is not None and self.ada.user.watching.checkin_id is not None
        said = self.ada.ask("POST", "/checkin", {"episode": {"ids": {"trakt": episode}}})
        assert said.status == (409 if running else 201)

    @rule()
    def delete_checkin(self) -> None:
        assert self.ada.ask("DELETE", "/checkin").status == 204

    @rule(ids=bodies)
    def add_watchlist(self, ids: dict[str, list[int]]) -> None:
        asked = [(kind[:-1], trakt) for kind in ("movies", "shows", "episodes") for trakt in ids.get(kind, [])]
        known = [item for item in asked if item[1] != 404]
        answer = self.ada.post("/sync/watchlist", written(ids))
        new = [item for item in dict.fromkeys(known) if item not in self.watchlist]
        self.watchlist += new
        assert sum(answer["added"].values()) == len(new)
        assert sum(answer["existing"].values()) == len(known) - len(new)
        assert sum(len(some) for some in answer["not_found"].values()) == len(asked) - len(known)
        assert answer["list"]["item_count"] == len(self.watchlist)

    @rule(data=st.data())
    def reorder_watchlist(self, data: st.DataObject) -> None:
        rows = self.ada.get("/sync/watchlist")
        rank = data.draw(st.lists(st.sampled_from([*(row["id"] for row in rows), 7]), max_size=6))
        answer = self.ada.post("/sync/watchlist/reorder", {"rank": rank}, 200)
        named = [one for one in dict.fromkeys(rank) if one != 7]
        assert answer["updated"] == len(named)
        after = self.ada.get("/sync/watchlist")
        rest = [row["id"] for row in rows if row["id"] not in named]
        assert [row["id"] for row in after] == named + rest, "a permutation: the named, then the others as they were"
        self.watchlist = [(row["type"], row[row["type"]]["ids"]["trakt"]) for row in after]

    @rule(ids=bodies, points=st.integers(1, 10))
    def rate(self, ids: dict[str, list[int]], points: int) -> None:
        answer = self.ada.post("/sync/ratings", written(ids, rating=points))
        known = [(kind[:-1], trakt) for kind, some in ids.items() for trakt in some if trakt != 404]
        self.rated |= dict.fromkeys(known, points)
        assert sum(answer["added"].values()) == len(known)

    @rule(ids=bodies, remove=st.booleans())
    def own(self, ids: dict[str, list[int]], remove: bool) -> None:
        leaves = self._leaves(ids, every=remove)
        if remove:
            answer = self.ada.post("/sync/collection/remove", written(ids), 200)
            assert sum(answer["deleted"].values()) == len(self.owned & set(leaves))
            self.owned -= set(leaves)
            return
        answer = self.ada.post("/sync/collection", written(ids))
        assert sum(answer["added"].values()) == len(set(leaves) - self.owned)
        counted = sum(sum(answer[name].values()) for name in ("added", "updated", "existing"))
        assert counted == len(leaves)
        self.owned |= set(leaves)

    @invariant()
    def history_is_the_model_newest_first(self) -> None:
        rows = self.ada.walk("/sync/history", 7)
        seen = {row["id"]: (row["type"], row[row["type"]]["ids"]["trakt"], row["watched_at"]) for row in rows}
        assert seen == self.plays
        order = [(row["watched_at"], row["id"]) for row in rows]
        assert order == sorted(order, reverse=True)

    @invariant()
    def watched_counts_the_history(self) -> None:
        movies, shows = self.ada.get("/sync/watched/movies"), self.ada.get("/sync/watched/shows")
        assert sum(row["plays"] for row in movies) + sum(row["plays"] for row in shows) == len(self.plays)
        counts = Counter(trakt for kind, trakt, _ in self.plays.values() if kind == "movie")
        assert {row["movie"]["ids"]["trakt"]: row["plays"] for row in movies} == counts

    @invariant()
    def stats_derive_from_the_tables(self) -> None:
        said, catalogue = self.ada.get("/users/me/stats"), self.ada.world.catalogue
        for kind, titles in (("movie", catalogue.movies), ("episode", catalogue.episodes)):
            played = [titles[trakt] for one, trakt, _ in self.plays.values() if one == kind]
            stats = said[f"{kind}s"]
            assert stats["plays"] == len(played)
            assert stats["watched"] == len({title.trakt for title in played})
            assert stats["minutes"] == sum(runtime_min(title) or 0 for title in played)
            assert stats["collected"] == sum(one == kind for one, _ in self.owned)
        assert said["ratings"]["total"] == len(self.rated)
        points = Counter(str(n) for n in self.rated.values())
        assert {n: count for n, count in said["ratings"]["distribution"].items() if count} == points

    @invariant()
    def lists_are_the_model(self) -> None:
        rows = self.ada.get("/sync/watchlist")
        assert [(row["type"], row[row["type"]]["ids"]["trakt"]) for row in rows] == self.watchlist
        assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
        rated = {
            (row["type"], row[row["type"]]["ids"]["trakt"]): row["rating"] for row in self.ada.get("/sync/ratings")
        }
        assert rated == self.rated

    @invariant()
    def ids_only_grow(self) -> None:
        assert self.ada.world.state.next_id >= self.newest_id
        self.newest_id = self.ada.world.state.next_id
        assert all(play.id <= self.newest_id for play in self.ada.user.history)

    @invariant()
    def watching_has_not_run_out_and_positions_are_unique(self) -> None:
        said = self.ada.ask("GET", "/users/me/watching")
        watching = self.ada.user.watching
        assert (said.status == 200) == (watching is not None)
        if watching is not None:
            assert watching.expires_at > self.ada.world.now
            assert watching.expires_at <= self.ada.world.now + timedelta(hours=4)
        items: list[Item] = [saved.item for saved in self.ada.user.playback]
        assert len(items) == len(set(items))


Account.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAccount = Account.TestCase
