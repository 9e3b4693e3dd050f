"""Conversations played by hand: what is sent again, after which waits, and how each ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trakt.replaying import TOKEN, play, read, write
from watchprint.trakt import errors
from watchprint.trakt.conversation.converse import converse
from watchprint.trakt.conversation.reading import typed
from watchprint.trakt.wire import Admit, Call, NoReply, Renew, Reply, Request, Send, Wait

OK = Reply(200, {}, b"[]")
HTML = Reply(200, {}, b"<html>welcome to this hotel</html>")
LIST = Call(Request("GET", "/x"), typed(list[int]), repeatable=True, bucket="get")


def test_each_sending_is_admitted_first() -> None:
    played = play(converse(write(), TOKEN), [Reply(429, {"retry-after": "1"}, b""), OK])
    assert [type(step) for step in played.steps] == [Admit, Send, Wait, Admit, Send]
    assert played.result == b"[]"
    assert all(send.bucket == "write" and send.token == TOKEN for send in played.sent)


def test_renews_once_and_sends_with_the_fresh_token() -> None:
    played = play(converse(write(), TOKEN, renewable=True), [Reply(401, {}, b""), OK])
    assert played.renewals == [Renew(TOKEN)]
    assert [send.token for send in played.sent] == [TOKEN, "fresh"]
    again = play(converse(write(), TOKEN, renewable=True), [Reply(401, {}, b""), Reply(401, {}, b"")])
    assert isinstance(again.error, errors.TokenExpired)
    assert len(again.renewals) == 1


def test_a_token_that_nobody_renews_is_expired() -> None:
    for renewable, fresh in ((False, "fresh"), (True, None)):
        played = play(converse(read(), TOKEN, renewable=renewable), [Reply(401, {}, b"")] * 2, fresh=fresh)
        assert isinstance(played.error, errors.TokenExpired)
        assert len(played.sent) == 1


def test_a_read_whose_body_is_broken_is_asked_again() -> None:
    played = play(converse(LIST), [HTML, Reply(200, {}, b"[1"), Reply(200, {}, b""), Reply(200, {}, b"[1]")])
    assert played.result == [1]
    assert len(played.waits_s) == 3
    given_up = play(converse(LIST), [HTML] * 9)
    assert isinstance(given_up.error, errors.Unreadable)
    assert len(given_up.sent) == 4
    assert given_up.error.request == LIST.request
    assert given_up.error.status == 200


def test_a_write_whose_answer_is_broken_is_of_unknown_outcome() -> None:
    call = Call(write().request, typed(dict[str, int]), repeatable=False, bucket="write")
    for outcome in (HTML, Reply(201, {}, b""), Reply(201, {}, b'{"added":')):
        played = play(converse(call, TOKEN), [outcome] * 9)
        assert isinstance(played.error, errors.UnknownOutcome)
        assert len(played.sent) == 1
        assert played.error.reply == outcome


NOT_STORED = ("unsent", "throttled", "throttled long", "refused token")
OUTCOMES: dict[str, Reply | NoReply] = {
    "unsent": NoReply("no connection", sent=False),
    "throttled": Reply(429, {"retry-after": "9"}, b""),
    "throttled long": Reply(429, {"retry-after": "55"}, b""),
    "bare 429": Reply(429, {}, b"<html>"),
    "refused token": Reply(401, {}, b""),
    "private": Reply(401, {"x-private-user": "true"}, b""),
    "broken": NoReply("connection reset", sent=True),
    "late": NoReply("late", sent=True, timed_out=True),
    "stored": Reply(201, {}, b"{}"),
    **{str(status): Reply(status, {}, b"<html>") for status in (302, 404, 409, 420, 422, 423, 426)},
    **{str(status): Reply(status, {}, b"<html>") for status in (500, 502, 503, 504, 520, 521, 522, 523, 524)},
}
CERTAIN = {*NOT_STORED, "bare 429"}
FINAL = {"private", "302", "404", "409", "420", "422", "423", "426"}


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_what_follows_each_outcome(name: str) -> None:
    for repeatable in (False, True):
        played = play(
            converse(write(repeatable=repeatable), TOKEN, renewable=True), [OUTCOMES[name], OUTCOMES["stored"]]
        )
        again = name in CERTAIN or (repeatable and name not in FINAL)
        assert len(played.sent) == (2 if again and name != "stored" else 1)
        assert (played.error is None) == (again or name == "stored")


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(sorted(OUTCOMES)), min_size=12, max_size=12), st.booleans(), st.booleans(), st.floats(0, 1)
)
def test_a_write_is_sent_again_only_after_it_certainly_was_not_stored(
    names: list[str], repeatable: bool, renewable: bool, chance: float
) -> None:
    call = write(repeatable=repeatable)
    played = play(converse(call, TOKEN, renewable=renewable, draw=lambda: chance), [OUTCOMES[name] for name in names])
    answered = names[: len(played.sent)]
    if not repeatable:
        assert set(answered[:-1]) <= CERTAIN
    assert not {"409", "420", "422", "423", "426"} & set(answered[:-1])
    assert len(played.renewals) <= 1
    assert len(played.sent) <= 4 + len(played.renewals)
    assert sum(played.waits_s) <= 60.0
    assert (played.error is None) == (answered[-1] == "stored")
    if isinstance(played.error, errors.Unreachable) and not repeatable:
        assert answered[-1] == "unsent"


@given(st.lists(st.sampled_from(["throttled", "throttled long"]), min_size=9, max_size=9))
def test_all_waits_of_a_call_together_are_bearable(names: list[str]) -> None:
    played = play(converse(read(), TOKEN), [OUTCOMES[name] for name in names])
    assert isinstance(played.error, errors.Throttled)
    assert sum(played.waits_s) <= 60.0


@pytest.mark.parametrize("name", ["bare 429", "503", "broken", "unsent"])
def test_the_waits_of_a_read_grow(name: str) -> None:
    played = play(converse(read(), TOKEN, draw=lambda: 1.0), [OUTCOMES[name]] * 9)
    assert played.waits_s == [0.5, 1.0, 2.0]
    assert len(played.sent) == 4
