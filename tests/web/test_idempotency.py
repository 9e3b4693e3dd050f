"""The same Idempotency-Key: the first answer again, byte for byte, whoever is asked and whatever happened between."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.web.running import Answer, Served, in_time, serving

LIST = {"name": "To show"}


def make(served: Served, token: str, key: str, body: Any = LIST) -> Answer:
    return served.ask("POST", "/api/v1/lists", body, token, Idempotency_Key=key)


def lists(desk: Desk) -> int:
    return len(desk.obey("GET", "users/ann")["lists"])


def test_the_first_answer_again_also_after_a_restart_and_from_another_process(
    own: Served, desk: Desk, ann: Person, tmp_path: Path
) -> None:
    first = make(own, ann.access, "k")
    assert (first.status, first.headers["Idempotency-Replayed"]) == (201, None)
    again = make(own, ann.access, "k")
    assert (again.status, again.body, again.headers["Idempotency-Replayed"]) == (201, first.body, "true")
    with serving(own.env, tmp_path / "beside") as beside:
        assert make(beside, ann.access, "k").body == first.body
    own.kill()
    own.begin_again()
    assert make(own, ann.access, "k").body == first.body
    renewed = desk.obey("POST", "tokens", {"user": "ann"})["access_token"]
    assert make(own, renewed, "k").body == first.body
    assert lists(desk) == 1


def test_a_key_is_of_a_user_a_route_and_a_body(own: Served, desk: Desk, ann: Person) -> None:
    assert make(own, ann.access, "k").status == 201
    assert make(own, ann.access, "k", {"name": "Other"}).problem == "key-used"
    same = own.ask(
        "POST", "/api/v1/lists", b' {"privacy" :"private","name":"To show"} ', ann.access, Idempotency_Key="k"
    )
    assert same.headers["Idempotency-Replayed"] == "true"
    bob = desk.user("bob")
    assert make(own, bob.access, "k", {"name": "Other"}).status == 201
    on = own.ask("DELETE", "/api/v1/lists/to-show", token=ann.access, Idempotency_Key="k")
    assert (on.status, on.headers["Idempotency-Replayed"]) == (204, None)
    desk.advance(24 * 3600 + 1)
    in_time(lambda: make(own, ann.access, "k", {"name": "Other"}), lambda answer: answer.status == 201)


def test_many_at_once_write_once(own: Served, desk: Desk, ann: Person) -> None:
    desk.fault("slow", "/users/me/lists", times=1, delay_s=1.0, match={"method": "POST"})
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: make(own, ann.access, "k"), range(8)))
    made = {answer.body for answer in answers if answer.status == 201}
    others = [answer for answer in answers if answer.status != 201]
    assert len(made) == 1
    assert {(answer.status, answer.problem) for answer in others} <= {(409, "key-in-flight")}
    assert others, "none was in flight beside the first"
    assert all(answer.headers["Retry-After"] == "1" for answer in others)
    assert make(own, ann.access, "k").body in made
    assert lists(desk) == 1


def test_an_answer_that_says_that_nothing_was_stored_frees_the_key(own: Served, desk: Desk, ann: Person) -> None:
    desk.fault("429", "/users/me/lists", times=1, retry_after_s=300)
    assert make(own, ann.access, "k").problem == "throttled"
    desk.advance(301)
    in_time(lambda: make(own, ann.access, "k"), lambda answer: answer.status == 201)
    assert lists(desk) == 1


def test_an_unknown_outcome_is_kept_and_never_sent_again(own: Served, desk: Desk, ann: Person) -> None:
    desk.fault("stored_504", "/users/me/lists", times=1, match={"method": "POST"})
    first = make(own, ann.access, "k")
    assert (first.problem, first.json["may_retry"]) == ("unknown-outcome", False)
    again = make(own, ann.access, "k")
    assert (again.status, again.body) == (504, first.body)
    assert lists(desk) == 1


def test_a_write_that_a_kill_cut_off_is_never_sent_again(own: Served, desk: Desk, ann: Person) -> None:
    desk.fault("slow", "/users/me/lists", times=1, delay_s=30.0, match={"method": "POST"})
    with ThreadPoolExecutor(1) as pool:
        cut_off = pool.submit(make, own, ann.access, "k")
        until_s = time.monotonic() + 60
        while not any(row["method"] == "POST" for row in desk.requests()):
            assert time.monotonic() < until_s
            time.sleep(0.02)
        own.kill()
        assert cut_off.exception() is not None
    own.begin_again()
    assert make(own, ann.access, "k").problem == "key-in-flight"
    desk.advance(31)
    before = sum(row["method"] == "POST" for row in desk.requests())
    ended = in_time(lambda: make(own, ann.access, "k"), lambda answer: answer.problem != "key-in-flight")
    assert ended.problem == "unknown-outcome"
    assert sum(row["method"] == "POST" for row in desk.requests()) == before


def test_a_write_whose_asker_has_left_is_finished(own: Served, desk: Desk, ann: Person) -> None:
    desk.fault("slow", "/users/me/lists", times=1, delay_s=1.0, match={"method": "POST"})
    with pytest.raises(TimeoutError):
        own.ask("POST", "/api/v1/lists", LIST, ann.access, 0.3, Idempotency_Key="k")
    until_s = time.monotonic() + 60
    while (answer := make(own, ann.access, "k")).status != 201:
        assert answer.problem == "key-in-flight"
        assert time.monotonic() < until_s
        time.sleep(0.1)
    assert lists(desk) == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "ä"])
def test_what_is_no_key_is_refused(key: str, served: Served, ann: Person) -> None:
    answer = make(served, ann.access, key.encode().decode("latin-1"))
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "Idempotency-Key")
