"""A request and an answer as plain values: what the socket side hands in and gets back. No rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Delivery = Literal["whole", "half", "cut"]
"""whole: as it is; half: half the body, then the connection ends; cut: the connection is reset, no answer."""


@dataclass(slots=True)
class Incoming:
    """A request as it arrived. `path` is undecoded, `query` decoded; header names in any case."""

    method: str
    path: str
    query_text: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    address: str


@dataclass(slots=True)
class Outgoing:
    """An answer ready for the socket, and how it is delivered. Each value may be sent once."""

    status: int
    body: bytes
    headers: dict[str, str]
    delivery: Delivery = "whole"
    delay_s: float = 0.0
