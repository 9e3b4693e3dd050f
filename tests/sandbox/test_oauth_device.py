"""Device sign-in: codes, polling with all its statuses, the activate page, the control call in its place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.sandbox.desk import Desk, Reply
from tests.sandbox.test_oauth_code import FORM, Form


@pytest.fixture(autouse=True)
def _still(desk: Desk) -> None:
    desk.freeze()


def start(desk: Desk) -> dict[str, Any]:
    reply = desk.post("/oauth/device/code", {"client_id": desk.client_id})
    assert reply.status == 200
    desk.advance(1)
    codes: dict[str, Any] = reply.json
    return codes


def poll(desk: Desk, code: str, **changes: str) -> Reply:
    body = {"code": code, "client_id": desk.client_id, "client_secret": desk.client_secret, **changes}
    return desk.post("/oauth/device/token", body)


def submit(desk: Desk, form: dict[str, str], path: str = "/activate") -> Reply:
    return desk.send("POST", path, urlencode(form).encode(), FORM)


def test_the_codes_that_a_device_gets(desk: Desk) -> None:
    codes = start(desk)
    assert codes.keys() == {"device_code", "user_code", "verification_url", "expires_in", "interval"}
    assert (codes["expires_in"], codes["interval"]) == (600, 5)
    assert len(codes["device_code"]) == 64
    assert len(codes["user_code"]) == 8
    assert codes["verification_url"] == f"{desk.server.base_url}/activate"


def test_pending_then_approved_then_used(desk: Desk) -> None:
    desk.user("ann")
    codes = start(desk)
    pending = poll(desk, codes["device_code"])
    assert (pending.status, pending.body) == (400, b"")
    desk.obey("POST", "approve", {"user_code": codes["user_code"], "user": "ann"})
    desk.advance(5)
    got = poll(desk, codes["device_code"])
    assert (got.status, got.json["expires_in"], got.json["scope"]) == (200, 604800, "public")
    assert desk.get("/probe/mine", got.json["access_token"]).json["slug"] == "ann"
    used = poll(desk, codes["device_code"])
    assert (used.status, used.body) == (409, b"")


def test_denied_is_418(desk: Desk) -> None:
    codes = start(desk)
    desk.obey("POST", "approve", {"user_code": codes["user_code"], "deny": True})
    assert poll(desk, codes["device_code"]).status == 418


def test_after_ten_minutes_it_is_410(desk: Desk) -> None:
    desk.user("ann")
    codes = start(desk)
    desk.advance(598)
    assert poll(desk, codes["device_code"]).status == 400
    desk.advance(1)
    assert poll(desk, codes["device_code"]).status == 410
    late = desk.control("POST", "approve", {"user_code": codes["user_code"], "user": "ann"})
    assert late.status == 409
    assert "expired" in late.json["error"]


def test_polling_faster_than_the_interval_is_429(desk: Desk) -> None:
    codes = start(desk)
    assert poll(desk, codes["device_code"]).status == 400
    desk.advance(3)
    fast = poll(desk, codes["device_code"])
    assert (fast.status, fast.headers["Retry-After"]) == (429, "5")
    desk.advance(3)
    assert poll(desk, codes["device_code"]).status == 429
    desk.advance(5)
    assert poll(desk, codes["device_code"]).status == 400
    desk.obey("POST", "settings", {"rate_limits": False})
    assert poll(desk, codes["device_code"]).status == 400


def test_an_unknown_code_is_404_and_so_is_anothers(desk: Desk) -> None:
    other = desk.obey("POST", "apps", {})
    codes = start(desk)
    assert poll(desk, "0" * 64).status == 404
    foreign = poll(desk, codes["device_code"], client_id=other["client_id"], client_secret=other["client_secret"])
    assert foreign.status == 404


def test_a_wrong_application_never_looks_like_pending(desk: Desk) -> None:
    codes = start(desk)
    for changes in ({"client_secret": "wrong"}, {"client_secret": ""}, {"client_id": "nobody"}):
        reply = poll(desk, codes["device_code"], **changes)
        assert (reply.status, reply.json["error"]) == (403, "invalid_client")
    assert desk.post("/oauth/device/code", {"client_id": "nobody"}).status == 403
    desk.advance(1)
    assert desk.post("/oauth/device/code", {}).status == 400


def test_the_page_takes_the_code_and_the_decision(desk: Desk) -> None:
    desk.user("ann")
    desk.user("ben")
    codes = start(desk)
    first = Form(desk.send("GET", "/activate").text)
    assert (first.method, first.action, list(first.fields)) == ("post", "/activate", ["user_code"])
    typed = f" {codes['user_code'][:4].lower()} {codes['user_code'][4:]} "
    question = Form(submit(desk, {"user_code": typed}).text)
    assert question.fields == {
        "user_code": [codes["user_code"]],
        "user": ["ann", "ben"],
        "decision": ["approve", "deny"],
    }
    assert "Watchprint sandbox" in question.words
    done = submit(desk, {"user_code": codes["user_code"], "user": "ben", "decision": "approve"})
    assert "Device connected" in done.text
    token = poll(desk, codes["device_code"]).json["access_token"]
    assert desk.get("/probe/mine", token).json["slug"] == "ben"


def test_the_address_with_the_code_prefills_it(desk: Desk) -> None:
    desk.user("ann")
    codes = start(desk)
    path = urlsplit(f"{codes['verification_url']}/{codes['user_code']}").path
    form = Form(desk.send("GET", path).text)
    assert form.fields["user_code"] == [codes["user_code"]]
    assert "Device denied" in submit(desk, {"decision": "deny", "user": "ann"}, path).text
    assert poll(desk, codes["device_code"]).status == 418


def test_the_page_explains_codes_that_do_not_work(desk: Desk) -> None:
    desk.user("ann")
    codes = start(desk)
    approve = {"user_code": codes["user_code"], "user": "ann", "decision": "approve"}
    unknown = submit(desk, {"user_code": "<b>"})
    assert (unknown.status, "not known" in unknown.text, "<b>" in unknown.text) == (404, True, False)
    assert submit(desk, {**approve, "user": "nobody"}).status == 400
    assert submit(desk, approve).status == 200
    again = submit(desk, approve)
    assert (again.status, "approved already" in again.text) == (409, True)
    old = start(desk)
    desk.advance(600)
    assert submit(desk, {"user_code": old["user_code"]}).status == 410


def test_a_form_from_another_site_is_refused(desk: Desk) -> None:
    codes = start(desk)
    form = urlencode({"user_code": codes["user_code"], "decision": "deny"}).encode()
    assert desk.send("POST", "/activate", form, {**FORM, "Origin": "null"}).status == 403
    assert poll(desk, codes["device_code"]).status == 400


def test_approving_names_what_is_wrong(desk: Desk) -> None:
    codes = start(desk)
    nobody = desk.control("POST", "approve", {"user_code": codes["user_code"]})
    assert (nobody.status, "no user" in nobody.json["error"]) == (404, True)
    desk.user("ann")
    assert desk.control("POST", "approve", {"user_code": "00000000"}).status == 404
    assert desk.control("POST", "approve", {}).status == 400
    assert desk.obey("POST", "approve", {"user_code": codes["user_code"]})["user"] == "ann"
