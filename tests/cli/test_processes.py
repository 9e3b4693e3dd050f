"""Real processes: streams, signals, pipes, full disks, missing extras, and how fast the command starts."""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import typer.main

from tests.cli.running import PROGRAM, Cli, Ended
from tests.sandbox.desk import Desk, Person
from watchprint.cli.app import build
from watchprint.cli.exits import Exit
from watchprint.cli.service.itemtext import item_of

WITHOUT_JSON = ("sandbox", "keys", "serve")
"""Commands that only hold others, which have --json each, or that serve until they are ended."""


def shell(cli: Cli, line: str) -> Ended:
    """A line of bash, in which `watchprint` is the command; the code is that of the command itself."""
    wrapped = f'watchprint() {{ "{PROGRAM[0]}" -m watchprint "$@"; }}; {line}; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", wrapped], env=cli.whole(), capture_output=True, text=True, timeout=60, check=False
    )
    return cli.kept_secret(Ended(done.returncode, done.stdout, done.stderr))


def test_a_dozen_commands_as_processes(cli: Cli, desk: Desk, ann: Person) -> None:
    for typed, said in (
        (("scrobble-stop", "movie:tmdb:949", "--progress", "95"), "The play is stored."),
        (("checkin-episode", "episode:tmdb:1396:1x02"), "Checked in."),
        (("delete-checkin",), "No check-in is running any more."),
        (("add-to-history", "movie:Heat (1995)", "--at", "2024-05-01T20:15:00Z"), "added     1"),
        (("get-history", "--kind", "movie", "--limit", "1"), "Heat (1995)"),
        (("add-to-collection", "movie:tt0113277", "--resolution", "uhd_4k"), "added"),
        (("add-to-watchlist", "show:tmdb:1396"), "added"),
        (("create-list", "Seen twice"), "slug seen-twice"),
        (("add-to-list", "seen-twice", "movie:tmdb:949", "person:tmdb:1158"), "added"),
        (("get-list-items", "seen-twice"), "Al Pacino"),
        (("add-to-favorites", "movie:tmdb:949"), "added"),
        (("search", "heat", "--limit", "1"), "movie:tmdb:949"),
    ):
        ended = cli.process(*typed)
        assert (ended.code, ended.err) == (Exit.OK, ""), ended
        assert said in ended.out
    state = desk.obey("GET", "users/ann")
    assert len(state["history"]) == 2
    assert len(state["collection"]) == len(state["watchlist"]["entries"]) == len(state["ratings"]) == 1


def test_a_token_from_stdin_is_in_no_argument_and_no_output(nobody: Cli, ann: Person) -> None:
    hidden = nobody.hiding(ann.access)
    ended = hidden.process("get-user-stats", "--token", "-", "--json", stdin=f"{ann.access}\n")
    assert ended.json["movies"]["plays"] == 0
    assert hidden.process("get-user-stats", "--token", "-").code == Exit.USAGE


def test_ctrl_c_in_the_middle(cli: Cli, desk: Desk) -> None:
    desk.fault("slow", path="/users/me/stats", delay_s=20)
    with cli.begin("get-user-stats") as process:
        until_s = time.monotonic() + 20
        while not desk.requests() and time.monotonic() < until_s:
            time.sleep(0.02)
        began_s = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=15)
    assert (process.returncode, out) == (Exit.INTERRUPTED, "")
    assert err == "watchprint: interrupted; what was stored stays stored\n"
    assert time.monotonic() - began_s < 10


@pytest.mark.parametrize("more", ["", "--json"])
def test_whoever_reads_may_stop_reading(nobody: Cli, desk: Desk, more: str) -> None:
    bob = desk.user("bob", plays=3000)
    ended = shell(nobody.having(WATCHPRINT_TOKEN=bob.access), f"watchprint get-history {more} | head -1")
    assert (ended.code, ended.err) == (Exit.OK, "")
    assert ended.out.strip() in ("History", "[")
    ended = shell(nobody.having(WATCHPRINT_TOKEN=bob.access), f"watchprint insights {more} | true; true")
    assert (ended.err, ended.out) == ("", "")


@pytest.mark.parametrize("more", ["", "--json"])
def test_an_output_that_cannot_be_written(cli: Cli, tmp_path: Path, more: str) -> None:
    ended = shell(cli, f"ulimit -f 0; watchprint get-user-stats {more} > {tmp_path}/full")
    assert ended.code == Exit.UNREADABLE
    assert ended.sentence.startswith("the output cannot be written: ")
    assert "free some space" in ended.sentence


