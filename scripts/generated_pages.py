"""Pages that the program itself can write: every insight, every exit code, and the public API with its docstrings.

Each is Markdown made from declarations and docstrings, so that no page repeats them by hand. Run, it writes them into
docs/ (or the folder given); a test holds those of the checkout against it.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import public_api


def pages() -> dict[str, str]:
    """Markdown by file name."""
    return {
        "insight-list.md": "\n\n".join(["# Every insight", *_insights()]) + "\n",
        "exit-codes.md": "\n".join(["# Exit codes", "", "| code | meaning |", "|---|---|", *_exit_codes()]) + "\n",
        "api.md": "\n\n".join(["# Public API", *_names()]) + "\n",
    }


def main(folder: Path) -> None:
    """Write the pages."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _insights() -> Iterator[str]:
    from watchprint.insights import catalogue

    for insight in catalogue():
        also = f" (also: {', '.join(insight.names)})" if insight.names else ""
        yield f"## {insight.name}\n\n{insight.question}{also}"
        yield "\n".join(
            f"- {word}: {text}"
            for word, text in (
                ("Rows", insight.shape),
                ("Unit", insight.unit),
                ("Formula", insight.formula),
                ("Shown from", insight.guard),
                ("Period unless asked", insight.period),
                ("Source", insight.source),
            )
        )
        yield from (
            f"- `{p.name}` (default {p.default}): {p.meaning}"
            + (f"; one of {', '.join(p.choices)}" if p.choices else "")
            for p in insight.parameters
        )


def _exit_codes() -> Iterator[str]:
    from watchprint.cli import exits

    meanings = [
        line.strip().strip('"') for line in inspect.getsource(exits.Exit).splitlines() if line.startswith('    """')
    ][1:]
    yield from (f"| {code.value} | {meaning} |" for code, meaning in zip(exits.Exit, meanings, strict=True))


def _names() -> Iterator[str]:
    import watchprint

    for name in sorted(watchprint.__all__):
        value = getattr(watchprint, name)
        words = inspect.getdoc(value) if callable(value) else None
        yield f"## {name}" + (f"\n\n{_fenced(words)}" if words else "")
        if inspect.isclass(value):
            yield _fenced("\n".join(public_api.of_class(name, value)))


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "docs")
