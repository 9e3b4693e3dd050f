"""The bare limit: one page after the other with an HTTP library, decoded typed with msgspec; no checks at all."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from itertools import count

import msgspec

from bench.contenders.told import BASE_URL, HEADERS, serve
from watchprint.trakt.models.history import HistoryRow

DECODE = msgspec.json.Decoder(list[HistoryRow]).decode
URL = f"{BASE_URL}/sync/history?limit=250&page="
LAST_PAGE = 250


def httpx2_blocking() -> Callable[[], list[int]]:
    import httpx2

    client = httpx2.Client(headers=HEADERS, timeout=20)
    return lambda: walk(lambda page: client.get(f"{URL}{page}").content)


def pyreqwest_blocking() -> Callable[[], list[int]]:
    from pyreqwest.client import SyncClientBuilder

    client = SyncClientBuilder().default_headers(HEADERS).build()
    return lambda: walk(lambda page: bytes(client.get(f"{URL}{page}").build().send().bytes()))


def httpx2_async() -> Callable[[], list[int]]:
    import httpx2

    loop, client = asyncio.new_event_loop(), httpx2.AsyncClient(headers=HEADERS, timeout=20)

    async def get(page: int) -> bytes:
        return (await client.get(f"{URL}{page}")).content

    return lambda: loop.run_until_complete(walk_async(get))


def pyreqwest_async() -> Callable[[], list[int]]:
    from pyreqwest.client import ClientBuilder

    loop, client = asyncio.new_event_loop(), ClientBuilder().default_headers(HEADERS).build()

    async def get(page: int) -> bytes:
        return bytes(await (await client.get(f"{URL}{page}").build().send()).bytes())

    return lambda: loop.run_until_complete(walk_async(get))


def walk(get: Callable[[int], bytes]) -> list[int]:
    ids: list[int] = []
    for page in count(1):
        rows = DECODE(get(page))
        ids += [row.id for row in rows]
        if len(rows) < LAST_PAGE:
            return ids
    return ids


async def walk_async(get: Callable[[int], Awaitable[bytes]]) -> list[int]:
    ids: list[int] = []
    for page in count(1):
        rows = DECODE(await get(page))
        ids += [row.id for row in rows]
        if len(rows) < LAST_PAGE:
            return ids
    return ids


if __name__ == "__main__":
    makers = (httpx2_blocking, httpx2_async, pyreqwest_blocking, pyreqwest_async)
    chosen = {maker.__name__: maker for maker in makers}[f"{sys.argv[1]}_{sys.argv[2]}"]
    serve(chosen())
