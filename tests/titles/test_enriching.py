"""A run over several sources: in their order, step by step, ended at any time and gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from tests.store.places import Place
from tests.titles.running import asked_of, asking, source
from tests.titles.services import (
    TOKEN,
    Handler,
    JellyfinServer,
    PlexServer,
    TmdbServer,
    TvMazeServer,
    jellyfin_row,
    plex_row,
    serving,
)
from tests.titles.shelf import Viewer, episode, movie, show
from tests.titles.test_tmdb import HEAT
from tests.titles.test_tvmaze import SERIES
from tests.trakt.servers import Asked, Told, refused_url, told
from watchprint.titles import Enriched, Progress


def films(count: int) -> dict[int, dict[str, Any]]:
    return {n: {"id": n, "title": f"F{n}", "runtime": n} for n in range(1, count + 1)}


def test_each_field_is_of_the_most_trusted_source_that_says_it(ann: Viewer) -> None:
    [heat] = ann.watch([movie({"tmdb": 949}, year=1994)])
    plex = PlexServer({"1": ("movie", {"1": [plex_row("1", "movie", ["tmdb://949"], title="Heat (Plex)")]})})
    emby = JellyfinServer([jellyfin_row("1", "Movie", {"Tmdb": "949"}, Name="Heat (Emby)", RunTimeTicks=10**11)], True)
    with serving(plex) as one, serving(emby) as two, serving(TmdbServer(movies={949: HEAT})) as three:
        sources = [source("tmdb", three.url), source("emby", two.url), source("plex", one.url)]
        result = asking(ann, *sources)
    assert [each.source for each in result.sources] == ["plex", "emby", "tmdb"]
    kept = ann.kept(heat)
    assert (kept.facts.year, kept.facts.name, kept.facts.runtime_min, kept.facts.language) == (
        1994, "Heat (Plex)", 167, "en",
    )  # fmt: skip
    assert [kept.sources[name] for name in ("year", "name", "runtime_min", "language")] == [
        "export", "plex", "emby", "tmdb",
    ]  # fmt: skip


def test_a_source_that_stops_holds_up_no_other(ann: Viewer) -> None:
    [heat] = ann.watch([movie({"tmdb": 949})])
    with serving(TmdbServer(movies={949: HEAT})) as server:
        sources = [source("tmdb", server.url), source("plex", refused_url()), source("emby", server.url)]
        result = asking(ann, *sources)
    plex, emby, tmdb = result.sources
    assert plex.stopped is not None
    assert "cannot be reached" in plex.stopped
    assert emby.stopped is not None
    assert "does not accept the key" in emby.stopped
    assert (tmdb.learned, tmdb.stopped, tmdb.error) == (1, None, None)
    assert ann.kept(heat).facts.runtime_min == 170


def test_a_source_whose_answers_are_all_bad_is_left_alone(ann: Viewer) -> None:
    ann.watch([movie({"tmdb": n}) for n in range(1, 40)])
    asked, server = asked_of(ann, "tmdb", lambda asked: told(200, b"<html>"))
    assert asked.stopped is not None
    assert "in a row" in asked.stopped
    assert len(server.asked) < 12


def test_only_this_accounts_titles_are_asked_of_and_somebody_elses_stay_as_they_are(ann: Viewer) -> None:
    bob = Viewer(ann.store, ann.store.write(lambda work: work.accounts.create("bob")).id)
    ann.watch([movie({"tmdb": 1})])
    [theirs] = bob.watch([movie({"tmdb": 2})])
    asked, server = asked_of(ann, "tmdb", TmdbServer(movies=films(2)))
    assert [each.path for each in server.asked] == ["/3/movie/1"]
    assert asked.asked == 1
    assert bob.kept(theirs).facts.runtime_min is None


def test_what_was_asked_is_not_asked_again_for_thirty_days(place: Place) -> None:
    with place.open() as store:
        ann = Viewer(store, store.write(lambda work: work.accounts.create("ann")).id)
        ann.watch([movie({"tmdb": 1}), movie({"tmdb": 99})])
        counts = []
        for days, again in ((0, False), (29, False), (0, True), (29, False), (2, False)):
            place.clock.at += timedelta(days=days)
            _, server = asked_of(ann, "tmdb", TmdbServer(movies=films(1)), again=again)
            counts.append(len(server.asked))
        assert counts == [2, 0, 2, 0, 2]


def test_a_run_can_be_ended_and_gone_on_with(ann: Viewer) -> None:
    numbers = ann.watch([movie({"tmdb": n}) for n in range(1, 31)])
    seen: list[Progress] = []
    with serving(TmdbServer(movies=films(30))) as server:
        ended = asking(ann, source("tmdb", server.url), on_progress=seen.append, cancelled=lambda: len(seen) >= 7)
        before = len(server.asked)
        assert ended.cancelled
        assert ended.sources[0].stopped == "interrupted"
        assert ended.sources[0].learned == 7
        assert [each.done for each in seen] == list(range(1, 8))
        assert {each.total for each in seen} == {30}
        whole = asking(ann, source("tmdb", server.url), on_progress=seen.append)
        assert (whole.sources[0].asked, whole.sources[0].learned) == (23, 23)
        assert before <= 7 + 4
        assert len(server.asked) == before + 23
    assert [ann.kept(number).facts.runtime_min for number in numbers] == list(range(1, 31))
    none = asking(ann, source("tmdb", refused_url()), cancelled=lambda: True)
    assert none == Enriched((), cancelled=True)


KILLED = """
import asyncio, sys
from pathlib import Path
from watchprint.store import Store
from watchprint.titles import Tmdb, enrich
with Store.open(home=Path(sys.argv[1]), url=sys.argv[2] or None) as store:
    print("ready", flush=True)
    asyncio.run(enrich(store, [Tmdb(sys.argv[4], url=sys.argv[3])]))
