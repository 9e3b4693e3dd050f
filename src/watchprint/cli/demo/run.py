"""The demo from end to end: a sandbox, a sign-in, the whole history, what it says, the 27 methods, and how to go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from watchprint.cli.home import home
from watchprint.cli.narrate import say
from watchprint.sandbox.following import FollowedClock
from watchprint.trakt.errors import NotConfigured
from watchprint.trakt.pacing import InProcess
from watchprint.trakt.tokens import FileTokens

if TYPE_CHECKING:
    from watchprint.trakt.clients import Trakt

BANNER = "SANDBOX DEMO: an invented person and invented viewings; no account, no request leaves this machine."


def run(*, once: bool, seed: int, driver: Any) -> None:
    """Run the demo; on a terminal the sandbox stays until Ctrl-C, unless `once`."""
    began_s = monotonic()
    folder = home() / "demo"
    say(BANNER)
    with _sandbox(seed, folder) as greeting:
        say(f"A Trakt answers at {greeting['base_url']} (as `watchprint sandbox` does).")
        clock = FollowedClock(greeting["base_url"], lead=True)
        connection = {
            "api_url": greeting["base_url"],
            "driver": driver,
            "clock": clock,
            "pacing": InProcess(clock=clock.monotonic),
        }
        try:
            _show(greeting, connection, folder, began_s)
        finally:
            clock.close()
        _go_on(greeting, folder, stays=sys.stdout.isatty() and not once)


def _show(greeting: dict[str, Any], connection: dict[str, Any], folder: Path, began_s: float) -> None:
    from watchprint.cli.demo.tables import show_tables
    from watchprint.cli.demo.tour import show_tour
    from watchprint.cli.reading import read_account
    from watchprint.service import TraktService
    from watchprint.trakt.clients import Trakt

    with Trakt(greeting["client_id"], greeting["client_secret"], **connection) as trakt:
        tokens = _sign_in(trakt, greeting, folder)
        account = read_account(trakt.as_user(tokens))
    say(f"Read {len(account.plays):,} plays, the whole history, {monotonic() - began_s:.1f} s after the start.\n")
    show_tables(account, BANNER)
    with TraktService(greeting["client_id"], greeting["client_secret"], **connection) as service:
        show_tour(service.as_user(tokens), BANNER)


@contextmanager
def _sandbox(seed: int, folder: Path) -> Generator[dict[str, Any]]:
    """A sandbox process of this demo's own; it ends with it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [sys.executable, "-m", "watchprint.sandbox", "--port", "0", "--seed", str(seed)]
    with (folder / "sandbox.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            why = (folder / "sandbox.log").read_text(errors="replace").strip()
            raise NotConfigured(f"the sandbox did not start: {why or 'no reason given'}")
        yield json.loads(line)
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def _sign_in(trakt: Trakt, greeting: dict[str, Any], folder: Path) -> FileTokens:
    """A sign-in by device, as on a television; the demo approves it in the user's place."""
    code = trakt.oauth.device_code()
    say(f"Sign-in by device: open {code.verification_url} and enter {code.user_code}.")
    user = greeting["users"][0]["slug"]
    _control(greeting["base_url"], "approve", {"user_code": code.user_code, "user": user})
    say(f"Approved for the user {user!r} (the demo does what you would do in the browser).")
    kept = FileTokens(folder / "token.json")
    kept.keep(trakt.oauth.sign_in_by_device(code))
    return kept


def _control(base_url: str, call: str, body: dict[str, Any]) -> None:
    request = urllib.request.Request(f"{base_url}/__sandbox__/{call}", data=json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10):
        pass


def _go_on(greeting: dict[str, Any], folder: Path, *, stays: bool) -> None:
    """What to type next, against this sandbox where it stays, else against one of your own."""
    say("\nGo on:")
    if not stays:
        say("  watchprint sandbox                          a Trakt on your desk, for any client in any language")
        say("  TRAKT_API_URL=sandbox watchprint login      sign in to this home's own sandbox")
        say("  watchprint insights --export FILE.zip top   the same from a Trakt export, without any account")
        say("  watchprint --help                           everything else")
        return
    say(f"  export TRAKT_API_URL={greeting['base_url']} TRAKT_CLIENT_ID={greeting['client_id']}")
    say(f"  export WATCHPRINT_HOME={_shown(folder)}")
    say("  watchprint get-history --limit 5")
    say("  watchprint insights punch-card")
    say("The sandbox stays until Ctrl-C.")
    _until_interrupted()


def _shown(folder: Path) -> str:
    here = Path.cwd()
    return os.path.relpath(folder, here) if folder.is_relative_to(here) else str(folder)


def _until_interrupted() -> None:
    import signal

    try:
        signal.pause()
    except KeyboardInterrupt:
        say("The demo has ended.")
