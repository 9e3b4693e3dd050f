"""`python -m mediaapp`: the app on http://127.0.0.1:8000. Everything else is in the environment (see README.md)."""

from __future__ import annotations

import argparse
import os

import uvicorn

from mediaapp.app import create_app
from mediaapp.settings import REDIRECT


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="mediaapp")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    env = {REDIRECT: f"http://127.0.0.1:{port}/callback"} | os.environ
    # No access log: the address that Trakt sends a browser back to holds a code.
    uvicorn.run(create_app(env), host="127.0.0.1", port=port, access_log=False, timeout_graceful_shutdown=3)


if __name__ == "__main__":
    main()
