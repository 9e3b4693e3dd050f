"""Which extra brings which distribution, for commands that lack theirs."""

from __future__ import annotations

from importlib.util import find_spec

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
    "sqlalchemy": "app",
    "alembic": "app",
    "cryptography": "app",
}


class ExtraLacking(Exception):
    """A command needs an extra that is not installed; the text names it."""

    def __init__(self, *extras: str) -> None:
        these = f"the extra '{extras[0]}'" if len(extras) == 1 else f"the extras {', '.join(map(repr, extras))}"
        super().__init__(f"this needs {these}: pip install 'watchprint[{','.join(extras)}]'")


def extra_for(module: str) -> str | None:
    """The extra that a missing module comes with; None if it is not one of ours."""
    return EXTRAS.get(module.partition(".")[0])


def require(*modules: str) -> None:
    """Make sure, before anything is begun, that a command has what it needs.

    Raises:
        ExtraLacking: Modules are missing.
    """
    lacking = sorted({EXTRAS[module] for module in modules if find_spec(module) is None})
    if lacking:
        raise ExtraLacking(*lacking)
