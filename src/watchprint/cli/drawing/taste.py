"""Drawings of taste: its eras, the critic's fingerprint, the hills one dies on, the passport."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.marks.bars import LESS, bar, both_sides, span
from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import counted, figure, percent, signed, time_of, title_of
from watchprint.insights import Answer

_OF = {"country": "countries", "language": "languages", "decade": "decades", "genre": "genres", "network": "networks"}


def eras(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """The eras on a line of time, each with what marks it."""
    first, last = answer.rows[0].from_on, answer.rows[-1].to_on
    whole = max(1, (last - first).days)
    rows = [
        (
            str(row.era),
            f"{row.from_on:%Y-%m} to {row.to_on:%Y-%m}",
            span((row.from_on - first).days / whole, (row.to_on - first).days / whole, 24, paper),
            _mark(row),
            figure(row.plays),
            time_of(row.minutes),
        )
        for row in answer.rows
    ]
    heads = [Column("", right=True), Column("era"), Column(""), names("marked by", 10), *figures("plays", "time")]
    yield table(paper, heads, rows)
    for row in answer.rows:
        if row.value is None:
            continue
        opened = f", opened by {row.opened_by}" if row.opened_by else ""
        yield paper.wrapped(
            f"{row.era}. {_mark(row)}: {percent(row.share)} of the time watched, {percent(row.share_outside)} at other "
            f"times{opened}."
        )


def _mark(row: Any) -> str:
    if row.value is None:
        return ""
    return f"the {row.value}s" if row.of == "decade" else f"{row.of} {row.value}"


def critic(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """The bias, the slope, and the groups liked better and less, to both sides of the middle."""
    yield from (paper.wrapped(line) for line in _fingerprint(answer.facts))
    of = answer.asked.get("of", "genre")
    if answer.rows:
        yield Text("")
    most = max(abs(row.offset) for row in answer.rows)
    rows = [
        (
            f"{row.value}s" if of == "decade" else row.value,
            figure(row.ratings),
            f"{row.own:.1f}",
            f"{row.community:.1f}",
            both_sides(row.offset, most, 15, paper),
            signed(row.offset),
            f"{row.error:.2f}",
            signed(row.offset_shrunk),
            "sure" if row.told else "",
        )
        for row in answer.rows
    ]
    heads = [names(of, 8), *figures("ratings", "mine", "others"), Column("  less | more")]
    yield table(paper, [*heads, *figures("offset", "error", "shrunk"), Column("")], rows)
    yield paper.wrapped(
        "An offset is against all your ratings; shrunk, it is drawn towards 0 by how much of it chance explains."
    )


def _fingerprint(facts: dict[str, Any]) -> Iterator[str]:
    bias, error = facts.get("bias"), facts.get("bias_error")
    if bias is not None:
        side = "above" if bias > 0 else "below"
        yield f"You rate {abs(bias):.2f} points {side} the community on average (give or take {error:.2f})."
    slope, slope_error = facts.get("slope"), facts.get("slope_error")
    if slope is not None:
        yield f"What it likes a point more you like {signed(slope)} points more (give or take {slope_error:.2f})."


def hills(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """Both sides, each with how far it goes against how many."""
    most = max(abs(row.height) for row in answer.rows)
    heads = {"over": "You like them better than many others do", "under": "You like them less than many others do"}
    for number, side in enumerate(side for side in heads if any(row.side == side for row in answer.rows)):
        if number:
            yield Text("")
        yield Text(heads[side], style="bold")
        style = "cyan" if side == "over" else LESS
        rows = [
            (
                str(row.rank),
                title_of(row),
                row.kind,
                bar(abs(row.height), most, 12, ascii_only=paper.ascii_only, style=style),
                str(row.rating),
                f"{row.community_rating:.1f}",
                f"{row.residual:+.1f}",
                figure(row.community_votes),
            )
            for row in answer.rows
            if row.side == side
        ]
        columns = [Column("", right=True), names("title"), Column("kind"), Column("")]
        yield table(paper, [*columns, *figures("mine", "others", "apart", "votes")], rows)


def passport(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """Diversity of all and of each year, with a bar, and the same at equal numbers."""
    most = max(row.hill1 for row in answer.rows)
    rows = [
        (
            row.period,
            figure(row.titles),
            figure(row.values),
            figure(row.new_values),
            f"{row.hill1:.1f}",
            bar(row.hill1, most, 22, ascii_only=paper.ascii_only),
            f"{row.hill2:.1f}",
            "" if row.rarefied1 is None else f"{row.rarefied1:.1f}",
        )
        for row in answer.rows
    ]
    of = _OF[answer.asked.get("of", "country")]
    heads = [Column(""), *figures("titles", of, "new", "as if"), Column(""), *figures("order 2", "at equal n")]
    yield table(paper, heads, rows)
    whole, facts = answer.rows[0], answer.facts
    lately = {"wider": "It has become wider.", "narrower": "It has become narrower."}.get(str(facts.get("lately")), "")
    yield paper.wrapped(
        f"{counted(whole.titles, 'title')} from {whole.values:,} {of}, as diverse as {whole.hill1:.1f} equally common "
        f"ones. {lately}"
    )
    if facts["rarefied_to"] is not None:
        yield paper.wrapped(f"At equal n: expected of {facts['rarefied_to']} titles, so that years can be compared.")
