"""The best rated titles equal a slow sorting; what the community gives is the figure first seen, or else today's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchprint import insights
from watchprint.insights import RatingRow, TitleRow

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEGAN = datetime(2024, 1, 1, 12, tzinfo=UTC)
GIVEN = st.tuples(
    st.sampled_from(["movie", "show", "episode"]), st.integers(1, 10), st.none() | st.integers(0, 5),
    st.none() | st.sampled_from([6.5, 7.0, 8.25]),
)  # fmt: skip


def rating(number: int, kind: str, given_: int, day: int | None, community: float | None) -> RatingRow:
    at = None if day is None else BEGAN + timedelta(days=day)
    show = f"s{number}" if kind != "movie" else None
    title = None if kind == "show" else f"t{number}"
    own: dict[str, Any] = {"name": f"N{number}", "show_name": f"N{number}"}
    return RatingRow(
        rated_at=at,
        rating=given_,
        kind=kind,
        title=title,
        show=show,
        community_rating=community,
        community_votes=9,
        **own,
    )


@often
@given(st.lists(GIVEN, max_size=12), st.integers(1, 5))
def test_the_best_come_first(rows: list[tuple[str, int, int | None, float | None]], limit: int) -> None:
    given_rows = [rating(number, *row) for number, row in enumerate(rows)]
    answer = insights.compute("top-rated", ratings=given_rows, limit=limit)

    def order(number: int) -> tuple[Any, ...]:
        _, value, day, community = rows[number]
        return (-value, -(community or 0), -(day if day is not None else -1), f"N{number}")

    best = sorted(range(len(rows)), key=order)[:limit]
    ours = [(row.rank, row.name, row.kind, row.rating, row.community_rating) for row in answer.rows]
    assert ours == [(place, f"N{n}", rows[n][0], rows[n][1], rows[n][3]) for place, n in enumerate(best, 1)]
    assert answer.n == len(rows)
    for row, number in zip(answer.rows, best, strict=True):
        kind = "show" if rows[number][0] == "show" else rows[number][0]
        assert answer.plays_behind(row) == [f"{kind} {row.key}"]


def test_todays_figure_stands_in_for_the_one_first_seen() -> None:
    ratings = [
        RatingRow(rated_at=BEGAN, rating=8, kind="movie", title="a", community_rating=7.5, community_votes=100),
        RatingRow(rated_at=BEGAN, rating=8, kind="movie", title="b"),
    ]
    titles = [TitleRow(kind="movie", title=key, community_rating=9.0, community_votes=5) for key in ("a", "b")]
    answer = insights.compute("top-rated", ratings=ratings, titles=titles)
    found = {row.key: (row.community_rating, row.community_votes) for row in answer.rows}
    assert found == {"a": (7.5, 100), "b": (9.0, 5)}
