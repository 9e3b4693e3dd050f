"""A copy that is killed (kill -9) at any point of a sync and started again is what Trakt has, nothing lost or doubled.

Real processes over a real sandbox, killed after a random number of requests and a little later; meanwhile the user
goes on living. `WATCHPRINT_KILLS` asks for more of them.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.store.conftest import place, postgres, template
from tests.store.places import Place
from tests.sync.desk import CopyDesk
from tests.sync.states.conftest import loop, sandbox
from tests.sync.states.desk import Meddling, control
from tests.sync.test_sequences import Life, a_life
from watchprint.sandbox import SandboxServer
from watchprint.sync.copying import LEASE_S
from watchprint.trakt import Tokens

__all__ = ["loop", "place", "postgres", "sandbox", "template"]

KILLS = int(os.environ.get("WATCHPRINT_KILLS", "4"))
KILLS_OF_ONE = 3
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def http(loop: asyncio.Runner) -> Iterator[Meddling]:
    made = Meddling()
    yield made
    loop.run(made.aclose())


@pytest.fixture
def desk(sandbox: SandboxServer, loop: asyncio.Runner, place: Place, http: Meddling) -> Generator[CopyDesk]:
    """A user with a past of some pages, and an account that is signed in."""
    with a_life(sandbox, loop, place, http) as made:
        pair = control(sandbox, "POST", "tokens", {"user": made.slug})
        tokens = Tokens(pair["access_token"], pair["refresh_token"])
        made.store.write(lambda work: work.credentials.put(made.account_id, tokens))
        made.fill(1800)
        yield made


@pytest.mark.parametrize("seed", range(max(1, KILLS // KILLS_OF_ONE)))
def test_killed_at_any_point_the_copy_comes_out_right(desk: CopyDesk, place: Place, seed: int) -> None:
    life, draw = Life(desk, seed), random.Random(seed)
    for _ in range(KILLS_OF_ONE):
        control(desk.server, "DELETE", "requests")
        process = begun(desk, place)
        try:
            until_asked(desk, process, draw.randrange(1, 28))
            time.sleep(draw.random() * 0.2)
        finally:
            process.kill()
            process.communicate()
        desk.later(LEASE_S + 1)
        for _ in range(draw.randrange(3)):
            life.step()
    desk.later(LEASE_S + 30)
    process = begun(desk, place, "once")
    said, errors = process.communicate(timeout=120)
    assert said.split() == ["changed"], errors
    desk.check_all(ids=True)
    plays = desk.store.read(lambda work: work.plays.page(desk.account_id, limit=100_000))
    sources = [(source.kind, source.key) for play in plays for source in play.sources]
    assert len(plays) == len(set(sources)) == len(sources), "each play once, each row once"


def begun(desk: CopyDesk, place: Place, *words: str) -> subprocess.Popen[str]:
    """A process that copies; it has opened the store."""
    greeting = desk.server.greeting
    where = [desk.server.base_url, greeting["client_id"], greeting["client_secret"]]
    command = [sys.executable, "-m", "tests.crash.copying", str(place.home), place.url or "", str(desk.account_id)]
    pipe = subprocess.PIPE
    process = subprocess.Popen([*command, *where, *words], cwd=ROOT, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()
    return process


def until_asked(desk: CopyDesk, process: subprocess.Popen[str], requests: int) -> None:
    """Wait until the process has asked so often, or has said that it is done."""
    while process.poll() is None and len(desk.paths()) < requests:
        time.sleep(0.005)
    assert process.poll() is None, process.communicate()
