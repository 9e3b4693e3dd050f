"""The demo from end to end: a sandbox, a sign-in, the whole history, what it says, the 27 methods, and how to go on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from watchprint.app.reaching import no_proxy_to
from watchprint.cli.demo.desk import Desk, desk
from watchprint.cli.home import home, token_file
from watchprint.cli.narrate import emit_json, say
from watchprint.sandbox.following import FollowedClock
from watchprint.settings import Settings
from watchprint.trakt.pacing import InProcess
from watchprint.trakt.tokens import FileTokens

if TYPE_CHECKING:
    from watchprint.cli.reading import Account
    from watchprint.service import UserService
    from watchprint.trakt.clients import Trakt
    from watchprint.trakt.ports import Blocking

BANNER = "SANDBOX DEMO: an invented person; nothing leaves this machine"


def run(*, once: bool, seed: int, driver: Any, as_json: bool) -> None:
    """Run the demo; on a terminal the sandbox stays until Ctrl-C, unless `once`.

    Raises:
        NotConfigured: The home folder cannot be written, or the sandbox does not start.
    """
    began_s = monotonic()
    folder = home() / "demo"
    say(BANNER)
    with (
        desk(folder, seed) as trakts_desk,
        no_proxy_to(trakts_desk.base_url),
        _signed_in(trakts_desk, folder, driver) as (account, me),
    ):
        say(f"Read {len(account.plays):,} plays, the whole history, {monotonic() - began_s:.1f} s after the start.\n")
        if as_json:
            emit_json(_as_data(trakts_desk, account, me))
            return
        _draw(account, me)
        _go_on(trakts_desk, folder, stays=not once and sys.stdin.isatty() and sys.stdout.isatty())


@contextmanager
def _signed_in(trakts_desk: Desk, folder: Path, driver: Any) -> Generator[tuple[Account, UserService[Blocking]]]:
    """The account, read, and the 27 methods for its user; the clock is the sandbox's, which waits move on."""
    from watchprint.cli.reading import read_account
    from watchprint.service import TraktService
    from watchprint.trakt.clients import Trakt

    say(f"A Trakt answers at {trakts_desk.base_url} (as `watchprint sandbox` does).")
    clock = FollowedClock(trakts_desk.base_url, lead=True)
    app = (trakts_desk.greeting["client_id"], trakts_desk.greeting["client_secret"])
    pacing = InProcess(clock=clock.monotonic)
    connection: Any = {"api_url": trakts_desk.base_url, "driver": driver, "clock": clock, "pacing": pacing}
    kept = FileTokens(token_file(_settings(trakts_desk, folder)))
    try:
        with Trakt(*app, **connection) as trakt:
            _sign_in(trakt, trakts_desk, kept)
            account = read_account(trakt.as_user(kept))
        with TraktService(*app, **connection) as service:
            yield account, service.as_user(kept)
    finally:
        clock.close()
        for file in folder.glob(f"*{kept.path.name}*"):
            file.unlink(missing_ok=True)


def _settings(trakts_desk: Desk, folder: Path) -> Settings:
    """The settings of who goes on with the demo's sandbox in another terminal."""
    return Settings.from_env({"TRAKT_API_URL": trakts_desk.base_url, "WATCHPRINT_HOME": str(folder)})


def _sign_in(trakt: Trakt, trakts_desk: Desk, kept: FileTokens) -> None:
    """A sign-in by device, as on a television; the demo approves it in the user's place."""
    code = trakt.oauth.device_code()
    say(f"Sign-in by device: open {code.verification_url} and enter {code.user_code}.")
    user = trakts_desk.greeting["users"][0]["slug"]
    trakts_desk.approve(code.user_code, user)
    say(f"Approved for the user {user!r} (the demo does what you would do in the browser).")
    kept.keep(trakt.oauth.sign_in_by_device(code))


def _draw(account: Account, me: UserService[Blocking]) -> None:
    from watchprint.cli.demo.tables import show_tables
    from watchprint.cli.demo.tour import show_tour

    show_tables(account, BANNER)
    show_tour(me, BANNER)


def _as_data(trakts_desk: Desk, account: Account, me: UserService[Blocking]) -> dict[str, Any]:
    """What the tables and the tour say, as data."""
    from watchprint.cli.demo.tables import answers, differing
    from watchprint.cli.demo.tour import steps

    answered = answers(account)
    return {
        "sandbox": trakts_desk.base_url,
        "plays": len(account.plays),
        "differs_from_trakt": differing(answered["totals"], account.stats),
        "insights": {name: answer.to_json_dict() for name, answer in answered.items()},
        "methods": [{"method": method, "said": said} for method, said in steps(me)],
    }


def _go_on(trakts_desk: Desk, folder: Path, *, stays: bool) -> None:
    """What to type next, against this sandbox where it stays, else against one of your own."""
    command = _command()
    say("\nGo on:")
    if not stays:
        say(f"  {command} sandbox                          # a Trakt on your desk, for any client")
        say(f"  TRAKT_API_URL=sandbox {command} login      # sign in to this home's own sandbox")
        say(f"  {command} insights top --export FILE.zip   # the same from a Trakt export, without any account")
        say(f"  {command} --help                           # everything else")
        return
    say(f"In another terminal, in {Path.cwd()}:")
    say(f"  export TRAKT_API_URL={trakts_desk.base_url} TRAKT_CLIENT_ID={trakts_desk.greeting['client_id']}")
    say(f"  export WATCHPRINT_HOME={_shown(folder)}")
    say(f"  {command} get-history --limit 5")
    say(f"  {command} insights punch-card")
    say("The sandbox stays until Ctrl-C.")
    try:
        trakts_desk.wait()
        say("The sandbox has ended.")
    except KeyboardInterrupt:
        say("\nThe demo has ended; nothing is left running.")


def _command() -> str:
    """How this command is typed: by its name where a shell finds it, else by its path."""
    typed = Path(sys.argv[0])
    found = shutil.which("watchprint")
    if typed.name != "watchprint" or (found and os.path.realpath(found) == os.path.realpath(typed)):
        return "watchprint"
    return _shown(typed.absolute())


def _shown(path: Path) -> str:
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)
