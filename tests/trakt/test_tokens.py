"""Where tokens are kept: private, whole, locked; and what a damaged file or a full disk does."""

from __future__ import annotations

import asyncio
import os
import stat
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trakt.holding import pair
from tests.trakt.processes import doing, go, said
from tests.trakt.servers import Server, SignIn
from watchprint.trakt.errors import Invalid, NotConfigured
from watchprint.trakt.tokens import FileTokens, FixedToken, MemoryTokens, Tokens, as_source, checked, issued

KILLS = int(os.environ.get("WATCHPRINT_KILLS", "20"))


def number_of(tokens: Tokens) -> int:
    """The pair's number; its two tokens belong together."""
    number = int(tokens.access_token.partition("-")[0][1:])
    assert tokens == pair(number)
    return number


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "tokens.json"


@pytest.fixture
def source(path: Path) -> FileTokens:
    kept = FileTokens(path)
    kept.keep(pair(0))
    return kept


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_pair_is_kept_privately(source: FileTokens, path: Path) -> None:
    assert source.current() == FileTokens(path).current() == pair(0)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    with source.lock():
        source.renewed(pair(0), pair(1))
    assert FileTokens(path).current() == pair(1)
    assert all(mode(file) == 0o600 for file in path.parent.iterdir())


def test_all_of_a_pair_comes_back(path: Path) -> None:
    whole = Tokens("a", None, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), 604_800)
    FileTokens(path).keep(whole)
    assert FileTokens(path).current() == whole


def test_a_mode_that_others_may_read_is_mended(source: FileTokens, path: Path) -> None:
    with source.lock():
        pass
    waiting = path.with_name(".tokens.json.next")
    waiting.chmod(0o644)
    source.keep(pair(2))
    assert mode(path) == 0o600


def test_what_another_process_keeps_is_seen_at_once(source: FileTokens, path: Path) -> None:
    for number in range(1, 60):
        FileTokens(path).keep(pair(number))
        assert source.current() == pair(number)


def test_a_file_of_this_moment_is_not_taken_as_known(path: Path) -> None:
    """The file system's clock ticks slowly: two pairs of one tick look the same from outside."""
    source = FileTokens(path)
    source.keep(pair(1))
    now_ns = path.stat().st_mtime_ns
    assert source.current() == pair(1)
    path.write_bytes(msgspec.json.encode(pair(2)))
    os.utime(path, ns=(now_ns, now_ns))
    assert source.current() == pair(2)


def test_nobody_is_signed_in(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="nobody is signed in"):
        FileTokens(tmp_path / "none" / "tokens.json").current()
    FileTokens(tmp_path / "none" / "tokens.json").forget()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 16_384, b"{", b"[]", b"null", b"{}", b'{"access_token":""}', b'{"access_token":"a b"}',
     b'{"access_token":5}', b"\xff\xfe", b'{"access_token":"\xff"}', b"[" * 100_000, msgspec.json.encode(pair(1))[:-9]],
)  # fmt: skip
def test_a_damaged_file_is_one_sentence_and_stays(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(NotConfigured) as caught:
        FileTokens(path).current()
    text = str(caught.value)
    assert str(path) in text
    assert "it is damaged" in text
    assert "watchprint login" in text
    assert "\n" not in text
    assert path.read_bytes() == content
    FileTokens(path).keep(pair(3))
    assert FileTokens(path).current() == pair(3)


def test_a_folder_in_its_place_and_a_file_in_its_folders(tmp_path: Path) -> None:
    (tmp_path / "tokens.json").mkdir()
    with pytest.raises(NotConfigured, match="cannot be read"):
        FileTokens(tmp_path / "tokens.json").current()
    with pytest.raises(NotConfigured, match="cannot be written"):
        FileTokens(tmp_path / "tokens.json").keep(pair(1))
    (tmp_path / "file").write_text("")
    with pytest.raises(NotConfigured, match="cannot be written"):
        FileTokens(tmp_path / "file" / "tokens.json").keep(pair(1))


def test_forgotten_means_all_of_it(source: FileTokens, path: Path) -> None:
    path.with_name(".tokens.json.next").write_bytes(msgspec.json.encode(pair(1)))
    source.forget()
    assert [file.name for file in path.parent.iterdir()] == [".tokens.json.lock"]
    source.forget()


def test_readers_see_the_old_pair_or_the_new_never_a_mixture(source: FileTokens, path: Path) -> None:
    ended = threading.Event()
    seen: list[int] = []

    def look() -> None:
        mine = FileTokens(path)
        while not ended.is_set():
            seen.append(number_of(mine.current()))

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 80):
        with source.lock():
            source.renewed(source.current(), pair(number))
    ended.set()
    for reader in readers:
        reader.join()
    assert number_of(source.current()) == 79
    assert len(set(seen)) > 1


