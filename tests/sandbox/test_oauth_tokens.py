"""Refreshing, revoking and the life of tokens; the single use of refresh tokens as a state machine."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.desk import Desk, Person, Reply


@pytest.fixture(autouse=True)
def _unlimited(desk: Desk) -> None:
    desk.obey("POST", "settings", {"rate_limits": False})


def refresh(desk: Desk, token: str, **changes: str | None) -> Reply:
    body: dict[str, str | None] = {
        "grant_type": "refresh_token",
        "refresh_token": token,
        "client_id": desk.client_id,
        "client_secret": desk.client_secret,
        "redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
        **changes,
    }
    return desk.post("/oauth/token", {k: v for k, v in body.items() if v is not None})


def revoke(desk: Desk, token: str, **changes: str) -> Reply:
    body = {"token": token, "client_id": desk.client_id, "client_secret": desk.client_secret, **changes}
    return desk.post("/oauth/revoke", body)


def works(desk: Desk, token: str) -> bool:
    return desk.get("/probe/mine", token).status == 200


def test_a_refresh_gives_a_new_pair_and_kills_the_old_refresh_token(desk: Desk) -> None:
    ann = desk.user()
    first = refresh(desk, ann.refresh)
    assert first.status == 200
    assert first.json["refresh_token"] != ann.refresh
    assert works(desk, first.json["access_token"])
    second = refresh(desk, ann.refresh)
    assert second.status == 400
    assert second.json == {"error": "invalid_grant", "error_description": "session not found"}
    assert works(desk, first.json["access_token"])
    assert refresh(desk, first.json["refresh_token"]).status == 200


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["refresh", "revoke"]), st.integers(0, 7)), max_size=12))
def test_each_refresh_token_works_once_whatever_the_order(desk: Desk, steps: list[tuple[str, int]]) -> None:
    """The reference is a plain list of pairs with two flags each."""
    desk.obey("POST", "reset")
    desk.obey("POST", "settings", {"rate_limits": False})
    ann = desk.user()
    pairs = [(ann.access, ann.refresh)]
    live, alive = [True], [True]
    for what, pick in steps:
        at = pick % len(pairs)
        if what == "revoke":
            assert revoke(desk, pairs[at][0]).status == 200
            live[at] = alive[at] = False
            continue
        reply = refresh(desk, pairs[at][1])
        assert reply.status == (200 if live[at] else 400)
        if live[at]:
            live[at] = False
            pairs.append((reply.json["access_token"], reply.json["refresh_token"]))
            live.append(True)
            alive.append(True)
    assert [works(desk, access) for access, _ in pairs] == alive


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": None}, "invalid_client"),
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"refresh_token": None}, "invalid_request"),
        ({"refresh_token": "unknown"}, "invalid_grant"),
    ],
)
def test_a_wrong_refresh_is_400_and_spends_nothing(desk: Desk, changes: dict[str, str | None], error: str) -> None:
    ann = desk.user()
    reply = refresh(desk, ann.refresh, **changes)
    assert (reply.status, reply.json["error"]) == (400, error)
    assert refresh(desk, ann.refresh).status == 200


def test_another_application_cannot_refresh(desk: Desk) -> None:
    ann, other = desk.user(), desk.obey("POST", "apps", {})
    keys = {"client_id": other["client_id"], "client_secret": other["client_secret"]}
    assert refresh(desk, ann.refresh, **keys).json["error_description"] == "session not found"
    assert refresh(desk, ann.refresh).status == 200


def test_the_redirect_address_is_wanted_in_strict_mode(desk: Desk) -> None:
    ann = desk.user()
    desk.obey("POST", "settings", {"strict": True})
    assert refresh(desk, ann.refresh, redirect_uri=None).json["error"] == "invalid_request"
    desk.obey("POST", "settings", {"strict": False})
    assert refresh(desk, ann.refresh, redirect_uri=None).status == 200


def test_null_in_a_text_field_is_400(desk: Desk) -> None:
    body = {"grant_type": "refresh_token", "client_id": desk.client_id, "client_secret": None}
    reply = desk.post("/oauth/token", body)
    assert (reply.status, reply.json) == (400, {"error": "Expected string, received null"})


def test_revoking_kills_the_pair_and_can_be_repeated(desk: Desk) -> None:
    ann, ben = desk.user("ann"), desk.user("ben")
    for _ in range(2):
        reply = revoke(desk, ann.access)
        assert (reply.status, reply.json) == (200, {})
    assert not works(desk, ann.access)
    assert refresh(desk, ann.refresh).status == 400
    assert works(desk, ben.access)
    assert revoke(desk, "never existed").status == 200
    assert revoke(desk, ben.refresh).status == 200
    assert not works(desk, ben.access)


def test_revoking_needs_the_application(desk: Desk) -> None:
    ann, other = desk.user(), desk.obey("POST", "apps", {})
    assert revoke(desk, ann.access, client_secret="wrong").json["error"] == "invalid_client"
    keys = {"client_id": other["client_id"], "client_secret": other["client_secret"]}
    assert revoke(desk, ann.access, **keys).status == 200
    assert works(desk, ann.access)


def test_access_tokens_live_seven_days_or_as_long_as_said(desk: Desk) -> None:
    week, day, hour = desk.user("week"), "", desk.user("hour", expires_in=3600)
    desk.freeze()
    week_made = refresh(desk, week.refresh).json
    desk.obey("POST", "settings", {"expires_in": 86400})
    day_made, hour_made = refresh(desk, week_made["refresh_token"]).json, refresh(desk, hour.refresh).json
    day = day_made["access_token"]
    lifetimes = [made["expires_in"] for made in (week_made, day_made, hour_made)]
    assert lifetimes == [604800, 86400, 3600]
    desk.advance(3599)
    assert works(desk, hour_made["access_token"])
    desk.advance(1)
    assert not works(desk, hour_made["access_token"])
    assert works(desk, day)
    desk.advance(86400 - 3600)
    assert not works(desk, day)
    assert works(desk, week_made["access_token"])
    desk.advance(604800 - 86400)
    assert not works(desk, week_made["access_token"])
    assert refresh(desk, day_made["refresh_token"]).status == 200


def test_a_user_can_be_given_new_tokens(desk: Desk) -> None:
    ann = desk.user()
    new = desk.obey("POST", "tokens", {"user": "ann"})
    assert new["access_token"] != ann.access
    assert all(works(desk, token) for token in (new["access_token"], ann.access))
    assert desk.control("POST", "tokens", {"user": "nobody"}).status == 404


def test_no_secret_leaves_with_the_requests(desk: Desk) -> None:
    ann: Person = desk.user()
    new = refresh(desk, ann.refresh).json
    works(desk, ann.access)
    told = str(desk.requests())
    secrets = (ann.access, ann.refresh, desk.client_secret, new["access_token"], new["refresh_token"])
    assert not any(secret in told for secret in secrets)
    assert "/oauth/token" in told
