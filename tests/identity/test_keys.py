"""The key ring: private, made once, growing; and what is sealed with it opens in its place only."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.identity import KeyRing, KeysUnusable, TokensUnreadable

KEY, OTHER = bytes(range(32)), bytes(range(32, 64))
RING = KeyRing({"k1": KEY})
LISTED = f"k1:{base64.b64encode(KEY).decode()}"


@given(st.text(max_size=200), st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_a_value_opens_in_its_place_only(plain: str, place: str, elsewhere: str) -> None:
    value = RING.seal(plain, place)
    assert RING.open("k1", value, place) == plain
    assert value != RING.seal(plain, place)
    if elsewhere != place:
        with pytest.raises(TokensUnreadable):
            RING.open("k1", value, elsewhere)


@given(st.binary(min_size=1, max_size=60), st.integers(0, 59))
def test_a_value_that_was_changed_does_not_open(noise: bytes, at: int) -> None:
    value = bytearray(RING.seal("a token", "here"))
    value[at % len(value)] ^= noise[0] or 1
    with pytest.raises(TokensUnreadable):
        RING.open("k1", bytes(value), "here")


def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(TokensUnreadable, match="'k9'"):
        RING.open("k9", RING.seal("a", "here"), "here")


def test_a_ring_of_the_environment() -> None:
    ring = KeyRing.parsed(f"k2:{base64.b64encode(OTHER).decode()}, {LISTED}")
    assert ring.ids == ("k2", "k1")
    assert ring.open("k1", RING.seal("a", "here"), "here") == "a"
    with pytest.raises(KeysUnusable, match="put a new one first"):
        ring.grown()


@pytest.mark.parametrize("text", ["", "k1", "k1:notbase64!", "k1:" + base64.b64encode(b"short").decode(),
                                  f"{LISTED},{LISTED}", ":" + base64.b64encode(KEY).decode()])  # fmt: skip
def test_what_is_no_ring_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(KeysUnusable) as refused:
        KeyRing.parsed(text)
    assert base64.b64encode(KEY).decode() not in str(refused.value)


def test_a_home_has_a_private_ring(tmp_path: Path) -> None:
    ring = KeyRing.of_home(tmp_path / "home")
    assert (tmp_path / "home" / "keys").stat().st_mode & 0o777 == 0o600
    assert KeyRing.of_home(tmp_path / "home").ids == ring.ids
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["keys"]


def test_a_ring_that_others_can_read_is_refused(tmp_path: Path) -> None:
    KeyRing.of_home(tmp_path)
    (tmp_path / "keys").chmod(0o640)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        KeyRing.of_home(tmp_path)


@pytest.mark.parametrize("text", ["", "one two three\n", "k1 ????\n"])
def test_a_damaged_ring_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys").write_text(text)
    (tmp_path / "keys").chmod(0o600)
    with pytest.raises(KeysUnusable):
        KeyRing.of_home(tmp_path)


def test_a_ring_grows_and_is_cut_back(tmp_path: Path) -> None:
    old = KeyRing.of_home(tmp_path)
    value = old.seal("a token", "here")
    new = old.grown()
    assert new.ids == (new.current_id, old.current_id)
    assert new.current_id != old.current_id
    assert KeyRing.of_home(tmp_path).open(old.current_id, value, "here") == "a token"
    sealed_anew = new.seal("a token", "here")
    assert old.open(new.current_id, sealed_anew, "here") == "a token"
    new.only_current()
    with pytest.raises(TokensUnreadable):
        KeyRing.of_home(tmp_path).open(old.current_id, value, "here")


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from watchprint.identity import KeyRing\n"
    program += "sys.stdin.readline(); print(KeyRing.of_home(Path(sys.argv[1])).current_id)"
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, str(tmp_path)]
    started = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert len({process.communicate(timeout=30)[0] for process in started}) == 1


def test_no_key_is_shown() -> None:
    assert repr(RING) == "KeyRing(k1)"
