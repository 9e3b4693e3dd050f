"""Trakt's machine-readable contract as the judge of answers: which schema an answer must fit, and what of it does not.

Reads ../shared/contract with its own check.py; knows the sandbox by its routes' patterns only. Compiles a schema
once. What is waived, and why, stands in waivers.py.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from tests.contract.faults import Fault, faults_in, pointer_of
from tests.contract.shapes import INSTANT, Looked
from tests.contract.waivers import BEYOND, ECHOED, ELSEWHERE, WAIVERS, Waiver, fits
from watchprint.sandbox.serving.observing import Observed

PARTS = {
    "movie": ("/users/{id}/history/movies", "items", "properties", "movie"),
    "show": ("/users/{id}/history/shows", "items", "properties", "show"),
    "episode": ("/users/{id}/history/episodes", "items", "properties", "episode"),
    "season": ("/users/{id}/lists/{list_id}/items/movie,show,season,episode", "items", "season"),
    "person": ("/people/{id}/",),
    "user": ("/users/{id}/",),
}
"""Where the contract describes an object of each type: for rows whose type it forgot in a list."""
TIMES = ("_at", "first_aired", "effective_release_date")
"""How fields end that hold an instant; the contract itself says only that they are text."""


@dataclass(frozen=True, slots=True)
class Place:
    """One answer of the contract."""

    method: str
    path: str
    status: int


class Contract:
    """The contract in a folder.

    Args:
        folder: Where check.py and trakt-openapi.json are.
    """

    def __init__(self, folder: Path) -> None:
        source = importlib.util.spec_from_file_location("contract_check", folder / "check.py")
        assert source is not None
        assert source.loader is not None
        check = importlib.util.module_from_spec(source)
        source.loader.exec_module(check)
        self.spec = check.Spec()
        self._to_draft7 = check.to_draft7
        self.templates = frozenset((method, template) for method, template, _ in self.spec.routes)
        """Every method and path that the contract has."""
        self.used: set[Waiver] = set()
        """The waivers that something needed."""
        self.find = lru_cache(20_000)(self._find)
        self._validator = lru_cache(None)(self._compiled)
        self.looked = self._looked()

    def _find(self, method: str, path: str) -> str | None:
        """The contract's path for a request, a literal part before a placeholder; None: it has none.

        Optional parts at the end of a path stand in the contract in its longest form only.
        """
        parts = path.rstrip("/").split("/")
        fitting: list[tuple[tuple[bool, ...], bool, str]] = []
        for other, template, _ in self.spec.routes:
            named = template.rstrip("/").split("/")
            literal = tuple(a == b for a, b in zip(named, parts, strict=False))
            head, rest = named[: len(parts)], named[len(parts) :]
            fits = all(same or one.startswith("{") for same, one in zip(literal, head, strict=False))
            if other == method and fits and len(head) == len(parts) and all(one.startswith("{") for one in rest):
                fitting.append((literal, not rest, template))
        return max(fitting)[2] if fitting else None

    def paths(self, seen: Observed) -> tuple[str, ...]:
        """The contract's paths that an answer must fit: its own, and for `/sync` the stricter one of users."""
        method, pattern = seen.route.method, seen.route.pattern
        if (method, pattern) in BEYOND:
            return ()
        if "/watched/" in seen.path and seen.path.startswith(("/sync", "/users")):
            return self._watched(seen)
        own = self.find(method, seen.path)
        twin = None
        if method == "GET" and seen.path.startswith("/sync/"):
            twin = self.find(method, seen.path.replace("/sync/", "/users/me/", 1))
        return tuple(path for path in (own, twin) if path is not None) or ("",)

    def _watched(self, seen: Observed) -> tuple[str, ...]:
        """Two shapes share one address: maps under `/users/{id}/watched/movies`, rows under `.../{type}`."""
        kind = seen.path.rstrip("/").rpartition("/")[2]
        if "min" in seen.extended:
            return ("/users/{id}/watched/shows" if kind == "shows" else "/users/{id}/watched/movies",)
        rows = ("/sync/watched/{type}", "/users/{id}/watched/{type}")
        return rows[:1] if kind == "episodes" else rows

    def faults(self, seen: Observed, body: Any) -> Iterator[tuple[str, Fault]]:
        """What of an answer the contract does not allow and no waiver excuses, each with the contract's path.

        Args:
            seen: The answer; 2xx.
            body: Its JSON, or one row of it in a list; None: empty.
        """
        elsewhere = ELSEWHERE.get((seen.route.method, seen.route.pattern))
        for path in self.paths(seen):
            asked = Place(seen.route.method, path, seen.status)
            for fault in self._faults(Place("GET", elsewhere.path, 200) if elsewhere else asked, body):
                if not fits(fault.pointer, ECHOED) and not self._waived(asked, fault):
                    yield path, fault
        for fault in wrong_times(body):
            if not fits(fault.pointer, ECHOED):
                yield seen.route.pattern, fault

    def _faults(self, place: Place, body: Any) -> Iterator[Fault]:
        if not place.path:
            yield Fault("", "the contract has no such path")
            return
        declared = self._operation(place)["responses"]
        status = place.status
        if str(status) not in declared:
            yield Fault("status", f"{status} is not declared, only {', '.join(declared)}")
            status = next(int(other) for other in declared if other.startswith("2"))
        if status == 204:
            if body is not None:
                yield Fault("", "204 has no body")
            return
        validator = self._validator(Place(place.method, place.path, status))
        for fault in faults_in(validator, body):
            yield fault
            if fault.pointer == "/*/type":
                yield from self._parts(body)

    def _parts(self, rows: list[dict[str, Any]]) -> Iterator[Fault]:
        """A row of a type that the list's schema lacks: its objects against the contract's schemas of them."""
        for row in rows:
            for name in PARTS.keys() & row.keys():
                for fault in faults_in(self._part(name), row[name]):
                    yield Fault(f"/*/{name}{fault.pointer}", fault.message, str(row.get("type", "")))

    @lru_cache(None)  # noqa: B019 - one contract lives as long as the tests
    def _part(self, name: str) -> Draft7Validator:
        path, *steps = PARTS[name]
        schema = self._schema(Place("GET", path, 200))
        for step in steps:
            if "anyOf" in schema:
                schema = next(one for one in schema["anyOf"] if step in one.get("properties", {}))["properties"]
            schema = schema[step]
        return Draft7Validator(schema)

    def _waived(self, place: Place, fault: Fault) -> bool:
        for waiver in WAIVERS:
            if waiver.covers(place.method, place.path, place.status, fault):
                self.used.add(waiver)
                return True
        return False

    def validator(self, method: str, path: str, status: int) -> Draft7Validator:
        """What judges the answer of that status at one of the contract's own paths."""
        return self._validator(Place(method, path, status))

    def _operation(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = self.spec.doc["paths"][place.path][place.method.lower()]
        return found

    def _schema(self, place: Place) -> dict[str, Any]:
        content = self._operation(place)["responses"][str(place.status)].get("content", {})
        schema: dict[str, Any] = self._to_draft7(content.get("application/json", {}).get("schema", {}))
        return schema

    def _compiled(self, place: Place) -> Draft7Validator:
        return Draft7Validator(self._schema(place))

    def _looked(self) -> Looked:
        """The words and bounds that any answer's schema speaks of, by field."""
        words: dict[str, set[str]] = {}
        bounds: dict[str, tuple[float, float]] = {}
        for _, _, operation in self.spec.routes:
            for answer in operation["responses"].values():
                _collect(answer.get("content", {}), "", words, bounds)
        return Looked({name: frozenset(some) for name, some in words.items()}, bounds)


def _collect(schema: Any, name: str, words: dict[str, set[str]], bounds: dict[str, tuple[float, float]]) -> None:
    if isinstance(schema, list):
        for one in schema:
            _collect(one, name, words, bounds)
    elif isinstance(schema, dict):
        if isinstance(schema.get("enum"), list):
            words.setdefault(name, set()).update(str(word) for word in schema["enum"])
        if "minimum" in schema and "maximum" in schema:
            bounds[name] = (schema["minimum"], schema["maximum"])
        for key, inner in schema.items():
            if key == "properties":
                for field, one in inner.items():
                    _collect(one, field, words, bounds)
            elif key != "enum":
                _collect(inner, name, words, bounds)


def wrong_times(body: Any, *steps: int | str) -> Iterator[Fault]:
    """Instants that are not written as Trakt writes them, to the second and with `.000Z`."""
    if isinstance(body, list):
        for place, one in enumerate(body):
            yield from wrong_times(one, *steps, place)
    elif isinstance(body, dict):
        for name, value in body.items():
            if isinstance(value, str) and name.endswith(TIMES) and not INSTANT.fullmatch(value):
                yield Fault(pointer_of((*steps, name)), f"{value!r} is no instant as Trakt writes it")
            yield from wrong_times(value, *steps, name)
