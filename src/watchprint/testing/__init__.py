"""A Trakt for tests: the pytest fixtures `trakt` and `trakt_user`, and the objects that they give.

Installed with `watchprint[testing]`; pytest finds the plugin by itself. Imports the sandbox only, so that any Trakt
client in Python can be tested with it; and loads nothing of it before a test asks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchprint.testing.desk import SandboxRefused, TestTrakt, TestUser
    from watchprint.testing.guard import RealTraktRefused

_HOMES = {"RealTraktRefused": "guard", "SandboxRefused": "desk", "TestTrakt": "desk", "TestUser": "desk"}

__all__ = ["RealTraktRefused", "SandboxRefused", "TestTrakt", "TestUser"]


def __getattr__(name: str) -> Any:
    """The name, loaded with the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no name {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
