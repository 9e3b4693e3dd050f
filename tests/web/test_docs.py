"""The page for developers: its curl examples do what they say, its tables are those of the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from tests.sandbox.desk import Desk, Person
from tests.web.running import Answer, Served
from watchprint.web.methods.table import METHODS
from watchprint.web.problems.kinds import KINDS
from watchprint.web.problems.mapping import WORDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "http.md").read_text(encoding="utf-8")


def sent(served: Served, command: str) -> Answer:
    """What a curl command asks for."""
    words = shlex.split(command.replace("\\\n", " "))
    assert words[:2] == ["curl", "-s"]
    address, options = words[2], dict[str, list[str]]()
    for name, value in zip(words[3::2], words[4::2], strict=True):
        options.setdefault(name, []).append(value)
    headers: dict[str, Any] = dict(header.split(": ", 1) for header in options.pop("-H", ()))
    body = options.pop("-d", [None])[0]
    assert not options
    verb = "GET" if body is None else "POST"
    data = None if body is None else body.encode()
    return served.ask(verb, address.removeprefix("$"), data, **headers)


def test_the_curl_examples_work(own: Served, desk: Desk, ann: Person) -> None:
    examples = re.findall(r"```curl\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) >= 7
    for example in examples:
        command = example.replace("$WATCHPRINT", "").replace("$TOKEN", ann.access).replace("$REFRESH", ann.refresh)
        answer = sent(own, command)
        assert answer.status in (200, 201), (example, answer)
        said = re.search(re.escape(example) + r"```\n\n```json\n(.*?)\n```", PAGE)
        assert said is None or answer.body.decode() == said[1]


def test_the_page_names_every_route_and_every_problem() -> None:
    for method in METHODS:
        assert f"| `{method.name}` | `{method.verb} {method.path}` | {method.says} |" in PAGE
    names: dict[str, list[str]] = {}
    for kind, word in WORDS.items():
        names.setdefault(word, []).append(f"`{kind.__name__}`")
    for kind_ in KINDS.values():
        row = f"| {kind_.status} | `{kind_.word}` | {', '.join(names.get(kind_.word, []))} |".replace("|  |", "| |")
        assert row in PAGE
