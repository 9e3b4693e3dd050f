"""`watchprint insights`: from an export without any server, and from Trakt; what cannot be asked is a sentence."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Cli
from tests.sandbox.desk import Desk
from watchprint.cli.exits import Exit
from watchprint.cli.insights.csv_lines import cell
from watchprint.exchange import trakt_zip
from watchprint.exchange.tables.csv_table import unguarded
from watchprint.insights import catalogue, load

BARE = Cli({"WATCHPRINT_HOME": "/nowhere/at/all"})
"""No application, no sign-in, no home: an export needs none of them."""
NAMES = tuple(insight.name for insight in catalogue())
SEVEN = ("totals", "by", "calendar", "punch-card", "top", "ratings", "streaks")


@pytest.fixture(scope="session")
def full(shared_dir: Path) -> Path:
    """An export of 7,003 plays with full titles."""
    return shared_dir / "history" / "demo_trakt_export_full.zip"


@pytest.fixture(scope="session")
def bare(shared_dir: Path) -> Path:
    """The same without titles."""
    return shared_dir / "history" / "demo_trakt_export.zip"


def test_the_list_names_all_and_their_questions() -> None:
    listed, as_data = BARE("insights"), BARE("insights", "--json").json
    assert [row["name"] for row in as_data] == list(NAMES)
    assert all({"needs", "power", "parameters", "formula", "guard", "shape"} <= row.keys() for row in as_data)
    assert [row[0] for row in csv.reader(io.StringIO(BARE("insights", "--csv").out))] == ["name", *NAMES]
    for row in as_data:
        assert row["name"] in listed.out
        assert row["question"] in listed.out


@pytest.mark.shared
@pytest.mark.parametrize("name", SEVEN)
def test_each_of_the_seven_from_an_export(full: Path, name: str) -> None:
    drawn, ended = (
        BARE("insights", name, "--export", str(full)),
        BARE("insights", name, "--export", str(full), "--json"),
    )
    assert (drawn.code, ended.code) == (Exit.OK, Exit.OK)
    answer = ended.json
    assert answer["rows"]
    assert answer["question"] in drawn.out
    assert "Formula: " in drawn.out
    assert all(len(line) <= 80 for line in drawn.out.splitlines()), drawn.out


@pytest.mark.shared
def test_a_full_export_gives_plays_and_minutes(full: Path) -> None:
    answer = BARE.process("insights", "totals", "--export", str(full), "--json").json
    assert {row["kind"]: (row["plays"], row["minutes"]) for row in answer["rows"] if row["kind"] != "show"} == {
        "movie": (569, 61_803),
        "episode": (6_434, 273_942),
        "all": (7_003, 61_803 + 273_942),
    }


@pytest.mark.shared
def test_a_bare_export_gives_no_minutes_and_says_what_would_raise_them(bare: Path) -> None:
    answer = BARE("insights", "totals", "--export", str(bare), "--json").json
    [whole] = [row for row in answer["rows"] if row["kind"] == "all"]
    assert (whole["plays"], whole["minutes"], whole["coverage"], answer["coverage"]) == (7_003, 0, 0, 0)
    drawn = BARE("insights", "totals", "--export", str(bare))
    assert "What would raise this" in " ".join(drawn.out.split())
    assert "0 %" in drawn.out


@pytest.mark.shared
def test_trakts_own_figures_stand_beside_and_are_never_copied(full: Path, bare: Path) -> None:
    theirs: dict[str, Any] = json.loads(zipfile.ZipFile(bare).read("user-stats.json"))
    drawn = BARE("insights", "totals", "--export", str(bare)).out
    line = next(line for line in drawn.splitlines() if line.startswith("movies.minutes"))
    assert line.split()[1:3] == ["0", f"{theirs['movies']['minutes']:,}"]
    narrowed = BARE("insights", "totals", "--export", str(full), "--period", "2024").out
    assert "Trakt's own figures" not in narrowed


@pytest.mark.shared
def test_questions_narrowed_and_turned(full: Path) -> None:
    def ask(*more: str) -> Any:
        return BARE("insights", *more, "--export", str(full), "--json").json

    def plays(*more: str) -> int:
        return sum(row["plays"] for row in ask("by", "--unit", "year", *more)["rows"])

    whole = plays()
    assert plays("--kind", "movie") + plays("--kind", "episode") == whole
    assert 0 < plays("--genre", "crime") < plays("--genre", "crime", "--genre", "comedy") < whole
    assert 0 < plays("--decade", "1990s", "--language", "en") <= plays("--decade", "1990")
    in_2024 = ask("by", "--period", "2024")["rows"]
    assert [row["period"] for row in in_2024] == ["2024"]
    assert ask("top", "--of", "movie", "--limit", "3")["rows"][2]["rank"] == 3
    shared_out = ask("top", "--of", "genre", "--counting", "fractional", "--by", "plays", "--limit", "50")["rows"]
    assert sum(row["plays"] for row in shared_out) <= 7_003 + 1e-6
    tokyo = ask("punch-card", "--zone", "Asia/Tokyo")
    assert tokyo["zone"] == "Asia/Tokyo"
    utc = ask("punch-card")
    assert utc["zone"] == "UTC"

    def by_hour(answer: Any) -> Counter[int]:
        hours: Counter[int] = Counter()
        for row in answer["rows"]:
            hours[row["hour"]] += row["plays"]
        return hours

    assert {(hour + 9) % 24: n for hour, n in by_hour(utc).items()} == dict(by_hour(tokyo))


@pytest.mark.shared
def test_the_plays_behind_each_row(full: Path) -> None:
    answer = BARE("insights", "by", "--unit", "year", "--export", str(full), "--json", "--plays").json
    for row in answer["rows"]:
        assert len(row["play_ids"]) == row["plays"]


@pytest.mark.shared
@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"calendar", "punch-card", "places"}])
def test_csv_read_back_is_the_rows(full: Path, name: str) -> None:
    rows = load(**trakt_zip.read(full).rows()).ask(name).rows
    head, *lines = csv.reader(io.StringIO(BARE("insights", name, "--export", str(full), "--csv").out))
    assert head == list(rows[0].__struct_fields__)
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        for column, text in zip(head, line, strict=True):
            value = getattr(row, column)
            read = type(value)(text) if isinstance(value, int | float) and not isinstance(value, bool) else None
            assert read == value if read is not None else text == cell(value)
            assert not isinstance(value, str) or unguarded(text) == value


@pytest.mark.shared
def test_csv_names_the_plays_behind_a_row(full: Path) -> None:
    out = BARE("insights", "by", "--export", str(full), "--csv", "--plays", "--period", "2024").out
    [row] = csv.DictReader(io.StringIO(out))
    assert len(json.loads(row["play_ids"])) == int(row["plays"])


def test_cells() -> None:
    given = [None, True, 1, 0.1, "=1+1", "", "a\nb", "\x1b", ["a", 1]]
    assert [cell(value) for value in given] == ["", "true", "1", "0.1", "'=1+1", "'", "a b", "\\x1b", '["a",1]']


@pytest.mark.shared
def test_own_parameters_and_the_period_before(full: Path) -> None:
    def ask(*more: str) -> Any:
        return BARE("insights", *more, "--export", str(full), "--json").json

    assert ask("sessions", "--gap-min", "5")["facts"]["sessions"] > ask("sessions")["facts"]["sessions"]
    assert ask("on-this-day", "--on", "03-28")["facts"]["day"] == "03-28"
    lefts = [row["left"] for row in ask("in-progress", "--sort", "left")["rows"]]
    assert lefts == sorted(lefts)
    assert ask("totals", "--period", "2024", "--compare")["before"]["period"] == "2023"
    assert ask("screen-time", "--no-compare")["before"] is None
    drawn = BARE("insights", "totals", "--period", "2024", "--compare", "--export", str(full))
    assert "Against the period before (2023)" in drawn.out
    none_before = BARE("insights", "totals", "--compare", "--export", str(full))
    assert "There is no period before 'all'" in none_before.err


@pytest.mark.shared
def test_what_stands_out(full: Path) -> None:
    asked = ("insights", "findings", "--export", str(full))
    as_data, drawn, lines = BARE(*asked, "--json").json, BARE(*asked).out, BARE(*asked, "--csv").out
    assert as_data["sentence"] in " ".join(drawn.split())
    assert max(map(len, drawn.splitlines())) <= 80
    found = as_data["standing_out"] + as_data["others"]
    assert [row["trait"] for row in csv.DictReader(io.StringIO(lines))] == [each["effect"]["trait"] for each in found]
    assert BARE(*asked, "--of", "genre").code == Exit.USAGE
    assert BARE(*asked, "--json", "--csv").code == Exit.USAGE


@pytest.mark.shared
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("totls",), "Did you mean totals"),
        (("nonsense-of-all-kinds",), "There are: "),
        (("totals", "--period", "tomorrow"), "The period 'tomorrow' is not understood"),
        (("totals", "--period", "2024-13"), "2024-13"),
        (("totals", "--zone", "Europe/Nowhere"), "The time zone 'Europe/Nowhere' is not known"),
        (("totals", "--zone", "../../etc/passwd"), "time zone"),
        (("by", "--day-start", "25:00"), "25:00"),
        (("totals", "--kind", "song"), "song"),
        (("top", "--of", "colour"), "colour"),
        (("top", "--by", "weight"), "weight"),
        (("by", "--unit", "fortnight"), "fortnight"),
        (("by", "--decade", "x"), "x"),
        (("totals", "--unit", "week"), "unit"),
        (("totals", "--gap-min", "20"), "gap_min"),
        (("on-this-day", "--on", "02-30"), "02-30"),
        (("in-progress", "--sort", "size"), "size"),
    ],
)
def test_what_cannot_be_asked(full: Path, asked: tuple[str, ...], words: str) -> None:
    ended = BARE("insights", *asked, "--export", str(full))
    assert ended.code == Exit.USAGE
    assert words in ended.sentence
    assert ended.out == ""


@pytest.mark.shared
def test_files_that_are_no_export(full: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(full.read_bytes()[:100_000])
    (tmp_path / "text.zip").write_text("no zip at all")
    (tmp_path / "empty.zip").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("holiday.txt", "photos")
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        bad.writestr("watched-history-1.json", '[{"id": ')
    (tmp_path / "folder.zip").mkdir()
    for name in ("cut", "text", "empty", "other", "bad", "folder", "not-there"):
        ended = BARE("insights", "totals", "--export", str(tmp_path / f"{name}.zip"))
        assert ended.code == Exit.UNREADABLE, ended
        assert f"{name}.zip" in ended.sentence
        assert len(ended.sentence) > len(f"{name}.zip") + 15
        assert ended.out == ""


def test_from_trakt_in_the_zone_of_the_account(nobody: Cli, desk: Desk) -> None:
    ann = desk.user("ann", plays=300, zone="Asia/Tokyo")
    cli = nobody.having(WATCHPRINT_TOKEN=ann.access).hiding(ann.access)
    answer = cli("insights", "punch-card", "--json").json
    assert answer["zone"] == "Asia/Tokyo"
    assert cli("insights", "punch-card", "--zone", "UTC", "--json").json["zone"] == "UTC"
    drawn = cli("insights", "totals")
    assert "300" in drawn.out
    assert drawn.out.count(" equal") == 7
    given = nobody.hiding(ann.access).process("insights", "totals", "--token", "-", "--json", stdin=f"{ann.access}\n")
    assert next(row for row in given.json["rows"] if row["kind"] == "all")["plays"] == 300


def test_what_cannot_be_asked_is_told_before_trakt_is(cli: Cli, desk: Desk) -> None:
    desk.obey("DELETE", "requests")
    assert cli("insights", "totals", "--period", "tomorrow").code == Exit.USAGE
    assert cli("insights", "nonsense").code == Exit.USAGE
    assert desk.requests() == []


@pytest.mark.parametrize("name", SEVEN)
def test_an_account_without_plays(cli: Cli, name: str) -> None:
    ended = cli("insights", name)
    assert ended.code == Exit.OK
    assert ended.out
    assert cli("insights", name, "--json").code == Exit.OK


def test_a_title_that_would_write_on_the_screen(nobody: Cli, desk: Desk, tmp_path: Path) -> None:
    play = {
        "id": 1,
        "watched_at": "2024-05-01T20:15:00.000Z",
        "action": "watch",
        "type": "movie",
        "movie": {"title": "\x1b[2J\x1b]0;owned\x07Heat\u202e", "year": 1995, "ids": {"trakt": 789}},
    }
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as export:
        export.writestr("watched-history-1.json", json.dumps([play]))
    for more in ((), ("--json",)):
        ended = BARE("insights", "top", "--of", "movie", "--export", str(tmp_path / "export.zip"), *more)
        assert ended.code == Exit.OK
        assert "Heat" in ended.out
        assert not {"\x1b", "\x07", "\u202e"} & set(ended.out + ended.err)


def test_an_account_at_trakts_limit(nobody: Cli, desk: Desk) -> None:
    big = desk.user("big", plays=100_000, vip=True)
    cli = nobody.having(WATCHPRINT_TOKEN=big.access)
    began_s = time.monotonic()
    answer = cli("insights", "totals", "--json").json
    took_s = time.monotonic() - began_s
    assert next(row for row in answer["rows"] if row["kind"] == "all")["plays"] == 100_000
    assert took_s < 120
