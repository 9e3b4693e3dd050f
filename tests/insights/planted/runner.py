"""A process that runs tests on a copy of the package, once for each mistake that is planted in the copy.

    python -m tests.insights.planted.runner COPY

It reads jobs from its input and writes verdicts to its output, one JSON value a line. Each job has a child of its own,
forked before anything of the package is imported, so that the child imports the copy with the mistake in it. The tests
are the ordinary ones, run as they are; random ones try the same examples every time and are not shrunk.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings

OWN = ("watchprint", "tests", "__main__")
WARM_UP = {"file": "volume/totals.sql", "old": "", "new": "", "tests": [
    "tests.insights.test_boundaries:test_the_hundredth_play_is_the_hundredth_in_time",
    "tests.insights.taste.test_critic:test_few_votes_make_no_hill",
    "tests.insights.taste.test_eras:test_cuts_are_the_cheapest",
]}  # fmt: skip


def main(copy: Path) -> None:
    """Work off the jobs: `{"file": …, "old": …, "new": …, "tests": ["module:function", …]}`."""
    sys.path.insert(0, str(copy))
    settings.register_profile(
        "planted", phases=[Phase.generate], derandomize=True, database=None, report_multiple_bugs=False, deadline=None
    )
    settings.load_profile("planted")
    for name in _verdict(copy, WARM_UP)["loaded"].split():
        if name.partition(".")[0] not in OWN:
            _loaded(name)
    assert "watchprint" not in sys.modules, "the package would not be that of the copy"
    for line in sys.stdin:
        print(json.dumps(_verdict(copy, json.loads(line))), flush=True)


def _loaded(name: str) -> None:
    """What each child would load once more, such as DuckDB. Some modules are only there as parts of others."""
    with contextlib.suppress(ImportError):
        import_module(name)


def _verdict(copy: Path, job: dict[str, Any]) -> dict[str, str]:
    file = copy / "watchprint" / "insights" / job["file"]
    right = file.read_text(encoding="utf-8")
    times = right.count(job["old"])
    if not times and job is not WARM_UP:
        return {"verdict": "gone", "said": f"{job['old']!r} does not stand in {job['file']}"}
    sys.dont_write_bytecode = file.suffix == ".py"  # or else what is planted in it would be kept
    file.write_text(right.replace(job["old"], job["new"]), encoding="utf-8")
    try:
        return _in_a_child(copy, job["tests"])
    finally:
        file.write_text(right, encoding="utf-8")


def _in_a_child(copy: Path, tests: list[str]) -> dict[str, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            out.write(json.dumps(_ran(copy, tests)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        told = said.read()
    os.waitpid(child, 0)
    found: dict[str, str] = json.loads(told or '{"verdict": "broken", "said": "the child has died"}')
    return found


def _ran(copy: Path, tests: list[str]) -> dict[str, str]:
    """Red with the first test that fails; broken where something else than an assertion ends one."""
    try:
        for test in tests:
            module, name = test.split(":", 1)
            function, _, argument = name.partition("=")
            arguments = json.loads(argument) if argument else {}
            _called(getattr(import_module(module), function), arguments)
    except AssertionError as error:
        return {"verdict": "red", "said": f"{test}: {str(error)[:300]}"}
    except BaseException as error:
        return {"verdict": "broken", "said": f"{type(error).__name__}: {str(error)[:600]}"}
    package = str(import_module("watchprint").__file__)
    verdict = "green" if package.startswith(str(copy)) else "broken"
    return {"verdict": verdict, "said": package, "loaded": " ".join(sys.modules) if tests == WARM_UP["tests"] else ""}


def _called(test: Any, arguments: dict[str, Any]) -> None:
    sys.stderr.flush()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    test(**arguments)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
