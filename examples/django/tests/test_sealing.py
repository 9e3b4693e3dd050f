"""Sealed pairs open for their account and key only."""

from __future__ import annotations

import pytest
from watchdiary.accounts.sealing import Unopenable, opened, sealed

PAIR = ("access", "refresh")


def test_they_open_for_whom_they_were_sealed() -> None:
    box = sealed(*PAIR, of="ann", secret="one")
    assert opened(box, of="ann", secrets=["one"]) == PAIR
    assert opened(box, of="ann", secrets=["two", "one"]) == PAIR
    assert opened(sealed("access", None, of="ann", secret="one"), of="ann", secrets=["one"]) == ("access", None)
    assert b"access" not in box
    assert sealed(*PAIR, of="ann", secret="one") != box, "the same pair twice does not look the same"


@pytest.mark.parametrize(("of", "secrets"), [("bob", ["one"]), ("ann", ["two"]), ("ann", [])])
def test_they_open_for_nobody_else(of: str, secrets: list[str]) -> None:
    with pytest.raises(Unopenable):
        opened(sealed(*PAIR, of="ann", secret="one"), of=of, secrets=secrets)


def test_what_is_damaged_does_not_open() -> None:
    box = sealed(*PAIR, of="ann", secret="one")
    for broken in (b"", box[:5], box[:-1], bytes([box[0] ^ 1]) + box[1:], box[:-1] + bytes([box[-1] ^ 1])):
        with pytest.raises(Unopenable):
            opened(broken, of="ann", secrets=["one"])
