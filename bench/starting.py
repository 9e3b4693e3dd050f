"""How long it takes to begin: `watchprint --help`, importing the client, the fixtures of the pytest plugin, beside bare
Python in the same run."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

FIXTURES = """
from watchprint.sandbox.server import SandboxServer
from watchprint.testing import TestTrakt
with SandboxServer() as server:
    trakt = TestTrakt(server.greeting)
    trakt.reset()
    trakt.user("ann")
"""
"""What `trakt` and `trakt_user` do for the first test of a run."""
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import httpx2, msgspec": [sys.executable, "-c", "import httpx2, msgspec"],
    "import watchprint.trakt": [sys.executable, "-c", "import watchprint.trakt"],
    "from watchprint import Trakt": [sys.executable, "-c", "from watchprint import Trakt; Trakt('x')"],
    "pytest fixtures ready (bar 0.5 s)": [sys.executable, "-c", FIXTURES],
    "watchprint --help (bar 0.2 s)": [sys.executable, "-m", "watchprint", "--help"],
}


def run(rounds: int = 9) -> None:
    """Measure and print."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(rounds + 1):
        for name, command in COMMANDS.items():
            began_s = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            if turn:
                seconds[name].append(time.perf_counter() - began_s)
    bare = median(seconds["python -c pass"])
    for name, taken in seconds.items():
        print(f"  {name:34} {median(taken):6.3f} s   {median(taken) / bare:5.1f} x bare Python")
