"""Doing several things at a time, a few of many: results as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def abreast(jobs: Iterable[Callable[[], Awaitable[T]]], width: int) -> AsyncGenerator[T]:
    """The results of the jobs as they come; begun in their order, `width` at a time.

    The first job that fails ends all; so does whoever wants no more results.
    """
    waiting, running = iter(jobs), set[asyncio.Task[T]]()
    try:
        while True:
            while len(running) < width and (job := next(waiting, None)) is not None:
                running.add(asyncio.ensure_future(_done(job)))
            if not running:
                return
            ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in sorted(ended, key=lambda task: task.exception() is not None):  # what there is, before a failure
                yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _done(job: Callable[[], Awaitable[T]]) -> T:
    return await job()
