"""Tokens: sealed wherever they lie, renewed once at a time, kept before they are used, rotated to a new key."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.places import Place
from watchprint.identity import KeysUnusable, TokensUnreadable
from watchprint.store import Store
from watchprint.store.engine.opening import database
from watchprint.trakt.conversation.renewal import renew
from watchprint.trakt.errors import NotConfigured
from watchprint.trakt.tokens import Tokens

ACCESS, REFRESH = "access-token-0123456789abcdef", "refresh-token-fedcba9876543210"
PAIR = Tokens(ACCESS, REFRESH, datetime(2026, 1, 1, tzinfo=UTC), 86_400)


def signed_in(store: Store, name: str = "ann", pair: Tokens = PAIR) -> int:
    account_id = store.write(lambda work: work.accounts.create(name)).id
    store.write(lambda work: work.credentials.put(account_id, pair))
    return account_id


def test_a_pair_comes_back_as_it_was_kept(store: Store) -> None:
    ann = signed_in(store)
    assert store.tokens(ann).current() == PAIR
    bare = Tokens("another-access-token")
    store.tokens(ann).renewed(PAIR, bare)
    assert store.tokens(ann).current() == bare


def test_who_is_not_signed_in_is_told(store: Store) -> None:
    ann = store.write(lambda work: work.accounts.create("ann")).id
    with pytest.raises(NotConfigured, match="watchprint login"):
        store.tokens(ann).current()
    with pytest.raises(NotConfigured, match="watchprint login"), store.tokens(ann).lock():
        pass
    signed = signed_in(store, "bob")
    store.write(lambda work: work.credentials.drop(signed))
    with pytest.raises(NotConfigured, match="watchprint login"):
        store.tokens(signed).current()


def test_a_row_that_was_moved_to_another_account_does_not_open(place: Place) -> None:
    with place.open() as store:
        ann, bob = signed_in(store), signed_in(store, "bob", Tokens("the-other-access-token", "the-other-refresh"))
    opened = database(place.url, place.home)
    copy = "UPDATE credentials SET {0} = (SELECT {0} FROM credentials WHERE account_id = :ann) WHERE account_id = :bob"
    swap = "UPDATE credentials SET refresh_token = access_token WHERE account_id = :ann"
    opened.write(lambda connection: connection.execute(text(copy.format("access_token")), {"ann": ann, "bob": bob}))
    opened.write(lambda connection: connection.execute(text(swap), {"ann": ann}))
    opened.close()
    with place.open() as store:
        for account_id in (ann, bob):
            with pytest.raises(TokensUnreadable):
                store.read(lambda work, a=account_id: work.credentials.get(a))  # type: ignore[misc]
            with pytest.raises(NotConfigured, match="Sign in again"):
                store.tokens(account_id).current()


def test_rotation_seals_every_pair_with_a_new_key(place: Place) -> None:
    with place.open() as store, place.open() as other:
        accounts = [signed_in(store), signed_in(store, "bob")]
        old = store.keys().current_id
        assert other.tokens(accounts[0]).current() == PAIR
        assert store.rotate_keys() == 2
        assert store.keys().ids[1:] == (old,)
        for each in (store, other):
            assert [each.tokens(account).current() for account in accounts] == [PAIR, PAIR]
        assert store.rotate_keys(drop_old=True) == 2
        assert store.keys().ids == (store.keys().current_id,)
    with place.open() as again:
        assert again.tokens(accounts[1]).current() == PAIR


def test_without_its_key_a_pair_stays_shut(place: Place) -> None:
    with place.open() as store:
        ann = signed_in(store)
    (place.home / "keys").unlink()
    with place.open() as store:
        with pytest.raises(NotConfigured, match="not on the key ring"):
            store.tokens(ann).current()
        with pytest.raises(TokensUnreadable):
            store.rotate_keys()
    (place.home / "keys").chmod(0o644)
    with place.open() as store, pytest.raises(KeysUnusable, match="chmod 600"):
        store.keys()


def test_one_renewal_at_a_time_among_threads(place: Place) -> None:
    spent: list[str] = []

    def exchange(refresh_token: str) -> Tokens:
        spent.append(str(refresh_token))
        time.sleep(0.02)
        return Tokens(f"access-{len(spent)}", f"refresh-{len(spent)}")

    with place.open() as store, ThreadPoolExecutor(8) as threads:
        ann = signed_in(store)
        sources = [store.tokens(ann) for _ in range(8)]
        renewed = list(threads.map(lambda source: renew(source, ACCESS, exchange), sources))
        assert spent == [REFRESH]
        assert {pair.access_token for pair in renewed} == {"access-1"}


PROCESS = """
import sys, time
from pathlib import Path
from watchprint.store import Store
from watchprint.trakt.conversation.renewal import renew
from watchprint.trakt.tokens import Tokens
with Store.open(home=Path(sys.argv[1]), url=sys.argv[2] or None) as store:
    source = store.tokens(int(sys.argv[3]))
    print("ready", flush=True)
    sys.stdin.readline()
    def exchange(refresh_token):
        print("spent", refresh_token.split("-")[1])
        time.sleep(0.02)
        n = int(refresh_token.split("-")[1]) + 1
        return Tokens(f"access-{n}", f"refresh-{n}")
    for _ in range(4):
        renew(source, source.current().access_token, exchange)
