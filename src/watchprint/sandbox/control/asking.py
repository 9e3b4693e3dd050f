"""A control call and its refusal as values, and how its body becomes a typed wish. No rules of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from watchprint.sandbox.serving.sandbox import Sandbox

Wish = TypeVar("Wish")


class ControlRefused(Exception):
    """The call cannot be obeyed; the text says what is wrong, `status` how it is answered."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(slots=True)
class Ask:
    """A control call: the rest of the path after its first word, the query, and the body ({} when empty)."""

    name: str | None
    query: Mapping[str, str]
    body: Any

    def wish(self, kind: type[Wish]) -> Wish:
        """The body as that Struct.

        Raises:
            ControlRefused: Unknown field or wrong type.
        """
        try:
            return msgspec.convert(self.body, kind)
        except msgspec.ValidationError as error:
            raise ControlRefused(f"{error}.") from error


Deed = Callable[[Sandbox, Ask], Any]
"""Does it, and returns what is answered as JSON."""
