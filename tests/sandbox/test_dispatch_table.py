"""Finding a route, against a slow reference that tries every pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.sandbox.kernel import Answer, Call, Route
from watchprint.sandbox.serving.table import Found, Table

WORDS = st.sampled_from(["a", "b", "{x}"])
PATTERNS = st.lists(st.tuples(st.sampled_from(["GET", "POST"]), st.lists(WORDS, min_size=1, max_size=4)), max_size=12)


def nothing(call: Call) -> Answer:
    return Answer()


def named(words: list[str]) -> str:
    """The pattern with a name of its own for each placeholder."""
    return "/" + "/".join(f"{{p{n}}}" if word == "{x}" else word for n, word in enumerate(words))


def fits(pattern: str, parts: list[str]) -> dict[str, str] | None:
    words = pattern.strip("/").split("/")
    if len(words) != len(parts):
        return None
    pairs = list(zip(words, parts, strict=True))
    if any(not word.startswith("{") and word != part for word, part in pairs):
        return None
    return {word[1:-1]: part for word, part in pairs if word.startswith("{")}


@given(PATTERNS, st.sampled_from(["GET", "POST"]), st.lists(st.sampled_from("abc"), min_size=1, max_size=4))
def test_the_most_literal_fitting_pattern_is_found(
    rows: list[tuple[str, list[str]]], method: str, parts: list[str]
) -> None:
    """The reference: of all that fit, the one whose leftmost literal parts come first."""
    wanted = {(verb, named(words)) for verb, words in rows}
    table = Table(Route(verb, pattern, nothing, False) for verb, pattern in wanted)
    fitting = [(verb, pattern) for verb, pattern in wanted if fits(pattern, parts) is not None]
    mine = sorted((pattern for verb, pattern in fitting if verb == method), key=literal_first)
    found = table.find(method, "/" + "/".join(parts))
    if mine:
        assert isinstance(found, Found)
        assert (found.route.pattern, found.parts) == (mine[0], fits(mine[0], parts))
    else:
        assert found == frozenset(verb for verb, _ in fitting)


def literal_first(pattern: str) -> list[bool]:
    return [word.startswith("{") for word in pattern.strip("/").split("/")]


def test_a_branch_that_leads_nowhere_leaves_no_part_behind() -> None:
    table = Table(Route("GET", pattern, nothing, False) for pattern in ("/a/{x}/y", "/{one}/{two}/z"))
    found = table.find("GET", "/a/1/z")
    assert isinstance(found, Found)
    assert found.parts == {"one": "a", "two": "1"}


def test_the_same_route_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        Table([Route("GET", "/a/{x}", nothing, False), Route("GET", "/a/{y}/", nothing, True)])
