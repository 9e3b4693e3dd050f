"""Which extra brings which distribution, for commands that lack theirs."""

from __future__ import annotations

EXTRAS = {
    "aiohttp": "sandbox",
    "duckdb": "insights",
    "pyarrow": "insights",
    "scipy": "insights",
    "ruptures": "insights",
    "pyreqwest": "fast",
    "pytest": "testing",
    "rich": "cli",
    "typer": "cli",
    "segno": "cli",
}


def extra_for(module: str) -> str | None:
    """The extra that a missing module comes with; None if it is not one of ours."""
    return EXTRAS.get(module.partition(".")[0])
