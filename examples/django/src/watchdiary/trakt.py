"""The one service that talks to Trakt, for all users and threads of this process.

It is made when it is first asked for, so that a server that forks its workers shares no connection between them.
"""

from __future__ import annotations

import atexit
import os
import threading
from functools import cache

from django.conf import settings

from watchprint import TraktService

_ONCE = threading.Lock()


def service() -> TraktService:
    """Trakt, as the environment says.

    Raises:
        NotConfigured: TRAKT_CLIENT_ID is missing.
    """
    with _ONCE:
        return _made()


@cache
def _made() -> TraktService:
    made = TraktService.from_env({**os.environ, "TRAKT_REDIRECT_URI": settings.TRAKT_REDIRECT_URI})
    atexit.register(made.close)
    return made
