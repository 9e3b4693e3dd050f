"""Faults by hand: armed, listed, cleared."""

from __future__ import annotations

from typing import Any

import msgspec

from watchprint.sandbox.control.asking import Ask, ControlRefused
from watchprint.sandbox.faults.armed import FaultRefused
from watchprint.sandbox.serving.sandbox import Sandbox


def get_faults(sandbox: Sandbox, ask: Ask) -> list[Any]:
    """The armed faults, oldest first, each with what is left of `times` and `skip`."""
    return [msgspec.to_builtins(fault) for fault in sandbox.dispatch.faults.armed]


def post_faults(sandbox: Sandbox, ask: Ask) -> Any:
    """Arm one; the answer is the fault with its id."""
    try:
        return msgspec.to_builtins(sandbox.dispatch.faults.arm(ask.body))
    except FaultRefused as error:
        raise ControlRefused(str(error)) from error


def delete_faults(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """Disarm all; writes that were lagging become visible."""
    sandbox.dispatch.faults.clear()
    sandbox.dispatch.lag.clear()
    return {}
