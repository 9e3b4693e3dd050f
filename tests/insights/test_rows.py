"""Rows in every shape give the same answers; what cannot be read is said in one sentence."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType, SimpleNamespace
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings

from tests.insights.histories import histories, trakt_rows
from tests.insights.reference import Seen
from watchprint import insights
from watchprint.insights import BadRows, PlayRow, RatingRow
from watchprint.insights.loading.titlebook import TitleBook

AT = datetime(2024, 5, 1, 20, tzinfo=UTC)
MOVIE = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "slug": "heat-1995"}, "runtime": 170}
NAMES = ("totals", "by-month", "calendar", "punch-card", "top", "streaks")


def movie_play(number: int, movie: Any, at: Any = AT) -> dict[str, Any]:
    return {"id": number, "watched_at": at, "action": "watch", "type": "movie", "movie": movie}


def objects(value: Any) -> Any:
    """Mappings turned into objects with attributes."""
    if isinstance(value, dict):
        return SimpleNamespace(**{name: objects(each) for name, each in value.items()})
    return value


def flat(row: Seen) -> PlayRow:
    names = row.name.split("|")
    return PlayRow(
        id=row.id,
        watched_at=row.at,
        kind=row.kind,
        title=row.title,
        show=row.show,
        season=1 if row.show else None,
        number=int(row.title[-1]) if row.show and row.title else None,
        name=names[-1] or None,
        show_name=names[0] if row.show else None,
        year=row.year,
        runtime_min=row.own_min,
        show_runtime_min=row.show_min,
        genres=row.genres,
        country=row.country,
    )


def arrow(rows: list[PlayRow]) -> pa.Table:
    fields = ("id", "watched_at", "kind", "title", "show", "season", "number", "name", "show_name", "year",
              "runtime_min", "show_runtime_min", "genres", "country")  # fmt: skip
    types = {
        "id": pa.int64(), "watched_at": pa.timestamp("s", "Europe/Berlin"), "genres": pa.list_(pa.string()),
        **dict.fromkeys(("season", "number", "year", "runtime_min", "show_runtime_min"), pa.int64()),
    }  # fmt: skip
    return pa.table(
        {name: pa.array([getattr(row, name) for row in rows], types.get(name, pa.string())) for name in fields}
    )


def seen(plays: Any) -> list[dict[str, Any]]:
    """The rows of every insight, with the plays behind the first few of each."""
    lens = insights.load(plays=plays)
    found = []
    for name in NAMES:
        answer = lens.ask(name, zone="Europe/Berlin")
        found += [{**row, "key": str(row.get("key")).removeprefix("slug:")} for row in answer.to_json_dict()["rows"]]
        found += [{"ids": answer.plays_behind(row)} for row in answer.rows[:2]]
    return found


@settings(max_examples=20, deadline=None)
@given(histories())
def test_every_shape_gives_the_same_answers(rows: list[Seen]) -> None:
    mappings = trakt_rows(rows)
    flats = [flat(row) for row in rows]
    expected = seen(mappings)
    assert seen([objects(row) for row in mappings]) == expected
    assert seen([MappingProxyType(row) for row in mappings]) == expected
    assert seen(flats) == expected
    assert seen(arrow(flats)) == expected
    if mappings:
        whole = [{**dict.fromkeys(("movie", "episode", "show")), **row} for row in mappings]
        assert seen(pa.Table.from_pylist(whole)) == expected


def test_rows_may_come_from_an_iterator() -> None:
    assert insights.compute("totals", plays=iter([movie_play(1, MOVIE)])).n == 1


def test_enumerations_and_unset_fields_are_read() -> None:
    class Kind(enum.StrEnum):
        MOVIE = "movie"

    class Row(msgspec.Struct):
        id: int
        type: Kind
        movie: Any
        watched_at: datetime | msgspec.UnsetType = msgspec.UNSET
        show: Any = msgspec.UNSET

    with pytest.raises(BadRows, match="no point in time"):
        insights.compute("totals", plays=[Row(1, Kind.MOVIE, MOVIE)])
    answer = insights.compute("totals", plays=[Row(1, Kind.MOVIE, MOVIE, AT)])
    assert answer.rows[0].minutes == 170


@pytest.mark.parametrize("at", ["2024-05-01T20:00:00.000Z", "2024-05-01T22:00:00+02:00", AT])
def test_instants_may_be_text_or_of_any_offset(at: Any) -> None:
    answer = insights.compute("calendar", plays=[movie_play(1, MOVIE, at)], zone="UTC", period="all")
    assert [row.day for row in answer.rows] == [date(2024, 5, 1)]


@pytest.mark.parametrize(
    "at", [None, "1970-01-01T00:00:00.000Z", datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))]
)
def test_unknown_dates(at: Any) -> None:
    assert insights.compute("totals", plays=[movie_play(1, MOVIE, at)]).marked["undated"] == 1


def test_ids_may_be_texts() -> None:
    rows = [movie_play(1, MOVIE), {**movie_play(2, MOVIE), "id": "b"}]
    answer = insights.compute("totals", plays=rows)
    assert answer.plays_behind(answer.rows[0]) == ["1", "b"]


def test_rows_that_do_not_say_what_they_are_of_are_kept() -> None:
    rows = [movie_play(1, None), movie_play(2, {"title": None, "ids": {"trakt": None}}), movie_play(3, MOVIE)]
    answer = insights.compute("totals", plays=rows)
    assert (answer.rows[0].plays, answer.rows[0].watched) == (3, 1)
    assert any("2 rows do not say" in note for note in answer.notes)


def test_full_titles_fill_bare_plays() -> None:
    bare = {"title": "Heat", "year": 1995, "ids": {"trakt": 1}}
    plays = [movie_play(1, bare)]
    assert insights.compute("totals", plays=plays).rows[0].minutes == 0
    titles = [{"plays": 1, "movie": MOVIE}]
    assert insights.compute("totals", plays=plays, titles=titles).rows[0].minutes == 170
    later = [*plays, movie_play(2, MOVIE, "2024-06-01T20:00:00Z")]
    assert insights.compute("totals", plays=later).rows[0].minutes == 340
    without_trakt = [{"type": "movie", "title": "Heat", "ids": {"tmdb": 949}, "runtime": 170}]
    plays = [movie_play(1, {"title": "Heat", "ids": {"trakt": 1, "tmdb": 949}})]
    assert insights.compute("totals", plays=plays, titles=without_trakt).rows[0].minutes == 170


def test_two_trakt_ids_are_two_titles_whatever_else_agrees() -> None:
    book = TitleBook()
    show = book.noted("show", {"ids": {"trakt": 9}})
    numbered = {"season": 1, "number": 1}
    first = book.noted("episode", {"ids": {"trakt": 1}, **numbered}, show_id=show)
    second = book.noted("episode", {"ids": {"trakt": 2}, **numbered}, show_id=show)
    assert first != second
    assert book.noted("episode", {"ids": {}, **numbered}, show_id=show) == first
    assert len(book) == 3


def test_several_accounts_are_kept_apart() -> None:
    rows = [{**movie_play(number, MOVIE), "account_id": number % 2} for number in range(3)]
    lens = insights.load(plays=rows)
    assert [lens.ask("totals", account_id=account).n for account in (0, 1, 5)] == [2, 1, 0]
    with pytest.raises(insights.BadQuestion, match="2 accounts"):
        lens.ask("totals")


def test_flat_ratings_and_arrow_ratings() -> None:
    rows = [RatingRow(rated_at=AT, rating=7, kind="show", title=1), RatingRow(rated_at=None, rating=9, kind="movie")]
    answer = insights.compute("ratings", ratings=rows)
    table = pa.table({"rated_at": pa.array([AT, None], pa.timestamp("us", "UTC")), "rating": [7, 9],
                      "kind": ["show", "movie"]})  # fmt: skip
    assert answer.rows == insights.compute("ratings", ratings=table).rows
    assert (answer.rows[6].shows, answer.rows[8].movies) == (1, 1)


def test_ratings_in_trakts_shape_may_be_arrow() -> None:
    rows = [{"rated_at": AT, "rating": 7, "type": "movie", "movie": MOVIE}]
    table = pa.Table.from_pylist(rows)
    assert insights.compute("ratings", ratings=table).rows == insights.compute("ratings", ratings=rows).rows
    with pytest.raises(BadRows, match="1 to 10"):
        insights.compute("ratings", ratings=pa.Table.from_pylist([{**rows[0], "rating": 70}]))


def test_answers_of_the_service_carry_what_trakt_sent() -> None:
    rated = SimpleNamespace(item=None, rating=7, rated_at=AT, row=objects({"type": "movie", "movie": MOVIE}))
    answer = insights.compute("ratings", ratings=[rated])
    assert answer.plays_behind(answer.rows[6]) == ["movie trakt:1"]


def test_ratings_name_what_was_rated() -> None:
    rows = [{"rated_at": AT, "rating": 7, "type": "movie", "movie": MOVIE}]
    answer = insights.compute("ratings", ratings=rows)
    assert answer.plays_behind(answer.rows[6]) == ["movie trakt:1"]


@pytest.mark.parametrize(
    ("plays", "said"),
    [
        ([movie_play(1, MOVIE, datetime(2024, 5, 1))], "no time zone"),
        ([movie_play(1, MOVIE, "yesterday")], "no point in time"),
        ([movie_play(1, MOVIE, 12)], "no point in time"),
        ([{"id": 1, "watched_at": AT}], "names neither"),
        ([movie_play(1, {**MOVIE, "runtime": 10**12})], "unexpected kind"),
        (pa.table({"id": [1], "kind": ["movie"]}), "lacks the column watched_at"),
        (pa.table({"id": [1], "kind": ["movie"], "watched_at": [datetime(2024, 5, 1)]}), "without a time zone"),
    ],
)
def test_rows_that_cannot_be_read(plays: Any, said: str) -> None:
    with pytest.raises(BadRows, match=said):
        insights.compute("totals", plays=plays)


@pytest.mark.parametrize("rating", [0, 11, 7.5, None, "8"])
def test_ratings_out_of_range(rating: Any) -> None:
    with pytest.raises(BadRows, match="1 to 10"):
        insights.compute("ratings", ratings=[{"rated_at": AT, "rating": rating, "type": "movie"}])


def test_titles_of_no_kind() -> None:
    with pytest.raises(BadRows, match="neither a movie nor a show"):
        insights.compute("totals", plays=[], titles=[{"title": "Heat"}])
