"""What a row of the table is that says which test shows which rule of Trakt, and the files that it names.

The rows stand in accounts.py (trakt-api.md 5), viewing.py (9, 10), sync.py (11) and state.py (19); test_rules.py holds
them against the tests that there are.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        section: Where trakt-api.md has it.
        says: What it says.
        tests: What shows that the sandbox keeps it.
    """

    section: str
    says: str
    tests: tuple[str, ...]
    """As `file::function` or `file::Class`, below tests/."""


def rules(section: str, file: str, *rows: tuple[str, str]) -> tuple[Rule, ...]:
    """Rules that tests of one file show; names of tests are separated by blanks."""
    return tuple(Rule(section, says, tuple(f"{file}::{name}" for name in names.split())) for says, names in rows)


LIMITS = "sandbox/rules/test_limits.py"
OWN_LIMITS = "contract/rules/test_account_limits.py"
SCROBBLING = "sandbox/routes/test_scrobbling.py"
TABLE = "contract/rules/test_scrobble.py"
PAYLOADS = "contract/test_payloads.py"
ACTIVITIES = "sandbox/rules/test_activities.py"
READING = "contract/rules/test_reading.py"
COLLECTION = "sandbox/routes/test_collection.py"
WATCHED = "sandbox/routes/test_watched.py"
HISTORY = "sandbox/routes/test_history.py"
RATINGS = "sandbox/routes/test_ratings.py"
MARKS = "sandbox/routes/test_marks.py"
PROGRESS = "sandbox/routes/test_progress.py"
INVARIANTS = "sandbox/rules/test_invariants.py"
FAULTS = "sandbox/test_faults.py"
DISPATCH = "sandbox/test_dispatch.py"
USERS = "sandbox/routes/test_users.py"
LISTS = "sandbox/routes/test_lists.py"
PAGING = "sandbox/routes/test_paging.py"
TOKENS = "sandbox/test_oauth_tokens.py"
TRAKT_FAULTS = "sandbox/test_faults_trakt.py"
ITEMS = "sandbox/rules/requests/test_items.py"
DEMO = "contract/test_demo_answers.py"
