"""Serving the application: granian, or uvicorn where it is asked for. One process; it ends when its answers are out."""

from __future__ import annotations

import signal
import socket
from typing import Any, Final, Literal, TypeAlias

from watchprint.app import Watchprint
from watchprint.settings import Settings

ServerName: TypeAlias = Literal["granian", "uvicorn"]
TARGET: Final = "watchprint.web.asgi:make"
STOP_WITHIN_S: Final = 60
"""How long answers may take that were begun before a stop [s]."""
LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "watchprint": {"level": "INFO"},
        "_granian": {"level": "WARNING"},
        "granian.access": {"level": "WARNING"},
        "uvicorn.error": {"level": "WARNING"},
    },
}


def check(settings: Settings, host: str, port: int) -> None:
    """Make sure that the store can be opened and the address is free, before anything is started.

    Raises:
        StoreError, KeysUnusable, NotConfigured: The installation cannot be used.
        OSError: The address cannot be listened at; the text names it.
    """
    Watchprint.open(settings).close()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise OSError(error.errno, error.strerror or "it cannot be listened at", f"{host}:{port}") from None


def run(host: str, port: int, server: ServerName = "granian") -> None:
    """Serve until a signal ends it (SIGTERM, SIGINT); requests under way are answered first."""
    if server == "uvicorn":
        _with_uvicorn(host, port)
    else:
        _with_granian(host, port)


def _with_granian(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        websockets=False,
        log_dictconfig=LOGGING,
        log_access=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=STOP_WITHIN_S,
    ).serve()


def _with_uvicorn(host: str, port: int) -> None:
    import uvicorn

    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it once more when all is done
    uvicorn.run(
        TARGET,
        host=host,
        port=port,
        factory=True,
        lifespan="on",
        log_config=LOGGING,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN_S,
    )
