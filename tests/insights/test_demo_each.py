"""Each insight on the demo history: a figure counted from the export's rows in plain Python, by rules written out here.

Four plays are undated, six were marked in bulk and one is double; which those are is told by their times. Whatever is
declared has to stand in one of the lists of this file, so that none is forgotten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from watchprint import insights
from watchprint.exchange import trakt_zip
from watchprint.insights.catalogue import INSIGHTS

pytestmark = pytest.mark.shared
ELSEWHERE = {"totals", "by", "calendar", "punch-card", "ratings", "streaks", "eras", "critic", "hills", "passport"}
"""Those with figures in test_demo.py and taste/test_demo.py."""
HERE = {
    "screen-time", "top", "top-rated", "first-last", "on-this-day", "records", "milestones", "sessions", "grip",
    "rewatches", "in-progress", "drop-off", "premiere", "places", "trust",
}  # fmt: skip
UNDATED, BULK = "1970-01-01T00:00", "2017-05-13T12:00"
DOUBLE = "2023-03-11T20:15"


@dataclass(frozen=True)
class Played:
    """One play, with what the export says of its movie or show."""

    id: int
    at: datetime
    kind: str
    title: int
    show: int | None
    season: int
    runtime_min: int
    about: Any

    @property
    def text(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M}"

    @property
    def wall(self) -> datetime:
        return self.at.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)

    @property
    def day(self) -> date:
        return (self.wall - timedelta(hours=4)).date()

    @property
    def named(self) -> tuple[str, int]:
        return ("movie", self.title) if self.show is None else ("show", self.show)


@pytest.fixture(scope="module")
def export(shared_dir: Path) -> trakt_zip.Export:
    return trakt_zip.read(shared_dir / "history" / "demo_trakt_export_full.zip")


@pytest.fixture(scope="module")
def ask(export: trakt_zip.Export) -> Any:
    lens = insights.load(**export.rows())

    def asking(name: str, **asked: Any) -> Any:
        in_zone: dict[str, Any] = {"zone": "Europe/Berlin", "period": "all", **asked}
        return lens.ask(name, **in_zone)

    return asking


@pytest.fixture(scope="module")
def plays(export: trakt_zip.Export) -> list[Played]:
    """All viewings: every play but the double one."""
    rows: Any = export.rows()
    about = {}
    for row in rows["titles"]:
        title = row.movie or row.show
        about["movie" if row.movie else "show", title.ids.trakt] = title
    made = []
    for row in rows["plays"]:
        own = row.movie or row.episode
        show = row.show.ids.trakt if row.episode else None
        told = about["movie" if show is None else "show", own.ids.trakt if show is None else show]
        season = row.episode.season if row.episode else 1
        kind = "movie" if show is None else "episode"
        made.append(Played(row.id, row.watched_at, kind, own.ids.trakt, show, season, told.runtime or 0, told))
    return sorted((each for each in made if each.text != DOUBLE), key=lambda each: (each.at, each.id))


@pytest.fixture(scope="module")
def dated(plays: list[Played]) -> list[Played]:
    return [each for each in plays if each.text != UNDATED]


@pytest.fixture(scope="module")
def timed(dated: list[Played]) -> list[Played]:
    """Those whose time is to be believed: not in bulk."""
    return [each for each in dated if each.text != BULK]


def test_none_is_forgotten() -> None:
    assert {insight.name for insight in INSIGHTS} == ELSEWHERE | HERE


def test_the_plain_rows_are_those_of_the_demo(plays: list[Played], dated: list[Played], timed: list[Played]) -> None:
    assert (len(plays), len(dated), len(timed)) == (7002, 6998, 6992)


def test_screen_time(ask: Any, dated: list[Played]) -> None:
    found = {row.kind: (row.plays, row.minutes, row.active_days) for row in ask("screen-time").rows}
    for kind in ("all", "movie", "episode"):
        own = [each for each in dated if kind in ("all", each.kind)]
        assert found[kind] == (len(own), sum(each.runtime_min for each in own), len({each.day for each in own}))


def values(each: Played, of: str) -> list[str]:
    if of == "genre":
        return list(dict.fromkeys(each.about.genres or ()))
    if of == "decade":
        return [str(each.about.year // 10 * 10)] if each.about.year else []
    value = getattr(each.about, of, None)
    return [value] if value else []


@pytest.mark.parametrize(("name", "of"), [
    ("genres", "genre"), ("decades", "decade"), ("countries", "country"), ("languages", "language"),
    ("networks", "network"),
])  # fmt: skip
def test_values(ask: Any, plays: list[Played], name: str, of: str) -> None:
    counts: Counter[str] = Counter()
    minutes: defaultdict[str, float] = defaultdict(float)
    for each in plays:
        own = values(each, of)
        for value in own:
            counts[value] += 1
            minutes[value] += each.runtime_min / len(own)
    answer = ask(name, limit=500, by="plays")
    assert {row.key: row.plays for row in answer.rows} == counts
    assert {row.key: row.minutes for row in answer.rows} == pytest.approx(dict(minutes), abs=1e-5)
    assert [row.plays for row in answer.rows] == sorted(counts.values(), reverse=True)


@pytest.mark.parametrize("of", ["movie", "show"])
def test_top_titles(ask: Any, plays: list[Played], of: str) -> None:
    counts = Counter(each.named for each in plays if each.named[0] == of)
    rows = ask("top", of=of, limit=500, by="plays").rows
    assert all(row.plays == counts[of, int(row.key.removeprefix("trakt:"))] for row in rows)
    assert [row.plays for row in rows] == sorted(counts.values(), reverse=True)[:500]


def test_top_rated(ask: Any, export: trakt_zip.Export) -> None:
    rows: Any = export.rows()
    best = [row for row in rows["ratings"] if row.rating == 10]
    answer = ask("top-rated", limit=100)
    assert (len(best), answer.n) == (67, 571)
    assert [row.rating for row in answer.rows] == [10] * 67 + [9] * 33


def test_first_and_last(ask: Any, dated: list[Played]) -> None:
    found = {(row.kind, row.which): (row.play_id, row.local_at, row.on) for row in ask("first-last").rows}
    for kind in ("all", "movie", "episode"):
        own = [each for each in dated if kind in ("all", each.kind)]
        for which, each in (("first", own[0]), ("last", own[-1])):
            assert found[kind, which] == (each.id, each.wall, each.day)
    assert found["all", "first"][2] == date(2009, 6, 1)


@pytest.mark.parametrize("on", ["02-29", "12-31", "10-30", "01-01"])
def test_on_this_day(ask: Any, dated: list[Played], on: str) -> None:
    counts = Counter((each.day, each.title) for each in dated if f"{each.day:%m-%d}" == on)
    answer = ask("on-this-day", on=on)
    assert sum(row.plays for row in answer.rows) == sum(counts.values()) > 0
    assert len(answer.rows) == len(counts)
    assert answer.facts["years"] == len({day.year for day, _ in counts})


def test_records(ask: Any, timed: list[Played]) -> None:
    found = {row.record: (row.value, row.from_on) for row in ask("records").rows}
    for unit, first in (("day", 0), ("month", 1)):
        counts = Counter(each.day.replace(day=1) if first else each.day for each in timed)
        assert found[f"plays_in_{unit}"] == min(((n, day) for day, n in counts.items()), key=lambda x: (-x[0], x[1]))
    midnights = [
        (each.wall - datetime.combine(each.day, datetime.min.time())) // timedelta(minutes=1) for each in timed
    ]
    assert found["latest_finish"][0] == max(midnights)
    assert found["longest_viewing"][0] == max(each.runtime_min for each in timed)


def test_milestones(ask: Any, timed: list[Played]) -> None:
    found = {(row.kind, row.nth): row.play_id for row in ask("milestones").rows}
    for kind, nth in (("all", 100), ("all", 5000), ("movie", 500), ("episode", 1000)):
        own = [each for each in timed if kind in ("all", each.kind)]
        assert found[kind, nth] == own[nth - 1].id


def sittings(timed: list[Played]) -> list[list[Played]]:
    made: list[list[Played]] = []
    for each in timed:
        began = each.at - timedelta(minutes=each.runtime_min)
        if made and began <= made[-1][-1].at + timedelta(minutes=45):
            made[-1].append(each)
        else:
            made.append([each])
    return made


def test_sessions(ask: Any, timed: list[Played]) -> None:
    made, answer = sittings(timed), ask("sessions")
    assert answer.facts["sessions"] == len(made)
    longest = max(sum(each.runtime_min for each in one) for one in made)
    assert max(row.minutes for row in ask("sessions", by="time").rows) == longest
    binges = sum(max(Counter(show for show, _ in {(e.show, e.title) for e in one if e.show}).values(), default=0) >= 3
                 for one in made)  # fmt: skip
    assert answer.facts["binges"] == binges


def test_grip(ask: Any, timed: list[Played]) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each, then in zip(timed, [*timed[1:], None], strict=True):
        if each.show is None:
            continue
        hour = each.wall.hour
        band = (
            "night" if hour < 5 or hour >= 23 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
        )
        counts[band][0] += 1
        if then is not None and then.show == each.show and then.title != each.title:
            counts[band][1] += then.at - timedelta(minutes=then.runtime_min) <= each.at + timedelta(minutes=30)
    assert {row.band: [row.episodes, row.continued] for row in ask("grip").rows} == counts


def test_rewatches(ask: Any, plays: list[Played]) -> None:
    answer = ask("rewatches", limit=500)
    again: dict[Any, int] = {}
    for named in {each.named for each in plays}:
        own = [each for each in plays if each.named == named]
        if repeats := len(own) - len({each.title for each in own}):
            again[f"trakt:{named[1]}"] = repeats
    assert {row.key: row.plays - row.titles for row in answer.rows} == again
    assert answer.facts["repeats"] == sum(again.values())


def regular(plays: list[Played]) -> dict[int, set[int]]:
    """The episodes of each show that were watched, specials not among them."""
    found: dict[int, set[int]] = defaultdict(set)
    for each in plays:
        if each.show is not None and each.season > 0:
            found[each.show].add(each.title)
    return found


def test_in_progress(ask: Any, plays: list[Played]) -> None:
    seen = regular(plays)
    about = {each.show: each.about for each in plays}
    left = {f"trakt:{show}": (about[show].aired_episodes or 0) - len(own) for show, own in seen.items()}
    answer = ask("in-progress", limit=500)
    assert {row.key: row.left for row in answer.rows} == {key: n for key, n in left.items() if n > 0}


def test_drop_off(ask: Any, dated: list[Played]) -> None:
    facts = ask("drop-off").facts
    assert sum(facts[name] for name in ("dropped", "in_progress", "caught_up")) == len(regular(dated)) == 160


def test_premiere(ask: Any, timed: list[Played]) -> None:
    """A movie's lag is whole days from its release to the local day of its first viewing."""
    firsts: dict[tuple[str, int], Played] = {}
    for each in timed:
        firsts.setdefault((each.kind, each.title), each)
    known = [each for each in firsts.values() if each.kind == "movie" and each.about.released]
    answer = ask("premiere")
    lags = [(each.day - date.fromisoformat(str(each.about.released))).days for each in known]
    [row] = [row for row in answer.rows if row.value == "movie"]
    assert (row.titles, row.within_a_day) == (len(known), sum(lag < 1 for lag in lags))
    assert row.median_h == sorted(lags)[(len(lags) + 1) // 2 - 1] * 24


def test_places(ask: Any) -> None:
    answer = ask("places")
    assert (answer.rows, answer.coverage, answer.facts["plays_without_place"]) == ((), 0, 7002)


def test_trust(ask: Any, plays: list[Played]) -> None:
    answer = ask("trust")
    facts = {name: answer.facts[name] for name in ("undated", "bulk", "duplicate", "unmatched", "untimed", "plays")}
    assert facts == {"undated": 4, "bulk": 6, "duplicate": 1, "unmatched": 0, "untimed": 0, "plays": 7003}
    [bulk] = [row for row in answer.rows if row.reason == "bulk"]
    assert set(answer.plays_behind(bulk)) == {each.id for each in plays if each.text == BULK}
    undated = [number for row in answer.rows if row.reason == "undated" for number in answer.plays_behind(row)]
    assert sorted(undated) == sorted(each.id for each in plays if each.text == UNDATED)
    [double] = [row for row in answer.rows if row.reason == "duplicate"]
    assert (double.on, double.plays) == (datetime(2023, 3, 11, tzinfo=UTC).date(), 1)
