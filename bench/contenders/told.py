"""What contenders share: being told to read over stdin, and saying what was read over stdout."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

TRAKT: dict[str, Any] = json.loads(os.environ["BENCH_TRAKT"])
BASE_URL: str = TRAKT["base_url"]
TOKEN: str = TRAKT["user"]["access_token"]
HEADERS = {
    "Content-Type": "application/json",
    "trakt-api-version": "2",
    "trakt-api-key": TRAKT["client_id"],
    "Authorization": f"Bearer {TOKEN}",
}


def serve(read: Callable[[], Iterable[int]]) -> None:
    """Read once for each line of stdin.

    Args:
        read: Reads the whole history and gives the ids of its rows.
    """
    for _ in sys.stdin:
        began_s = time.perf_counter()
        ids = list(read())
        seconds = time.perf_counter() - began_s
        print(json.dumps({"seconds": seconds, "rows": len(ids), "sum": sum(ids)}), flush=True)
