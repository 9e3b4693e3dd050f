"""A Trakt for tests: the pytest fixtures `trakt` and `trakt_user`, and the objects that they give.

Installed with `watchprint[testing]`; pytest finds the plugin by itself. Imports the sandbox only, so that any Trakt
client in Python can be tested with it.
"""

from __future__ import annotations

from watchprint.testing.desk import TestTrakt, TestUser

__all__ = ["TestTrakt", "TestUser"]
