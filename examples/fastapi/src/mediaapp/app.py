"""The app: its parts are made here, once, and meet nowhere else. Run it with `python -m mediaapp`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi import FastAPI

from mediaapp import pages, player, profile, refusals, shelves, signin
from mediaapp.accounts import Accounts
from mediaapp.asked import Parts
from mediaapp.live import Live
from mediaapp.settings import REDIRECT, Settings
from watchprint import AsyncTraktService


class State(TypedDict):
    """What every request carries."""

    parts: Parts


def create_app(env: Mapping[str, str] | None = None) -> FastAPI:
    """The app, as an environment says.

    Args:
        env: The variables; None: those of this process.
    """
    said = dict(os.environ if env is None else env)
    settings = Settings.from_env(said)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[State]:
        """One service for all users, as long as the app lives; it is closed in the end."""
        trakt = await asyncio.to_thread(AsyncTraktService.from_env, said | {REDIRECT: settings.redirect_uri})
        async with trakt:
            accounts = await asyncio.to_thread(Accounts, settings.database)
            yield {"parts": Parts(settings, trakt, accounts, Live())}

    app = FastAPI(title="A small media app on Trakt", lifespan=lifespan)
    refusals.install(app)
    for module in (pages, signin, player, profile, shelves):
        app.include_router(module.router)
    return app