def test_an_argument_that_is_no_text(cli: Cli) -> None:
    done = subprocess.run(
        [os.fsencode(part) for part in (*PROGRAM, "search")] + [b"\xff\xfe"],
        env=cli.whole(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == Exit.USAGE
    assert b"an argument is no text" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1", "utf-8"])
def test_a_terminal_of_another_encoding_gets_what_it_can_show(cli: Cli, desk: Desk, encoding: str) -> None:
    narrow = cli.having(PYTHONIOENCODING=encoding)
    assert cli("create-list", "Amélie – 千と千尋").code == Exit.OK

    def shown(*typed: str) -> str:
        done = subprocess.run([*PROGRAM, *typed], env=narrow.whole(), capture_output=True, check=True)
        assert done.stderr == b""
        return done.stdout.decode(encoding)

    assert "Amélie".encode(encoding, "replace").decode(encoding) in shown("get-user-lists")
    assert json.loads(shown("get-user-lists", "--json"))[0]["name"] == "Amélie – 千と千尋"
    assert shown("insights", "calendar")


def test_nobody_there_is_told_by_reads_and_writes(cli: Cli) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    nowhere = cli.having(TRAKT_API_URL=f"http://127.0.0.1:{port}")
    typed = (("get-user-stats",), ("scrobble-start", "movie:tmdb:949"), ("insights", "totals"), ("login",))
    with ThreadPoolExecutor(len(typed)) as pool:
        for ended in pool.map(lambda each: nowhere.process(*each), typed):
            assert ended.code == Exit.NO_ANSWER
            assert "Trakt cannot be reached, nothing was sent" in ended.sentence
            assert "watchprint doctor" in ended.sentence


def test_a_batch_that_stops_midway_says_what_is_left(nobody: Cli, desk: Desk) -> None:
    vip = desk.user("vera", vip=True)
    items = [f"movie:tmdb:{number}" for number in (949, 603, 604, 605)] + [f"movie:{n}" for n in range(1, 200)]
    desk.fault("423", path="/sync/watchlist", times=None, skip=1)
    ended = nobody.having(WATCHPRINT_TOKEN=vip.access)("add-to-watchlist", *items)
    assert ended.code == Exit.PARTLY_WRITTEN
    left = ended.err.strip().split("left: ")[1].split(", ")
    assert 0 < len(left) < len(items)
    assert {item_of(text) for text in left} < {item_of(text) for text in items}


def without(modules: tuple[str, ...], folder: Path) -> str:
    """A path of packages in which everything is as it is here, without these."""
    import site

    [here] = [Path(path) for path in site.getsitepackages()]
    for entry in here.iterdir():
        if entry.name.split(".")[0].split("-")[0] not in modules and not entry.name.endswith(".pth"):
            (folder / entry.name).symlink_to(entry)
    return str(folder)


def run_with(packages: str, cli: Cli, *typed: str) -> subprocess.CompletedProcess[str]:
    """A command of an installation that has these packages."""
    source = Path(sys.modules["watchprint"].__file__ or "").parents[1]
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]; sys.argv[1:3] = []\n"
        "from watchprint.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-S", "-c", code, str(source), packages, *typed]
    return subprocess.run(command, env=cli.whole(), capture_output=True, text=True, check=False)


def test_without_the_stores_libraries_a_sign_in_is_a_file(nobody: Cli, ann: Person, tmp_path: Path) -> None:
    packages = without(("sqlalchemy", "alembic", "cryptography"), tmp_path)
    home = Path(nobody.env["WATCHPRINT_HOME"])
    signed_in = run_with(packages, nobody, "login", "--token", ann.access)
    assert signed_in.returncode == Exit.OK, signed_in
    [file] = home.glob("token*.json")
    assert (str(file) in signed_in.stderr, file.stat().st_mode & 0o077) == (True, 0)
    assert run_with(packages, nobody, "add-to-history", "movie:tmdb:949").returncode == Exit.OK
    assert run_with(packages, nobody, "insights", "totals").returncode == Exit.OK
    assert run_with(packages, nobody, "doctor").returncode == Exit.OK
    for typed in (("sync",), ("get-history", "--account", "ann"), ("login", "--account", "ann"), ("accounts",)):
        lacking = run_with(packages, nobody, *typed)
        assert lacking.returncode == Exit.MISSING_EXTRA
        assert "watchprint[app]" in lacking.stderr
    assert run_with(packages, nobody, "logout").returncode == Exit.OK
    assert [path.name for path in home.iterdir() if not path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("lacking", "typed", "extra"),
    [
        (("aiohttp",), ("sandbox", "--port", "0"), "watchprint[sandbox]"),
        (("duckdb",), ("insights", "totals"), "watchprint[insights]"),
        (("aiohttp", "duckdb"), ("demo",), "watchprint[insights,sandbox]"),
        (("typer",), ("--help",), "watchprint[cli]"),
        (("sqlalchemy",), ("accounts",), "watchprint[app]"),
    ],
)
def test_a_missing_extra_is_named(
    cli: Cli, tmp_path: Path, lacking: tuple[str, ...], typed: tuple[str, ...], extra: str
) -> None:
    done = run_with(without(lacking, tmp_path), cli, *typed)
    assert done.returncode == Exit.MISSING_EXTRA, done
    assert extra in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_lists_every_command_in_a_line_of_its_own() -> None:
    shown = Cli({}).process("--help")
    assert (shown.code, shown.err) == (Exit.OK, "")
    names = [line.split()[0] for line in shown.out.splitlines() if line.startswith("  ") and "  " in line.strip()]
    commands = [name for name in names if not name.startswith("-")]
    assert sorted(commands) == sorted(typer.main.get_group(build()).commands)
    assert "..." not in shown.out.replace("[ARGS]...", "")
    for name in commands:
        helped = Cli({})(name, "--help")
        assert helped.code == Exit.OK
        assert "--json" in helped.out or name in WITHOUT_JSON, name
        assert all(len(line) <= 80 for line in helped.out.splitlines())


def test_the_help_loads_nothing_heavy_and_starts_at_once() -> None:
    code = (
        "import sys; from watchprint.cli.app import main; main(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    for heavy in ("rich", "httpx2", "duckdb", "pyarrow", "aiohttp", "msgspec", "watchprint.trakt", "asyncio"):
        assert f"'{heavy}'" not in loaded, heavy
    empty, helped = [
        statistics.median(_took_s([sys.executable, *arguments]) for _ in range(5))
        for arguments in (["-c", "import typer.core, typer.main"], ["-m", "watchprint", "--help"])
    ]
    assert helped < 3 * empty


def _took_s(command: list[str]) -> float:
    began_s = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began_s
