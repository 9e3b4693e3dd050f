"""What is on now. No field of Trakt's says that it has changed, so it is no part: it is read when somebody asks."""

from __future__ import annotations

from watchprint.store import Store
from watchprint.store.shelves.values import OnNow
from watchprint.store.work import Work
from watchprint.sync.translate.titles import SOURCE, title_of
from watchprint.trakt import AsyncTrakt


async def on_now(trakt: AsyncTrakt, store: Store, account_id: int) -> OnNow | None:
    """What the user watches now (None: nothing), read in one request and stored.

    Raises:
        TraktError: It could not be read; what was last known stays.
    """
    watching = await trakt.users.watching(extended="full")

    def keep(work: Work) -> OnNow | None:
        now = None
        if watching is not None:
            title = title_of(watching)
            now = OnNow(
                title_id=None if title is None else work.titles.resolve(title, SOURCE),
                action=watching.action or None,
                started_at=watching.started_at,
                expires_at=watching.expires_at,
            )
        work.positions.set_now(account_id, now)
        return now

    return await store.awrite(keep)
