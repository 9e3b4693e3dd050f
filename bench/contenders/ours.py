"""Ours: `trakt.sync.history()`, blocking or async, with either driver."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from bench.contenders.told import BASE_URL, TOKEN, TRAKT, serve
from watchprint.trakt import AsyncTrakt, Trakt
from watchprint.trakt.pacing import InProcess

FACE, DRIVER, ABREAST = sys.argv[1], sys.argv[2], int(sys.argv[3])
UNLIMITED = InProcess(get_limit=10**9)
SETTINGS: dict[str, Any] = {
    "tokens": TOKEN,
    "api_url": BASE_URL,
    "driver": DRIVER,
    "pacing": UNLIMITED,
    "abreast": ABREAST,
}


def blocking() -> None:
    with Trakt(TRAKT["client_id"], **SETTINGS) as trakt:
        serve(lambda: [row.id for row in trakt.sync.history()])


def awaiting() -> None:
    loop = asyncio.new_event_loop()
    trakt = AsyncTrakt(TRAKT["client_id"], **SETTINGS)

    async def read() -> list[int]:
        return [row.id async for row in trakt.sync.history()]

    serve(lambda: loop.run_until_complete(read()))


if __name__ == "__main__":
    blocking() if FACE == "blocking" else awaiting()
