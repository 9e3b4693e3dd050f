"""An account that is linked to a user of the sandbox, files taken into it, and what Trakt has in the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from watchprint import sending
from watchprint.domain.play import Arrival, PlayState, Source
from watchprint.domain.title import Facts, Title
from watchprint.identity.accounts import NewLink
from watchprint.sandbox.following import FollowedClock
from watchprint.sending import Preview, Sent
from watchprint.store import Store, Work
from watchprint.testing.desk import TestTrakt, TestUser
from watchprint.trakt.clients import AsyncTrakt

EVENING = datetime(2024, 5, 1, 21, 30, tzinfo=UTC)
UNKNOWN = "1970-01-01T00:00:00Z"
HEAT = Title(kind="movie", ids={"tmdb": 949}, facts=Facts(name="Heat", year=1995, runtime_min=170))
BREAKING_BAD = Title(kind="show", ids={"tmdb": 1396}, facts=Facts(name="Breaking Bad", runtime_min=47))


def episode(number: int, season: int = 1, **ids: int | str) -> Title:
    """One of Breaking Bad."""
    return Title(kind="episode", ids=ids, show=BREAKING_BAD, season=season, number=number)


Row = tuple[Title | None, datetime | None]


@dataclass
class SendingDesk:
    """Everything that a test of sending needs.

    Attributes:
        trakt: The sandbox.
        store: The store.
        user: A user of the sandbox, to whom the account is linked.
        clock: The sandbox's time in this process; waits move it on.
    """

    trakt: TestTrakt
    store: Store
    user: TestUser
    clock: FollowedClock
    name: str = "ann"
    account_id: int = field(init=False)

    def __post_init__(self) -> None:
        self.account_id = linked(self.store, self.trakt, self.user, self.name)

    def imported(self, rows: Sequence[Row], *, state: PlayState = "none", file: str = "f") -> int:
        """The number of an import that has brought these plays."""
        return taken_in(self.store, self.account_id, rows, state=state, file=file)

    def send(self, import_id: int, **asked: Any) -> Sent:
        """Send it on."""

        async def ran() -> Sent:
            async with self.client() as trakt:
                return await sending.send_on(self.store, trakt, self.account_id, import_id, **asked)

        return asyncio.run(ran())

    def preview(self, import_id: int, **asked: Any) -> Preview:
        """What sending would do."""

        async def ran() -> Preview:
            async with self.client() as trakt:
                return await sending.preview(self.store, trakt, self.account_id, import_id, **asked)

        return asyncio.run(ran())

    def client(self) -> AsyncTrakt:
        """Trakt as the account's user, paced by the store."""
        return AsyncTrakt(
            self.trakt.client_id,
            self.trakt.client_secret,
            tokens=self.user.access_token,
            api_url=self.trakt.base_url,
            pacing=self.store.pacing(self.account_id),
            clock=self.clock,
        )

    def at_trakt(self) -> Counter[tuple[str, int, str]]:
        """How often each title stands at each minute in the sandbox's history: type, Trakt's id, time."""
        return Counter((row["type"], row["trakt"], row["watched_at"]) for row in self.trakt.plays(self.user))

    def minutes(self) -> list[str]:
        """The times in the sandbox's history, the latest first."""
        return [row["watched_at"] for row in self.trakt.plays(self.user)]

    def states(self) -> Counter[str]:
        """How many plays the account has in each state."""
        plays = self.store.read(lambda work: work.plays.page(self.account_id, limit=100_000))
        return Counter(play.state for play in plays)

    def writes(self) -> list[dict[str, Any]]:
        """The requests that add to the history."""
        return [each for each in self.trakt.requests if (each["method"], each["path"]) == ("POST", "/sync/history")]

    def add(self, **body: Any) -> None:
        """Something that another client of the user has added."""

        async def added() -> None:
            from watchprint.trakt.models.bodies import SyncItems

            async with self.client() as trakt:
                await trakt.sync.add_to_history(SyncItems(**body))

        asyncio.run(added())
        self.trakt.clear_faults()


def linked(store: Store, trakt: TestTrakt, user: TestUser, name: str = "ann") -> int:
    """The number of a new account that is linked to this user."""

    def made(work: Work) -> int:
        account = work.accounts.create(name, zone="Europe/Berlin").id
        work.accounts.link(account, NewLink(uuid=user.slug, trakt_url=trakt.base_url, slug=user.slug))
        return account

    return store.write(made)


def taken_in(store: Store, account_id: int, rows: Sequence[Row], *, state: PlayState = "none", file: str = "f") -> int:
    """The number of an import that has brought these plays."""

    def taken(work: Work) -> int:
        number = work.imports.begin(account_id, "csv", file_name=f"{file}.csv", file_hash=file)
        with work.imports.under(number):
            titles = iter(work.titles.resolve_all([title for title, _ in rows if title is not None], "import"))
            arrivals = [
                Arrival(
                    title_id=None if title is None else next(titles),
                    watched_at=at,
                    sources=(Source("csv", f"{file}:{n}"),),
                    state=state,
                )
                for n, (title, at) in enumerate(rows)
            ]
            work.plays.arrive(account_id, arrivals)
        work.imports.finish(number, {})
        return number

    return store.write(taken)


def evenings(count: int, title: Callable[[int], Title]) -> list[Row]:
    """So many plays, a day apart."""
    return [(title(n), EVENING + timedelta(days=n)) for n in range(count)]
