"""Where the sandbox answers otherwise than Trakt's machine-readable contract, and why: the only place that says so.

The contract has known errors; trakt-api.md 22 lists them and says which answer to give. Each row waives one pointer
of one answer, for rows of the named types only, and must be needed by the tests: a row that nothing needs fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.contract.faults import Fault


@dataclass(frozen=True, slots=True)
class Waiver:
    """One exception.

    Attributes:
        method: Of the request.
        path: The contract's path.
        status: What the sandbox answers.
        pointer: Where in the body (`*`: any row, entry or name; `**` at the end: there and below), or "status".
        source: The section of trakt-api.md that says so.
        reason: Why the sandbox is right.
        rows: The types of rows that it holds for; empty: all.
    """

    method: str
    path: str
    status: int
    pointer: str
    source: str
    reason: str
    rows: tuple[str, ...] = ()

    def covers(self, method: str, path: str, status: int, fault: Fault) -> bool:
        """Whether it excuses that fault."""
        mine = (self.method, self.path, self.status) == (method, path, status)
        return mine and (not self.rows or fault.row in self.rows) and fits(fault.pointer, self.pointer)


def fits(pointer: str, pattern: str) -> bool:
    """Whether a pointer is one that the pattern means: `*` is any step, `**` at the end is there and below."""
    wanted, steps = pattern.split("/"), pointer.split("/")
    if wanted[-1] == "**":
        wanted.pop()
        steps = steps[: len(wanted)]
    return len(wanted) == len(steps) and all(one in ("*", step) for one, step in zip(wanted, steps, strict=True))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another answer of the contract (GET, 200) that describes what this one is, and why the own one does not."""

    path: str
    source: str
    reason: str


ECHOED: Final = "/not_found/*/*/**"
"""What is not found is echoed as it was sent (trakt-api.md 7): the client answers for it, never the sandbox."""
FORGOTTEN = "rows of this type are there too; their objects are checked against the contract's own of them"
CREATED = "creations answer 201, and clients insist on it"

WAIVERS: Final[tuple[Waiver, ...]] = (
    Waiver("POST", "/sync/history", 201, "status", "22", CREATED),
    Waiver("POST", "/checkin", 201, "status", "22", CREATED),
    Waiver("GET", "/sync/playback/{type}", 200, "/*/type", "22", FORGOTTEN, ("episode",)),
    Waiver("GET", "/sync/playback/{type}", 200, "/*/movie", "22", "only films have a film", ("episode",)),
    *(
        Waiver("GET", f"{base}/items/{{type}}/{{sort_by}}/{{sort_how}}", 200, "/*/type", "22", FORGOTTEN, ("person",))
        for base in ("/users/{id}/lists/{list_id}", "/lists/{id}")
    ),
    Waiver(
        "GET",
        "/users/{id}/watchlist/{type}/{sort_by}/{sort_how}",
        200,
        "/*/type",
        "11.7",
        FORGOTTEN,
        ("season", "episode"),
    ),
    *(
        Waiver("GET", f"/users/hidden/{section}", 200, "/*/type", "12", FORGOTTEN, rows)
        for section, rows in (("{section}", ("movie", "season", "user")), ("progress_watched", ("season",)))
    ),
    Waiver("GET", "/users/hidden/{section}", 200, "/*/show", "12", "films and users have no show", ("movie", "user")),
    Waiver("GET", "/users/{id}/watched/{type}", 200, "/*/movie/year", "20", "a film's year may be null"),
    *(
        Waiver("PUT", f"/sync/{which}", 200, "/ids/slug", "11.7", "these lists have no name of their own in addresses")
        for which in ("watchlist", "favorites")
    ),
)

BEYOND: Final[dict[tuple[str, str], str]] = {
    ("GET", "/search/recent"): "clients ask for it at start; the contract has only its writing side",
    ("GET", "/search/recent/{type}"): "the same, of one type",
    ("GET", "/media/hot"): "clients ask for it; the contract has its three siblings",
}
"""Routes that the contract does not have, and why the sandbox does."""

ELSEWHERE: Final[dict[tuple[str, str], Elsewhere]] = {
    ("GET", "/users/likes"): Elsewhere("/users/{id}/likes/{type}", "12", "the short form of one's own"),
    ("GET", "/users/likes/{type}"): Elsewhere("/users/{id}/likes/{type}", "12", "the short form of one's own"),
    ("PUT", "/users/{user}/lists/{list}"): Elsewhere(
        "/users/{id}/lists/{list_id}/", "22", "the list, where the contract has an array"
    ),
    **{
        ("PUT", f"/sync/{which}"): Elsewhere(
            "/users/{id}/lists/{list_id}/", "22", "the list, where the contract has the answer of adding items"
        )
        for which in ("watchlist", "favorites")
    },
}
"""Answers that are judged by another schema of the contract than that of their address."""
