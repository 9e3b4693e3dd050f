"""The pages about the command line and the sandbox: what they show to type works, and what there is they name."""

from __future__ import annotations

import http.client
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.running import Cli
from watchprint.cli.exits import Exit
from watchprint.sandbox import SandboxServer, ServerOptions
from watchprint.sandbox.faults.armed import KINDS, Fault

DOCS = Path(__file__).resolve().parents[2] / "docs"


def typed(page: str, command: str) -> list[list[str]]:
    """The lines of a page's shell examples that begin with this command, as words."""
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / page).read_text("utf-8"), re.S)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith(f"{command} ")]
    return [shlex.split(line)[1:] for line in lines]


@pytest.fixture(scope="module")
def demo_server() -> Iterator[SandboxServer]:
    """A sandbox with the demo user."""
    with SandboxServer(ServerOptions(port=0, rate_limits=False)) as server:
        yield server


def test_the_examples_of_the_command_line_work(demo_server: SandboxServer, tmp_path: Path) -> None:
    greeting = demo_server.greeting
    env = {
        "TRAKT_CLIENT_ID": greeting["client_id"],
        "TRAKT_API_URL": greeting["base_url"],
        "WATCHPRINT_TOKEN": greeting["users"][0]["access_token"],
        "WATCHPRINT_HOME": str(tmp_path),
    }
    examples = typed("commands.md", "watchprint")
    assert len(examples) >= 12
    for words in examples:
        assert Cli(env)(*words).code == Exit.OK, words


def curl(words: list[str], values: dict[str, str]) -> tuple[int, bytes]:
    """What curl would do: -X, -H, -d."""
    words = [re.sub(r"\$([A-Z_]+)", lambda found: values[found[1]], word) for word in words]
    headers, method, body, address = {}, None, None, ""
    rest = iter(words)
    for word in rest:
        match word:
            case "-s":
                continue
            case "-X":
                method = next(rest)
            case "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value
            case "-d":
                body = next(rest)
            case _:
                address = word
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request(method or ("GET" if body is None else "POST"), path, body, headers)
    answer = connection.getresponse()
    seen = answer.status, answer.read()
    connection.close()
    return seen


def test_the_calls_of_the_sandboxs_page_work(demo_server: SandboxServer) -> None:
    greeting = demo_server.greeting
    values = {
        "BASE_URL": greeting["base_url"],
        "CLIENT_ID": greeting["client_id"],
        "TOKEN": greeting["users"][0]["access_token"],
    }
    calls = typed("sandbox.md", "curl")
    assert len(calls) >= 24
    for words in calls:
        status, body = curl(words, values)
        if "5055CC52" in str(words):
            assert (status, b"no device code" in body) == (404, True)
        else:
            assert status in (200, 204), (words, body)
            assert not body or json.loads(body) is not None


def test_every_fault_and_what_it_takes_is_on_the_page() -> None:
    page = (DOCS / "sandbox.md").read_text("utf-8")
    for word in (*KINDS, *Fault.__struct_fields__):
        assert f"`{word}`" in page or f'"{word}"' in page or word == "id", word


def test_every_option_of_the_sandbox_is_on_its_page_and_in_both_programs() -> None:
    page = (DOCS / "sandbox.md").read_text("utf-8")
    ours = set(re.findall(r"--[a-z-]+", Cli({})("sandbox", "--help").out)) - {"--help"}
    assert ours == set(re.findall(r"--[a-z-]+", _own_help())) - {"--help"}
    for option in ours:
        assert f"`{option}" in page, option


def _own_help() -> str:
    import subprocess
    import sys

    command = [sys.executable, "-m", "watchprint.sandbox", "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
