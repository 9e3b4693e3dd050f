"""The HTTP face behind the word that the tests of the library's faces use: `call` gives the value, or all rows."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import msgspec

from tests.sandbox.desk import Desk
from tests.web.running import Answer, Served
from watchprint import TraktError
from watchprint.trakt import errors
from watchprint.trakt.facts import Listed, Moment, Owned, Seen
from watchprint.web.methods.method import Method
from watchprint.web.methods.table import METHODS
from watchprint.web.openapi.document import document
from watchprint.web.problems.mapping import WORDS
from watchprint.web.shapes import items

OF_WORD: dict[str, Any] = {word: kind for kind, word in reversed(WORDS.items()) if issubclass(kind, TraktError)}
OF_WORD["token-missing"] = errors.Invalid
BY_NAME = {method.name: method for method in METHODS}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z")
FACTS = ("at", "media_type", "resolution", "hdr", "audio", "audio_channels", "is_3d", "notes")


class Http:
    """The methods over HTTP, as an application in any language calls them. Every answer is held against the document.

    Args:
        elsewhere: Gives a server for a Trakt at another address.
    """

    name = "http"

    def __init__(self, desk: Desk, served: Served, elsewhere: Callable[[str], Served]) -> None:
        self.desk, self.served, self._elsewhere = desk, served, elsewhere

    def call(self, method: str, token: Any, *args: Any, **kwargs: Any) -> Any:
        declared = BY_NAME[method]
        path, query, body = asked(declared, args, kwargs)
        if declared.writes:
            self.desk.advance(60)  # the pace of writes is kept in the sandbox's time, which stands still
        with self._time_flies():
            if not declared.paged:
                return self._one(declared, path, body, token)
            rows: list[Any] = []
            address: str | None = f"{path}?{urlencode(query)}"
            while address is not None:
                page = self._one(declared, address, body, token)
                rows += page.rows
                address = page.next
            return rows

    def _one(self, method: Method, address: str, body: Any, token: str) -> Any:
        answer = self.served.ask(method.verb, address, body, token)
        fits(method, answer)
        if answer.status >= 400:
            raise error_of(answer)
        return read(answer.json) if answer.body else None

    @contextmanager
    def _time_flies(self) -> Generator[None]:
        """While Trakt is down a minute passes many times a second, so that waits between tries are over at once."""
        if not any(fault["kind"] == "503" for fault in self.desk.obey("GET", "faults")):
            yield
            return
        ended, own = threading.Event(), Desk(self.desk.server)

        def move() -> None:
            while not ended.wait(0.03):
                own.advance(60)
            own.close()

        mover = threading.Thread(target=move)
        mover.start()
        try:
            yield
        finally:
            ended.set()
            mover.join()

    def at(self, api_url: str) -> Http:
        return Http(self.desk, self._elsewhere(api_url), self._elsewhere)

    def close(self) -> None: ...


def asked(method: Method, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[str, dict[str, Any], Any]:
    """Path, query and body for arguments of the library's method."""
    left, named = list(args), {name: value for name, value in kwargs.items() if value is not None}
    path = method.route
    if "{list}" in path:
        path = path.replace("{list}", quote(str(left.pop(0)), safe=""))
    if method.name == "search":
        named["q"] = left.pop(0)
    if not method.writes:
        if "item" in named:
            named["item"] = f"{named['item'].kind}:tmdb:{named['item'].tmdb}"
        return path, named, None
    if method.name == "create_list":
        named["name"] = left.pop(0)
    elif left:
        first = left.pop(0)
        several = isinstance(first, list | tuple)
        named["items" if several else "item"] = [sent(one) for one in first] if several else sent(first)
    if left:
        named["progress"] = left.pop(0)
    return path, {}, {name: _plain(value) for name, value in named.items()} or None


def sent(item: Any) -> dict[str, Any]:
    """An item or fact as JSON."""
    if not isinstance(item, Seen | Owned | Listed):
        return items.told(item)
    facts = {name: _plain(getattr(item, name)) for name in FACTS if getattr(item, name, None) is not None}
    return items.told(item.item) | facts


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value.value if isinstance(value, Moment) else value


def read(value: Any) -> Any:
    """JSON as the library's values look: items, instants, fields."""
    match value:
        case {"type": str(), "ids": dict()}:
            return items.item_of(msgspec.convert(value, items.Item))
        case dict():
            return SimpleNamespace(**{name: read(each) for name, each in value.items()})
        case list():
            return tuple(map(read, value))
        case str() if _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value)
    return value


def error_of(answer: Answer) -> Exception:
    """The library's error that a problem stands for."""
    kind, problem = OF_WORD[answer.problem], answer.json
    if kind is errors.Throttled:
        assert answer.headers["Retry-After"] == str(-(-problem["retry_after_s"] // 1)).removesuffix(".0")
        return errors.Throttled(problem["detail"], retry_after_s=problem["retry_after_s"])
    error: Exception = kind(problem["detail"])
    return error


def fits(method: Method, answer: Answer) -> None:
    """The document foresees this answer, and its body is as it says."""
    whole = document()
    foreseen = whole["paths"][method.route][method.verb.lower()]["responses"]
    assert str(answer.status) in foreseen, (method.name, answer)
    content = foreseen[str(answer.status)].get("content")
    if content is None:
        assert answer.body == b""
        return
    media_type = answer.headers["Content-Type"]
    if answer.status >= 400:
        assert answer.problem in content[media_type]["examples"], (method.name, answer)
    schema = {**content[media_type]["schema"], "components": whole["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.json)
