"""What has changed since a revision amends a lens to what a fresh one is, whatever happened in the store."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from watchprint import insights
from watchprint.domain.play import Arrival
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, Work
from watchprint.store.lens.loading import AccountTables
from watchprint.store.shelves.values import RatingSeen

SEEDS = max(3, int(os.environ.get("WATCHPRINT_EXAMPLES", "0")) // 10)
BEGAN = datetime(2021, 10, 29, 16, tzinfo=UTC)
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("totals", {}), ("by-month", {}), ("punch-card", {}), ("top", {}), ("ratings", {}), ("in-progress", {}),
    ("streaks", {}), ("top", {"of": "genre"}),
]  # fmt: skip


def title(draw: random.Random, number: int | None = None, length: int | None = 45) -> Title:
    number = draw.randrange(9) if number is None else number
    show = Title(
        kind="show", ids={"trakt": 1 + number // 3}, facts=Facts(name=f"Show {number // 3}", genres=("crime",))
    )
    own = Facts(name=f"Part {number}", runtime_min=length, first_aired_at=BEGAN - timedelta(days=number))
    return Title(kind="episode", ids={"trakt": 100 + number}, show=show, season=1, number=1 + number, facts=own)


def step(work: Work, account_id: int, draw: random.Random, number: int) -> None:
    act = draw.choice(["play", "play", "play", "edit", "remove", "learn", "episode", "rate", "nothing"])
    there = [play for play in work.plays.page(account_id, limit=50) if play.trakt_id is not None]
    at = BEGAN + timedelta(days=draw.randrange(3), minutes=draw.choice([0, 0, 20, 600]))
    if act == "play" or (act in ("edit", "remove") and not there):
        [found] = work.titles.resolve_all([title(draw)], "trakt")
        work.plays.arrive(account_id, [Arrival(title_id=found, watched_at=at, trakt_id=number + 1, action="scrobble")])
    elif act == "edit":
        play = draw.choice(there)
        again = Arrival(title_id=play.title_id, watched_at=at, trakt_id=play.trakt_id, action="scrobble")
        work.plays.arrive(account_id, [again])
    elif act == "remove":
        work.plays.remove(account_id, [draw.choice(there).id])
    elif act in ("learn", "episode"):
        work.titles.resolve_all([title(draw, length=draw.choice([24, 300]))], "trakt")
    elif act == "rate":
        [found] = work.titles.resolve_all([title(draw)], "trakt")
        if found is not None:
            work.ratings.put(account_id, [RatingSeen(title_id=found, rating=draw.randrange(1, 11), rated_at=BEGAN)])


def fresh(store: Store, account_id: int) -> tuple[Any, int, int]:
    return opened(store.tables(account_id))


def opened(rows: AccountTables) -> tuple[Any, int, int]:
    known = max(rows.titles.column("title_id").to_pylist(), default=0)
    return insights.prepared(plays=rows.plays, titles=rows.titles, ratings=rows.ratings), rows.revision, known


def answers(lens: Any) -> list[Any]:
    return [lens.ask(name, **asked).to_json_dict(plays_behind=True) for name, asked in ASKED]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_lens_amended_by_changes_answers_as_a_fresh_one(store: Store, seed: int) -> None:
    draw = random.Random(seed)
    account_id = store.write(lambda work: work.accounts.create(f"a{len(work.accounts.all())}")).id
    for number in range(12):
        store.write(partial(step, account_id=account_id, draw=draw, number=seed * 1000 + number))
    lens, revision, known = fresh(store, account_id)
    amended = 0
    for number in range(20, 36):
        store.write(partial(step, account_id=account_id, draw=draw, number=seed * 1000 + number))
        new = store.changes(account_id, since=revision, known=known)
        other, now, known_now = fresh(store, account_id)
        took = new is not None and lens.amend(
            plays=new.now.plays, titles=new.now.titles, ratings=new.now.ratings, gone=new.gone
        )
        amended += took
        if took:
            assert answers(lens) == answers(other)
        else:
            lens = other
        revision, known = now, known_now
    assert amended > 3


@pytest.mark.parametrize("seed", range(SEEDS))
def test_tables_kept_ready_and_brought_up_to_date_answer_as_fresh_ones(store: Store, seed: int) -> None:
    draw = random.Random(seed)
    account_id = store.write(lambda work: work.accounts.create(f"k{len(work.accounts.all())}")).id
    amended = 0
    for number in range(24):
        store.write(partial(step, account_id=account_id, draw=draw, number=(50 + seed) * 1000 + number))
        if number % 5 == 3:
            assert store.keep_tables(account_id, store.tables(account_id))
        ready = store.kept_tables(account_id)
        if ready is None:
            continue
        lens, revision, known = opened(ready)
        new = store.changes(account_id, since=revision, known=known)
        if new is not None and lens.amend(
            plays=new.now.plays, titles=new.now.titles, ratings=new.now.ratings, gone=new.gone
        ):
            amended += 1
            assert answers(lens) == answers(fresh(store, account_id)[0])
    assert amended > 3
