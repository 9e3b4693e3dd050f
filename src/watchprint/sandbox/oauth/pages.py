"""The pages that people see when they sign in: authorize and activate. Decides nothing itself.

CSP forbids scripts; the forms are answered by the same paths. A form sent from another site is refused before
it comes here (serving/gate.py).
"""

from __future__ import annotations

from urllib.parse import urlencode

from watchprint.sandbox.kernel import Answer, Call, Routes
from watchprint.sandbox.oauth import html
from watchprint.sandbox.oauth.authorize import OUT_OF_BAND, Asked, NotAsked, answer_address, approved, asked
from watchprint.sandbox.oauth.device import by_user_code, decide, expired
from watchprint.sandbox.oauth.grants import app_of
from watchprint.sandbox.state import DeviceCode

ROUTES = Routes(host="page")
_NO_STORE = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


@ROUTES.get("/oauth/authorize", auth=False)
def get_authorize(call: Call) -> Answer:
    """The page that asks whether the application may."""
    request = _request(call)
    if isinstance(request, Answer):
        return request
    action = f"/oauth/authorize?{urlencode(call.query)}"
    form = html.question(request.app.name, call.world.state.users, {}, action)
    return html.page(f"Authorize {request.app.name}", form)


@ROUTES.post("/oauth/authorize", auth=False)
def post_authorize(call: Call) -> Answer:
    """Back to the application, with a code or a denial."""
    request = _request(call)
    if isinstance(request, Answer):
        return request
    if call.body.get("decision") != "approve":
        return _redirect(answer_address(request, None))
    slug = call.body.get("user", "")
    if slug not in call.world.state.users:
        return html.message("Nobody signed in", "Choose one of the users of this sandbox.", status=400)
    code = approved(call.world, request, slug)
    if request.redirect_uri == OUT_OF_BAND:
        return html.shown_code(code.code)
    return _redirect(answer_address(request, code))


def _request(call: Call) -> Asked | Answer:
    """The request, or what is answered to one that cannot be shown or is sent back at once."""
    try:
        request = asked(call.world, call.query)
    except NotAsked as error:
        return html.message("This request cannot be answered", str(error), status=400)
    return _redirect(answer_address(request, None)) if request.error else request


def _redirect(address: str) -> Answer:
    if address.startswith(OUT_OF_BAND):
        return html.message("Not authorized", "The request was denied or is not valid.")
    return Answer(302, None, {**_NO_STORE, "Location": address})


@ROUTES.get("/activate", "/activate/{user_code}", auth=False)
def get_activate(call: Call) -> Answer:
    """The page of a device sign-in: for the code, or (with one) for the decision."""
    typed = call.parts.get("user_code")
    if typed is None:
        return html.page("Connect a device", html.code_form())
    return _about(call, typed)


@ROUTES.post("/activate", "/activate/{user_code}", auth=False)
def post_activate(call: Call) -> Answer:
    """The page after a code was typed, or after the decision."""
    typed = call.parts.get("user_code") or call.body.get("user_code", "")
    decision, slug = call.body.get("decision"), call.body.get("user", "")
    code = by_user_code(call.world.state, typed)
    if decision is None or code is None:
        return _about(call, typed)
    approve = decision == "approve"
    if approve and slug not in call.world.state.users:
        return html.message("Nobody signed in", "Choose one of the users of this sandbox.", status=400)
    problem = decide(code, slug, call.world.now, approve=approve)
    if problem is not None:
        return html.message("Too late", problem, status=409)
    if approve:
        return html.message("Device connected", "You can go back to your device now.")
    return html.message("Device denied", "The device was not connected.")


def _about(call: Call, typed: str) -> Answer:
    """The question about one code, or why there is none."""
    code = by_user_code(call.world.state, typed)
    if code is None:
        again = "<p>This code is not known. Check it on the device.</p>" + html.code_form()
        return html.page("Connect a device", again, status=404)
    if code.status != "pending":
        return html.message("Too late", f"The code {code.user_code} was {code.status} already.", status=409)
    if expired(code, call.world.now):
        return html.message("Too late", f"The code {code.user_code} has expired.", status=410)
    return html.page("Connect a device", _question(call, code))


def _question(call: Call, code: DeviceCode) -> str:
    app = app_of(call.world.state, code.client_id)
    name = app.name if app else "An application"
    return f"<p>Code <code>{code.user_code}</code></p>" + html.question(
        name, call.world.state.users, {"user_code": code.user_code}, "/activate"
    )
