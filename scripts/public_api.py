"""The public API as text: every name that the faces list, with fields, methods and signatures.

One line a thing, so that a change of the API is a change that a reviewer sees. Groups of endpoints that hang on a
listed client are described too. `--write` writes it to tests/plan/public_api.txt; without it, it is printed. Looks
only: it makes no instance and calls nothing.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, ForwardRef, get_origin

FACES = ("watchprint", "watchprint.trakt", "watchprint.insights", "watchprint.app")
SNAPSHOT = Path(__file__).resolve().parents[1] / "tests" / "plan" / "public_api.txt"
OURS = "watchprint"


class Raw:
    """An annotation or default that prints as it was written."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def described(face: ModuleType) -> list[str]:
    """One line a name, field or method, in the order of the names."""
    lines: list[str] = []
    groups: dict[str, type] = {}
    for name in sorted(face.__all__):
        value = getattr(face, name)
        if inspect.isclass(value):
            lines += of_class(name, value)
            groups |= reached(value)
        elif callable(value):
            lines.append(f"def {name}{signature(value)}")
        else:
            shows = isinstance(value, str | int | UnionType)
            lines.append(f"{name} = {shown(value)}" if shows else f"{name}: {kind(value)}")
    while unseen := {n: g for n, g in groups.items() if f"group {n}" not in lines}:
        for name, group in sorted(unseen.items()):
            lines += [f"group {name}", *members(group)]
            groups |= reached(group)
    return lines


def of_class(name: str, cls: type) -> list[str]:
    """The class with its bases of the public kind, its fields and its public members."""
    bases = ", ".join(base.__name__ for base in cls.__bases__ if base is not object)
    lines = [f"class {name}({bases})" if bases else f"class {name}"]
    if issubclass(cls, Enum):
        return [*lines, *(f"  {member.name} = {shown(member.value)}" for member in cls)]
    if inspect.isfunction(cls.__init__) and ours(cls.__init__):
        lines.append(f"  {signature(cls.__init__, bound=True)}")
    return [*lines, *members(cls)]


def members(cls: type) -> Iterator[str]:
    """Fields, then methods and properties, of the class and of those bases that are ours; sorted."""
    found: dict[str, str] = {}
    for base in reversed([base for base in cls.__mro__ if ours(base)]):
        for name, annotation in (inspect.get_annotations(base) | assigned(base)).items():
            found[name] = f"  .{name}: {text_of(annotation)}"
        for name, member in vars(base).items():
            if line := of_member(name, member):
                found[name] = line
    yield from (line for name, line in sorted(found.items()) if not name.startswith("_"))


def of_member(name: str, member: Any) -> str | None:
    """One method, property or endpoint; None for what is neither."""
    if isinstance(member, property):
        returns = inspect.get_annotations(member.fget).get("return", "?") if member.fget else "?"
        return f"  .{name} -> {text_of(returns)}"
    if isinstance(member, classmethod | staticmethod):
        return f"  .{name}{signature(member.__func__, bound=isinstance(member, classmethod))}"
    if inspect.isfunction(member):
        form = "async " if inspect.iscoroutinefunction(member) else ""
        return f"  {form}.{name}{signature(member, bound=True)}"
    if inspect.isfunction(build := getattr(member, "build", None)):
        return f"  {kind(member)} .{name}{signature(build, bound=True)}"
    return None


def assigned(cls: type) -> dict[str, str]:
    """Attributes that `__init__` declares, as `self.name: Type = ...`."""
    if "__init__" not in vars(cls) or not inspect.isfunction(vars(cls)["__init__"]):
        return {}
    try:
        source = textwrap.dedent(inspect.getsource(vars(cls)["__init__"]))
    except OSError:
        return {}
    return {
        node.target.attr: ast.unparse(node.annotation)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Attribute)
    }


def reached(cls: type) -> dict[str, type]:
    """Groups of endpoints that are attributes of the class, by name."""
    found = {}
    for base in (base for base in cls.__mro__ if ours(base)):
        for annotation in (inspect.get_annotations(base) | assigned(base)).values():
            known = vars(sys.modules[base.__module__])
            name = text_of(annotation).partition("[")[0]
            group = known.get(name)
            group = get_origin(group) or group
            if inspect.isclass(group) and any(hasattr(member, "build") for member in vars(group).values()):
                found[name] = group
    return found


def signature(function: Any, *, bound: bool = False) -> str:
    """The signature with annotations as they are written; `bound` leaves out the first parameter."""
    whole = inspect.signature(function)
    parameters = [
        p.replace(
            annotation=p.annotation if p.annotation is p.empty else Raw(text_of(p.annotation)),
            default=p.default if p.default is p.empty else Raw(shown(p.default)),
        )
        for p in list(whole.parameters.values())[1 if bound else 0 :]
    ]
    returns = whole.return_annotation
    returns = returns if returns is whole.empty else Raw(text_of(returns))
    return str(whole.replace(parameters=parameters, return_annotation=returns))


def text_of(annotation: object) -> str:
    """An annotation as it was written, or as near as can be."""
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def shown(value: object) -> str:
    """A default; `...` for one whose text would differ from run to run."""
    text = repr(value)
    return "..." if " at 0x" in text else text


def kind(value: object) -> str:
    """The name of its type."""
    return type(value).__name__


def ours(thing: Any) -> bool:
    """True for what is defined in this package."""
    return str(getattr(thing, "__module__", "")).partition(".")[0] == OURS


def main() -> None:
    """Print the description, or write it down."""
    text = "\n".join(line for face in FACES for line in (f"# {face}", *described(import_module(face)))) + "\n"
    if "--write" in sys.argv[1:]:
        SNAPSHOT.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
