"""A disk that is full: one clear error, nothing half-done, and all is well once there is room again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from watchprint.store import Store
from watchprint.trakt.tokens import Tokens

PROCESS = """
import resource, signal, sys
from pathlib import Path
from watchprint.domain.play import Arrival, Source
from watchprint.store import Store, StoreUnwritable
from watchprint.trakt.errors import NotConfigured
home, account = Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def page(n):
    doors = [Source("session", f"{n}.{m}" + "x" * 200) for m in range(50)]
    rows = [Arrival(title_id=None, watched_at=None, sources=(door,)) for door in doors]
    return lambda work: work.plays.arrive(account, rows)
with Store.open(home=home) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        with store.tokens(account).lock():
            print("locked: a refresh token would have been spent")
    except NotConfigured as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    done = 0
    try:
        for n in range(1000):
            store.write(page(n))
            done += 1
    except StoreUnwritable as error:
        print(done)
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.write(page("after"))
    print(store.read(lambda work: work.plays.count(account)))
"""


def test_a_full_disk_is_said_once_and_leaves_whole_pages(tmp_path: Path) -> None:
    with Store.open(home=tmp_path) as store:
        ann = store.write(lambda work: work.accounts.create("ann")).id
        store.write(lambda work: work.credentials.put(ann, Tokens("access", "refresh")))
    limit_bytes = 400_000
    run = subprocess.run(
        [sys.executable, "-c", PROCESS, str(tmp_path), str(ann), str(limit_bytes)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    locked, done, said, count = run.stdout.splitlines()
    assert int(done) > 0
    assert "the disk is full, a limit is reached" in said
    assert "nothing of this step was kept" in said
    assert "no room beside the store" in locked, "nothing must be spent while the new pair cannot be kept"
    assert not list((tmp_path / "locks").glob("*.room"))
    assert int(count) == (int(done) + 1) * 50
    with Store.open(home=tmp_path) as store:
        assert store.read(lambda work: work.plays.count(ann)) == (int(done) + 1) * 50
