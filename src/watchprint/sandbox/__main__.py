"""`python -m watchprint.sandbox`: the sandbox as a process of its own, with nothing but its own extra installed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from watchprint.sandbox.clock import ClockRefused, instant
from watchprint.sandbox.server import serve
from watchprint.sandbox.serving.options import DEFAULT_PORT, ServerOptions


def options_of(arguments: Sequence[str]) -> ServerOptions:
    """What the command line asks for; ends the process with a sentence when it cannot be understood."""
    parser = argparse.ArgumentParser(
        prog="python -m watchprint.sandbox",
        description="A stateful local Trakt. The first line of stdout is JSON: addresses, application, users.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (only this machine by default)")
    add("--port", type=int, default=DEFAULT_PORT, help="port; 0 takes a free one")
    add("--catalogue", type=Path, metavar="DIR", help="titles from this folder instead of the shipped ones")
    add("--seed", type=int, default=1, help="what the demo user's life is made from")
    add("--now", type=_instant, metavar="ISO", help="what the clock shows first, as in 2026-01-31T20:15:00Z")
    add("--state", type=Path, metavar="FILE", help="keep everything here between runs")
    add("--strict", action="store_true", help="refuse what Trakt only tolerates")
    add("--rate-limits", choices=("on", "off"), default="on", help="keep Trakt's rate limits")
    add("--pause-leaves-watching", action="store_true", help="a pause does not end what is being watched")
    add("--no-demo", action="store_true", help="without the demo user")
    add("--idle-exit", type=float, metavar="SECONDS", help="end after so long without a request")
    add("--redirect-uri", action="append", default=[], metavar="URI", help="where sign-in codes may be sent")
    asked = parser.parse_args(arguments)
    return ServerOptions(
        host=asked.host,
        port=asked.port,
        catalogue_dir=asked.catalogue,
        seed=asked.seed,
        now=asked.now,
        state_file=asked.state,
        strict=asked.strict,
        rate_limits=asked.rate_limits == "on",
        pause_leaves_watching=asked.pause_leaves_watching,
        demo=not asked.no_demo,
        idle_exit_s=asked.idle_exit,
        redirect_uris=tuple(asked.redirect_uri),
    )


def _instant(text: str) -> datetime:
    try:
        return instant(text)
    except ClockRefused as error:
        raise argparse.ArgumentTypeError(str(error)) from error


if __name__ == "__main__":
    sys.exit(serve(options_of(sys.argv[1:])))
