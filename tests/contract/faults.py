"""What is wrong with a body, said by the JSON pointer where it is wrong: unions are followed into the branch meant.

A validator says of a row that it fits none of ten branches; who reads that learns nothing, and who waives it waives
the whole row. Here the branch is taken that the row's `type` names, else the one that fits best.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

SHOWN_CHARS = 160


@dataclass(frozen=True, slots=True)
class Fault:
    """One place in a body that the contract does not allow.

    Attributes:
        pointer: Where, e.g. `/*/episode/title`; `*` is any row of a list or entry of a map.
        message: What is wrong there.
        row: The `type` of the row that it is in ("" where rows have none).
    """

    pointer: str
    message: str
    row: str = ""


def faults_in(validator: Draft7Validator, body: Any) -> Iterator[Fault]:
    """Everything in a body that the schema does not allow."""
    for error in _leaves(validator.iter_errors(body)):
        steps = [*error.absolute_path, *_missing(error)]
        yield Fault(pointer_of(steps), error.message[:SHOWN_CHARS], _row_type(body, steps))


def pointer_of(steps: Iterable[int | str]) -> str:
    """The steps as a pointer; numbers of rows and keys that are ids count as `*`."""
    return "".join(f"/{'*' if isinstance(step, int) or step[:1].isdigit() else step}" for step in steps)


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.validator == "anyOf" and error.context:
            yield from _within(error)
        else:
            yield error


def _within(error: ValidationError) -> Iterator[ValidationError]:
    """The errors of the branch of a union that was meant."""
    branches: dict[int | str, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    real = [list(_leaves(some)) for some in branches.values() if not _is_null(some)]
    meant = [some for some in real if not any(list(one.relative_path)[-1:] == ["type"] for one in some)]
    if meant:
        yield from min(meant, key=len)
    elif real:
        yield next(one for one in min(real, key=len) if list(one.relative_path)[-1:] == ["type"])
    else:
        yield error


def _missing(error: ValidationError) -> list[str]:
    """The name of the field whose absence is the error."""
    names = error.validator_value if error.validator == "required" else ()
    return [name for name in names if error.message.startswith(f"{name!r} ")] if isinstance(names, list) else []


def _is_null(branch: list[ValidationError]) -> bool:
    """Whether the branch would take nothing but null."""
    return len(branch) == 1 and branch[0].validator == "type" and branch[0].validator_value == "null"


def _row_type(body: Any, steps: list[int | str]) -> str:
    if isinstance(body, list) and steps and isinstance(steps[0], int) and isinstance(body[steps[0]], dict):
        return str(body[steps[0]].get("type", ""))
    return ""
