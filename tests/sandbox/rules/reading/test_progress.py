"""Progress against the rules written out the slow way (trakt-api.md 15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.routes.small import NOW
from watchprint.sandbox.catalogue.titles import Episode, Season, Show
from watchprint.sandbox.rules.reading.progress import View, progress

offsets = st.none() | st.integers(-9, 3)
structures = st.lists(st.lists(offsets, max_size=4), min_size=1, max_size=4)
marks_of = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(1, 4)), st.lists(st.integers(-9, 0), min_size=1, max_size=3)
)


def built(structure: list[list[int | None]]) -> Show:
    """Season 0 first; air dates in days from now."""
    show = Show(1, "s", "S", runtime_min=20)
    for number, aired in enumerate(structure):
        season = Season(number + 10, show, number)
        for n, days in enumerate(aired, 1):
            at = None if days is None else NOW + timedelta(days=days)
            season.episodes.append(Episode(number * 100 + n, season, n, first_aired=at, runtime_min=n * 10))
        show.seasons.append(season)
    return show


@given(
    structures,
    marks_of,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(-9, 0),
    st.frozensets(st.integers(10, 13), max_size=2),
)
def test_progress_is_what_the_rules_say(
    structure: list[list[int | None]],
    seen: dict[tuple[int, int], list[int]],
    specials: bool,
    count_specials: bool,
    by_activity: bool,
    reset: int | None,
    hidden: frozenset[int],
) -> None:
    show = built(structure)
    every = {(s.number, e.number): e for s in show.seasons for e in s.episodes}
    days = {key: sorted(value, reverse=True) for key, value in seen.items() if key in every}
    marks: dict[int, list[datetime]] = {
        every[key].trakt: [NOW + timedelta(days=day) for day in value] for key, value in days.items()
    }
    since = None if reset is None else NOW + timedelta(days=reset)
    view = View(NOW, specials, count_specials, by_activity, hidden, since)
    made = progress(show, marks, view)

    shown = {k: e for k, e in every.items() if (k[0] or specials) and k[0] + 10 not in hidden}
    aired = {k: e for k, e in shown.items() if e.first_aired is not None and e.first_aired <= NOW}
    done = {k for k in days if reset is None or days[k][0] >= reset}
    counted = {k for k in aired if k[0] or count_specials}
    assert made.aired == len(counted)
    assert made.completed == len(counted & done)
    assert made.last_at == (max((marks[e.trakt][0] for e in every.values() if e.trakt in marks), default=None))
    finished = set(aired) & done
    last = max(finished, key=lambda k: (days[k][0] if by_activity else 0, k), default=None)
    assert made.last_episode is (every[last] if last else None)
    open_ones = [k for k, e in sorted(shown.items()) if e.first_aired and k not in done and (last is None or k > last)]
    assert made.next_episode is (every[open_ones[0]] if open_ones else None)
    plays = {k: [d for d in days.get(k, []) if reset is None or d >= reset] for k in counted}
    assert made.tally.play_count == sum(len(some) for some in plays.values())
    assert made.tally.minutes_watched == sum(len(some) * k[1] * 10 for k, some in plays.items())
    assert made.tally.minutes_left == sum(k[1] * 10 for k in counted - done)
