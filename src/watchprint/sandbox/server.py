"""A sandbox on a real port: in a thread of this process (`SandboxServer`) or as the whole process (`serve`).

The only module that knows sockets, threads and signals. All state is touched on the server's loop thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from aiohttp import web

from watchprint.sandbox.control.table import PREFIX, control
from watchprint.sandbox.kernel import Route
from watchprint.sandbox.serving.keeping import Keeper
from watchprint.sandbox.serving.options import ServerOptions, StartRefused
from watchprint.sandbox.serving.sandbox import Sandbox
from watchprint.sandbox.serving.store import StateFile
from watchprint.sandbox.wire import Incoming, Outgoing

MOST_BODY_BYTES: Final = 64 * 2**20
SHUTDOWN_S: Final = 1.0
T = TypeVar("T")
_NO_LINGER: Final = struct.pack("ii", 1, 0)


class Listening:
    """A sandbox and the port it answers on."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.used_at_s = time.monotonic()
        self.open = 0
        """Requests that are being answered."""

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        self.open += 1
        try:
            return await self._handle(request)
        finally:
            self.open -= 1
            self.used_at_s = time.monotonic()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        url = request.rel_url
        incoming = Incoming(
            request.method,
            url.raw_path,
            url.raw_query_string,
            url.query,
            request.headers,
            await request.read() if request.can_read_body else b"",
            request.remote or "",
        )
        if incoming.path.startswith(PREFIX):
            out = await control(self.sandbox, incoming)
        else:
            out = self.sandbox.serve(incoming)
        if out.delay_s:
            await asyncio.sleep(out.delay_s)
        if out.delivery == "whole":
            return web.Response(status=out.status, body=out.body, headers=out.headers)
        return await _broken(request, out)


