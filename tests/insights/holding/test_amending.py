"""A lens that is amended answers as one that has loaded the same rows anew, whatever has changed in which order."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest

from watchprint import insights
from watchprint.insights.loading.tables import LOADED_RATINGS, TITLES, loaded_plays

SEEDS = max(5, int(os.environ.get("WATCHPRINT_EXAMPLES", "0")) // 5)
STEPS = 4
ZONE = "Europe/Berlin"
BEGAN = datetime(2021, 10, 29, 16, tzinfo=UTC)
"""Two evenings before the clocks go back."""
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("totals", {}), ("totals", {"as_trakt_counts": False}), ("by-month", {}), ("calendar", {"day_start": "00:00"}),
    ("punch-card", {}), ("top", {"genre": "crime"}), ("ratings", {}), ("streaks", {"zone": "America/New_York"}),
    ("in-progress", {}), ("rewatches", {}), ("sessions", {}),
]  # fmt: skip
"""After each step; after the last one, `EVERY`: each name that there is, and some of what else a view depends on."""
EVERY: list[tuple[str, dict[str, Any]]] = [
    *ASKED, *((name, {}) for name in insights.NAMES),
    ("sessions", {"period": "2021-10-31"}), ("places", {"kind": "movie"}), ("by-week", {"show": "Title 1"}),
    ("eras", {"of": "country"}), ("premiere", {"of": "genre"}),
]  # fmt: skip


class World:
    """Plays, titles and ratings as a store holds them, and what has changed since they were last handed out."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.titles: dict[int, dict[str, Any]] = {}
        self.plays: dict[str, dict[str, Any]] = {}
        self.ratings: dict[int, dict[str, Any]] = {}
        self.changed: set[str] = set()
        self.told: set[int] = set()
        self.gone: set[str] = set()
        for number in (1, 2):
            self.title(number, "show")
        for _ in range(20):
            self.add()

    def title(self, number: int, kind: str, show_id: int | None = None) -> int:
        if number not in self.titles:
            place = {"season": 1, "number": number % 10} if kind == "episode" else {"season": None, "number": None}
            facts = dict.fromkeys(TITLES.names) | place
            self.titles[number] = facts | {
                "title_id": number, "kind": kind, "key": str(number), "show_id": show_id, "name": f"Title {number}",
                "runtime_min": self.draw.choice([None, 24, 45, 700]), "genres": self.draw.choice([None, ["crime"]]),
                "year": 2000, "country": self.draw.choice([None, "us"]), "first_aired_at": BEGAN,
            }  # fmt: skip
            self.told.add(number)
        return number

    def any_title(self) -> dict[str, Any]:
        if self.draw.random() < 0.1:
            return {"title_id": None, "show_id": None, "kind": self.draw.choice([None, "movie"])}
        if self.draw.random() < 0.3:
            return {"title_id": self.title(self.draw.randrange(100, 103), "movie"), "show_id": None, "kind": "movie"}
        show = self.draw.choice([1, 2])
        number = self.title(show * 10 + self.draw.randrange(4), "episode", show)
        return {"title_id": number, "show_id": show, "kind": "episode"}

    def when(self) -> dict[str, Any]:
        days = timedelta(days=self.draw.randrange(4), minutes=self.draw.choice([0, 0, 1, 23, 45, 600, 720]))
        at = None if self.draw.random() < 0.1 else BEGAN + days
        return {"watched_at": at, "watched_s": None if at is None else int(at.timestamp())}

    def add(self) -> None:
        play_id = str(UUID(int=self.draw.getrandbits(128)))
        own = {"account_id": 7, "play_id": play_id, "action": "scrobble"}
        self.plays[play_id] = {**own, "place": None, "place_kind": None, **self.any_title(), **self.when()}
        self.changed.add(play_id)

    def step(self) -> None:
        act = self.draw.choice(["add", "burst", "edit", "retitle", "remove", "learn", "rate", "add"])
        some = self.draw.choice(sorted(self.plays)) if self.plays else None
        if act == "burst":
            for _ in range(4):
                self.add()
        elif act == "learn":
            number = self.draw.choice(sorted(self.titles))
            self.titles[number] |= {"runtime_min": self.draw.choice([None, 24, 300]), "genres": ["crime"]}
            self.told.add(number)
        elif act == "rate":
            of = self.any_title()
            if of["title_id"] is not None:
                own = {"rated_at": BEGAN, "rating": self.draw.randrange(1, 11), "at_rating_time": True}
                self.ratings[of["title_id"]] = dict.fromkeys(LOADED_RATINGS.names) | of | own | {"account_id": 7}
        elif act == "add" or some is None:
            self.add()
        elif act == "remove":
            del self.plays[some]
            self.changed.discard(some)
            self.gone.add(some)
        else:
            self.plays[some] |= self.when() if act == "edit" else self.any_title()
            self.changed.add(some)

    def whole(self) -> dict[str, Any]:
        """All rows, as a store hands them out."""
        return self._tables(list(self.plays), sorted(self.titles))

    def news(self) -> dict[str, Any]:
        """What has changed."""
        new = self._tables(sorted(self.changed), sorted(self.told)) | {"gone": sorted(self.gone)}
        self.changed, self.told, self.gone = set(), set(), set()
        return new

    def _tables(self, plays: list[str], titles: list[int]) -> dict[str, Any]:
        return {
            "plays": pa.Table.from_pylist([self.plays[each] for each in plays], loaded_plays(pa.string())),
            "titles": pa.Table.from_pylist([self.titles[each] for each in titles], TITLES),
            "ratings": pa.Table.from_pylist(list(self.ratings.values()), LOADED_RATINGS),
        }


def answers(lens: Any, questions: list[tuple[str, dict[str, Any]]] = ASKED) -> list[Any]:
    """Everything that the lens answers, with the plays behind it."""
    in_zone: list[tuple[str, dict[str, Any]]] = [(name, {"zone": ZONE, **asked}) for name, asked in questions]
    given = (lens.ask(name, **asked) for name, asked in in_zone)
    return [(each.to_json_dict(plays_behind=len(each.rows) < 5), each.plays_left_out("bulk")) for each in given]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_an_amended_lens_answers_as_a_fresh_one(seed: int) -> None:
    world = World(seed)
    lens = insights.prepared(**world.whole())
    world.news()
    answers(lens)
    for questions in [ASKED] * (STEPS - 1) + [EVERY]:
        for _ in range(world.draw.randrange(1, 4)):
            world.step()
        assert lens.amend(**world.news())
        for ours, theirs in zip(
            answers(lens, questions), answers(insights.prepared(**world.whole()), questions), strict=True
        ):
            assert ours == theirs


def test_what_cannot_be_amended_is_said() -> None:
    world = World(0)
    lens = insights.prepared(**world.whole())
    world.news()
    before = answers(lens)
    number = next(each for each in world.titles if world.titles[each]["kind"] == "episode")
    world.titles[number] |= {"show_id": 3 - world.titles[number]["show_id"]}
    world.told.add(number)
    assert not lens.amend(**world.news())
    world.add()
    next(iter(world.changed))
    world.plays[next(iter(world.changed))] |= {"place": "A cinema", "place_kind": "cinema"}
    assert not lens.amend(**world.news())
    assert answers(lens) == before
