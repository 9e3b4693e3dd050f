"""Environments of their own for the peers that ours is measured against."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PEERS = {"pytrakt": "pytrakt==4.4.6", "trakt-py": "trakt-py==4.4.0"}
CACHE = Path(__file__).parents[1] / ".cache" / "bench"


def environment(peer: str) -> str:
    """The Python of the environment that holds this peer; made the first time."""
    folder = CACHE / peer
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        print(f"  (installing {PEERS[peer]} into an environment of its own)", flush=True)
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], check=True)
        subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(python), PEERS[peer]], check=True)
        (folder / "ready").touch()
    return str(python)
