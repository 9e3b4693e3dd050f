"""One sender an account at a time, on all machines that share the store; free again when its process dies."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from watchprint.store import Store


@asynccontextmanager
async def alone_in(store: Store, name: str) -> AsyncGenerator[None]:
    """Hold the store's lock of this name; whoever has it is waited for.

    Waited for in a thread that keeps no program from ending.
    """
    lock = store.holding(name)
    loop = asyncio.get_running_loop()
    entered: asyncio.Future[None] = loop.create_future()
    leave, left = threading.Event(), threading.Event()

    def tell(error: BaseException | None) -> None:
        if entered.done():
            leave.set()
        elif error is None:
            entered.set_result(None)
        else:
            entered.set_exception(error)

    def hold() -> None:
        try:
            with lock, suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(tell, None)
                leave.wait()
        except Exception as error:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(tell, error)
        finally:
            left.set()

    threading.Thread(target=hold, name=f"holding {name}", daemon=True).start()
    try:
        await entered
        yield
    finally:
        leave.set()
        if entered.done() and not entered.cancelled():
            await asyncio.to_thread(left.wait)
