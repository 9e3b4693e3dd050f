"""Taking files in: what is added, edited, removed, left alone and refused; the same file again; stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.importing.files import FILMS, Said, at, content, entry, named, play, rating, zipped
from tests.store.places import Place
from watchprint.domain.play import Arrival, Source
from watchprint.exchange.errors import ExportUnreadable
from watchprint.identity.accounts import NewLink
from watchprint.importing import AnotherUser, ImportReport, ImportStopped, take_in, undo
from watchprint.importing.report import STANDINGS
from watchprint.store import Store

MADE = datetime(2024, 6, 1, tzinfo=UTC)
WHOLE = Said(
    plays={1: ("f1", at(0)), 2: ("e1", at(1)), 3: ("e2", at(2)), 4: ("f2", None)},
    ratings={"f1": 8, "s": 9},
    watchlist=["f3"],
    favorites=["s"],
    lists={71: ("Noir", ["f1", "f2"])},
)


def adds_up(report: ImportReport) -> bool:
    return all(part.rows == sum(getattr(part, name) for name in STANDINGS) for part in report.parts.values())


def whole_zip(
    folder: Path, said: Said = WHOLE, name: str = "export.zip", *, day: int = 0, more: Mapping[str, Any] | None = None
) -> Path:
    return zipped(folder / name, {**said.files(), **(more or {})}, made_at=MADE + timedelta(days=day))


def test_a_whole_export(store: Store, ann: int, tmp_path: Path) -> None:
    owned = [
        {
            "collected_at": "2024-01-01T00:00:00.000Z",
            "metadata": {"media_type": "bluray", "3d": True},
            "movie": FILMS[1],
        }
    ]
    seasons = [{"number": 1, "episodes": [{"number": 3, "collected_at": "2024-01-02T00:00:00.000Z"}]}]
    shows = [{"last_collected_at": None, "show": named("s")["show"], "seasons": seasons}]
    path = whole_zip(tmp_path, more={"collection-movies.json": owned, "collection-shows.json": shows})
    report = take_in(store, ann, path)
    assert adds_up(report)
    assert {part: done.added for part, done in report.parts.items()} == {
        "titles": 3, "plays": 4, "ratings": 2, "watchlist": 1, "collection": 2, "favorites": 1, "lists": 3,
    }  # fmt: skip
    kept = content(store, ann)
    assert [(n, what, state) for n, what, _, state, _ in kept["plays"]] == [
        (1, "f1", "there"), (2, "e1", "there"), (3, "e2", "there"), (4, "f2", "there"),
    ]  # fmt: skip
    assert kept["collection"] == [
        ("e3", None, datetime(2024, 1, 2, tzinfo=UTC), {}),
        ("f1", None, datetime(2024, 1, 1, tzinfo=UTC), {"media_type": "bluray", "is_3d": True}),
    ]
    assert kept["lists"] == {"Noir": [("f1", 1), ("f2", 2)]}
    assert any("1 times are unknown" in note for note in report.notes)
    assert set(report.unknown) == {"collection-episodes"}


def test_a_list_by_itself_is_news(store: Store, ann: int, tmp_path: Path) -> None:
    """A new list without anything on it, its other name, and that it is gone: each is taken in, and undone."""
    empty, other, none = Said(lists={71: ("Noir", [])}), Said(lists={71: ("Films noirs", [])}), Said()
    first = take_in(store, ann, whole_zip(tmp_path, empty, "1.zip"))
    assert (first.parts["lists"].added, list(content(store, ann)["lists"])) == (1, ["Noir"])
    second = take_in(store, ann, whole_zip(tmp_path, other, "2.zip", day=1))
    assert (second.parts["lists"].edited, list(content(store, ann)["lists"])) == (1, ["Films noirs"])
    assert not take_in(store, ann, whole_zip(tmp_path, other, "2.zip", day=1))
    third = take_in(store, ann, whole_zip(tmp_path, none, "3.zip", day=2))
    assert (third.parts["lists"].removed, content(store, ann)["lists"]) == (1, {})
    for report, names in ((third, ["Films noirs"]), (second, ["Noir"]), (first, [])):
        assert report.import_id is not None
        undo(store, report.import_id)
        assert list(content(store, ann)["lists"]) == names


def test_a_dry_run_changes_nothing(store: Store, ann: int, tmp_path: Path) -> None:
    before = store.read(lambda work: (work.accounts.get(ann), work.imports.all(ann)))
    report = take_in(store, ann, whole_zip(tmp_path), dry_run=True)
    assert report.dry_run
    assert report.import_id is None
    assert report.parts["plays"].added == 4
    assert store.read(lambda work: (work.accounts.get(ann), work.imports.all(ann))) == before
    assert content(store, ann)["plays"] == []
    assert store.read(lambda work: work.titles.find("movie", "trakt", 1)) is None


def test_the_same_file_again_under_another_name(store: Store, ann: int, tmp_path: Path) -> None:
    path = whole_zip(tmp_path)
    first = take_in(store, ann, path)
    kept, revision = content(store, ann), store.read(lambda work: work.accounts.revision(ann))
    path.rename(tmp_path / "copy.zip")
    again = take_in(store, ann, tmp_path / "copy.zip")
    assert not again
    assert again.import_id == first.import_id
    assert again.total().there == first.rows == again.rows
    assert content(store, ann) == kept
    assert store.read(lambda work: work.accounts.revision(ann)) == revision
    assert len(store.read(lambda work: work.imports.all(ann))) == 1


@pytest.mark.parametrize(
    "errors",
    [
        [{"endpoint": "users/ann/history?extended=gdpr", "error": "HTTP 504", "fetchedPages": 0}],
        {"failed": {"watched_history": [2]}},
        "history",
        {"error": "timed out"},
    ],
)
def test_nothing_is_removed_by_a_part_that_failed(store: Store, ann: int, tmp_path: Path, errors: Any) -> None:
    take_in(store, ann, whole_zip(tmp_path))
    fewer = Said(plays={1: ("f1", at(0))}, ratings=WHOLE.ratings, watchlist=["f3"], favorites=["s"], lists=WHOLE.lists)
    path = whole_zip(tmp_path, fewer, "newer.zip", day=1, more={"_errors.json": errors})
    assert take_in(store, ann, path).parts["plays"].removed == 0
    assert len(content(store, ann)["plays"]) == 4


@pytest.mark.parametrize("lacking", ["watched-history-1.json", "lists-watchlist.json", "ratings-movies.json"])
def test_nothing_is_removed_by_a_part_that_is_absent(store: Store, ann: int, tmp_path: Path, lacking: str) -> None:
    take_in(store, ann, whole_zip(tmp_path))
    kept = content(store, ann)
    said = replace(WHOLE, lacking=frozenset({lacking}))
    report = take_in(store, ann, whole_zip(tmp_path, said, "newer.zip", day=1))
    assert report.total().removed == 0
    assert lacking.rsplit("-1.json", 1)[0].removesuffix(".json") in report.unknown
    assert content(store, ann) == kept


def test_nothing_is_removed_by_a_history_shorter_than_its_own_titles_say(
    store: Store, ann: int, tmp_path: Path
) -> None:
    take_in(store, ann, whole_zip(tmp_path))
    cut = whole_zip(tmp_path, name="newer.zip", day=1, more={"watched-history-2.json": []})
    report = take_in(store, ann, cut)
    assert report.parts["plays"].removed == 0
    assert any("history is short" in note for note in report.notes)


def test_nothing_is_removed_by_a_part_with_a_row_that_cannot_be_read(store: Store, ann: int, tmp_path: Path) -> None:
    take_in(store, ann, whole_zip(tmp_path))
    broken = [{"rated_at": "2024-01-01T00:00:00Z", "rating": "ten", **named("f1")}]
    report = take_in(store, ann, whole_zip(tmp_path, name="newer.zip", day=1, more={"ratings-movies.json": broken}))
    assert (report.parts["ratings"].removed, report.parts["ratings"].unresolved) == (0, 1)
    assert adds_up(report)
    [problem] = report.problems
    assert problem.place == "ratings-movies.json:1"


def test_an_older_export_only_adds_plays(store: Store, ann: int, tmp_path: Path) -> None:
    newer = Said(plays={1: ("f1", at(5))}, ratings={"f1": 2}, watchlist=["f2"])
    take_in(store, ann, whole_zip(tmp_path, newer, day=9))
    kept = content(store, ann)
    report = take_in(store, ann, whole_zip(tmp_path, name="older.zip"))
    assert (report.parts["plays"].added, report.parts["plays"].edited, report.total().removed) == (3, 0, 0)
    assert any("older" in note for note in report.notes)
    after = content(store, ann)
    assert [each for each in after["plays"] if each[0] == 1] == kept["plays"]
    assert after["ratings"] == kept["ratings"]
    assert after["watchlist"] == kept["watchlist"]
    assert adds_up(report)


def test_a_linked_account_is_only_given_what_its_copy_lacks(store: Store, ann: int, tmp_path: Path) -> None:
    film = store.write(lambda work: work.titles.resolve(_title(), "trakt"))
    copied = Arrival(title_id=film, watched_at=at(3), trakt_id=1, action="watch")
    store.write(lambda work: work.plays.arrive(ann, [copied, Arrival(title_id=film, watched_at=at(9), trakt_id=99)]))
    store.write(lambda work: work.accounts.link(ann, NewLink(uuid="u", trakt_url="https://api.trakt.tv", slug="ann")))
    report = take_in(store, ann, whole_zip(tmp_path))
    assert (report.parts["plays"].added, report.parts["plays"].there, report.total().removed) == (3, 1, 0)
    assert report.parts["ratings"].skipped == 2
    kept = content(store, ann)
    assert (1, "f1", at(3), "there", "watch") in kept["plays"]
    assert (99, "f1", at(9), "there", None) in kept["plays"]
    assert sorted(state for _, _, _, state, _ in kept["plays"]) == ["none", "none", "none", "there", "there"]
    assert kept["ratings"] == kept["watchlist"] == []
    assert not take_in(store, ann, whole_zip(tmp_path, name="again.zip", day=4))
    arrived = store.write(lambda work: work.plays.arrive(ann, [Arrival(title_id=film, watched_at=None, trakt_id=4)]))
    assert arrived[0].outcome == "changed"
    assert len(content(store, ann)["plays"]) == 5


def test_an_export_of_another_user_is_refused_unless_forced(store: Store, ann: int, tmp_path: Path) -> None:
    take_in(store, ann, whole_zip(tmp_path))
    kept = content(store, ann)
    said = Said(plays={9: ("f3", at(0))}, user="bob")
    path = whole_zip(tmp_path, said, "bob.zip", day=1)
    for dry_run in (True, False):
        with pytest.raises(AnotherUser, match="bob"):
            take_in(store, ann, path, dry_run=dry_run)
    assert content(store, ann) == kept
    assert take_in(store, ann, path, force=True).parts["plays"].added == 1


def test_a_link_decides_whose_exports_fit(store: Store, ann: int, tmp_path: Path) -> None:
    link = NewLink(uuid="u-1", trakt_url="https://api.trakt.tv", slug="ann-new")
    store.write(lambda work: work.accounts.link(ann, link))
    with pytest.raises(AnotherUser):
        take_in(store, ann, whole_zip(tmp_path))
    settings = {"user": {"username": "ann", "ids": {"slug": "ann", "uuid": "u-1"}}}
    assert take_in(store, ann, whole_zip(tmp_path, name="b.zip", more={"user-settings.json": settings}))


def test_an_account_is_made_with_what_the_file_says_or_not_at_all(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadable):
        take_in(store, "bob", tmp_path / "absent.zip")
    take_in(store, "bob", whole_zip(tmp_path), dry_run=True, zone="Europe/Berlin")
    assert store.read(lambda work: work.accounts.all()) == []
    report = take_in(store, "bob", whole_zip(tmp_path), zone="Europe/Berlin")
    made = store.read(lambda work: work.accounts.named("bob"))
    assert (made.id, made.zones.name_at(MADE)) == (report.account_id, "Europe/Berlin")
    assert not take_in(store, "BOB", whole_zip(tmp_path))


def test_rows_of_deleted_titles_are_kept_without(store: Store, ann: int, tmp_path: Path) -> None:
    rows = [{"id": 5, "watched_at": "2024-01-01T00:00:00Z", "action": "watch", "type": "movie", "movie": None}]
    report = take_in(store, ann, whole_zip(tmp_path, Said(), more={"watched-history-1.json": rows}))
    assert report.parts["plays"].added == 1
    assert content(store, ann)["plays"][0][:2] == (5, None)
    assert any("deleted" in note for note in report.notes)


def test_a_player_and_an_export_report_one_viewing(store: Store, ann: int, tmp_path: Path) -> None:
    film = store.write(lambda work: work.titles.resolve(_title(), "plex"))
    seen = Arrival(title_id=film, watched_at=at(0) + timedelta(minutes=4), sources=(Source("session", "1"),))
    store.write(lambda work: work.plays.arrive(ann, [seen]))
    report = take_in(store, ann, whole_zip(tmp_path))
    assert (report.parts["plays"].added, report.parts["plays"].there) == (3, 1)
    assert len(content(store, ann)["plays"]) == 4
    assert report.import_id is not None
    undo(store, report.import_id)
    [left] = content(store, ann)["plays"]
    assert left[:4] == (None, "f1", at(0) + timedelta(minutes=4), "none")


def test_progress_is_told_and_stopping_leaves_nothing(store: Store, ann: int, tmp_path: Path) -> None:
    plays = {n: ("f1", at(n)) for n in range(1, 5001)}
    path = whole_zip(tmp_path, Said(plays=plays))
    told: list[int] = []
    assert take_in(store, ann, path, dry_run=True, on_progress=lambda done, total: told.append(done))
    assert told == sorted(told)
    assert told[-1] == 5001
    with pytest.raises(ImportStopped):
        take_in(store, ann, path, cancelled=lambda: len(told) > 6, on_progress=lambda done, _: told.append(done))
    assert store.read(lambda work: work.imports.all(ann)) == []
    assert content(store, ann)["plays"] == []
    assert store.read(lambda work: work.titles.find("movie", "trakt", 1)) is None


CHILD = """
import sys
from pathlib import Path
from watchprint.importing import take_in
from watchprint.store import Store
home, url, account, path = sys.argv[1:]
def told(done, total):
    print(done, flush=True)
