"""A private event loop in one thread, on which blocking code runs coroutines. Knows nothing of what they do."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class PrivateLoop:
    """The loop and its thread, from when it is made until it is closed.

    Args:
        name: Of the thread.
    """

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of the work. Who is interrupted meanwhile (Ctrl-C) is told once it has ended in order."""
        begun: Future[asyncio.Task[T]] = Future()
        ended: Future[T] = Future()
        self._loop.call_soon_threadsafe(self._begin, work, begun, ended)
        try:
            return ended.result()
        except BaseException:
            if not ended.done():
                task = begun.result()
                self._loop.call_soon_threadsafe(task.cancel)
                ended.exception()
            raise

    def _begin(self, work: Coroutine[Any, Any, T], begun: Future[asyncio.Task[T]], ended: Future[T]) -> None:
        task = self._loop.create_task(work)
        task.add_done_callback(lambda done: _pass_on(done, ended))
        begun.set_result(task)

    @property
    def closed(self) -> bool:
        """It runs no more."""
        return self._loop.is_closed()

    def close(self) -> None:
        """End what still runs, and the thread."""
        if self.closed:
            return
        self.run(_end_of_others())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _pass_on(done: asyncio.Task[T], ended: Future[T]) -> None:
    if done.cancelled():
        ended.set_exception(asyncio.CancelledError())
        return
    error = done.exception()
    if error is not None:
        ended.set_exception(error)
    else:
        ended.set_result(done.result())


async def _end_of_others() -> None:
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    others = [task for task in asyncio.all_tasks() if task is not me]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await loop.shutdown_asyncgens()
    await loop.shutdown_default_executor()
