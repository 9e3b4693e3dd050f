"""`make bench`: every measurement, or the named ones (`python -m bench reading`)."""

from __future__ import annotations

import sys
from importlib import import_module

ALL = ("reading", "starting", "sandbox", "insights", "overview", "store", "importing", "exporting", "sync", "fleet")


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"there is no measurement {unknown[0]!r}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names or ALL:
        print(f"== {name}", flush=True)
        import_module(f"bench.{name}").run()
        print(flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
