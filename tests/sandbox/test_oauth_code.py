"""Authorisation codes and PKCE: the page in a browser, the exchange, what is refused and how."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.desk import Desk, Reply
from watchprint.sandbox.oauth.tokens import challenge_of

BACK = "http://localhost:8000/callback"
VERIFIER = "correct-horse-battery-staple_correct.horse~0123"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(autouse=True)
def _unlimited(desk: Desk) -> None:
    desk.obey("POST", "settings", {"rate_limits": False})


class Form(HTMLParser):
    """The one form of a page: where it goes, its fields by name with all values, its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.method = "", ""
        self.fields: dict[str, list[str]] = {}
        self.words = ""
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "form":
            self.action, self.method = values["action"] or "", values["method"] or ""
        if tag in ("input", "button") and values.get("name"):
            self.fields.setdefault(values["name"] or "", []).append(values.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.words += data


def url(desk: Desk, **changes: str | None) -> str:
    """An authorisation request; a change to None leaves that part out."""
    asked: dict[str, str | None] = {
        "response_type": "code",
        "client_id": desk.client_id,
        "redirect_uri": BACK,
        "state": "a&b=c ü",
        **changes,
    }
    return "/oauth/authorize?" + urlencode({k: v for k, v in asked.items() if v is not None})


def browse(desk: Desk, path: str, form: dict[str, str] | None = None, **headers: str) -> Reply:
    """What a browser does: no API key, forms urlencoded."""
    if form is None:
        return desk.send("GET", path, None, headers)
    return desk.send("POST", path, urlencode(form).encode(), {**FORM, **headers})


def landing(reply: Reply) -> dict[str, str]:
    """The query of the address that a reply sends the browser to."""
    assert reply.status == 302, reply.body
    return dict(parse_qsl(urlsplit(reply.headers["Location"]).query))


def code_for(desk: Desk, **changes: str | None) -> str:
    """A code, approved by ann in a browser."""
    return landing(browse(desk, url(desk, **changes), {"user": "ann", "decision": "approve"}))["code"]


def exchange(desk: Desk, code: str, /, **changes: str | None) -> Reply:
    body: dict[str, str | None] = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": desk.client_id,
        "client_secret": desk.client_secret,
        "redirect_uri": BACK,
        **changes,
    }
    return desk.post("/oauth/token", {k: v for k, v in body.items() if v is not None})


def test_the_page_asks_and_its_form_leads_back_with_a_code(desk: Desk) -> None:
    desk.user("ann")
    desk.user("ben")
    page = browse(desk, url(desk))
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    form = Form(page.text)
    assert form.method == "post"
    assert form.fields == {"user": ["ann", "ben"], "decision": ["approve", "deny"]}
    assert "Watchprint sandbox" in form.words
    assert "script" not in form.tags
    reply = browse(desk, form.action, {"user": "ben", "decision": "approve"})
    assert reply.headers["Location"].startswith(f"{BACK}?")
    back = landing(reply)
    assert back.keys() == {"code", "state"}
    assert back["state"] == "a&b=c ü"
    token = exchange(desk, back["code"]).json
    assert desk.get("/probe/mine", token["access_token"]).json["slug"] == "ben"


def test_an_application_without_addresses_has_its_code_sent_where_it_asks(desk: Desk) -> None:
    """Nobody told the sandbox what is registered at Trakt. The exchange still compares exactly."""
    desk.user("ann")
    for own in ("https://app.example/back", "myapp://back?x=1"):
        code = code_for(desk, redirect_uri=own)
        assert exchange(desk, code, redirect_uri=own.upper()).json["error"] == "invalid_grant"
        assert exchange(desk, code, redirect_uri=own).status == 200
    for bad in ("back", "", "https://a b/", "https://a/\r\nX: y", None):
        assert browse(desk, url(desk, redirect_uri=bad)).status == 400


def test_denying_leads_back_with_an_error(desk: Desk) -> None:
    desk.user("ann")
    back = landing(browse(desk, url(desk), {"user": "ann", "decision": "deny"}))
    assert (back["error"], back["state"]) == ("access_denied", "a&b=c ü")
    assert "code" not in back