# --- cut short


@pytest.mark.parametrize("rest", [b"", b"\0" * 500])
def test_a_replacement_that_was_cut_short_is_finished(source: FileTokens, path: Path, rest: bytes) -> None:
    path.with_name(".tokens.json.next").write_bytes(msgspec.json.encode(pair(1)) + rest)
    assert source.current() == pair(0)
    with source.lock():
        assert source.current() == pair(1)
    assert path.read_bytes() == msgspec.json.encode(pair(1))
    assert mode(path) == 0o600


@pytest.mark.parametrize("waiting", [b"", b"\0" * 16_384, msgspec.json.encode(pair(1))[:300] + b"\0" * 900, b"{}"])
def test_what_waits_and_is_no_pair_is_nothing(source: FileTokens, path: Path, waiting: bytes) -> None:
    path.with_name(".tokens.json.next").write_bytes(waiting)
    with source.lock():
        assert source.current() == pair(0)
    assert source.current() == pair(0)


def test_killed_at_any_moment_a_good_pair_is_left(source: FileTokens, path: Path) -> None:
    chance, last = Random(8), 0
    for _ in range(KILLS):
        with doing("replace", path) as [process]:
            time.sleep(chance.random() * 0.05)
            process.kill()
            process.wait()
        found = number_of(FileTokens(path).current())
        with source.lock():
            finished = number_of(source.current())
        assert last <= found <= finished
        last = finished
        assert mode(path) == 0o600
    assert last > KILLS // 2, "they replaced it all the while"


