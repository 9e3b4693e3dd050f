"""What two engines say of the same rows, held against each other: floats to 1e-9, everything else exactly."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

import msgspec

from watchprint.insights import Answer


def difference(ours: Any, theirs: Any, path: str = "") -> str | None:
    """Where two values differ first, and how; None when they are the same."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if ours.keys() != theirs.keys():
            return f"{path}: {sorted(ours)} and {sorted(theirs)}"
        return _first(difference(ours[name], theirs[name], f"{path}.{name}") for name in ours)
    if isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        if len(ours) != len(theirs):
            return f"{path}: {len(ours)} and {len(theirs)} rows"
        return _first(difference(a, b, f"{path}[{at}]") for at, (a, b) in enumerate(zip(ours, theirs, strict=True)))
    if isinstance(ours, float) or isinstance(theirs, float):
        near = None not in (ours, theirs) and math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    elif isinstance(ours, datetime) and isinstance(theirs, datetime):
        near = _instant(ours) == _instant(theirs)
    else:
        near = ours == theirs
    return None if near else f"{path}: {ours!r} and {theirs!r}"


def _first(found: Any) -> str | None:
    return next((each for each in found if each is not None), None)


def _instant(at: datetime) -> datetime:
    return at if at.tzinfo is None else at.astimezone(UTC).replace(tzinfo=None)


def plain(made: Answer) -> dict[str, Any]:
    """An answer with the names that a fleet's has, made from it here and nowhere else."""
    return {
        "n": made.n,
        "coverage": made.coverage,
        "left_out": [{"reason": each.reason, "plays": each.plays} for each in made.left_out],
        "facts": json.loads(msgspec.json.encode(made.facts)),
        "notes": list(made.notes),
        "effects": [{"trait": each.trait, "sentence": each.sentence, "estimate": each.estimate,
                     "expected": each.expected, "error": each.error, "z": each.z, "n": each.n}
                    for each in made.effects],
        "rows": [msgspec.structs.asdict(row) for row in made.rows],
    }  # fmt: skip


def of_fleet(frame: Any) -> dict[int, dict[str, Any]]:
    """A fleet's answers by account, read to the end."""
    found = {}
    for row in frame.toArrow().to_pylist():
        account = row.pop("account_id")
        found[account] = {**row, "facts": json.loads(row["facts"])}
    return found
