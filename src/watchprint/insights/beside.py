"""Our figures beside Trakt's own: what `/users/me/stats` or an export's `user-stats.json` says. Never a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from watchprint.insights.answer import Answer
from watchprint.insights.rows import field

_PLURAL = {"movie": "movies", "episode": "episodes", "show": "shows"}


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure twice.

    Args:
        figure: its name at Trakt, such as movies.plays.
        ours: what we count.
        trakts: what Trakt says; None when it does not.
    """

    figure: str
    ours: int
    trakts: int | None

    @property
    def agrees(self) -> bool:
        """True when both are the same; a figure that Trakt does not give agrees with nothing."""
        return self.ours == self.trakts


def beside_trakt(answer: Answer, stats: Any) -> list[Beside]:
    """Each figure of an answer that Trakt's statistics also have.

    Args:
        answer: an answer of totals or ratings.
        stats: Trakt's statistics as the client or an export gives them.

    Returns:
        One entry a figure; empty for other insights.
    """
    own = {"totals": _totals, "ratings": _ratings}.get(answer.insight.name)
    return [Beside(name, ours, _at(stats, name)) for name, ours in own(answer)] if own else []


def _totals(answer: Answer) -> Iterator[tuple[str, int]]:
    for row in answer.rows:
        for figure in ("plays", "watched", "minutes"):
            ours = getattr(row, figure)
            if row.kind in _PLURAL and ours is not None:
                yield f"{_PLURAL[row.kind]}.{figure}", ours


def _ratings(answer: Answer) -> Iterator[tuple[str, int]]:
    given = {row.rating: row.ratings for row in answer.rows}
    yield "ratings.total", answer.n
    for rating in range(1, 11):
        yield f"ratings.distribution.{rating}", given.get(rating, 0)
    for kinds in ("movies", "shows", "seasons", "episodes"):
        yield f"{kinds}.ratings", sum(getattr(row, kinds) for row in answer.rows)


def _at(stats: Any, path: str) -> int | None:
    found = stats
    for name in path.split("."):
        found = field(found, name)
    return found if isinstance(found, int) else None
