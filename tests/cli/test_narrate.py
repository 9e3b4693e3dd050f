"""What comes from outside never moves the cursor, colours the screen or turns the writing round."""

from __future__ import annotations

import io
import json
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.cli.narrate import clean, draw_facts, draw_table, emit_json, fail

ANY = st.text(st.characters(), max_size=40)
TURNING = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def harmful(text: str) -> set[str]:
    """The characters that would do something to a terminal."""
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or ord(c) in TURNING}


@given(ANY)
def test_nothing_harmful_is_left_and_the_rest_stays(text: str) -> None:
    said = clean(text)
    assert not harmful(said)
    if not harmful(text) and "\ufeff" not in text:
        assert said == text


def test_a_control_character_is_written_out_and_a_line_break_is_a_blank() -> None:
    assert clean("Heat\x1b[31m\x07\x9b1m\u202e!\n\r\tnext") == "Heat\\x1b[31m\\x07\\x9b1m\\u202e! next"
    assert clean("👩\u200d👧 ok") == "👩\u200d👧 ok"


@given(st.lists(ANY, min_size=1, max_size=3), ANY)
def test_tables_facts_and_errors_are_clean(cells: list[str], title: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        draw_table(["[red]head"] * len(cells), [cells], title=title)
        draw_facts({"name": cells[0]}, title=title)
        fail(cells[0])
    assert harmful(out.getvalue() + err.getvalue()) <= {"\n"}
    assert "[red]head" in out.getvalue()


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(st.characters(exclude_categories=["Cs"]))
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text("abc\x1b\u202e"), inner, max_size=3)),
    max_leaves=8,
)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "iso-8859-1"])
@given(value=VALUES)
def test_json_is_clean_and_says_the_same(encoding: str, value: Any) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    with redirect_stdout(out):
        emit_json(value)
    text = raw.getvalue().decode(encoding)
    assert harmful(text) <= {"\n"}
    assert json.loads(text) == value


def test_a_table_in_a_pipe_is_not_wrapped_and_an_empty_one_says_so() -> None:
    out = io.StringIO()
    with redirect_stdout(out):
        draw_table(["title", "more"], [["A" * 300, "B" * 200]], title="Rows")
        draw_table(["title"], [], title="Rows")
        draw_table(["title"], [])
    assert f"{'A' * 300}  {'B' * 200}" in out.getvalue()
    assert out.getvalue().endswith("Rows: nothing.\nNothing.\n")
