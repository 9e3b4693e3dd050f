"""The bare limit: one page after the other with an HTTP library, decoded typed with msgspec; no checks at all."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count

import msgspec
from told import BASE_URL, HEADERS, serve

from watchprint.trakt.models.history import HistoryRow

DECODE = msgspec.json.Decoder(list[HistoryRow]).decode
Get = Callable[[str], bytes]


def with_httpx2() -> Get:
    import httpx2

    client = httpx2.Client(headers=HEADERS, timeout=20)
    return lambda url: client.get(url).content


def with_pyreqwest() -> Get:
    from pyreqwest.client import SyncClientBuilder

    client = SyncClientBuilder().default_headers(HEADERS).build()
    return lambda url: bytes(client.get(url).build().send().bytes())


def walk(get: Get) -> list[int]:
    ids: list[int] = []
    for page in count(1):
        rows = DECODE(get(f"{BASE_URL}/sync/history?page={page}&limit=250"))
        ids += [row.id for row in rows]
        if len(rows) < 250:
            return ids
    return ids


if __name__ == "__main__":
    chosen = with_httpx2() if sys.argv[1] == "httpx2" else with_pyreqwest()
    serve(lambda: walk(chosen))
