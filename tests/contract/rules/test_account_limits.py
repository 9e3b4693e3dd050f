"""The published limits of accounts, and those that two tables share (trakt-api.md 5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, CODA, HEAT
from watchprint.sandbox.life import limits_of

PUBLISHED = {
    "history_plays": (100_000, 100_000),
    "ratings": (10_000, 20_000),
    "watchlist_items": (250, 5_000),
    "lists": (5, 100),
    "items_per_list": (250, 5_000),
    "items_in_all_lists": (1_000, 100_000),
    "collection_discs": (100, 10_000),
    "collection_items": (1_000, 100_000),
    "favorites_items": (100, 100),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_new_account_has_the_published_limits(name: str) -> None:
    assert (getattr(limits_of(vip=False), name), getattr(limits_of(vip=True), name)) == PUBLISHED[name]


def test_notes_are_limited_for_free_accounts_and_as_good_as_unlimited_for_vip() -> None:
    assert limits_of(vip=False).notes == 100
    assert limits_of(vip=True).notes >= 10_000


def films(*ids: int, **attrs: Any) -> dict[str, Any]:
    return {"movies": [{"ids": {"trakt": trakt}, **attrs} for trakt in ids]}


def test_discs_have_a_limit_of_their_own_in_the_library() -> None:
    ada = Asker()
    ada.user.limits.collection_discs = 1
    ada.post("/sync/collection", films(HEAT, media_type="bluray"))
    ada.post("/sync/collection", films(HEAT, media_type="dvd"))
    assert ada.ask("POST", "/sync/collection", films(ALIEN, media_type="vhs")).status == 420
    assert len(ada.get("/sync/collection/movies")) == 1, "nothing is written"
    ada.post("/sync/collection", films(ALIEN, CODA, media_type="digital"))
    assert ada.ask("POST", "/sync/collection", films(ALIEN, media_type="vhs")).status == 420, "a file becomes a disc"
    ada.post("/sync/collection", films(HEAT, media_type="digital"))
    ada.post("/sync/collection", films(ALIEN, media_type="vhs"))


def test_all_lists_together_have_a_limit() -> None:
    ada = Asker()
    ada.user.limits.items_in_all_lists = 3
    for name in ("a", "b"):
        ada.post("/users/me/lists", {"name": name})
    ada.post("/users/me/lists/a/items", films(HEAT, ALIEN))
    said = ada.ask("POST", "/users/me/lists/b/items", films(HEAT, ALIEN))
    assert (said.status, said.json, said.headers["X-Account-Limit"]) == (420, None, "3")
    assert ada.get("/users/me/lists/b/items") == []
    ada.post("/users/me/lists/b/items", films(HEAT))
    ada.post("/sync/watchlist", films(HEAT, ALIEN, CODA))


@pytest.mark.parametrize(("slug", "status"), [("ada", 426), ("vic", 201)])
def test_notes_in_lists_are_for_vip(slug: str, status: int) -> None:
    user = Asker(slug=slug)
    user.post("/users/me/lists", {"name": "Mine"})
    assert user.ask("POST", "/users/me/lists/mine/items", films(HEAT, notes="n")).status == status
    assert len(user.get("/users/me/lists/mine/items")) == (status == 201)
