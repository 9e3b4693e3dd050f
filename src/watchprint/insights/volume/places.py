"""Where it was watched: at home, with friends, in which cinema, on which journey."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from watchprint.insights.insight import Finished, Insight, Parameter
from watchprint.insights.question import Question
from watchprint.insights.volume.places_standing_out import PLACES_TRAITS, of_places


class PlacesRow(msgspec.Struct, frozen=True, kw_only=True):
    """A place.

    Args:
        rank: 1 is where most was watched.
        kind: home, friends, cinema, travel or other; None where nobody said.
        name: what the place is called; None where only its kind is known.
        plays: finished viewings; `titles`: distinct movies and episodes; `minutes`: their known minutes [min].
        first_on, last_on: the local days of the first and last dated play there.
    """

    rank: int
    kind: str | None
    name: str | None
    plays: int
    titles: int
    minutes: int
    first_on: date | None
    last_on: date | None


def finished(reduced: list[dict[str, Any]], what: Question) -> Finished:
    """The places, the most watched at first; how many plays have none stands in `facts`."""
    placed = [row for row in reduced if row["place"] is not None or row["place_kind"] is not None]
    without = [row for row in reduced if row["place"] is None and row["place_kind"] is None]
    by = "minutes" if what.measure == "time" else what.measure
    placed.sort(key=lambda row: (-row[by], -row["plays"], row["place_kind"] or "~", row["place"] or "~"))
    rows = [
        PlacesRow(
            rank=rank,
            kind=row["place_kind"],
            name=row["place"],
            **{name: row[name] for name in ("plays", "titles", "minutes", "first_on", "last_on")},
        )
        for rank, row in enumerate(placed[: what.parameters["limit"]], 1)
    ]
    lacking = sum(row["plays"] for row in without), sum(row["timed"] for row in without)
    known = sum(row["plays"] for row in placed)
    facts = {"plays_with_place": known, "plays_without_place": lacking[0], "places": len(placed)}
    notes = () if placed or not reduced else ("No play says where it was watched. A check-in can: --place.",)
    return Finished(
        rows, facts, lacking, effects=of_places([(row["place_kind"], row["plays"]) for row in placed]), notes=notes
    )


PLACES = Insight(
    name="places",
    question="Where do I watch?",
    unit="plays",
    shape="one row a place, the most watched at first: kind, name, plays, titles, minutes, first and last day",
    row=PlacesRow,
    formula="plays whose place is known, by kind of place and name; the others lower the coverage",
    guard="one play with a place",
    source="the place that a check-in or the viewer gave the play",
    sql=("watchprint.insights.volume", "places.sql"),
    behind=(
        "c.place IS NOT DISTINCT FROM CAST($row_name AS VARCHAR) "
        "AND c.place_kind IS NOT DISTINCT FROM CAST($row_kind AS VARCHAR)"
    ),
    finish=finished,
    on_time_axis=False,
    measures=("plays", "time", "titles"),
    key=("kind", "name"),
    compares=("plays", "titles", "minutes"),
    needs=("place", "place_kind"),
    traits=PLACES_TRAITS,
    parameters=(Parameter("limit", "the most places", 20),),
)
