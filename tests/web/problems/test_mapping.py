"""Every error that can be foreseen is a problem of its own kind, with what a client can act on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from watchprint.identity.errors import IdentityError
from watchprint.insights.errors import InsightsError, UnknownInsight
from watchprint.service import Written
from watchprint.store.errors import StoreError, StoreTooNew
from watchprint.trakt import errors
from watchprint.trakt.items import Movie
from watchprint.trakt.wire import Reply, Request
from watchprint.web.problems.kinds import KINDS
from watchprint.web.problems.mapping import WORDS, refusal_of
from watchprint.web.problems.problem import Refusal


def kinds_of(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds_of(each)


def made(kind: type[BaseException]) -> BaseException:
    match kind:
        case errors.Throttled:
            return errors.Throttled("too fast", retry_after_s=12.4)
        case errors.PartlyWritten:
            return errors.PartlyWritten("midway", written=Written(added=1), left=(Movie(tmdb=949), 7))
        case _ if kind is UnknownInsight:
            return UnknownInsight("x", ["totals"])
        case _ if kind is StoreTooNew:
            return StoreTooNew("too new", "9.9")
    return kind("what, why, what to do") if kind.__init__ is not InsightsError.__init__ else kind("what")


@pytest.mark.parametrize(
    "kind",
    [
        *(k for k in kinds_of(errors.TraktError) if k not in (errors.NoAnswer,) and k.__module__ == errors.__name__),
        *(k for k in kinds_of(StoreError) if k.__module__.startswith("watchprint.store")),
        *(k for k in kinds_of(IdentityError) if k.__module__.startswith("watchprint.identity")),
    ],
    ids=lambda kind: kind.__name__,
)
def test_every_error_of_ours_is_foreseen(kind: type[BaseException]) -> None:
    refusal = refusal_of(made(kind))
    assert refusal is not None
    problem = refusal.problem("id")
    assert (problem.status, problem.title, problem.may_retry) == (
        refusal.kind.status,
        refusal.kind.title,
        refusal.kind.may_retry,
    )
    assert problem.detail


def test_what_nobody_foresaw_is_none() -> None:
    assert refusal_of(RuntimeError("a fault")) is None
    assert refusal_of(Refusal("no-copy", "x")) is not None


def told(error: BaseException) -> Refusal:
    refusal = refusal_of(error)
    assert refusal is not None
    return refusal


def test_what_a_client_acts_on_is_told() -> None:
    status, headers, body = told(made(errors.Throttled)).sent("id")
    assert (status, headers["retry-after"]) == (429, "13")
    assert b'"retry_after_s":12.4' in body
    partly = told(made(errors.PartlyWritten)).problem("id")
    assert partly.left == [{"type": "movie", "ids": {"tmdb": 949}}, 7]
    assert isinstance(partly.written, dict)
    assert partly.written["added"] == 1
    body_409 = b'{"expires_at": "2026-01-31T20:15:00.000Z"}'
    active = errors.refusal(Reply(409, {}, body_409), Request("POST", "/checkin", {}))
    problem = told(active).problem("id")
    assert problem.expires_at == datetime(2026, 1, 31, 20, 15, tzinfo=UTC)


def test_what_may_be_repeated_stored_nothing() -> None:
    for kind in KINDS.values():
        assert not (kind.may_retry and kind.word in ("unknown-outcome", "partly-written", "internal"))
        assert kind.retry_after_s is None or kind.may_retry
    assert set(WORDS.values()) <= set(KINDS)