"""


def test_no_refresh_token_is_spent_twice_among_processes(place: Place) -> None:
    with place.open() as store:
        ann = signed_in(store, pair=Tokens("access-0", "refresh-0"))
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", PROCESS, str(place.home), place.url or "", str(ann)]
    started = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(3)]
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    said = [process.communicate("go\n", timeout=60)[0] for process in started]
    spent = sorted(int(line.split()[1]) for text_ in said for line in text_.splitlines())
    assert spent == list(range(len(spent)))
    assert len(spent) >= 4
    with place.open() as store:
        assert store.tokens(ann).current().access_token == f"access-{len(spent)}"


def test_others_write_while_a_renewal_is_out(place: Place) -> None:
    out, over = threading.Event(), threading.Event()

    def exchange(refresh_token: str) -> Tokens:
        out.set()
        assert over.wait(10)
        return Tokens("access-1", "refresh-1")

    with place.open() as store, place.open() as other, ThreadPoolExecutor(1) as threads:
        ann = signed_in(store)
        renewing = threads.submit(renew, store.tokens(ann), ACCESS, exchange)
        assert out.wait(10)
        other.write(lambda work: work.accounts.create("bob"))
        assert other.tokens(ann).current() == PAIR
        over.set()
        assert renewing.result(10).access_token == "access-1"


def test_plain_tokens_lie_nowhere(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with place.open() as store:
        ann = signed_in(store)
        store.rotate_keys()
        store.tokens(ann).current()
        everything = subprocess.run(
            ["grep", "-rlaE", f"{ACCESS}|{REFRESH}", place.home], capture_output=True, check=False
        )
        assert everything.returncode == 1, everything.stdout
        assert holds(place.home, "ann" if place.kind == "sqlite" else store.keys().current_id)
        if place.kind == "postgresql":
            opened = database(place.url, place.home)
            rows = opened.read(lambda connection: repr(connection.execute(text("SELECT * FROM credentials")).all()))
            opened.close()
            assert ACCESS not in rows
        shown = repr(store.tokens(ann)) + repr(store.tokens(ann).current()) + repr(store.keys())
    for secret in (ACCESS, REFRESH):
        assert secret not in shown + caplog.text


def holds(folder: Path, word: str) -> bool:
    """A file of the folder has the word; a process of its own looks, since opening a store's file here is harmful."""
    return subprocess.run(["grep", "-rqaE", word, folder], check=False).returncode == 0
