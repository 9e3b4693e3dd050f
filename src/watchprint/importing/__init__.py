"""Files into the store: the difference first, then all or nothing, and undone exactly. Never asks Trakt.

from watchprint.importing import take_in
report = take_in(store, account_id, "trakt-export.zip", dry_run=True)
"""

from __future__ import annotations

from watchprint.importing.errors import AnotherUser, ImportFailed, ImportStopped, NotCorrectable
from watchprint.importing.problems import write_problems
from watchprint.importing.report import Candidate, Difference, ImportReport, Problem
from watchprint.importing.taking import Progress, take_in
from watchprint.importing.undoing import corrected, imports_of, report_of, undo
from watchprint.store.imports.imports import Undone

__all__ = [
    "AnotherUser",
    "Candidate",
    "Difference",
    "ImportFailed",
    "ImportReport",
    "ImportStopped",
    "NotCorrectable",
    "Problem",
    "Progress",
    "Undone",
    "corrected",
    "imports_of",
    "report_of",
    "take_in",
    "undo",
    "write_problems",
]
