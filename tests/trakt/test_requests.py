"""What every endpoint definition is made of: queries as text, paths quoted, bodies without nulls."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.trakt.errors import Invalid
from watchprint.trakt.requests import get, listing, path_of, post, query_of, send, utc_text
from watchprint.trakt.requests import given as given_parts
from watchprint.trakt.wire import Request

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


def nulls_in(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(nulls_in, value.values()))
    if isinstance(value, list):
        return sum(map(nulls_in, value))
    return value is None


@given(st.dictionaries(st.text(max_size=5), values))
def test_a_body_never_holds_a_null_and_loses_nothing_else(body: dict[str, Any]) -> None:
    sent = post(int, "/x", body, repeatable=False).request.body
    assert sent is not None
    found = json.loads(sent)
    assert nulls_in(found) == 0
    assert {name for name, value in body.items() if value is not None} == set(found)
    if nulls_in(body) == 0:
        assert found == json.loads(json.dumps(body))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(Invalid, match="no number"):
        post(int, "/scrobble/stop", {"progress": value}, repeatable=False)


def test_calls_say_what_they_are() -> None:
    read = get(int, "/sync/x", extended="full", limit=None)
    assert read.request == Request("GET", "/sync/x", {"extended": "full"})
    assert (read.repeatable, read.bucket, read.needs_user) == (True, "get", True)
    write = send("DELETE", "/checkin", repeatable=True)
    assert write.request == Request("DELETE", "/checkin")
    assert (write.repeatable, write.bucket) == (True, "write")
    rows = listing(int, "/sync/x", lambda row: row, type_="movie")
    assert rows.request.query == {"type": "movie"}


def test_queries_are_text() -> None:
    at = datetime(2026, 1, 31, 20, 15, 0, 999_999, tzinfo=UTC)
    assert query_of({"a": True, "b": 5, "c": None, "d": ["x", "y"], "e": at, "f": date(2026, 1, 2), "g": 79.9}) == {
        "a": "true", "b": "5", "d": "x,y", "e": "2026-01-31T20:15:00.999Z", "f": "2026-01-02", "g": "79.9",
    }  # fmt: skip


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-11))])))
def test_instants_are_written_in_utc_with_milliseconds(at: datetime) -> None:
    try:
        text = utc_text(at)
    except Invalid:
        assert at.year in (1, 9999)
        return
    assert len(text) == len("2026-01-31T20:15:00.000Z")
    back = datetime.fromisoformat(text)
    assert timedelta(0) <= at - back < timedelta(milliseconds=1)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(Invalid, match="no time zone"):
        utc_text(datetime(2026, 1, 1))


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_a_part_of_a_path_stays_one_part(parts: list[str]) -> None:
    try:
        path = path_of(*parts)
    except Invalid:
        assert any(not part.strip() or part in (".", "..") for part in parts)
        return
    except UnicodeEncodeError:
        assert any(0xD800 <= ord(c) < 0xE000 for part in parts for c in part)
        return
    assert [unquote(part) for part in path.split("/")[1:]] == parts
    assert path.isascii()
    assert not set("?# ") & set(path)


def test_optional_parts_end_at_the_first_that_is_missing() -> None:
    assert given_parts("movies", 5) == ("movies", 5)
    assert given_parts(None, 5) == ()
    assert given_parts("movies", None) == ("movies",)
