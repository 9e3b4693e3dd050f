"""Whose token opens what: none, another application's, another user's, an expired one; on every route."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.web.running import Answer, Served, in_time
from watchprint.web.openapi.operations import OPERATIONS, Operation

SECURED = [operation for operation in OPERATIONS if operation.secured]
OF_ACCOUNT = [operation for operation in SECURED if operation.path.startswith("/api/v1/accounts/")]
DUE = {"search": "?q=heat"}


def ask(served: Served, operation: Operation, token: str | None) -> Answer:
    path = re.sub(r"{\w+}", "ann", operation.path) + DUE.get(operation.name, "")
    return served.ask(operation.verb, path, operation.example, token)


def handed_over(served: Served, who: Person, **more: Any) -> Answer:
    pair = {"access_token": who.access, "refresh_token": who.refresh, "expires_in_s": 604800, **more}
    return served.ask("POST", "/api/v1/accounts", pair)


def foreign_token(desk: Desk, user: str) -> str:
    """A token of this user that Trakt issued to another application."""
    other = desk.obey("POST", "apps", {"name": "Another"})
    keys = {"client_id": other["client_id"], "client_secret": other["client_secret"]}
    code = desk.post("/oauth/device/code", {"client_id": other["client_id"]}).json
    desk.obey("POST", "approve", {"user_code": code["user_code"], "user": user})
    made = desk.post("/oauth/device/token", {"code": code["device_code"], **keys}).json
    token: str = made["access_token"]
    return token


@pytest.mark.parametrize("operation", SECURED, ids=lambda each: each.name)
def test_without_a_token_nothing_opens(operation: Operation, served: Served, desk: Desk) -> None:
    desk.obey("DELETE", "requests")
    for header in (None, "", "Bearer", "Bearer  ", "Basic YTpi"):
        headers: Any = {} if header is None else {"Authorization": header}
        path = re.sub(r"{\w+}", "ann", operation.path) + DUE.get(operation.name, "")
        answer = served.ask(operation.verb, path, operation.example, **headers)
        assert (answer.status, answer.problem) == (401, "token-missing")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert desk.requests() == []


@pytest.mark.parametrize("kept", [False, True], ids=["not kept", "kept"])
def test_a_token_of_another_application_opens_nothing(kept: bool, own: Served, desk: Desk, ann: Person) -> None:
    token = foreign_token(desk, "ann")
    if kept:
        assert handed_over(own, ann, name="ann").status == 201
    before = desk.obey("GET", "users/ann")
    for operation in SECURED:
        answer = ask(own, operation, token)
        assert (operation.name, answer.status, answer.problem) == (operation.name, 401, "token-expired")
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
        assert token.encode() not in answer.body
        desk.obey("POST", "clock", {"advance_s": 2})  # its clock stands still, and writes keep their distance by it
    taken = own.ask("POST", "/api/v1/accounts", {"access_token": token, "refresh_token": "x", "expires_in_s": 60})
    assert (taken.status, taken.problem) == (401, "token-expired")
    assert desk.obey("GET", "users/ann") == before
    assert token not in own.logged()


def test_a_known_users_other_token_of_another_application_opens_nothing(own: Served, desk: Desk, ann: Person) -> None:
    assert handed_over(own, ann, name="ann").status == 201
    assert own.ask("GET", "/api/v1/accounts/ann", token=ann.access).status == 200
    token = foreign_token(desk, "ann")
    assert own.ask("GET", "/api/v1/accounts/ann", token=token).problem == "token-expired"
    assert own.ask("GET", "/api/v1/accounts/ann/token", token=token).problem == "token-expired"


def test_another_users_token_opens_nothing_of_this_one(own: Served, desk: Desk, ann: Person) -> None:
    bob = desk.user("bob")
    assert handed_over(own, ann, name="ann").status == 201
    for operation in OF_ACCOUNT:
        of_hers, of_none = (
            ask(own, operation, bob.access),
            own.ask(operation.verb, re.sub(r"{\w+}", "nobody", operation.path), token=bob.access),
        )
        assert (operation.name, of_hers.status, of_hers.problem) == (operation.name, 404, "no-such-account")
        assert of_hers.json | {"request_id": ""} == of_none.json | {"request_id": ""}
    assert own.ask("GET", "/api/v1/insights/totals", token=bob.access).problem == "no-copy"
    assert own.ask("GET", "/api/v1/findings", token=bob.access).problem == "no-copy"
    refused = handed_over(own, bob, name="ann")
    assert (refused.status, refused.problem) == (409, "name-taken")
    assert own.ask("GET", "/api/v1/accounts/ann", token=ann.access).json["link"]["user"] == "ann"
    assert own.ask("GET", "/api/v1/history", token=bob.access).json["total"] == 0


def test_what_was_withdrawn_at_trakt_lends_and_deletes_nothing_any_more(own: Served, desk: Desk, ann: Person) -> None:
    assert handed_over(own, ann, name="ann").status == 201
    spare = desk.obey("POST", "tokens", {"user": "ann"})["access_token"]
    assert own.ask("GET", "/api/v1/accounts/ann/token", token=spare).json["access_token"] == ann.access
    body = {"token": spare, "client_id": desk.client_id, "client_secret": desk.client_secret}
    assert desk.post("/oauth/revoke", body).status == 200
    assert own.ask("GET", "/api/v1/accounts/ann/token", token=spare).problem == "token-expired"
    assert own.ask("DELETE", "/api/v1/accounts/ann", token=spare).problem == "token-expired"
    assert own.ask("GET", "/api/v1/accounts/ann", token=ann.access).status == 200


def test_whose_a_token_is_is_asked_anew_after_ten_minutes(own: Served, desk: Desk, ann: Person) -> None:
    assert handed_over(own, ann, name="ann").status == 201

    def asked() -> int:
        desk.obey("DELETE", "requests")
        assert own.ask("GET", "/api/v1/accounts/ann", token=ann.access).status == 200
        return sum(row["path"] == "/users/settings" for row in desk.requests())

    assert (asked(), asked()) == (1, 0)
    desk.advance(11 * 60)
    in_time(asked, lambda count: count == 1)