def test_killed_during_real_refreshes_the_file_holds_a_pair_that_was_issued(source: FileTokens, path: Path) -> None:
    chance, repeated = Random(9), 0
    for _ in range(max(3, KILLS // 4)):
        sign_in = SignIn(wait_s=0.002)
        source.keep(Tokens("a0", "r0"))
        with Server(sign_in) as server, doing("refresh-for-ever", path, server.url) as [process]:
            time.sleep(chance.random() * 0.1)
            process.kill()
            process.wait()
            with source.lock():
                held = source.current()
            assert held.access_token in (f"a{sign_in.number}", f"a{sign_in.number - 1}")
            assert held.refresh_token == f"r{held.access_token[1:]}"
            repeated += len(sign_in.repeated)
    assert repeated == 0


# --- the lock


def test_the_lock_excludes_processes(source: FileTokens, path: Path, tmp_path: Path) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0")
    with doing("count", path, counter, 50, how_many=4) as running:
        go(running)
    assert counter.read_text() == "200"


def file_source(path: Path) -> Callable[[], FileTokens | MemoryTokens]:
    return lambda: FileTokens(path)


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_the_lock_excludes_threads_and_tasks(path: Path, kind: str) -> None:
    shared = MemoryTokens(pair(0))
    made: Callable[[], FileTokens | MemoryTokens] = file_source(path) if kind == "file" else lambda: shared
    inside, most = 0, 0

    def enter() -> None:
        nonlocal inside, most
        for _ in range(5):
            with made().lock():
                inside += 1
                most = max(most, inside)
                time.sleep(0.001)
                inside -= 1

    async def enter_from_tasks() -> None:
        await asyncio.gather(*(asyncio.to_thread(enter) for _ in range(4)))

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    asyncio.run(enter_from_tasks())
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_forked_child_does_not_keep_the_lock(source: FileTokens, path: Path) -> None:
    """A process that forks while it renews must not leave the lock with its child."""
    assert said("fork", path) == "free\n"


# --- a full disk


@pytest.mark.parametrize("most_bytes", [0, 10, 1000, 4096, 16_383])
def test_a_full_disk_is_met_before_the_refresh_token_is_spent(source: FileTokens, path: Path, most_bytes: int) -> None:
    source.keep(Tokens("a0", "r0"))
    before, sign_in = path.read_bytes(), SignIn()
    with Server(sign_in) as server:
        text = said("full", path, server.url, most_bytes)
        assert server.asked == []
        assert text.startswith("NotConfigured ")
        assert str(path.parent) in text
        assert "File too large" in text
        assert text.count("\n") == 1
        assert path.read_bytes() == before
        assert said("full", path, server.url, 1_000_000) == ""
    assert sign_in.spent == ["r0"]
    assert FileTokens(path).current().access_token == "a1"


@pytest.mark.parametrize("name", [".tokens.json.next", ".tokens.json.lock"])
def test_a_link_in_the_place_of_our_files_is_not_followed(source: FileTokens, path: Path, name: str) -> None:
    other = path.parent / "other"
    other.write_text("of somebody else")
    path.with_name(name).unlink(missing_ok=True)
    path.with_name(name).symlink_to(other)
    with pytest.raises(NotConfigured, match="cannot be written"):
        source.keep(pair(1))
    assert other.read_text() == "of somebody else"
    assert source.current() == pair(0)


# --- the other kinds, and the words


def test_memory_and_pass_through() -> None:
    memory = MemoryTokens(pair(0))
    with memory.lock():
        memory.renewed(pair(0), pair(1))
    assert memory.current() == pair(1)
    fixed = FixedToken("  token\n")
    assert fixed.current() == Tokens("token")
    with fixed.lock(), pytest.raises(AssertionError):
        fixed.renewed(fixed.current(), pair(1))


@pytest.mark.parametrize(
    "token", ["", "  ", "\n", None, 5, b"bytes", "two words", "tök", "a\tb", "a\x7fb", "a\r\nX-Evil: 1"]
)
def test_what_is_no_token(token: object) -> None:
    with pytest.raises(Invalid, match="access token") as caught:
        checked(token)
    assert not isinstance(token, str) or not token.strip() or token not in str(caught.value)


def test_a_token_or_a_source() -> None:
    memory = MemoryTokens(pair(0))
    assert as_source(memory) is memory
    assert as_source("token").current() == Tokens("token")
    with pytest.raises(Invalid, match="TokenSource, not int"):
        as_source(5)  # type: ignore[arg-type]  # ty: ignore[invalid-argument-type]


@given(st.integers(0, 10**9), st.integers(1, 10**8), st.integers(-(10**9), 10**9))
def test_half_of_the_life(created_s: int, life_s: int, after_s: int) -> None:
    tokens = issued("a", "r", created_s, life_s)
    now = datetime.fromtimestamp(created_s, UTC) + timedelta(seconds=after_s)
    assert tokens.due(now) == (2 * after_s >= life_s)
    assert tokens.expired(now) == (after_s >= life_s)


@pytest.mark.parametrize(
    ("created_s", "life_s"),
    [(None, 604_800), (1.7e9, None), (float("inf"), 5), (float("nan"), 5), (1e300, 5), (1.7e12, 5), (1.7e9, -1)],
)  # fmt: skip
def test_an_answer_with_odd_times_still_gives_its_tokens(created_s: float | None, life_s: float | None) -> None:
    tokens = issued("a", "r", created_s, life_s)
    assert (tokens.access_token, tokens.refresh_token) == ("a", "r")
    assert not tokens.due(datetime(2100, 1, 1, tzinfo=UTC))
    assert msgspec.json.decode(msgspec.json.encode(tokens), type=Tokens) == tokens
