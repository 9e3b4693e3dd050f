"""What was acknowledged is there after kill -9; what was not is there whole or not at all.

Real processes, killed at random points; `WATCHPRINT_KILLS` asks for more of them.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest

from tests.store.places import Place
from watchprint.domain.play import Source
from watchprint.store import Store

KILLS = int(os.environ.get("WATCHPRINT_KILLS", "3"))
PROCESS = """
import sys, threading
from datetime import UTC, datetime
from pathlib import Path
from watchprint.domain.play import Arrival, Source
from watchprint.domain.title import Title
from watchprint.store import Store
home, url, account, name = Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]), sys.argv[4]
store = Store.open(home=home, url=url)
def page(key):
    def work(work):
        title = work.titles.resolve(Title(kind="movie", ids={"trakt": hash(key) % 7 + 1}), "trakt")
        rows = [Arrival(title_id=title, watched_at=None, sources=(Source("session", f"{key}.{n}"),)) for n in range(3)]
        work.plays.arrive(account, rows)
        work.cursors.put(account, name, key)
    return work
def go_on(thread):
    n = 0
    while True:
        key = f"{name}-{thread}-{n}"
        store.write(page(key))
        sys.stdout.write(key + chr(10))
        sys.stdout.flush()
        n += 1
print("ready", flush=True)
for thread in range(4):
    threading.Thread(target=go_on, args=(thread,), daemon=True).start()
threading.Event().wait()
"""


@pytest.mark.parametrize("seed", range(KILLS))
def test_nothing_acknowledged_is_lost(place: Place, seed: int) -> None:
    draw = random.Random(seed)
    with place.open() as store:
        ann = store.write(lambda work: work.accounts.create("ann")).id
    acknowledged: set[str] = set()
    for round_ in range(2):
        command = [sys.executable, "-c", PROCESS, str(place.home), place.url or "", str(ann)]
        pipe = subprocess.PIPE
        started = [subprocess.Popen([*command, f"p{round_}{n}"], stdout=pipe, text=True) for n in range(2)]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        time.sleep(0.1 + draw.random() * 0.3)
        for process in started:
            process.kill()
        for process in started:
            said = process.communicate()[0].splitlines(keepends=True)
            acknowledged |= {line.strip() for line in said if line.endswith("\n")}
    assert len(acknowledged) > 8
    with place.open() as store:
        kept = sources(store, ann)
        pages = {key.rpartition(".")[0] for key in kept}
        assert acknowledged <= pages
        assert kept == {f"{page}.{n}" for page in pages for n in range(3)}
        store.write(lambda work: work.accounts.create("bob"))


def sources(store: Store, account: int) -> set[str]:
    plays = store.read(lambda work: work.plays.page(account, limit=1_000_000))
    found = [door for play in plays for door in play.sources]
    assert len(found) == len(plays)
    assert all(isinstance(door, Source) for door in found)
    return {door.key for door in found}