async def _broken(request: web.BaseRequest, out: Outgoing) -> web.StreamResponse:
    """An answer that does not arrive whole: the connection is reset, or ends in the middle of the body."""
    transport = request.transport
    response = web.StreamResponse(status=out.status or 200, headers=out.headers)
    response.force_close()
    if transport is None:
        return response
    if out.delivery == "cut":
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        transport.abort()
        return response
    response.content_length = len(out.body)
    await response.prepare(request)
    await response.write(out.body[: len(out.body) // 2])
    transport.close()
    return response


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """aiohttp's request, for bodies larger than it takes by default."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MOST_BODY_BYTES)


@contextlib.asynccontextmanager
async def listening(options: ServerOptions, extra_routes: Sequence[Route] = ()) -> AsyncGenerator[Listening]:
    """A sandbox that answers on its port within the block, and has kept its state at the end.

    Raises:
        StartRefused: Port, catalogue or state file cannot be used.
    """
    file = StateFile(options.state_file) if options.state_file else None
    try:
        sandbox = Sandbox(options, file.load() if file else None, extra_routes)
        here = Listening(sandbox)
        runner = web.ServerRunner(
            web.Server(here.handle, request_factory=_request), access_log=None, shutdown_timeout=SHUTDOWN_S
        )
        await runner.setup()
        try:
            sandbox.world.origin = await _bind(runner, options)
            async with _kept(sandbox, file):
                yield here
        finally:
            sandbox.clock.release()
            await runner.cleanup()
    finally:
        if file:
            file.close()


async def _bind(runner: web.ServerRunner, options: ServerOptions) -> str:
    """Listen; the address that clients use, without a trailing slash."""
    try:
        await web.TCPSite(runner, options.host, options.port).start()
    except (OSError, OverflowError) as error:
        raise StartRefused(
            f"The sandbox cannot listen on {options.host}:{options.port}: {error}. "
            "Choose another --port (0 takes a free one), or stop what uses this one."
        ) from error
    port = runner.addresses[0][1]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(options.host, options.host)
    return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{port}"


@contextlib.asynccontextmanager
async def _kept(sandbox: Sandbox, file: StateFile | None) -> AsyncGenerator[None]:
    """Within the block the state file follows the sandbox; at its end it has everything."""
    if file is None:
        yield
        return
    keeper = Keeper(sandbox, file)
    keeper.save()
    task = asyncio.create_task(keeper.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        keeper.save()


class SandboxServer:
    """A sandbox in a thread of this process.

    Args:
        options: How it is to be; port 0 takes a free one.
        extra_routes: Routes beside Trakt's.
    """

    def __init__(self, options: ServerOptions | None = None, extra_routes: Sequence[Route] = ()) -> None:
        self._options = options or ServerOptions(port=0, demo=False)
        self._extra_routes = extra_routes
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sandbox: Sandbox | None = None
        self._end: asyncio.Event | None = None
        self._failure: BaseException | None = None
        self.greeting: dict[str, Any] = {}
        """base_url, auth_url, client_id, client_secret and users (slug, access_token, refresh_token)."""

    @property
    def base_url(self) -> str:
        """Where it answers, without a trailing slash."""
        return str(self.greeting["base_url"])

    def start(self) -> None:
        """Return when it answers.

        Raises:
            StartRefused: Port, catalogue or state file cannot be used.
        """
        ready: Future[dict[str, Any]] = Future()
        self._thread = threading.Thread(target=self._main, args=(ready,), name="trakt-sandbox", daemon=True)
        self._thread.start()
        self.greeting = ready.result()

    def stop(self) -> None:
        """Return when the port is closed and the state is kept; nothing happens the second time.

        Raises:
            OSError: The state could not be kept.
        """
        if self._thread is None:
            return
        if self._loop is not None and self._end is not None:
            self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._thread, failure = None, self._failure
        if failure is not None:
            raise failure

    def run(self, deed: Callable[[Sandbox], T]) -> T:
        """What a function of the sandbox returns; it runs on the server's thread, between two requests."""
        if self._loop is None or self._sandbox is None or self._thread is None:
            raise RuntimeError("The sandbox is not running; call start() first.")
        done: Future[T] = Future()
        self._loop.call_soon_threadsafe(_do, done, deed, self._sandbox)
        return done.result()

    def __enter__(self) -> SandboxServer:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def _main(self, ready: Future[dict[str, Any]]) -> None:
        try:
            asyncio.run(self._serve(ready))
        except BaseException as error:
            if ready.done():
                self._failure = error
            else:
                ready.set_exception(error)

    async def _serve(self, ready: Future[dict[str, Any]]) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        async with listening(self._options, self._extra_routes) as here:
            self._sandbox = here.sandbox
            ready.set_result(here.sandbox.greeting())
            await _until_done(self._end, here, self._options.idle_exit_s)


def _do(done: Future[T], deed: Callable[[Sandbox], T], sandbox: Sandbox) -> None:
    try:
        done.set_result(deed(sandbox))
    except BaseException as error:
        done.set_exception(error)


async def _until_done(end: asyncio.Event, here: Listening, idle_exit_s: float | None) -> None:
    """Wait for the end, or until nothing was asked for so long [s]."""
    while not end.is_set():
        idle_s = time.monotonic() - here.used_at_s
        left_s = None if idle_exit_s is None else idle_exit_s - idle_s
        if left_s is not None and left_s <= 0 and not here.open:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(end.wait(), None if left_s is None else max(left_s, 0.05))


def serve(options: ServerOptions) -> int:
    """Run a sandbox until SIGTERM, SIGINT or its idle time; the exit code.

    The first line of stdout is the greeting as JSON, once the port answers.

    Returns:
        0 after a clean end; 1 when it could not start or not keep its state (one sentence on stderr).
    """
    try:
        asyncio.run(_serve(options))
    except StartRefused as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(
            f"The sandbox's state was not kept: {error}. Free some space or choose another --state file.\n"
        )
        return 1
    return 0


async def _serve(options: ServerOptions) -> None:
    end, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end.set)
    async with listening(options) as here:
        sys.stdout.write(json.dumps(here.sandbox.greeting()) + "\n")
        sys.stdout.flush()
        await _until_done(end, here, options.idle_exit_s)
