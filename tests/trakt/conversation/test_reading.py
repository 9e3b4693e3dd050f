"""Bodies become objects or one clear error; what is new in them is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.trakt.conversation import reading
from watchprint.trakt.conversation.reading import body_of, glance_at, nothing, notice, rows_of, typed, unknown_fields
from watchprint.trakt.errors import Unreadable
from watchprint.trakt.wire import Reply


class Name(msgspec.Struct):
    first: str
    last: str | None = None


class Thing(msgspec.Struct, kw_only=True):
    LEFT_OUT: ClassVar = ("likes",)
    id: int
    score_pct: float = msgspec.field(name="score", default=0.0)
    name: Name | None = None
    others: list[Name] = []
    by_id: dict[str, Name] = {}


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    """The counts of this test only."""
    before = unknown_fields.copy()
    unknown_fields.clear()
    yield
    unknown_fields.clear()
    unknown_fields.update(before)


def test_a_body_becomes_what_was_asked_for() -> None:
    body = b'{"id":7,"score":81.5,"name":{"first":"Ada"}}'
    assert typed(Thing)(Reply(200, {}, body)) == Thing(id=7, score_pct=81.5, name=Name("Ada"))
    assert rows_of(Thing)(b"[" + body + b"]") == [Thing(id=7, score_pct=81.5, name=Name("Ada"))]
    assert body_of(dict[str, int])(b'{"a":1}') == {"a": 1}
    assert nothing(Reply(204, {}, b"")) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "it is empty"),
        (b" \r\n ", "it is empty"),
        (b"<!DOCTYPE html><title>Attention</title>", "it is a web page"),
        (b"\n  <html>", "it is a web page"),
        (b'{"id":', "it is cut or of another form"),
        (b"[]", "it is cut or of another form"),
        (b"null", "it is cut or of another form"),
        (b'{"id":"seven"}', "it is cut or of another form"),
        (b'{"id":7,"name":{"first":"\xff"}}', "it is cut or of another form"),
        (b"\xff\xfe{", "it is cut or of another form"),
        (b'{"id":7,"others":' + b"[" * 200_000, "it is cut or of another form"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(body: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        typed(Thing)(Reply(200, {}, body))
    text = str(caught.value)
    assert why in text
    assert "\n" not in text
    assert len(text) < 300


WHOLE = msgspec.json.encode([Thing(id=n, name=Name("Ada ✓", "L")) for n in range(3)])


@given(st.integers(0, len(WHOLE) - 1))
def test_a_body_cut_anywhere_is_never_taken_for_whole(at: int) -> None:
    with pytest.raises(Unreadable):
        rows_of(Thing)(WHOLE[:at])


@given(st.binary(max_size=60))
def test_any_bytes_are_rows_or_one_kind_of_error(body: bytes) -> None:
    try:
        rows = rows_of(Thing)(body)
    except Unreadable:
        return
    assert isinstance(rows, list)


def test_fields_that_no_model_has_are_counted_by_name() -> None:
    body = b'{"id":1,"new":1,"likes":5,"name":{"first":"A","title":"Dr"},"others":[{"first":"B","x":{"y":1}}]}'
    for _ in range(2):
        typed(Thing)(Reply(200, {}, body))
    assert unknown_fields == {"Thing.new": 2, "Name.title": 2, "Name.x": 2}


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        (Thing | None, b'{"id":1,"new":1}', {"Thing.new": 1}),
        (Thing | None, b"null", {}),
        (list[Thing], b'[{"id":1,"a":1},{"id":1},{"id":1,"a":1},{"id":1,"a":1}]', {"Thing.a": 2}),
        (list[Thing] | None, b'[{"id":1,"a":1}]', {"Thing.a": 1}),
        (dict[str, Thing], b'{"10":{"id":1,"a":1},"11":{"id":1}}', {"Thing.a": 1}),
        (dict[str, list[Name]], b'{"10":[{"first":"A","a":1}]}', {"Name.a": 1}),
        (dict[str, dict[str, Name]], b'{"10":{"1":{"first":"A","a":1}}}', {"Name.a": 1}),
        (Thing, b'{"id":1,"by_id":{"5":{"first":"A","b":2}}}', {"Name.b": 1}),
        (dict[str, str], b'{"10":"2026"}', {}),
        (dict[str, Any], b'{"10":{"a":{"b":1}}}', {}),
        (list[Any], b'[{"a":1}]', {}),
        (list[int], b"[1,2]", {}),
        (Thing | Name, b'{"a":1}', {}),
        (Thing, b"not even JSON", {}),
        (Thing, b'{"id":1,"new":"\xff"}', {}),
    ],
)
def test_counting_looks_into_every_kind(kind: Any, body: bytes, found: dict[str, int]) -> None:
    notice(kind, body)
    assert unknown_fields == found


def test_only_first_pages_are_looked_at_and_the_counts_are_bounded() -> None:
    rows_of(Thing)(b'[{"id":1,"a":1}]')
    assert unknown_fields == {}
    glance_at(Thing)(b'[{"id":1,"a":1}]')
    assert unknown_fields == {"Thing.a": 1}
    for number in range(3_000):
        notice(Thing, b'{"id":1,"field%d":1}' % number)
    notice(Thing, b'{"id":1,"a":1}')
    assert len(unknown_fields) == reading._MOST_NAMES
    assert unknown_fields["Thing.a"] == 2