"""


def test_killed_at_any_time_it_goes_on_where_it_was(place: Place) -> None:
    count, killed = 60, 0
    with place.open() as store:
        ann = Viewer(store, store.write(lambda work: work.accounts.create("ann")).id)
        numbers = ann.watch([movie({"tmdb": n}) for n in range(1, count + 1)])
    tmdb = TmdbServer(movies=films(count))
    running: list[subprocess.Popen[str]] = []

    def answer(asked: Asked) -> Told:
        nonlocal killed
        if killed < 3 and len(server.asked) >= 15 * (killed + 1):
            killed += 1
            os.kill(running[-1].pid, signal.SIGKILL)
        return tmdb(asked)

    with serving(answer) as server:
        for _ in range(4):
            command = [sys.executable, "-c", KILLED, str(place.home), place.url or "", server.url, TOKEN]
            running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            with running[-1]:
                running[-1].wait(60)
        assert [process.returncode for process in running] == [-9, -9, -9, 0]
        assert len(server.asked) <= count + 3 * 8
    with place.open() as store:
        kept = store.read(lambda work: work.titles.get_all(numbers))
        assert [kept[number].facts.runtime_min for number in numbers] == list(range(1, count + 1))


def test_the_most_watched_is_asked_of_first(ann: Viewer) -> None:
    shows = [show({"imdb": f"tt000000{n}"}) for n in range(4)]
    ann.watch([episode(shows[n], 1, number) for n, plays in enumerate((1, 3, 2, 5)) for number in range(plays)])
    _, server = asked_of(ann, "tvmaze", TvMazeServer({}))
    assert [each.query["imdb"][-1] for each in server.asked] == ["3", "1", "2", "0"]


def test_a_source_whose_facts_are_all_known_is_not_asked(ann: Viewer) -> None:
    ann.watch([movie({"tmdb": 1})])
    with serving(TvMazeServer({169: SERIES})) as server:
        result = asking(ann, source("tvmaze", server.url))
    assert (result.sources[0].asked, server.asked) == (0, [])


def _always(answer: Told) -> Handler:
    return lambda asked: answer


@pytest.mark.parametrize("name", ["plex", "jellyfin", "emby", "tmdb", "tvmaze"])
def test_no_error_and_no_report_holds_a_key(ann: Viewer, name: str, caplog: pytest.LogCaptureFixture) -> None:
    ann.watch([episode(show({"imdb": "tt0903747", "tmdb": 1}), 1, 1)])
    answers = [told(401, TOKEN.encode()), told(200, TOKEN.encode()), told(302, location="http://other.example/")]
    with caplog.at_level(0):
        for answer in answers:
            with serving(_always(answer)) as server:
                result = asking(ann, source(name, server.url), again=True)
            assert result.sources[0].stopped or result.sources[0].reasons
            assert TOKEN not in repr(result)
    assert TOKEN not in caplog.text
