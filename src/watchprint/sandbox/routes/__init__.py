"""Every Trakt endpoint of the sandbox but OAuth: the table that the kernel dispatches by.

Among patterns that fit a path, a literal part wins over a `{placeholder}`, from left to right.
Before each request the kernel lets time pass by `settle`; routes themselves never move time.
"""

from __future__ import annotations

from watchprint.sandbox.kernel import Route
from watchprint.sandbox.rules.viewing.maturing import settle

ROUTES: list[Route] = []
"""All routes."""

__all__ = ["ROUTES", "settle"]
