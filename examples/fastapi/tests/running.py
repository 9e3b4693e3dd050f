"""The app as it runs in production, in a thread, on a port of its own; and a browser that visits it. All is real."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import uvicorn
from mediaapp.app import create_app


@contextmanager
def running(env: Mapping[str, str], database: Path, *, port: int = 0) -> Generator[str]:
    """The app's address, as long as the block lasts."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = create_app({**env, "TRAKT_REDIRECT_URI": f"{address}/callback", "MEDIAAPP_DB": str(database)})
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the app did not start"
                time.sleep(0.01)
            yield address
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def in_a_process(env: Mapping[str, str], database: Path) -> Generator[str]:
    """The address of one more app, in a process of its own, as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    source = str(Path(__file__).parents[1] / "src")
    said = {**os.environ, **env, "MEDIAAPP_DB": str(database), "PYTHONPATH": source}
    process = subprocess.Popen([sys.executable, "-m", "mediaapp", "--port", str(port)], env=said)
    try:
        while True:
            try:
                httpx2.get(f"http://127.0.0.1:{port}/", timeout=5)
                break
            except httpx2.TransportError:
                assert process.poll() is None, "the app did not start"
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


class Form(HTMLParser):
    """The first form of a page: where it goes, and which button says what."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.users: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "form":
            self.action = known.get("action") or ""
        if tag == "input" and known.get("name") == "user":
            self.users.append(known.get("value") or "")


class Browser:
    """A browser: keeps cookies, follows redirects, fills in forms.

    Args:
        address: The app's.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx2.Client(base_url=address, follow_redirects=True, timeout=30)

    def signin_page(self) -> httpx2.Response:
        """Trakt's page that asks whether the app may."""
        return self.http.get("/signin")

    def answer(self, page: httpx2.Response, user: str, decision: str) -> httpx2.Response:
        """Press a button of that page; what the app shows then."""
        form = Form(page.text)
        assert user in form.users
        here = urlsplit(str(page.url))
        return self.http.post(
            f"{here.scheme}://{here.netloc}{form.action}",
            data={"user": user, "decision": decision},
            headers={"Origin": f"{here.scheme}://{here.netloc}"},
        )

    def sign_in(self, user: str) -> httpx2.Response:
        """The whole way; the page that the app shows in the end."""
        page = self.answer(self.signin_page(), user, "approve")
        assert page.status_code == 200, page.text
        return page

    def get(self, path: str) -> httpx2.Response:
        return self.http.get(path)

    def post(self, path: str, body: Any = None) -> httpx2.Response:
        return self.http.post(path, json=body)

    def delete(self, path: str) -> httpx2.Response:
        return self.http.delete(path)

    def close(self) -> None:
        self.http.close()
