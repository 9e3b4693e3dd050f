"""Personal lists (trakt-api.md 13)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, CODA, HEAT, WIRE, WIRE_S1, WIRE_S1E1

LIST = "/users/me/lists/my-list"


def movies(*ids: int, **attrs: Any) -> dict[str, Any]:
    return {"movies": [{"ids": {"trakt": trakt}, **attrs} for trakt in ids]}


@pytest.fixture
def ada() -> Asker:
    ada = Asker()
    ada.post("/users/me/lists", {"name": "My List"})
    return ada


def test_a_list_has_the_documented_defaults(ada: Asker) -> None:
    (made,) = ada.get("/users/me/lists")
    assert made["ids"]["slug"] == "my-list"
    assert (made["privacy"], made["display_numbers"], made["allow_comments"]) == ("private", False, True)
    assert (made["sort_by"], made["sort_how"], made["type"]) == ("rank", "asc", "personal")
    assert (made["item_count"], made["likes"], made["comment_count"]) == (0, 0, 0)
    assert made["user"]["ids"]["slug"] == "ada"
    for name in (made["ids"]["trakt"], "my-list"):
        assert ada.get(f"/users/ada/lists/{name}") == made
    assert ada.ask("GET", "/users/me/lists").headers["X-Pagination-Limit"] == "100"


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": " "}, {"name": "x", "privacy": "odd"}, {"name": "x", "sort_how": "up"}]
)
def test_a_list_that_cannot_be_is_400(body: dict[str, Any]) -> None:
    assert Asker().ask("POST", "/users/me/lists", body).status == 400


@pytest.mark.parametrize("name", ["name", "description", "privacy", "sort_by"])
def test_null_in_a_new_list_is_400(name: str) -> None:
    said = Asker().ask("POST", "/users/me/lists", {"name": "x", name: None})
    assert (said.status, said.json) == (400, {"error": "Expected string, received null"})


def test_slugs_are_unique_and_survive_a_new_name(ada: Asker) -> None:
    assert ada.post("/users/me/lists", {"name": "My  list!"})["ids"]["slug"] == "my-list-2"
    assert ada.post("/users/me/lists", {"name": "Été"})["ids"]["slug"] == "ete"
    assert ada.post("/users/me/lists", {"name": "映画"})["ids"]["slug"] == "list"
    changed = ada.ask("PUT", LIST, {"name": "Other", "description": "d", "privacy": "public"})
    assert changed.status == 200
    assert (changed.json["name"], changed.json["ids"]["slug"], changed.json["privacy"]) == (
        "Other",
        "my-list",
        "public",
    )
    assert ada.ask("PUT", LIST, {"name": ""}).status == 400


def test_deleting(ada: Asker) -> None:
    assert ada.ask("DELETE", LIST).status == 204
    assert ada.ask("DELETE", LIST).status == 404
    assert ada.get("/users/me/lists") == []


def test_items_of_all_five_types(ada: Asker) -> None:
    body = {
        **movies(HEAT, 404),
        "shows": [{"ids": {"trakt": WIRE}}],
        "seasons": [{"ids": {"trakt": WIRE_S1}}],
        "episodes": [{"ids": {"trakt": WIRE_S1E1}}],
        "people": [{"ids": {"trakt": 5}}, {"name": "Nobody"}],
    }
    answer = ada.post(f"{LIST}/items", body)
    assert answer["added"] == {"movies": 1, "shows": 1, "seasons": 1, "episodes": 1, "people": 1}
    assert answer["not_found"]["people"] == [{"name": "Nobody"}]
    assert ada.post(f"{LIST}/items", body)["existing"] == answer["added"]
    rows = ada.get(f"{LIST}/items")
    assert [row["type"] for row in rows] == ["movie", "show", "season", "episode", "person"]
    assert rows[4]["person"]["name"] == "Al Pacino"
    for path, count in {"movie": 1, "movie,show": 2, "season,episode,person": 3, "all": 5, "people": 1}.items():
        assert len(ada.get(f"{LIST}/items/{path}")) == count, path
    assert ada.get(f"{LIST}/items/all/rank/desc") == rows[::-1]
    ada.get(f"{LIST}/items/game", 404)
    answer = ada.post(f"{LIST}/items/remove", body, 200)
    assert answer["deleted"] == {"movies": 1, "shows": 1, "seasons": 1, "episodes": 1, "people": 1}
    assert answer["list"]["item_count"] == 0


def test_items_carry_their_headers(ada: Asker) -> None:
    said = ada.ask("GET", f"{LIST}/items?sort_by=title&sort_how=desc")
    assert (said.headers["X-Sort-By"], said.headers["X-Applied-Sort-How"]) == ("title", "desc")
    assert said.headers["X-List-ID"] == str(ada.get(LIST)["ids"]["trakt"])
    assert said.headers["X-Private-User"] == "false"


@pytest.mark.parametrize("path", ["items/reorder", "reorder"])
def test_reordering_items(ada: Asker, path: str) -> None:
    ada.post(f"{LIST}/items", movies(HEAT, ALIEN, CODA))
    ids = [row["id"] for row in ada.get(f"{LIST}/items")]
    answer = ada.post(f"{LIST}/{path}", {"rank": [ids[1], 3]}, 200)
    assert (answer["updated"], answer["skipped_ids"], answer["list"]["item_count"]) == (1, [3], 3)
    assert [row["id"] for row in ada.get(f"{LIST}/items")] == [ids[1], ids[0], ids[2]]
    assert [row["rank"] for row in ada.get(f"{LIST}/items")] == [1, 2, 3]


def test_reordering_lists(ada: Asker) -> None:
    ada.post("/users/me/lists", {"name": "B"})
    ids = [one["ids"]["trakt"] for one in ada.get("/users/me/lists")]
    answer = ada.post("/users/me/lists/reorder", {"rank": [ids[1], 8]}, 200)
    assert answer == {"updated": 1, "skipped_ids": [8]}
    assert [one["ids"]["trakt"] for one in ada.get("/users/me/lists")] == ids[::-1]


def test_all_items_at_once_is_first_party(ada: Asker) -> None:
    ada.post(f"{LIST}/items", {"episodes": [{"ids": {"trakt": 28101 + n}} for n in range(3)]})
    ada.user.lists[0].entries *= 100
    assert len(ada.get(f"{LIST}/items?limit=all")) == 300
    ada.world.options.strict = True
    assert len(ada.get(f"{LIST}/items?limit=all")) == 250


@pytest.mark.parametrize(("slug", "status"), [("ada", 426), ("vic", 204)])
def test_notes_of_items_are_for_vip(slug: str, status: int) -> None:
    user = Asker(slug=slug)
    user.post("/users/me/lists", {"name": "My List"})
    user.post(f"{LIST}/items", movies(HEAT))
    entry = user.get(f"{LIST}/items")[0]["id"]
    assert user.ask("PUT", f"{LIST}/items/{entry}", {"notes": "n"}).status == status
    assert user.ask("POST", f"{LIST}/items", movies(ALIEN, notes="n")).status == (426 if status == 426 else 201)


@pytest.mark.parametrize(
    ("privacy", "seen"), [("public", True), ("link", True), ("friends", False), ("private", False)]
)
def test_what_others_see(ada: Asker, privacy: str, seen: bool) -> None:
    one = ada.ask("PUT", LIST, {"privacy": privacy}).json["ids"]["trakt"]
    for other in (ada.as_(None), ada.as_("vic")):
        assert len(other.get("/users/ada/lists")) == seen
        other.get("/users/ada/lists/my-list/items", 200 if seen else 404)
        for path in ("", "/items/movie,show", "/likes", "/comments/newest"):
            other.get(f"/lists/{one}{path}", 200 if seen else 404)
    ada.get(f"/lists/{one}")
    ada.get("/lists/my-list", 404)


def test_others_cannot_write(ada: Asker) -> None:
    ada.ask("PUT", LIST, {"privacy": "public"})
    vic = ada.as_("vic")
    path = "/users/ada/lists/my-list"
    assert vic.ask("POST", "/users/ada/lists", {"name": "x"}).status == 401
    assert vic.ask("PUT", path, {"name": "x"}).status == 401
    assert vic.ask("POST", f"{path}/items", movies(HEAT)).status == 401
    assert vic.ask("DELETE", path).status == 403
    assert ada.get(LIST)["name"] == "My List"


def test_lists_of_a_private_user(ada: Asker) -> None:
    pam = ada.as_("pam")
    one = pam.post("/users/me/lists", {"name": "Open", "privacy": "public"})["ids"]["trakt"]
    said = ada.ask("GET", f"/lists/{one}")
    assert (said.status, said.headers) == (401, {"X-Private-User": "true"})
    pam.get(f"/lists/{one}")


def test_unknown_lists_are_404(ada: Asker) -> None:
    for path in ("/users/me/lists/nothing", "/users/me/lists/nothing/items", "/lists/7", "/lists/7/items"):
        ada.get(path, 404)
    assert ada.post("/users/me/lists/nothing/items", movies(HEAT), 404) is None
