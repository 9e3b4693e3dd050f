"""Somebody's tests that try to reach the real Trakt, in every way; every one of them must fail."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import threading
import urllib.request
from collections.abc import Generator

import aiohttp
import httpx2
import pytest

from watchprint import AsyncTraktService, TraktError, TraktService

URL = "https://api.trakt.tv/users/me/stats"


def test_http_client() -> None:
    http.client.HTTPSConnection("api.trakt.tv").request("GET", "/users/me/stats")


def test_urllib() -> None:
    urllib.request.urlopen(URL)


def test_as_requests_does_it() -> None:
    with socket.create_connection(("auth.trakt.tv", 443), timeout=5):
        pass


def test_a_look_up() -> None:
    socket.gethostbyname("trakt.tv")


def test_httpx2() -> None:
    httpx2.get(URL)


def test_httpx2_async() -> None:
    async def ask() -> None:
        async with httpx2.AsyncClient() as client:
            await client.get(URL)

    asyncio.run(ask())


def test_aiohttp() -> None:
    async def ask() -> None:
        async with aiohttp.ClientSession() as session:
            await session.get(URL)

    asyncio.run(ask())


def test_asyncio_streams() -> None:
    asyncio.run(asyncio.open_connection("api.trakt.tv", 443))


def test_swallowed() -> None:
    with contextlib.suppress(Exception):
        httpx2.get(URL)


def test_swallowed_and_skipped() -> None:
    with contextlib.suppress(OSError):
        socket.create_connection(("apiz.trakt.tv", 443))
    pytest.skip("it cannot be reached")


def test_in_a_thread() -> None:
    def ask() -> None:
        with contextlib.suppress(OSError):
            socket.create_connection(("api.trakt.tv", 443))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()


def test_our_client_without_a_sandbox() -> None:
    with contextlib.suppress(TraktError):
        TraktService("app").get_user_stats("token")


def test_our_fast_driver() -> None:
    with contextlib.suppress(TraktError):
        TraktService("app", driver="pyreqwest").get_user_stats("token")


def test_our_fast_driver_async() -> None:
    async def ask() -> None:
        async with AsyncTraktService("app", driver="pyreqwest") as service:
            await service.get_user_stats("token")

    with contextlib.suppress(TraktError):
        asyncio.run(ask())


@pytest.fixture
def asks_as_it_begins() -> None:
    with contextlib.suppress(OSError):
        socket.create_connection(("api.trakt.tv", 443))


@pytest.fixture
def asks_as_it_ends() -> Generator[None]:
    yield
    with contextlib.suppress(OSError):
        socket.create_connection(("api.trakt.tv", 443))


@pytest.mark.usefixtures("asks_as_it_begins")
def test_in_a_fixture_that_begins() -> None: ...


@pytest.mark.usefixtures("asks_as_it_ends")
def test_in_a_fixture_that_ends() -> None: ...
