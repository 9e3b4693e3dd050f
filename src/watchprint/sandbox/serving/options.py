"""What a sandbox is started with. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

DEFAULT_PORT = 8177


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How a sandbox is to be.

    Args:
        host: The address to listen on; other machines cannot reach the default.
        port: The port; 0 takes a free one.
        catalogue_dir: A folder of titles instead of the shipped ones.
        seed: What the demo user's life, the client id and the first tokens are made from.
        now: What the clock shows first (aware); None: the machine's time. A state file keeps its own time.
        state_file: Where everything is kept between runs; None: nowhere.
        strict: Refuse what Trakt only tolerates.
        rate_limits: Keep Trakt's rate limits.
        pause_leaves_watching: A pause does not end what is being watched.
        demo: With the demo user.
        idle_exit_s: End when nothing was asked for so long [s]; None: never.
        redirect_uris: Addresses that authorisation codes may go to, beside the usual local ones.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    catalogue_dir: Path | None = None
    seed: int = 1
    now: datetime | None = None
    state_file: Path | None = None
    strict: bool = False
    rate_limits: bool = True
    pause_leaves_watching: bool = False
    demo: bool = True
    idle_exit_s: float | None = None
    redirect_uris: tuple[str, ...] = ()


class StartRefused(Exception):
    """The sandbox cannot start; the text says what, why and what to do."""
