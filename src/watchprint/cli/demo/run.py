"""The demo from end to end: a sandbox, a sign-in, the copy, what it says, the 27 methods, and how to go on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchprint.cli.copy.going import shown_progress
from watchprint.cli.copy.sync import report_data
from watchprint.cli.copy.telling import counted
from watchprint.cli.demo.copied import Copied
from watchprint.cli.demo.desk import Desk, desk
from watchprint.cli.home import home
from watchprint.cli.narrate import emit_json, say
from watchprint.settings import Settings
from watchprint.trakt.errors import NotConfigured

if TYPE_CHECKING:
    from watchprint.app import SyncReport, Watchprint
    from watchprint.identity import Account

BANNER = "SANDBOX DEMO: an invented person; nothing leaves this machine"


def run(*, once: bool, seed: int, driver: Any, as_json: bool) -> None:
    """Run the demo; on a terminal the sandbox stays until Ctrl-C, unless `once`.

    Raises:
        NotConfigured: The home folder cannot be written, or the sandbox does not start.
    """
    folder = home() / ("demo" if seed == 1 else f"demo-{seed}")
    say(BANNER)
    with desk(folder, seed) as trakts_desk:
        with _copied(trakts_desk, folder, driver) as copied:
            if as_json:
                emit_json(_as_data(trakts_desk, copied))
                return
            _draw(copied)
        _go_on(trakts_desk, folder, stays=not once and sys.stdin.isatty() and sys.stdout.isatty())


@contextmanager
def _copied(trakts_desk: Desk, folder: Path, driver: Any) -> Generator[Copied]:
    """The account, copied; the clock is the sandbox's, which waits move on."""
    from watchprint.app import Watchprint

    say(f"A Trakt answers at {trakts_desk.base_url} (as `watchprint sandbox` does).")
    settings = Settings.from_env({"TRAKT_API_URL": "sandbox", "WATCHPRINT_HOME": str(folder)})
    with Watchprint.open(settings, driver=driver, lead=True) as app:
        account, report = _synced(app, trakts_desk)
        status = app.status(account)
        plays = status.movies + status.episodes
        _say_cost(report, plays, app.store.where)
        yield Copied(app, account, report, plays, app.trakt(account).users.stats())


def _synced(app: Watchprint, trakts_desk: Desk) -> tuple[Account, SyncReport]:
    """The account, up to date: of an earlier demo, where its sign-in is good still, else signed in anew.

    Raises:
        NotConfigured: It cannot be copied.
    """
    report = None
    for account in app.accounts():
        if account.is_default and app.status(account).signed_in:
            say(f"Signed in already as {account.name!r}, since an earlier demo.")
            report = _sync(app, account)
            if report.went_well:
                return account, report
    account = _sign_in(app, trakts_desk)
    report = _sync(app, account)
    if not report.went_well:
        raise NotConfigured(f"the demo's account cannot be copied ({report.outcome}): {report.reason or 'no reason'}")
    return account, report


def _sync(app: Watchprint, account: Account) -> SyncReport:
    with shown_progress(account.name) as on_progress:
        return app.sync(account, on_progress=on_progress)


def _sign_in(app: Watchprint, trakts_desk: Desk) -> Account:
    """A sign-in by device, as on a television; the demo approves it in the user's place."""
    trakt = app.trakt_without_user()
    code = trakt.oauth.device_code()
    say(f"Sign-in by device: open {code.verification_url} and enter {code.user_code}.")
    user = trakts_desk.greeting["users"][0]["slug"]
    trakts_desk.approve(code.user_code, user)
    say(f"Approved for the user {user!r} (the demo does what you would do in the browser).")
    return app.set_default(app.link(trakt.oauth.sign_in_by_device(code)))


def _say_cost(report: SyncReport, plays: int, where: str) -> None:
    """What the sync cost, and what it brought."""
    cost = f"{counted(report.requests, 'request')}, {report.took_s:.1f} s"
    if report.whole:
        say(f"Copied {plays:,} plays, the whole history, and all else into {where} ({cost}).\n")
    elif report.outcome == "nothing":
        say(f"Nothing has changed since the last demo: {cost}. {plays:,} plays are in {where}.\n")
    else:
        say(f"Only what changed since the last demo was read: {cost}. {plays:,} plays are in {where}.\n")


def _draw(copied: Copied) -> None:
    from watchprint.cli.demo.tables import show_tables
    from watchprint.cli.demo.tour import show_tour

    show_tables(copied, BANNER)
    show_tour(copied.app.service(copied.account), BANNER)
    report = _sync(copied.app, copied.account)
    say(f"\nThe copy was synced after the tour: {counted(report.requests, 'request')} for what the tour changed.")


def _as_data(trakts_desk: Desk, copied: Copied) -> dict[str, Any]:
    """What the tables and the tour say, as data."""
    from watchprint.cli.demo.tables import answers, differing
    from watchprint.cli.demo.tour import steps

    answered = answers(copied)
    return {
        "sandbox": trakts_desk.base_url,
        "sync": report_data(copied.account, copied.report),
        "plays": copied.plays,
        "differs_from_trakt": differing(answered["totals"], copied.stats),
        "insights": {name: answer.to_json_dict() for name, answer in answered.items()},
        "methods": [{"method": method, "said": said} for method, said in steps(copied.app.service(copied.account))],
        "sync_after": report_data(copied.account, _sync(copied.app, copied.account)),
    }


def _go_on(trakts_desk: Desk, folder: Path, *, stays: bool) -> None:
    """What to type next, in the demo's home, whose sandbox starts again when it is needed."""
    command = _command()
    say("\nGo on:")
    if not stays:
        say(f"  export TRAKT_API_URL=sandbox WATCHPRINT_HOME={_shown(folder)}")
        say(f"  {command} insights punch-card              # from the copy, in the demo's home")
        say(f"  {command} sync                             # one request, if nothing has changed")
        say(f"  {command} insights top --export FILE.zip   # the same from a Trakt export, without any account")
        say(f"  {command} --help                           # everything else")
        return
    say(f"In another terminal, in {Path.cwd()}:")
    say(f"  export TRAKT_API_URL=sandbox WATCHPRINT_HOME={_shown(folder)}")
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
