"""Where shows are dropped: how many are watched beyond each episode, and the chance to finish those in progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.shows.standing_out import DROP_OFF_TRAITS, of_survival
from watchprint.insights.statistics.survival import Curve, curve, differ

FEWEST = 15
IDLE_DAYS = 90
_CURVE_AT = (1, 2, 3, 5, 8, 10, 13, 20, 26, 39, 52, 100)


class DropOffRow(msgspec.Struct, frozen=True, kw_only=True):
    """A show in progress.

    Args:
        key: what identifies it.
        watched: distinct episodes watched, specials not among them; `aired`: how many have aired; `left`: the rest.
        last_on: the local day of the last dated play.
        chance: the estimated chance that it is watched to the last aired episode, 0 to 1.
        low, high: its 90 % confidence band; None where no show was dropped on the way.
        shows: how many of the person's shows came as far, which the estimate rests on.
    """

    key: str
    name: str | None
    year: int | None
    watched: int
    aired: int
    left: int
    last_on: date
    chance: float
    low: float | None
    high: float | None
    shows: int


@dataclass(frozen=True, slots=True)
class _Show:
    row: dict[str, Any]
    aired: int
    state: str

    @property
    def watched(self) -> int:
        found: int = self.row["watched"]
        return found


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The shows in progress, the last watched first; nothing below 15 shows."""
    shows = [_show(row) for row in reduced]
    counts = {state: sum(show.state == state for show in shows) for state in ("dropped", "in_progress", "caught_up")}
    facts: dict[str, Any] = {"shows": len(shows), **counts}
    if len(shows) < FEWEST:
        note = f"{len(shows)} shows with a dated play are too few to tell; {FEWEST} are needed."
        return Finished([], facts, notes=(note,))
    whole = _curve(shows)
    going = [show for show in shows if show.state == "in_progress"]
    limit = what.parameters["limit"]
    facts |= {
        "still_watched_after": {str(at): whole.beyond(at) for at in _CURVE_AT if at <= whole.longest},
        "median_episodes": whole.median(),
        **_change(shows),
    }
    effects = of_survival(whole, len(shows))
    notes = () if counts["dropped"] else ("No show was dropped, so that every chance is 1.",)
    return Finished([_row(show, shows) for show in going[:limit]], facts, effects=effects, notes=notes)


def _show(row: dict[str, Any]) -> _Show:
    """Dropped: 90 days without a play, while an episode waited. Caught up: nothing has aired that is not watched."""
    aired = max(row["aired_episodes"] or 0, row["watched"] + row["unwatched"])
    if aired <= row["watched"]:
        return _Show(row, row["watched"], "caught_up")
    counted_only = row["unwatched"] == 0  # the show says how many have aired, nobody says when
    idle = row["idle_days"] >= IDLE_DAYS and (row["waited"] > 0 or counted_only)
    return _Show(row, aired, "dropped" if idle else "in_progress")


def _curve(shows: Sequence[_Show]) -> Curve:
    return curve([show.watched for show in shows], [show.state == "dropped" for show in shows])


def _row(show: _Show, shows: Sequence[_Show]) -> DropOffRow:
    """The chance rests on the shows that were watched at least as far."""
    as_far = [other for other in shows if other.watched >= show.watched]
    found = _curve(as_far)
    low, high = found.band(show.aired - 1)
    return DropOffRow(
        aired=show.aired,
        left=show.aired - show.watched,
        chance=found.beyond(show.aired - 1),
        low=low,
        high=high,
        shows=len(as_far),
        **{name: show.row[name] for name in ("key", "name", "year", "watched", "last_on")},
    )


def _change(shows: Sequence[_Show]) -> dict[str, Any]:
    """Whether the shows begun in the later half are dropped sooner or later than those of the earlier half."""
    in_order = sorted(shows, key=lambda show: (show.row["first_on"], show.row["key"]))
    earlier, later = in_order[: len(in_order) // 2], in_order[len(in_order) // 2 :]
    p, sooner = differ(
        *((([show.watched for show in half]), [show.state == "dropped" for show in half]) for half in (earlier, later))
    )
    if p is None:
        return {"lately": None, "lately_p": None}
    return {"lately": "none" if not p < 0.02 else "sooner" if sooner else "later", "lately_p": p}


DROP_OFF = Insight(
    name="drop-off",
    names={"drop-off-survival": {}},
    question="Where do I drop shows, and which of those in progress will I finish?",
    unit="shows",
    shape="one row a show in progress, the last watched first: watched, aired, left, chance to finish, its band, shows",
    row=DropOffRow,
    formula=(
        "Kaplan-Meier over the number of distinct episodes watched of each show; an event is a drop (90 days without a "
        "play while an episode had been waiting as long), shows caught up or still going are censored; chance = the "
        "estimate, over the shows watched at least as far, of going on past the last aired episode but one; bands by "
        "Greenwood's formula; the earlier half of the shows against the later one by the log-rank test, told below "
        "p = 0.02"
    ),
    guard="15 shows with a dated play",
    source="Kaplan and Meier 1958; Greenwood 1926; Mantel 1966",
    sql=("watchprint.insights.shows", "drop_off.sql"),
    behind=(
        "c.show_id IN (SELECT t.title_id FROM titles AS t WHERE t.key = $row_key AND t.kind = 'show') "
        "AND c.title_id IN (SELECT e.title_id FROM titles AS e WHERE COALESCE(e.season, 1) > 0)"
    ),
    finish=finished,
    on_time_axis=False,
    measures=("plays",),
    needs=("aired_episodes", "first_aired_at"),
    statistical=(
        "shows dropped with 10 % an episode where it had been 3 %, 40 begun in each half, are told as sooner in at "
        "least 90 % of histories; without a change one is told in at most 5 %"
    ),
    traits=DROP_OFF_TRAITS,
    parameters=(Parameter("limit", "the most shows", 50),),
)
