"""Which error a status or a missing answer becomes, and that no error carries a secret."""

from __future__ import annotations

import copy
import pickle
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import pytest

from tests.trakt.replaying import TOKEN, play, read, write
from watchprint.trakt import errors
from watchprint.trakt.conversation import grants
from watchprint.trakt.conversation.converse import converse
from watchprint.trakt.conversation.reading import typed
from watchprint.trakt.errors import TraktError, no_answer, refusal
from watchprint.trakt.ports import Application
from watchprint.trakt.tokens import Tokens
from watchprint.trakt.wire import Call, NoReply, Reply, Request

GET = Request("GET", "/sync/history")
NAMED = {
    401: "TokenExpired",
    403: "AppRefused",
    404: "NotFound",
    409: "AlreadyActive",
    420: "AccountLimit",
    423: "AccountLocked",
    426: "VipOnly",
    429: "Throttled",
}


def expected(status: int) -> str:
    """The tree of product.md, read again."""
    return NAMED.get(status) or {4: "Invalid", 5: "TraktBroken"}.get(status // 100, "Unreadable")


@pytest.mark.parametrize("body", [b"", b"<html>busy</html>", b'{"error": "cut', b'{"error":"said"}', b'["x"]', b"\xff"])
def test_every_status_is_one_error_whatever_the_body(body: bytes) -> None:
    for status in (s for s in range(100, 600) if not 200 <= s < 300):
        error = refusal(Reply(status, {}, body), GET)
        text = str(error)
        assert type(error).__name__ == expected(status), status
        assert error.status == status
        assert error.request == GET
        assert f"HTTP {status}" in text
        assert "GET /sync/history" in text
        assert "\n" not in text
        assert "<" not in text
        assert ("said" in text) == (b"said" in body)


def test_the_tree_is_that_of_the_specification() -> None:
    assert issubclass(errors.Invalid, ValueError)
    refused = [*NAMED.values(), "Invalid", "TraktBroken"]
    assert all(issubclass(getattr(errors, name), errors.Refused) for name in refused)
    assert all(
        issubclass(getattr(errors, name), errors.NoAnswer) for name in ("Unreachable", "TimedOut", "UnknownOutcome")
    )
    others = ("NotConfigured", "NoAnswer", "Refused", "Unreadable", "PartlyWritten")
    assert all(getattr(errors, name).__base__ is TraktError for name in others)


@pytest.mark.parametrize(("header", "kind"), [("true", errors.Refused), ("false", errors.TokenExpired)])
def test_a_private_user_is_not_an_expired_token(header: str, kind: type[TraktError]) -> None:
    assert type(refusal(Reply(401, {"x-private-user": header}, b""), GET)) is kind


@pytest.mark.parametrize(
    ("outcome", "repeatable", "kind"),
    [
        (NoReply("refused", sent=False), True, errors.Unreachable),
        (NoReply("refused", sent=False), False, errors.Unreachable),
        (NoReply("late", sent=False, timed_out=True), False, errors.Unreachable),
        (NoReply("late", sent=True, timed_out=True), True, errors.TimedOut),
        (NoReply("late", sent=True, timed_out=True), False, errors.UnknownOutcome),
        (NoReply("broken", sent=True), True, errors.Unreachable),
        (NoReply("broken", sent=True), False, errors.UnknownOutcome),
    ],
)
def test_a_missing_answer(outcome: NoReply, repeatable: bool, kind: type[TraktError]) -> None:
    error = no_answer(outcome, GET, repeatable=repeatable)
    assert type(error) is kind
    assert error.status is None
    assert outcome.reason in str(error)


def test_what_the_answers_say() -> None:
    locked = refusal(Reply(426, {"x-upgrade-url": "https://up.example"}, b""), GET)
    assert isinstance(locked, errors.VipOnly)
    assert locked.upgrade_url == "https://up.example"
    bare = refusal(Reply(426, {}, b""), GET)
    assert isinstance(bare, errors.VipOnly)
    assert bare.upgrade_url == errors.UPGRADE_URL
    active = refusal(Reply(409, {}, b'{"expires_at":"2026-01-01T00:00:00Z","watched_at":5}'), GET)
    assert isinstance(active, errors.AlreadyActive)
    assert active.expires_at is not None
    assert active.expires_at.year == 2026
    assert active.watched_at is None


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b"<html>", b'{"watched_at":"soon"}', b'{"watched_at":null}', b"{" * 5000]
)
def test_a_conflict_without_readable_times_has_none(body: bytes) -> None:
    error = refusal(Reply(409, {}, body), GET)
    assert isinstance(error, errors.AlreadyActive)
    assert error.watched_at is None


ALL = [
    *(
        refusal(Reply(status, {"x-a": "b"}, b"{}"), GET, retry_after_s=12.0)
        for status in (302, 401, 404, 422, 429, 503)
    ),
    no_answer(NoReply("cut", sent=True), GET, repeatable=False),
    errors.PartlyWritten("midway", written={"movies": 1}, left=(1, 2)),
    errors.NotConfigured("set TRAKT_CLIENT_ID"),
]


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("copied", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))], ids=["copy", "pickle"])
def test_errors_survive_copying_and_pickling(error: TraktError, copied: Callable[[TraktError], TraktError]) -> None:
    twin = copied(error)
    assert type(twin) is type(error)
    assert str(twin) == str(error)
    assert vars(twin) == vars(error)


