"""Drawings of what: rankings, ratings, first and last, on this day, rewatches."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.marks.bars import bar, bars
from watchprint.cli.drawing.marks.tables import Column, figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import (
    KINDS,
    counted,
    day_of,
    figure,
    instant_of,
    percent,
    time_of,
    title_of,
    value_of,
)
from watchprint.insights import Answer

_RANK = Column("", right=True)
_BAR = Column("")


def top(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A ranking, with bars of what it is ranked by."""
    most = max(value_of(row, answer) for row in answer.rows)
    rows = []
    for row in answer.rows:
        plays = f"{row.plays:,}" if row.plays == int(row.plays) else f"{row.plays:,.1f}"
        drawn = bar(value_of(row, answer), most, 12, ascii_only=paper.ascii_only)
        time = time_of(row.minutes) if row.coverage else "unknown"
        rows.append((str(row.rank), title_of(row), drawn, plays, f"{row.titles:,}", time))
    yield table(
        paper, [_RANK, names(str(answer.asked.get("of", "title"))), _BAR, *figures("plays", "titles", "time")], rows
    )


def top_rated(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A ranking by own rating, beside the community's."""
    rows = [
        (
            str(row.rank),
            title_of(row),
            row.kind,
            bar(row.rating, 10, 10, ascii_only=paper.ascii_only),
            str(row.rating),
            "" if row.community_rating is None else f"{row.community_rating:.1f}",
            figure(row.community_votes),
            day_of(row.rated_on),
        )
        for row in answer.rows
    ]
    heads = [_RANK, names("title"), Column("kind"), _BAR, *figures("mine", "others", "votes"), Column("rated")]
    yield table(paper, heads, rows)


def ratings(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """A bar a rating, the best at the top."""
    rows = list(reversed(answer.rows))
    width = max(len(f"{row.ratings:,}") for row in rows)
    said = [f"{row.ratings:>{width},}  {percent(row.ratings / answer.n) if answer.n else '':>5}" for row in rows]
    yield bars(paper, [(str(row.rating), row.ratings) for row in rows], said=said)
    if answer.facts["mean"] is None:
        return
    of_kinds = [(kind, answer.facts.get(f"{kind}_mean")) for kind in ("movies", "shows", "seasons", "episodes")]
    parts = ", ".join(f"{kind} {mean:.2f}" for kind, mean in of_kinds if mean is not None)
    yield Text(f"Mean {answer.facts['mean']:.2f} over {answer.n:,} ratings" + (f": {parts}." if parts else "."))


def first_last(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """The first and the last, of all and of each kind."""
    rows = [
        (KINDS[row.kind] if row.which == "first" else "", row.which, instant_of(row.local_at), title_of(row))
        for row in answer.rows
    ]
    yield table(paper, [Column(""), Column(""), Column("ended"), names("what")], rows)
    if (days := answer.facts.get("days_between")) is not None:
        yield Text(f"{counted(days, 'day')} between the first and the last ({days / 365.25:.1f} years).")


def on_this_day(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """The years one below the other, each with its titles."""
    rows, shown = [], None
    for row in answer.rows:
        year, ago = ("", "") if row.on == shown else (f"{row.on:%Y}", _ago(row.years_ago))
        shown = row.on
        again = f"{row.plays} times" if row.plays > 1 else ""
        rows.append((year, ago, title_of(row), time_of(row.minutes) if row.minutes else "", again))
    yield table(paper, [Column("year"), Column(""), names("what"), Column("time", right=True), Column("")], rows)
    yield Text(f"On {answer.facts['day']}, in {counted(answer.facts['years'], 'year')}.")


def _ago(years: int | None) -> str:
    return "" if years is None else "this year" if not years else f"{counted(years, 'year')} ago"


def rewatches(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """What was repeated most."""
    measure = "repeats" if answer.measure == "plays" else "repeated"
    most = max(getattr(row, measure) for row in answer.rows)
    rows = [
        (
            str(row.rank),
            title_of(row),
            bar(getattr(row, measure), most, 12, ascii_only=paper.ascii_only),
            figure(row.repeats),
            figure(row.plays),
            figure(row.titles),
            figure(row.most),
            day_of(row.last_on),
        )
        for row in answer.rows
    ]
    heads = [_RANK, names("title"), _BAR, *figures("repeats", "plays", "titles", "most"), Column("last")]
    yield table(paper, heads, rows)
    facts = answer.facts
    yield paper.wrapped(
        f"{counted(facts['repeats'], 'play')} of {answer.n:,} repeated something ({percent(facts['share'])}): "
        f"{counted(facts['repeated_titles'], 'title')}."
    )
