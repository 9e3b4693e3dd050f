"""Every Trakt endpoint of the sandbox but OAuth: the table that the kernel dispatches by.

Among patterns that fit a path, a literal part wins over a `{placeholder}`, from left to right.
Before each request the kernel lets time pass by `settle`; routes themselves never move time.
"""

from __future__ import annotations

from watchprint.sandbox.kernel import Route
from watchprint.sandbox.routes import (
    calendars,
    collection,
    history,
    lists,
    lookups,
    marks,
    progress,
    ratings,
    scrobbling,
    search,
    titles,
    users,
    watched,
)
from watchprint.sandbox.rules.viewing.maturing import settle

ROUTES: list[Route] = [
    route
    for module in (
        scrobbling,
        history,
        collection,
        watched,
        ratings,
        marks,
        users,
        lists,
        search,
        titles,
        progress,
        calendars,
        lookups,
    )
    for route in module.ROUTES.table
]
"""All routes."""

__all__ = ["ROUTES", "settle"]
