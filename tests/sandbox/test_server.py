"""The server in a thread and as a process: starting, greeting, ending, and the state file between two runs."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.desk import Desk
from tests.sandbox.process import Process, new_state
from watchprint.sandbox import SandboxServer, ServerOptions, StartRefused

NOW = datetime(2026, 3, 1, 20, 15, tzinfo=UTC)


def quiet(**more: Any) -> ServerOptions:
    """Options of a sandbox without the demo user on a free port."""
    return ServerOptions(port=0, demo=False, **more)


def test_the_greeting_names_addresses_application_and_users() -> None:
    with SandboxServer(ServerOptions(port=0, now=NOW)) as server:
        greeting = server.greeting
        assert greeting.keys() == {"base_url", "auth_url", "client_id", "client_secret", "users"}
        assert greeting["base_url"] == greeting["auth_url"] == server.base_url
        assert greeting["base_url"].startswith("http://127.0.0.1:")
        demo = greeting["users"][0]
        assert demo.keys() == {"slug", "access_token", "refresh_token"}
        desk = Desk(server)
        assert desk.get("/users/settings", demo["access_token"]).json["user"]["ids"]["slug"] == demo["slug"]
        assert desk.obey("POST", "reset") == greeting
        assert desk.get("/users/settings", demo["access_token"]).status == 200
        desk.close()


def test_a_reset_makes_the_first_tokens_new_again() -> None:
    """They live seven days from the reset, not from the start."""
    with SandboxServer(ServerOptions(port=0)) as server:
        desk = Desk(server)
        before = desk.obey("GET", "state")["grants"][0]
        time.sleep(0.01)
        desk.obey("POST", "reset")
        after = desk.obey("GET", "state")["grants"][0]
        desk.close()
    assert after["access_token"] == before["access_token"]
    assert after["created_at"] > before["created_at"]


def test_one_seed_gives_one_application_and_the_same_tokens() -> None:
    greetings = []
    for seed in (4, 4, 5):
        with SandboxServer(ServerOptions(port=0, now=NOW, seed=seed)) as server:
            greetings.append({**server.greeting, "base_url": "", "auth_url": ""})
    assert greetings[0] == greetings[1]
    assert greetings[0]["client_id"] != greetings[2]["client_id"]


def test_two_servers_in_one_process_know_nothing_of_each_other() -> None:
    with SandboxServer(quiet()) as one, SandboxServer(quiet()) as two:
        first, second = Desk(one), Desk(two)
        ann = first.user()
        assert second.obey("GET", "state")["users"] == {}
        assert second.get("/sync/last_activities", ann).status == 401
        first.close()
        second.close()


def test_after_stop_the_port_is_closed_and_stopping_again_is_fine() -> None:
    server = SandboxServer(quiet())
    server.start()
    desk = Desk(server)
    desk.obey("GET", "clock")
    server.stop()
    server.stop()
    desk.close()
    with pytest.raises(ConnectionRefusedError):
        desk.obey("GET", "clock")
    with pytest.raises(RuntimeError, match="not running"):
        server.run(lambda sandbox: None)


def test_stopping_does_not_wait_for_who_waits_for_the_clock() -> None:
    server = SandboxServer(quiet())
    server.start()
    desk = Desk(server)
    moves = desk.obey("GET", "clock")["moves"]
    connection = desk.connection()
    connection.request("GET", f"/__sandbox__/clock?after={moves}&timeout_s=30")
    time.sleep(0.05)
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 2
    desk.close()


def test_a_function_runs_on_the_servers_thread_and_its_error_comes_back() -> None:
    with SandboxServer(quiet()) as server:
        assert server.run(lambda sandbox: sandbox.world.origin) == server.base_url
        with pytest.raises(ZeroDivisionError):
            server.run(lambda sandbox: 1 // 0)


def test_a_busy_port_is_one_clear_sentence() -> None:
    with SandboxServer(quiet()) as server:
        port = int(server.base_url.rpartition(":")[2])
        with pytest.raises(StartRefused, match=rf"cannot listen on 127\.0\.0\.1:{port}.*--port"):
            SandboxServer(ServerOptions(port=port, demo=False)).start()
        code, out, err = run("--no-demo", "--port", str(port))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"127.0.0.1:{port}" in err


def run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "watchprint.sandbox", *arguments],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_it_listens_on_this_machine_only() -> None:
    with SandboxServer(quiet()) as server:
        port = int(server.base_url.rpartition(":")[2])
        with socket.socket() as other:
            other.settimeout(2)
            with pytest.raises(OSError):
                other.connect((outward_address(), port))


def outward_address() -> str:
    """An address of this machine that is not 127.0.0.1 (all of 127/8 is this machine)."""
    return "127.0.0.2"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_greets_on_one_line_and_ends_cleanly(number: int) -> None:
    with Process("--no-demo", "--now", "2026-03-01T20:15:00Z") as process:
        greeting = process.greeting()
        assert greeting["users"] == []
        assert process.control("GET", "clock")["now"].startswith("2026-03-01T20:15:0")
        assert process.end(number) == (0, "", "")


def test_what_was_done_is_there_after_a_restart(tmp_path: Path) -> None:
    with Process(*new_state(tmp_path)) as process:
        first = process.greeting()
        ann = process.control("POST", "users", {"slug": "ann", "plays": 30})
        process.control("POST", "clock", {"now": "2030-01-01T00:00:00Z"})
        ben = process.control("POST", "users", {"slug": "ben"})
        history = process.control("GET", "users/ann")["history"]
        assert process.end()[0] == 0
    with Process(*new_state(tmp_path)) as process:
        second = process.greeting()
        assert second["client_id"] == first["client_id"]
        assert [user["slug"] for user in second["users"]] == ["ann", "ben"]
        assert second["users"][1] == ben
        assert second["users"][0]["access_token"] != ann["access_token"]
        assert process.control("GET", "users/ann")["history"] == history
        assert process.control("GET", "clock")["now"].startswith("2030-01-01T00:0")
        process.control("POST", "reset")
        assert process.control("GET", "state")["users"] == {}
        assert not process.control("GET", "clock")["now"].startswith("2030")


def test_a_frozen_clock_stands_still_over_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        with Process(*new_state(tmp_path)) as process:
            process.greeting()
            clock = process.control("GET", "clock")
            if not clock["frozen"]:
                process.control("POST", "clock", {"now": "2026-03-01T20:15:00Z", "frozen": True})
            assert process.end()[0] == 0
    assert (clock["now"], clock["frozen"]) == ("2026-03-01T20:15:00.000Z", True)


def test_a_killed_process_loses_little(tmp_path: Path) -> None:
    with Process(*new_state(tmp_path)) as process:
        process.greeting()
        process.control("POST", "users", {"slug": "ann", "plays": 30})
        time.sleep(1.5)
        process.end(signal.SIGKILL)
    assert [path.name for path in tmp_path.glob("*.part")] == []
    with Process(*new_state(tmp_path)) as process:
        assert [user["slug"] for user in process.greeting()["users"]] == ["ann"]


def test_a_state_that_cannot_be_kept_is_said_at_the_end(tmp_path: Path) -> None:
    with Process(*new_state(tmp_path / "home")) as process:
        process.greeting()
        shutil.rmtree(tmp_path / "home")
        process.control("POST", "users", {"slug": "ann"})
        code, out, err = process.end()
    assert (code, out) == (1, "")
    assert "state was not kept" in err.splitlines()[-1]


def test_a_server_in_a_thread_tells_whoever_stops_it(tmp_path: Path) -> None:
    server = SandboxServer(quiet(state_file=tmp_path / "home" / "state.json"))
    server.start()
    shutil.rmtree(tmp_path / "home")
    server.run(lambda sandbox: sandbox.clock.advance(1))
    with pytest.raises(FileNotFoundError):
        server.stop()
    server.stop()


def test_a_state_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"version":1,"ahead_s":0,"state":{"see')
    code, out, err = run("--port", "0", *new_state(tmp_path))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert str(file) in err
    assert "Move the file away" in err
    assert file.read_text().endswith('"see')


def test_one_state_file_has_one_sandbox(tmp_path: Path) -> None:
    options = quiet(state_file=tmp_path / "state.json")
    with SandboxServer(options), pytest.raises(StartRefused, match="Another sandbox"):
        SandboxServer(options).start()
    with SandboxServer(options):
        pass


def test_a_state_file_in_a_place_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartRefused, match="cannot keep its state"):
        SandboxServer(quiet(state_file=tmp_path / "file" / "state.json")).start()


def test_a_catalogue_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartRefused):
        SandboxServer(quiet(catalogue_dir=tmp_path / "nothing")).start()


def test_an_idle_process_ends_and_a_used_one_does_not() -> None:
    with Process("--no-demo", "--idle-exit", "0.6") as process:
        process.greeting()
        for _ in range(6):
            time.sleep(0.2)
            process.control("GET", "clock")
        began = time.monotonic()
        assert process.ended() == (0, "", "")
        assert 0.3 < time.monotonic() - began < 3


def test_who_waits_for_the_clock_keeps_an_idle_process_alive() -> None:
    with Process("--no-demo", "--idle-exit", "0.3") as process:
        process.greeting()
        moves = process.control("GET", "clock")["moves"]
        began = time.monotonic()
        assert process.control("GET", f"clock?after={moves}&timeout_s=1")["moves"] == moves
        assert time.monotonic() - began >= 1
        assert process.ended()[0] == 0


@pytest.mark.parametrize("arguments", [["--now", "noon"], ["--rate-limits", "maybe"], ["--port", "x"]])
def test_a_command_line_that_makes_no_sense_is_refused(arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert arguments[0] in err


def test_switches_of_the_command_line_arrive() -> None:
    switches = ["--strict", "--rate-limits", "off", "--pause-leaves-watching", "--redirect-uri", "app://x"]
    with Process("--no-demo", *switches) as process:
        process.greeting()
        settings = process.control("GET", "settings")
        assert (settings["strict"], settings["rate_limits"], settings["pause_leaves_watching"]) == (
            True,
            False,
            True,
        )
        assert "app://x" in process.control("GET", "state")["apps"][0]["redirect_uris"]


def test_a_large_body_is_taken(desk: Desk) -> None:
    ann = desk.user()
    text = "x" * 3_000_000
    assert desk.post("/probe/note", {"text": text}, ann).status == 201
    assert desk.get("/probe/mine", ann).json["note"] == text


def test_many_connections_are_served_at_once(desk: Desk) -> None:
    host, port = desk.server.base_url.removeprefix("http://").split(":")
    connections = [http.client.HTTPConnection(host, int(port), timeout=10) for _ in range(50)]
    for connection in connections:
        connection.request("GET", "/probe/rows", headers={"trakt-api-key": desk.client_id})
    assert [connection.getresponse().status for connection in connections] == [200] * 50
    for connection in connections:
        connection.close()


@pytest.mark.parametrize("kind", ["poster", "fanart", "thumb"])
def test_pictures_are_drawn_without_any_key(desk: Desk, kind: str) -> None:
    movie = desk.server.run(lambda sandbox: next(iter(sandbox.world.catalogue.movies.values())))
    picture = desk.send("GET", f"/images/{kind}/movie/{movie.trakt}.svg")
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/svg+xml")
    assert picture.body.startswith(b"<svg")


def test_avatars_are_drawn_and_unknown_pictures_are_404(desk: Desk) -> None:
    desk.user("ann")
    trakt = desk.obey("GET", "users/ann")["trakt"]
    assert desk.send("GET", f"/images/avatar/user/{trakt}.svg").status == 200
    for path in ("avatar/user/1.svg", "poster/movie/0.svg", "selfie/movie/1.svg", "poster/movie/x.svg"):
        assert desk.send("GET", f"/images/{path}").status == 404


def test_the_package_never_imports_the_client() -> None:
    code = (
        "import sys, watchprint.sandbox.server, watchprint.sandbox.background\n"
        "sys.exit(any(name.startswith('watchprint.trakt') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0
