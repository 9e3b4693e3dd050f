"""In and out through the core: accounts made by a file, files that are named, and what is due after sending."""

from __future__ import annotations

import io
from contextlib import chdir
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.conftest import asked, let_pass, pair, settings
from tests.sandbox.desk import Desk, Person
from tests.store.places import Place
from watchprint.app import Watchprint
from watchprint.domain.zones import ZoneError
from watchprint.exporting import ExportRefused
from watchprint.identity import NoSuchAccount
from watchprint.store import UnknownRow

HEAD = "type,title,year,trakt_id,watched_at\n"


@pytest.fixture
def local(place: Place) -> Watchprint:
    """An installation that asks no Trakt, closed with its store."""
    return Watchprint.open(settings(place))


def rows(folder: Path, *lines: str) -> Path:
    file = folder / "history.csv"
    file.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def test_an_account_is_made_with_what_the_file_says_and_only_where_that_is_meant(
    local: Watchprint, tmp_path: Path
) -> None:
    file = rows(tmp_path, "movie,Heat,1995,9001,2024-05-01T20:00:00Z")
    with local as app:
        with pytest.raises(NoSuchAccount):
            app.take_in(file, "ann")
        tried = app.take_in(file, "ann", create=True, dry_run=True)
        assert (tried.parts["plays"].added, app.accounts()) == (1, [])
        with pytest.raises(ZoneError):
            app.take_in(file, "ann", create=True, zone="Mars/Base")
        assert app.accounts() == []
        app.take_in(file, "ann", create=True, zone="Asia/Tokyo")
        [ann] = app.accounts()
        assert (ann.name, ann.zones.spans, app.status(ann).movies) == ("ann", ((None, "Asia/Tokyo"),), 1)
        app.take_in(file, "ANN", create=True, zone="Europe/Berlin")
        assert app.accounts() == [ann], "one that is there is taken as it is"
        assert app.take_in(file, create=True).account_id == ann.id, "without a name it is the default one"


def test_rows_that_were_not_taken_are_written_and_the_file_is_named_when_the_account_goes(
    local: Watchprint, tmp_path: Path
) -> None:
    with local as app:
        report = app.take_in(rows(tmp_path, "movie,Nowhere,,,2024-05-01T20:00:00Z"), "ann", create=True)
        assert report.import_id is not None
        kept = app.import_report(report.import_id)
        assert kept.problems == report.problems
        assert app.write_problems(kept, tmp_path / "open.csv") == 1
        assert "Nowhere" in (tmp_path / "open.csv").read_text()
        with pytest.raises(UnknownRow):
            app.import_report(99)
        assert str(tmp_path / "open.csv") in map(str, app.forget("ann").elsewhere)


def test_an_export_says_its_format_by_its_name(local: Watchprint, tmp_path: Path) -> None:
    with local as app, chdir(tmp_path):
        app.take_in(rows(tmp_path, "movie,Heat,1995,9001,2024-05-01T20:00:00Z"), "Ann Lee", create=True)
        assert app.export(tmp_path / "plays.ndjson").format == "ndjson"
        assert app.export(tmp_path / "folder").format == "csv"
        assert (tmp_path / "folder" / "plays.csv").exists()
        stream = io.BytesIO()
        assert app.export(stream).format == "json"
        assert stream.getvalue().startswith(b"{")
        named = [app.export().files, app.export(format="csv").files, app.export(format="csv", parts=["titles"]).files]
        assert [str(file.path) for files in named for file in files] == [
            "watchprint-Ann-Lee.json", "watchprint-Ann-Lee-plays.csv", "watchprint-Ann-Lee-titles.csv",
        ]  # fmt: skip
        both = app.export(format="parquet", parts=["plays", "titles"])
        assert {str(file.path) for file in both.files} == {
            "watchprint-Ann-Lee/plays.parquet", "watchprint-Ann-Lee/titles.parquet",
        }  # fmt: skip
        for destination, name in (("plays.txt", None), ("plays.csv", "xml")):
            with pytest.raises(ExportRefused):
                app.export(destination, format=name)


def test_after_sending_a_sync_is_due(app: Watchprint, desk: Desk, ann: Person, tmp_path: Path) -> None:
    account = app.link(pair(desk, ann))
    app.sync(account)
    file = tmp_path / "history.csv"
    file.write_text("type,tmdb_id,watched_at\nmovie,949,2019-05-01T20:00:00Z\n", encoding="utf-8")
    report = app.take_in(file, account)
    assert report.import_id is not None
    due_at = app.account().sync_due_at
    assert due_at is not None
    assert due_at > app.clock.now()
    assert len(app.preview_sending(report.import_id).send) == 1
    assert app.account().sync_due_at == due_at, "nothing has left"
    sent = app.send_on(report.import_id)
    assert (sent.outcome, sent.sent) == ("done", 1)
    assert "/sync/history" in asked(desk)
    now_due = app.account().sync_due_at
    assert now_due is not None
    assert now_due <= app.clock.now()
    let_pass(desk, 60, app.clock)
    assert app.sync().outcome in ("changed", "nothing")
    after = app.account().sync_due_at
    assert after is not None
    assert after > app.clock.now() - timedelta(seconds=1)
    assert app.send_on(report.import_id).sent == 0
    assert app.account().sync_due_at == after, "nothing was sent"
