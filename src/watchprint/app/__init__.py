"""The core, without a face: an installation's accounts, their copies of Trakt, and what they say. All parts meet here.

    from watchprint.app import Watchprint
    with Watchprint.open() as app:
        app.sync()
        print(app.insight("totals").rows)

`AsyncWatchprint` is it; `Watchprint` is the same for blocking code. Needs the extra `app`. Importing this package loads
nothing until a name is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchprint.app.blocking import Watchprint
    from watchprint.app.core import AsyncWatchprint
    from watchprint.app.custody import Forgotten
    from watchprint.app.standing import Queue, Status

__all__ = ["AsyncWatchprint", "Forgotten", "Queue", "Status", "Watchprint"]

_HOMES = {
    "AsyncWatchprint": "core",
    "Forgotten": "custody",
    "Queue": "standing",
    "Status": "standing",
    "Watchprint": "blocking",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