# --- secrets

SECRETS = (TOKEN, "the-client-secret", "the-refresh-token", "the-code", "the-verifier", "the-device-code")
APP = Application("the-client-id", "the-client-secret", "https://back.example")
ECHO = " ".join(SECRETS)
CALLS: dict[str, Call[Any]] = {
    "read": read(),
    "typed read": Call(GET, typed(int), repeatable=True, bucket="get"),
    "write": write(),
    "typed write": Call(write().request, typed(int), repeatable=False, bucket="write"),
    "refresh": grants.refresh(APP, "the-refresh-token"),
    "code": grants.exchange_code(APP, "the-code", None),
    "code with PKCE": grants.exchange_code(APP, "the-code", "the-verifier"),
    "device": grants.device_token(APP, "the-device-code"),
    "revoke": grants.revoke(APP, TOKEN),
}
OUTCOMES: dict[str, Reply | NoReply] = {
    **{
        f"{status} that repeats all": Reply(status, {"x-error-message": ECHO, "x-other": ECHO}, ECHO.encode())
        for status in (200, 302, 400, 401, 403, 404, 409, 420, 422, 423, 426, 429, 500, 504)
    },
    "400 with OAuth's words": Reply(400, {}, b'{"error":"invalid_grant","error_description":"%s"}' % ECHO.encode()),
    "a cut pair": Reply(200, {"x-token": "the-new-token"}, b'{"access_token":"the-new-token","refresh_token":"the-new'),
    "no answer": NoReply(f"broken while sending {ECHO}", sent=True),
    "not sent": NoReply(f"Illegal header value b'Bearer {ECHO}'", sent=False),
}


def of_this_call(call: Call[Any], signs: bool) -> tuple[str, ...]:
    """The secrets that this call sent or got: those of others cannot be told from any other text."""
    sent = (call.request.body or b"").decode()
    got = ("the-new-token",) if call.request.secret else ()
    return (*got, *(s for s in SECRETS if s in sent or (signs and s == TOKEN)))


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
@pytest.mark.parametrize("name", CALLS)
def test_no_error_carries_a_secret(name: str, outcome: Reply | NoReply) -> None:
    call = CALLS[name]
    signs = call.needs_user
    played = play(converse(call, TOKEN if signs else None, renewable=signs, attempts=2), [outcome] * 9)
    if played.error is None:
        assert isinstance(outcome, Reply)
        return
    secrets = of_this_call(call, signs)
    assert secrets
    for where, text in everything_shown(played.error):
        for secret in secrets:
            assert secret not in text, f"{secret} in {where}: {text[:300]}"


def everything_shown(error: BaseException) -> Iterator[tuple[str, str]]:
    """What a log, a crash report or a curious host can see: texts, attributes, pickle, traceback with locals."""
    yield "traceback", "".join(traceback.format_exception(error))
    yield "pickle", pickle.dumps(error).decode("latin-1")
    for each in _chain(error):
        yield "str", str(each)
        yield "repr", repr(each)
        yield "args", repr(each.args)
        yield from _attributes(vars(each))
        yield from _locals(each.__traceback__)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _attributes(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        yield name, repr(value)
        if isinstance(value, Request):
            yield name, f"{value.path} {value.query} {value.body!r} {value.headers}"
        if isinstance(value, Reply):
            yield name, f"{value.headers} {value.body!r}"


def _locals(at: TracebackType | None) -> Iterator[tuple[str, str]]:
    """The locals of the program's own frames; those of the test hold the secrets on purpose."""
    while at is not None:
        if "watchprint/trakt" in at.tb_frame.f_code.co_filename:
            for name, value in at.tb_frame.f_locals.items():
                yield f"local {name} of {at.tb_frame.f_code.co_name}", repr(value)
        at = at.tb_next


def test_values_that_hold_secrets_do_not_show_them() -> None:
    shown = repr(Tokens(TOKEN, "the-refresh-token")) + repr(APP) + repr(CALLS["refresh"]) + repr(CALLS["device"])
    played = play(converse(read(), TOKEN, renewable=True), [Reply(401, {}, b""), Reply(200, {}, b"")], fresh="the-code")
    shown += repr(played.steps)
    assert not [secret for secret in SECRETS if secret in shown]


def test_oauths_own_word_is_kept_and_nothing_else_of_it() -> None:
    played = play(converse(CALLS["refresh"]), [OUTCOMES["400 with OAuth's words"]])
    assert isinstance(played.error, errors.Invalid)
    assert played.error.grant_error == "invalid_grant"
    assert "invalid_grant" in str(played.error)
    assert played.error.status == 400
    unknown = play(converse(CALLS["refresh"]), [Reply(400, {}, b'{"error":"the-refresh-token"}')])
    assert unknown.error is not None
    assert unknown.error.grant_error is None
