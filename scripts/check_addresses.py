"""Find what belongs to one machine in what is committed: absolute paths, addresses of package registries.

Reads every file that git tracks or would add. A registry may be another one where this is built next, so
that no lock, recipe or page names one. Never changes a file.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Written with brackets so that this file does not find itself. Ann is the person of our examples.
BELONGS_TO_A_MACHINE = {
    "an absolute path of one machine": re.compile(
        r"(?<![\w.:/~<})-])/(?:[w]ork|[r]oot|(?:[h]ome|[U]sers)/(?!ann/)\w+)/"
    ),
    "the address of a package registry": re.compile(
        r"[p]ypi\.(?:org|python)|[p]ythonhosted\.|[n]pmjs\.(?:org|com)|[d]eb\.debian\.|--(?:[e]xtra-)?[i]ndex-url\b"
    ),
}
LOCKS = Path("requirements")


def findings(root: Path) -> Iterator[str]:
    """One line for each place, as `path:line: what`."""
    for path in _committed(root):
        try:
            text = (root / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            for what, pattern in BELONGS_TO_A_MACHINE.items():
                if pattern.search(line):
                    yield f"{path}:{number}: {what}"
            if path.parent == LOCKS and "://" in line:
                yield f"{path}:{number}: an address in a lock"


def _committed(root: Path) -> list[Path]:
    listing = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, check=True, capture_output=True).stdout.decode()
    return sorted({Path(name) for name in names.split("\0") if name})


def main(root: Path) -> int:
    """Print the findings under the checkout; 1 when there are any."""
    found = list(findings(root))
    print("\n".join(found) if found else "addresses: nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]))