def test_signup_and_prompt_and_a_missing_state_are_fine(desk: Desk) -> None:
    desk.user("ann")
    path = url(desk, state=None, signup="true", prompt="login")
    assert browse(desk, path).status == 200
    assert landing(browse(desk, path, {"user": "ann", "decision": "approve"})).keys() == {"code"}


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"redirect_uri": BACK + "/"},
        {"redirect_uri": BACK.upper()},
        {"redirect_uri": BACK + "?x=1"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": None},
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_an_unknown_application_or_address_is_never_redirected(
    desk: Desk, changes: dict[str, str | None], strict: bool
) -> None:
    """Exactly what was registered, or in strict mode what every application of a sandbox has."""
    desk.user("ann")
    if strict:
        desk.obey("POST", "settings", {"strict": True})
    else:
        desk.obey("POST", "apps", {"client_id": desk.client_id, "redirect_uris": ["https://app.example/back"]})
    for form in (None, {"user": "ann", "decision": "approve"}):
        reply = browse(desk, url(desk, **changes), form)
        assert (reply.status, reply.headers["Location"]) == (400, None)
    assert desk.obey("GET", "state")["auth_codes"] == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"code_challenge": CHALLENGE}, "invalid_request"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": CHALLENGE[:-1], "code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge": None, "code_challenge_method": "S256"}, "invalid_request"),
    ],
)
def test_a_wrong_request_is_sent_back_with_the_error(desk: Desk, changes: dict[str, str | None], error: str) -> None:
    back = landing(browse(desk, url(desk, **changes)))
    assert (back["error"], back["state"]) == (error, "a&b=c ü")


def test_everything_on_the_page_is_escaped(desk: Desk) -> None:
    desk.user("ann", name="<b>Ann</b>")
    app = desk.obey("POST", "apps", {"name": "<script>alert(1)</script>"})
    page = browse(desk, url(desk, client_id=app["client_id"], state="\"'><script>x</script>"))
    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_form_from_another_site_is_refused(desk: Desk) -> None:
    desk.user("ann")
    form = {"user": "ann", "decision": "approve"}
    assert browse(desk, url(desk), form, Origin="https://evil.example").status == 403
    assert browse(desk, url(desk), form, Origin=desk.server.base_url).status == 302


def test_who_is_not_a_user_cannot_sign_in(desk: Desk) -> None:
    assert "no user yet" in browse(desk, url(desk)).text
    assert browse(desk, url(desk), {"user": "nobody", "decision": "approve"}).status == 400


def test_the_address_may_have_a_query_of_its_own(desk: Desk) -> None:
    desk.user("ann")
    own = "https://app.example/back?tenant=7"
    desk.obey("POST", "apps", {"client_id": desk.client_id, "redirect_uris": [own]})
    reply = browse(desk, url(desk, redirect_uri=own), {"user": "ann", "decision": "approve"})
    assert parse_qs(urlsplit(reply.headers["Location"]).query)["tenant"] == ["7"]
    assert exchange(desk, landing(reply)["code"], redirect_uri=own).status == 200


def test_out_of_band_shows_the_code(desk: Desk) -> None:
    desk.user("ann")
    oob = "urn:ietf:wg:oauth:2.0:oob"
    page = browse(desk, url(desk, redirect_uri=oob), {"user": "ann", "decision": "approve"})
    code = desk.obey("GET", "state")["auth_codes"][0]["code"]
    assert (page.status, code in page.text) == (200, True)
    assert exchange(desk, code, redirect_uri=oob).status == 200
    denied = browse(desk, url(desk, redirect_uri=oob), {"user": "ann", "decision": "deny"})
    assert (denied.status, denied.headers["Location"]) == (200, None)


def test_the_token_object(desk: Desk) -> None:
    desk.user("ann")
    desk.freeze("2026-03-01T20:15:00Z")
    reply = exchange(desk, code_for(desk))
    assert reply.status == 200
    token = reply.json
    assert {k: v for k, v in token.items() if not k.endswith("_token")} == {
        "token_type": "bearer",
        "expires_in": 604800,
        "scope": "public",
        "created_at": 1772396100,
    }
    assert len({token["access_token"], token["refresh_token"]}) == 2


def test_a_code_works_once(desk: Desk) -> None:
    desk.user("ann")
    code = code_for(desk)
    first, second = exchange(desk, code), exchange(desk, code)
    assert (first.status, second.status, second.json["error"]) == (200, 400, "invalid_grant")
    assert desk.get("/probe/mine", first.json["access_token"]).status == 200


