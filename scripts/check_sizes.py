"""Hold the sizes and names of house.md: files, functions, folders, and words that name nothing.

Looks at the program (src, scripts, bench, examples), not at its tests. Prints one line a finding and ends
with 1. It counts lines as they stand, docstrings and blank lines too, and never changes a file.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

MOST_LINES_A_FILE = 400
MOST_LINES_A_FUNCTION = 60
MOST_MODULES_A_FOLDER = 14
EMPTY_WORDS = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "misc"})
LOOKED_AT = ("src", "scripts", "bench", "examples")


def findings(root: Path) -> Iterator[str]:
    """One sentence for each file, function, folder or name that breaks a limit."""
    modules = sorted(path for top in LOOKED_AT for path in (root / top).rglob("*.py"))
    for path in modules:
        yield from _of_file(path, path.relative_to(root))
    counts = Counter(path.parent.relative_to(root) for path in modules if path.stem != "__init__")
    for folder, modules_n in sorted(counts.items()):
        if modules_n > MOST_MODULES_A_FOLDER:
            yield f"{folder}: {modules_n} modules in one folder, {MOST_MODULES_A_FOLDER} at most"


def _of_file(path: Path, shown: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    lines_n = text.count("\n") + (not text.endswith("\n") and text != "")
    if lines_n > MOST_LINES_A_FILE:
        yield f"{shown}: {lines_n} lines, {MOST_LINES_A_FILE} at most"
    if EMPTY_WORDS & {word for part in shown.parts for word in Path(part).stem.split("_")}:
        yield f"{shown}: a name that says nothing about what is inside"
    tree = ast.parse(text, filename=str(shown))
    if text and ast.get_docstring(tree) is None:
        yield f"{shown}: no docstring that says what the module is for and what it never does"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_LINES_A_FUNCTION:
                where = f"{shown}:{node.lineno}"
                yield f"{where}: {node.name} has {length} lines, {MOST_LINES_A_FUNCTION} at most"


def main(root: Path) -> int:
    """Print the findings under the folder; 1 when there are any."""
    found = list(findings(root))
    print("\n".join(found) if found else "sizes and names: nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]))
