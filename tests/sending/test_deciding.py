"""Any history, any import, any fault: in the end Trakt has what a slow model says, nothing twice and nothing lost."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.sending.desk import BREAKING_BAD, HEAT, SendingDesk
from tests.sending.model import Minute, after
from watchprint.domain.title import Title
from watchprint.sending.deciding import UNKNOWN_AT, Decision, decided, minute_of
from watchprint.sending.waiting import Waiting
from watchprint.store.plays.values import KeptPlay
from watchprint.trakt.items import Episode, Item, Movie, Show
from watchprint.trakt.models import Movie as MovieRow
from watchprint.trakt.models import Show as ShowRow
from watchprint.trakt.models import titles as rows_of
from watchprint.trakt.models.bodies import Entry, EpisodeEntry, SeasonEntry
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.models.ids import Ids

BEGAN = datetime(2024, 5, 1, 20, 0, tzinfo=UTC)
TITLES: dict[str, tuple[int, Item]] = {
    "film": (120, Movie(tmdb=949)),
    "pilot": (47, Episode(Show(tmdb=1396), 1, 1)),
    "second": (10, Episode(Show(tvdb=81189), 1, 2, tvdb=349236)),
}
WINDOWS = {name: window for name, (window, _) in TITLES.items()}
MINUTES: st.SearchStrategy[Minute] = st.none() | st.sampled_from([0, 1, 9, 10, 11, 46, 47, 120, 121, 500, 5000])
PLAYS = st.lists(st.tuples(st.sampled_from(sorted(TITLES)), MINUTES), max_size=8)


def at(minute: Minute) -> datetime:
    return UNKNOWN_AT if minute is None else BEGAN + timedelta(minutes=minute)


def row(number: int, title: str, minute: Minute) -> HistoryRow:
    """As Trakt sends it: all ids, whichever we know."""
    show = ShowRow(title="Breaking Bad", ids=Ids(trakt=1, tmdb=1396, tvdb=81189))
    if title == "film":
        movie = MovieRow(title="Heat", ids=Ids(trakt=2, tmdb=949, imdb="tt0113277"))
        return HistoryRow(number, at(minute), type="movie", movie=movie)
    place = {"pilot": (1, 349232), "second": (2, 349236)}[title]
    episode = rows_of.Episode(season=1, number=place[0], ids=Ids(trakt=10 + place[0], tvdb=place[1]))
    return HistoryRow(number, at(minute), type="episode", episode=episode, show=show)


def wait(number: int, title: str, minute: Minute) -> Waiting:
    window, item = TITLES[title]
    play = KeptPlay(
        id=f"p{number}", account_id=1, kind=None, title_id=sorted(TITLES).index(title) + 1,
        watched_at=None if minute is None else at(minute), finished_at=None, action=None, state="none", trakt_id=None,
        place=None, sources=(), created_at=BEGAN, removed_at=None, folded_into=None, revision=1,
    )  # fmt: skip
    return Waiting(play, title, window, item)


def in_turn(plays: list[tuple[str, Minute]]) -> list[tuple[str, Minute]]:
    """The oldest first, undated ones last."""
    return sorted(plays, key=lambda each: (each[1] is None, each[1] or 0))


@given(PLAYS, PLAYS)
def test_what_is_decided_is_what_the_model_says(
    prior: list[tuple[str, Minute]], asked: list[tuple[str, Minute]]
) -> None:
    plays = in_turn(asked)
    rows = [row(n, *each) for n, each in enumerate(prior)]
    result = decided([wait(n, *each) for n, each in enumerate(plays)], rows, (), {})
    sent = Counter((each.title, minute_of(each.play.watched_at)) for each in result.send)
    began = minute_of(BEGAN) or 0
    there = Counter((title, None if minute is None else minute + began) for title, minute in prior)
    expected = after(prior, plays, WINDOWS)
    assert there + sent == Counter({(t, None if m is None else m + began): n for (t, m), n in expected.items()})
    assert len(result.found) + len(result.doubled) + len(result.send) == len(plays)
    assert len({each.id for each in result.found.values()}) == len(result.found), "one row is one viewing"


@given(PLAYS, PLAYS)
def test_what_was_sent_is_found_and_not_sent_again(
    prior: list[tuple[str, Minute]], asked: list[tuple[str, Minute]]
) -> None:
    plays = [wait(n, *each) for n, each in enumerate(in_turn(asked))]
    rows = [row(n, *each) for n, each in enumerate(prior)]
    first: Decision = decided(plays, rows, (), {})
    stored = [
        row(
            100 + n,
            each.title,
            None if each.play.watched_at is None else int((each.play.watched_at - BEGAN).total_seconds() // 60),
        )
        for n, each in enumerate(first.send)
    ]
    taken = {each.id for each in first.found.values()}
    again = decided(first.send, rows + stored, taken, {})
    assert set(again.found) == {each.id for each in first.send}
    assert again.send == []


FAULTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["stored_504", "503", "429", "reset", "truncated", "bad_json", "lag"]),
        "method": st.sampled_from(["POST", "GET"]),
        "skip": st.integers(0, 2),
    }
)
KNOWN: dict[str, tuple[int, Title]] = {
    "film": (170, HEAT),
    "pilot": (47, Title(kind="episode", ids={}, show=BREAKING_BAD, season=1, number=1)),
}
FEW = st.lists(st.tuples(st.sampled_from(sorted(KNOWN)), MINUTES), max_size=4)


@settings(
    max_examples=max(4, EXAMPLES // 12),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(FEW, FEW, st.lists(FAULTS, max_size=3), st.booleans())
def test_whatever_goes_wrong_trakt_has_what_the_model_says(
    desk: SendingDesk, prior: list[tuple[str, Minute]], asked: list[tuple[str, Minute]], faults: list[dict[str, Any]],
    cut: bool,
) -> None:  # fmt: skip
    desk = anew(desk)
    for title, minute in prior:
        _put(desk, title, minute)
    plays = in_turn(asked)
    number = desk.imported([(KNOWN[title][1], None if minute is None else at(minute)) for title, minute in plays])
    for fault in faults:
        desk.trakt.fault(**fault, path="/sync/history*")
    desk.send(number, cancelled=lambda: cut)
    desk.send(number)
    desk.trakt.clear_faults()
    desk.trakt.advance(minutes=1)
    sent = desk.send(number)
    assert (sent.outcome, sent.left, sent.unsure) == ("done", 0, 0)
    windows = {title: window for title, (window, _) in KNOWN.items()}
    kinds = {"movie": "film", "episode": "pilot"}
    there = Counter(
        (kinds[row["type"]], datetime.fromisoformat(row["watched_at"])) for row in desk.trakt.plays(desk.user)
    )
    assert there == Counter({(t, at(m)): n for (t, m), n in after(prior, plays, windows).items()})
    assert set(desk.states()) <= {"there", "none"}


_NUMBERS = count(1)


def anew(desk: SendingDesk) -> SendingDesk:
    """The same with a new user, and a new account that is linked to it."""
    slug = f"again-{next(_NUMBERS)}-{desk.store.kind}"
    return SendingDesk(desk.trakt, desk.store, desk.trakt.user(slug), desk.clock, slug)


def _put(desk: SendingDesk, title: str, minute: Minute) -> None:
    """A play that another client of the user has added."""
    when = "unknown" if minute is None else at(minute)
    if title == "film":
        desk.add(movies=(Entry(ids=Ids(tmdb=949), watched_at=when),))
        return
    season = SeasonEntry(number=1, episodes=(EpisodeEntry(number=1, watched_at=when),))
    desk.add(shows=(Entry(ids=Ids(tmdb=1396), seasons=(season,)),))
