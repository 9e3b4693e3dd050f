"""Totals: plays, distinct titles and minutes of each kind. Equal to Trakt's own statistics by default."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question
from watchprint.insights.volume.standing_out import TOTALS_TRAITS, of_kinds


class TotalsRow(msgspec.Struct, frozen=True, kw_only=True):
    """The totals of one kind.

    Args:
        kind: movie, episode, show, or all.
        plays: finished viewings; None for shows, which are not played themselves.
        watched: distinct titles; of "all", movies and episodes.
        minutes: the sum of known runtimes [min].
        coverage: the share of the plays whose runtime is known, None without plays.
    """

    kind: str
    plays: int | None
    watched: int
    minutes: int | None
    coverage: float | None


_NOTHING = {"plays": 0, "watched": 0, "shows": 0, "minutes": 0, "timed": 0}


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """Movies, episodes, shows and all, in this order; zeros where nothing was watched."""
    of = {row["kind"]: row for row in reduced}
    whole = {name: sum(row[name] for row in reduced) for name in _NOTHING}
    rows = [
        _row("movie", of.get("movie", _NOTHING)),
        _row("episode", of.get("episode", _NOTHING)),
        TotalsRow(kind="show", plays=None, watched=whole["shows"], minutes=None, coverage=None),
        _row("all", whole),
    ]
    films = of.get("movie", _NOTHING)["minutes"]
    asked_of_all = not what.filters and not what.kinds
    return Finished(rows, effects=of_kinds(films, whole["minutes"], whole["timed"]) if asked_of_all else ())


def _row(kind: str, of: dict[str, Any]) -> TotalsRow:
    coverage = of["timed"] / of["plays"] if of["plays"] else None
    return TotalsRow(kind=kind, plays=of["plays"], watched=of["watched"], minutes=of["minutes"], coverage=coverage)


TOTALS = Insight(
    name="totals",
    question="How much have I watched?",
    unit="plays",
    shape="one row a kind (movie, episode, show, all): plays, distinct titles watched, minutes [min], coverage",
    row=TotalsRow,
    formula=(
        "plays = rows of the history; watched = distinct titles among them; minutes = sum of runtimes over plays, "
        "where an episode of unknown runtime counts its show's usual one and what is still unknown adds 0"
    ),
    guard="none: zero is an answer",
    source="https://trakt.docs.apiary.io/#reference/users/stats (GET /users/me/stats)",
    sql=("watchprint.insights.volume", "totals.sql"),
    behind="($row_kind = 'all' OR c.kind = $row_kind OR ($row_kind = 'show' AND c.show_id IS NOT NULL))",
    finish=finished,
    on_time_axis=False,
    leaves_out=("duplicate",),
    measures=("time", "plays"),
    counts_as_trakt=True,
    traits=TOTALS_TRAITS,
)
