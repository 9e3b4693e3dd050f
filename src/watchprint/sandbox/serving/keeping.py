"""Keeps the state file up to date while a sandbox serves: soon after each change, and at the end.

A crash loses what changed in the last second or so. The tables are encoded on the loop thread, so that the file
is one instant, and written on another.
"""

from __future__ import annotations

import asyncio
import logging
import time

from watchprint.sandbox.serving.sandbox import Sandbox
from watchprint.sandbox.serving.store import StateFile

_LOG = logging.getLogger(__name__)
PAUSE_S = 0.5
_SHARE = 20
"""Encoding may take one part in so many of the server's time: large states are written less often."""


class Keeper:
    """Follows one sandbox with one file."""

    def __init__(self, sandbox: Sandbox, file: StateFile) -> None:
        self._sandbox = sandbox
        self._file = file
        self._kept: tuple[int, int] | None = None

    async def run(self) -> None:
        """Write after changes, for ever; a write that fails is tried again and does not stop the server."""
        while True:
            began_s = time.perf_counter()
            text = self._changed()
            took_s = time.perf_counter() - began_s
            if text is not None:
                try:
                    await asyncio.to_thread(self._file.save, text)
                except OSError as error:
                    self._kept = None
                    _LOG.warning("The sandbox's state could not be written to %s: %s", self._file.path, error)
            await asyncio.sleep(max(PAUSE_S, _SHARE * took_s))

    def save(self) -> None:
        """Write now, if anything changed.

        Raises:
            OSError: It could not be written.
        """
        text = self._changed()
        if text is not None:
            self._file.save(text)

    def _changed(self) -> bytes | None:
        """The text to write; None: the file has it all."""
        mark = (self._sandbox.writes, self._sandbox.clock.moves)
        if mark == self._kept:
            return None
        self._kept = mark
        return self._sandbox.saved()
