"""The door of the `watchprint` command: opens the command line, or says which extra it lacks.

Never has a command of its own: those are in `watchprint.cli`, which the base install cannot run.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

MISSING_EXTRA = 9
"""Exit code when the installation lacks the extra that a command needs."""

_NEEDED = ("typer", "rich", "segno")


def main() -> int:
    """Run the command line and return its exit code; 9 where the extra `cli` is not installed."""
    if any(find_spec(name) is None for name in _NEEDED):
        sys.stderr.write(
            "The watchprint command needs the extra 'cli', which is not installed here; "
            "install it with: pip install 'watchprint[cli]'\n"
        )
        return MISSING_EXTRA
    from watchprint.cli.app import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
