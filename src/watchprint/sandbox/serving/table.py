"""Which route a method and a path mean. Looks at no header and no body.

Patterns are split once; a path walks the tree by its parts. A literal part wins over a `{placeholder}`, from
left to right, but a literal branch that leads nowhere does not hide the placeholder beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from watchprint.sandbox.kernel import Route


@dataclass(slots=True)
class Found:
    """What a path leads to: the route and the path's parts by name."""

    route: Route
    parts: dict[str, str]


@dataclass(slots=True)
class _Node:
    literal: dict[str, _Node] = field(default_factory=dict)
    placeholder: _Node | None = None
    leaves: dict[str, tuple[Route, tuple[str, ...]]] = field(default_factory=dict)


class Table:
    """All routes, by path.

    Args:
        routes: The rows; the same method and pattern twice is a mistake of ours.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        self._plain: dict[tuple[str, str], Found] = {}
        for route in routes:
            self._add(route)

    def _add(self, route: Route) -> None:
        node, names = self._root, []
        for part in route.pattern.strip("/").split("/"):
            if part.startswith("{"):
                names.append(part[1:-1])
                node.placeholder = node.placeholder or _Node()
                node = node.placeholder
            else:
                node = node.literal.setdefault(part, _Node())
        if route.method in node.leaves:
            raise ValueError(f"{route.method} {route.pattern} is registered twice")
        node.leaves[route.method] = (route, tuple(names))
        if not names:
            self._plain[route.method, "/" + route.pattern.strip("/")] = Found(route, {})

    def find(self, method: str, path: str) -> Found | frozenset[str]:
        """The route, or the methods that this path does answer (empty: nothing is there).

        Args:
            method: GET, POST, PUT or DELETE.
            path: The undecoded path; a trailing slash is ignored.
        """
        if path.endswith("/"):
            path = path[:-1]
        plain = self._plain.get((method, path))
        if plain is not None:
            return plain
        others: set[str] = set()
        values: list[str] = []
        leaf = _walk(self._root, path[1:].split("/"), 0, method, values, others)
        if leaf is None:
            return frozenset(others)
        return Found(leaf[0], dict(zip(leaf[1], map(unquote, values), strict=True)))


def _walk(
    node: _Node, parts: list[str], at: int, method: str, values: list[str], others: set[str]
) -> tuple[Route, tuple[str, ...]] | None:
    """The leaf for the rest of a path; `values` then holds what stood in the placeholders' places."""
    if at == len(parts):
        leaf = node.leaves.get(method)
        if leaf is None:
            others.update(node.leaves)
        return leaf
    part = parts[at]
    child = node.literal.get(part)
    if child is not None:
        leaf = _walk(child, parts, at + 1, method, values, others)
        if leaf is not None:
            return leaf
    if node.placeholder is not None and part:
        values.append(part)
        leaf = _walk(node.placeholder, parts, at + 1, method, values, others)
        if leaf is not None:
            return leaf
        values.pop()
    return None
