"""Totals: plays, distinct titles and minutes of each kind. Equal to Trakt's own statistics by default."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight
from watchprint.insights.question import Question


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


_COUNTS = ("plays", "watched", "minutes", "timed")
_NOTHING = {f"{kind}_{count}": 0 for kind in ("movie", "episode", "show", "all") for count in _COUNTS}


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """Movies, episodes, shows and all, in this order; zeros where nothing was watched."""
    of = reduced[0] if reduced else _NOTHING
    minutes = of["movie_minutes"] + of["episode_minutes"]
    timed = of["movie_timed"] + of["episode_timed"]
    rows = [
        _row("movie", of["movie_plays"], of["movie_watched"], of["movie_minutes"], of["movie_timed"]),
        _row("episode", of["episode_plays"], of["episode_watched"], of["episode_minutes"], of["episode_timed"]),
        TotalsRow(kind="show", plays=None, watched=of["show_watched"], minutes=None, coverage=None),
        _row("all", of["all_plays"], of["movie_watched"] + of["episode_watched"], minutes, timed),
    ]
    return Finished(rows)


def _row(kind: str, plays: int, watched: int, minutes: int, timed: int) -> TotalsRow:
    coverage = timed / plays if plays else None
    return TotalsRow(kind=kind, plays=plays, watched=watched, minutes=minutes, coverage=coverage)


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
    behind="($kind = 'all' OR c.kind = $kind OR ($kind = 'show' AND c.show_id IS NOT NULL))",
    finish=finished,
    on_time_axis=False,
    leaves_out=("duplicate",),
    measures=("time", "plays"),
    counts_as_trakt=True,
)