with Store.open(home=Path(home), url=url or None) as store:
    take_in(store, int(account), path, on_progress=told)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_or_interrupted_it_leaves_nothing(place: Place, tmp_path: Path, how: signal.Signals) -> None:
    with place.open() as store:
        account = store.write(lambda work: work.accounts.create("ann")).id
    path = whole_zip(tmp_path, Said(plays={n: (("f1", "f2", "e1", "e2")[n % 4], at(n)) for n in range(1, 20_001)}))
    arguments = [sys.executable, "-c", CHILD, str(place.home), place.url or "", str(account), str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= 4000:
                os.kill(child.pid, how)
                break
        child.communicate()
    assert child.returncode != 0
    with place.open() as store:
        until_s = time.monotonic() + 30
        while store.read(lambda work: work.imports.all(account)) and time.monotonic() < until_s:
            time.sleep(0.1)
        assert content(store, account)["plays"] == []
        assert take_in(store, account, path).parts["plays"].added == 20_000


def test_a_history_in_json_with_ids_is_as_in_a_zip(store: Store, ann: int, tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    rows = [play(1, "f1", at(0)), play(2, "e1", at(1)), rating("f1", 7), entry("f2", 1)]
    path.write_text(json.dumps(rows))
    report = take_in(store, ann, path)
    assert {part: done.added for part, done in report.parts.items()} == {"plays": 2, "ratings": 1, "watchlist": 1}
    assert not take_in(store, ann, whole_zip(tmp_path)).parts["plays"].removed
    assert len(content(store, ann)["plays"]) == 4


@pytest.mark.shared
def test_the_demo_export(store: Store, ann: int, shared_dir: Path) -> None:
    report = take_in(store, ann, shared_dir / "history" / "demo_trakt_export_full.zip")
    counts = {part: (done.rows, done.added) for part, done in report.parts.items() if done.rows}
    assert counts == {"titles": (728, 728), "plays": (7003, 7003), "ratings": (571, 571), "watchlist": (200, 200)}
    bare = take_in(store, ann, shared_dir / "history" / "demo_trakt_export.zip")
    assert not bare
    assert bare.total().there == bare.rows == report.rows


def _title() -> Any:
    from watchprint.domain.title import Facts, Title

    return Title(kind="movie", ids={"trakt": 1}, facts=Facts(runtime_min=100))
