"""What the demo has once its account is copied. A value only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchprint.app import SyncReport, Watchprint
    from watchprint.identity import Account


@dataclass(frozen=True, slots=True)
class Copied:
    """The demo's account, its copy up to date.

    Attributes:
        report: What the sync came to.
        plays: How many plays are in the copy.
        stats: Trakt's own figures at that moment.
    """

    app: Watchprint
    account: Account
    report: SyncReport
    plays: int
    stats: Any