def test_a_code_lives_ten_minutes(desk: Desk) -> None:
    desk.user("ann")
    desk.freeze()
    early, late = code_for(desk), code_for(desk)
    desk.advance(599)
    assert exchange(desk, early).status == 200
    desk.advance(1)
    assert exchange(desk, late).json["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_secret": None}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"client_id": None}, "invalid_request"),
        ({"code": "nothing"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:8000/callback"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "invalid_request"),
        ({"code_verifier": VERIFIER}, "invalid_grant"),
    ],
)
def test_a_wrong_exchange_is_400_and_leaves_the_code(desk: Desk, changes: dict[str, str | None], error: str) -> None:
    desk.user("ann")
    code = code_for(desk)
    reply = exchange(desk, code, **changes)
    assert (reply.status, reply.json["error"]) == (400, error)
    assert reply.json["error_description"]
    assert exchange(desk, code).status == 200


def test_basic_authentication_does_not_count(desk: Desk) -> None:
    desk.user("ann")
    basic = base64.b64encode(f"{desk.client_id}:{desk.client_secret}".encode()).decode()
    body = {
        "grant_type": "authorization_code",
        "code": code_for(desk),
        "client_id": desk.client_id,
        "redirect_uri": BACK,
    }
    reply = desk.ask("POST", "/oauth/token", body, headers={"Authorization": f"Basic {basic}"})
    assert (reply.status, reply.json["error"]) == (400, "invalid_client")


def test_tokens_want_json_and_no_api_key(desk: Desk) -> None:
    body = {"grant_type": "refresh_token"}
    assert desk.ask("POST", "/oauth/token", body, headers=FORM).status == 412
    assert desk.ask("POST", "/oauth/token", body, headers={"trakt-api-key": None}).status == 400


def pkce(desk: Desk) -> str:
    return code_for(desk, code_challenge=CHALLENGE, code_challenge_method="S256")


def test_with_pkce_the_verifier_takes_the_secrets_place(desk: Desk) -> None:
    desk.user("ann")
    assert exchange(desk, pkce(desk), client_secret=None, code_verifier=VERIFIER).status == 200
    assert exchange(desk, pkce(desk), code_verifier=VERIFIER).status == 200


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, "invalid_request"),
        ({"code_verifier": VERIFIER[:-1] + "X"}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_grant"),
        ({"code_verifier": CHALLENGE}, "invalid_grant"),
        ({"code_verifier": VERIFIER, "client_secret": "wrong"}, "invalid_client"),
    ],
)
def test_without_the_right_verifier_a_pkce_code_is_worth_nothing(
    desk: Desk, changes: dict[str, str | None], error: str
) -> None:
    desk.user("ann")
    assert exchange(desk, pkce(desk), **changes).json["error"] == error


def test_a_verifier_that_is_too_short_fails_even_if_it_fits(desk: Desk) -> None:
    desk.user("ann")
    code = code_for(desk, code_challenge=challenge_of("short"), code_challenge_method="S256")
    assert exchange(desk, code, code_verifier="short").json["error"] == "invalid_grant"


@given(st.text("ABCxyz019-._~", min_size=43, max_size=128))
def test_challenges_are_those_of_rfc_7636(verifier: str) -> None:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    assert challenge_of(verifier) == base64.b64encode(digest, b"-_").decode().rstrip("=")
    assert len(challenge_of(verifier)) == 43


def test_the_example_of_rfc_7636() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_request_can_be_answered_without_a_browser(desk: Desk) -> None:
    desk.user("ann")
    desk.user("ben")
    whole = desk.server.base_url + url(desk)
    given_back = desk.obey("POST", "approve", {"authorize_url": whole, "user": "ben"})
    assert given_back["redirect_url"].startswith(BACK)
    token = exchange(desk, given_back["code"]).json["access_token"]
    assert desk.get("/probe/mine", token).json["slug"] == "ben"
    denied = desk.obey("POST", "approve", {"authorize_url": whole, "deny": True})
    assert (denied["code"], "error=access_denied" in denied["redirect_url"]) == (None, True)
    wrong = desk.control("POST", "approve", {"authorize_url": whole.replace(desk.client_id, "nobody")})
    assert wrong.status == 400
