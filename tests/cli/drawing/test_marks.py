"""Marks against the plainest way to say what they must be: never too wide, no figure lost, lengths in proportion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from watchprint.cli.drawing.marks.bars import banded, bar, both_sides, box, progress, span
from watchprint.cli.drawing.marks.curves import columns, sparkline
from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper, in_ascii

WIDE = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("千尋👩❤️\u200d\u202e\x1b\x07\n\té…")), max_size=60
)
PAPERS = st.builds(Paper, st.integers(40, 80), st.booleans())
SHARES = st.floats(0, 1)


@given(WIDE, st.integers(1, 40), PAPERS)
def test_a_cut_text_fits_and_begins_as_it_did(text: str, cells: int, paper: Paper) -> None:
    cut = paper.cut(text, cells)
    assert cell_len(cut) <= cells
    assert cut.isprintable()
    assert not paper.ascii_only or cut.isascii()
    if cell_len(paper.plain(text)) <= cells:
        assert cut == paper.plain(text)


@given(WIDE, PAPERS, st.integers(0, 8))
def test_wrapped_text_loses_no_word(text: str, paper: Paper, indent: int) -> None:
    lines = paper.lines(text, indent=indent)
    assert all(cell_len(line) <= paper.width for line in lines)
    assert "".join("".join(lines).split()) == "".join(paper.plain(text).split())


@given(st.lists(st.tuples(WIDE, WIDE, st.integers(0, 10**9)), min_size=1, max_size=6), PAPERS)
def test_a_table_fits_and_keeps_its_figures(rows: list[tuple[str, str, int]], paper: Paper) -> None:
    cells = [(name, other, f"{value:,}") for name, other, value in rows]
    lines = table(paper, [names("name", 6), names("other", 6), *figures("plays")], cells).plain.splitlines()
    assert all(cell_len(line) <= paper.width for line in lines)
    assert len(lines) == len(rows) + 2
    assert [line.split()[-1] for line in lines[2:]] == [value for *_, value in cells]


def test_a_table_leaves_out_what_nobody_fills() -> None:
    drawn = table(Paper(80, False), [Column("a"), Column("b"), Column("")], [("1", "", "x"), ("2", None, "")]).plain
    assert drawn.splitlines() == ["a", "─  ─", "1  x", "2"]


@given(st.floats(0, 1e6), st.floats(0.001, 1e6), st.integers(1, 60), st.booleans())
def test_a_bar_is_as_long_as_its_share(value: float, most: float, width: int, ascii_only: bool) -> None:
    drawn = bar(value, most, width, ascii_only=ascii_only)
    assert drawn.cell_len <= width
    assert (drawn.cell_len == 0) == (value == 0)
    if 0 < value <= most:
        assert abs(drawn.cell_len - width * value / most) <= 1


@given(st.tuples(SHARES, SHARES, SHARES), st.integers(5, 40), PAPERS)
def test_a_band_lies_round_its_value(values: tuple[float, float, float], width: int, paper: Paper) -> None:
    low, value, high = sorted(values)
    drawn = banded(low, value, high, 1, width, paper).plain
    sure, perhaps, beyond = (drawn.count(mark) for mark in paper.marks("█▓░", "#=-"))
    assert drawn == "".join(
        mark * n for mark, n in zip(paper.marks("█▓░", "#=-"), (sure, perhaps, beyond), strict=True)
    )
    assert len(drawn) == max(1, round(width * high))
    assert round(width * low) in (sure, sure - 1)


@given(SHARES, st.integers(3, 40), PAPERS)
def test_progress_is_full_only_at_the_end(share: float, width: int, paper: Paper) -> None:
    drawn = progress(share, width, paper).plain
    full = drawn.count(paper.glyphs("█", "#"))
    assert len(drawn) == width
    assert (full == width) == (share == 1)
    assert (full == 0) == (share == 0)


@given(st.floats(-1, 1), st.integers(5, 41), PAPERS)
def test_bars_to_both_sides_start_in_the_middle(value: float, width: int, paper: Paper) -> None:
    drawn = both_sides(value, 1, width, paper).plain
    left, right = drawn.split(paper.glyphs("│", "|"))
    assert len(left) == len(right) == width // 2
    assert bool(left.strip()) == (value < 0)
    assert bool(right.strip()) == (value > 0)


@given(st.tuples(SHARES, SHARES), st.integers(5, 40), PAPERS)
def test_spans_lie_where_they_are(ends: tuple[float, float], width: int, paper: Paper) -> None:
    start, end = sorted(ends)
    drawn = span(start, end, width, paper).plain
    assert len(drawn) == width
    assert abs(drawn.index(paper.glyphs("█", "#")) - start * width) <= 1


@given(st.lists(SHARES, min_size=5, max_size=5), PAPERS)
def test_a_box_has_its_middle_inside(values: list[float], paper: Paper) -> None:
    quantiles = sorted(values)
    drawn = box(quantiles, 30, paper).plain
    assert len(drawn) == 30
    assert drawn.index(paper.glyphs("┃", "|")) == min(29, int(30 * quantiles[2]))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=300), PAPERS)
def test_a_sparkline_is_highest_at_the_most(values: list[int], paper: Paper) -> None:
    drawn = sparkline(values, 40, paper).plain
    assert len(drawn) == min(40, len(values))
    glyphs = paper.glyphs(" ▁▂▃▄▅▆▇█", " .:-=+*#@")
    if len(values) <= 40 and max(values):
        assert [glyphs.index(char) for char in drawn] == [
            max(1, round(8 * value / max(values))) if value else 0 for value in values
        ]


def test_columns_stand_on_one_line() -> None:
    drawn = columns(Paper(80, True), [("1", 1.0), ("2", 0.5)], height=4, said=["100%", "50%"]).plain.splitlines()
    heights = [sum(line[at : at + 1] == "#" for line in drawn[1:-1]) for at in (0, 8)]
    assert heights == [4, 2]


def test_what_ascii_has_nothing_like_is_a_question_mark() -> None:
    assert in_ascii("Łódź, café – “so” 千") == 'Lodz, cafe - "so" ?'
    assert isinstance(table(Paper(80, True), [names("é")], [("千",)]), Text)
