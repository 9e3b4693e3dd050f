"""What one method is over HTTP: a declaration that the server, the OpenAPI document and the tests read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from watchprint.service.faces import AsyncUserService
from watchprint.trakt.ports import AsyncPages
from watchprint.web.shapes.queries import NoQuery, Paged

PREFIX: Final = "/api/v1"
Verb: TypeAlias = Literal["GET", "POST", "DELETE"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for, read.

    Attributes:
        list: The list that the path names.
        query: What stands behind the question mark.
        body: What was sent.
    """

    list: str = ""
    query: Any = None
    body: Any = None


@dataclass(frozen=True, slots=True)
class Method:
    """One method.

    Attributes:
        name: As in the library.
        verb, path: Where it is; `{list}` names a list by id or slug.
        answer: What it gives; None: nothing (204). With `paged` one row of it.
        call: Calls it with what was asked.
        body: What is sent.
        query: What stands behind the question mark.
        paged: It gives rows, in pages.
        nullable: It may give nothing, as null.
        says: What it is for, for readers.
        example: A body, for readers and tests.
    """

    name: str
    verb: Verb
    path: str
    answer: Any
    call: Callable[[AsyncUserService, Asked], Awaitable[Any] | AsyncPages[Any]]
    says: str
    body: type[Struct] | None = None
    query: type[Struct] = NoQuery
    nullable: bool = False
    example: Any = None

    @property
    def paged(self) -> bool:
        """It gives rows, in pages."""
        return issubclass(self.query, Paged)

    @property
    def writes(self) -> bool:
        """It changes something, and takes an Idempotency-Key."""
        return self.verb != "GET"

    @property
    def route(self) -> str:
        """Its whole path."""
        return PREFIX + self.path

    @property
    def status(self) -> int:
        """The status of success."""
        return 204 if self.answer is None else 201 if self.name == "create_list" else 200
