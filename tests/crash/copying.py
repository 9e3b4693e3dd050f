"""A process that copies an account until it is killed, or until it has said once how it went.

python -m tests.crash.copying HOME URL ACCOUNT TRAKT_URL CLIENT_ID CLIENT_SECRET [once]
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from watchprint.sandbox.following import FollowedClock
from watchprint.store import Store
from watchprint.sync import Copy
from watchprint.trakt import AsyncTrakt


async def copying(store: Store, account_id: int, where: list[str], *, once: bool) -> None:
    """Sync again and again; each outcome is a line."""
    url, client_id, secret = where
    while True:
        trakt = AsyncTrakt(
            client_id,
            secret,
            tokens=store.tokens(account_id),
            api_url=url,
            redirect_uri="http://127.0.0.1:8000/callback",
            pacing=store.pacing(account_id, share="copy"),
            clock=store.clock,
        )
        async with trakt:
            report = await Copy(store, trakt, account_id).sync(whole=once)
        print(report.outcome, flush=True)
        if once:
            return


def main(words: list[str]) -> None:
    home, url, account, trakt_url, *more = words
    clock = FollowedClock(trakt_url)
    with Store.open(home=Path(home), url=url or None, clock=clock) as store:
        print("ready", flush=True)
        asyncio.run(copying(store, int(account), [trakt_url, *more[:2]], once="once" in more))
    clock.close()


if __name__ == "__main__":
    main(sys.argv[1:])
