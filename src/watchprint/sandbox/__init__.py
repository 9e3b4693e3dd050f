"""A Trakt on your desk: a stateful server written from Trakt's documented behaviour, never from our client.

`SandboxServer` runs one in a thread, `serve` as the whole process. Both are imported when first used: tables
and routes can be had without a web server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchprint.sandbox.server import SandboxServer, serve
    from watchprint.sandbox.serving.options import ServerOptions, StartRefused

__all__ = ["SandboxServer", "ServerOptions", "StartRefused", "serve"]


def __getattr__(name: str) -> Any:
    if name in ("SandboxServer", "serve"):
        from watchprint.sandbox import server

        return getattr(server, name)
    if name in ("ServerOptions", "StartRefused"):
        from watchprint.sandbox.serving import options

        return getattr(options, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
