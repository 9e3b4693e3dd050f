"""An account of 100,000 plays in a store: evenings of series with some films, rewatches and plays of unknown date."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from watchprint.domain.play import Arrival
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, Work
from watchprint.store.shelves.values import RatingSeen

PLAYS, RATED, PAGE = 100_000, 2_000, 2_000
SHOWS, EPISODES, FILMS = 400, 120, 3_000
ZONE = "Europe/Berlin"
BEGAN = datetime(2012, 1, 1, 18, tzinfo=UTC)
GENRES = ("drama", "crime", "comedy", "fantasy", "documentary", "animation")


def filled(home: Path) -> int:
    """Fills a new store in the home and gives the number of the account."""
    rng = random.Random(20260630)
    with Store.open(home=home) as store:
        account_id = store.write(lambda work: work.accounts.create("ann", zone=ZONE)).id
        for first, viewings in enumerate(_pages(rng)):
            store.write(partial(_taken_in, account_id=account_id, first=first * PAGE, seen=viewings))
        store.write(lambda work: _rated(work, account_id, rng))
    return account_id


def episode(rng: random.Random) -> Title:
    """One episode of the shows that the account watches."""
    of, place = rng.randrange(SHOWS), rng.randrange(EPISODES)
    facts = Facts(
        name=f"Show {of}", runtime_min=45, year=1990 + of % 35, genres=(GENRES[of % 6], GENRES[(of + 2) % 6]),
        country=("us", "gb", "de", "jp")[of % 4], language=("en", "en", "de", "ja")[of % 4],
        network=f"Network {of % 30}",
        aired_episodes=EPISODES, status="ended",
    )  # fmt: skip
    show = Title(kind="show", ids={"trakt": of + 1, "slug": f"show-{of}"}, facts=facts)
    aired_at = BEGAN + timedelta(days=of + 7 * place)
    own = Facts(name=f"Episode {place}", runtime_min=40 + place % 10, first_aired_at=aired_at, rating=7.5, votes=900)
    return Title(
        kind="episode", ids={"trakt": of * 1000 + place + 1}, show=show, season=1 + place // 12, number=1 + place % 12,
        facts=own,
    )  # fmt: skip


def film(rng: random.Random) -> Title:
    """One film."""
    number = rng.randrange(FILMS)
    facts = Facts(
        name=f"Film {number}", year=1960 + number % 65, runtime_min=80 + number % 60, genres=(GENRES[number % 6],),
        country="us", language="en", rating=6.0 + number % 4, votes=100 + number,
    )  # fmt: skip
    return Title(kind="movie", ids={"trakt": number + 1, "slug": f"film-{number}"}, facts=facts)


def _pages(rng: random.Random) -> Iterator[list[tuple[Title, datetime | None]]]:
    at = BEGAN
    for _ in range(PLAYS // PAGE):
        page = []
        for _ in range(PAGE):
            at += timedelta(minutes=rng.choice((23, 45, 45, 60, 90, 180)))
            title = film(rng) if rng.random() < 0.12 else episode(rng)
            page.append((title, None if rng.random() < 0.002 else at))
        yield page


def _taken_in(work: Work, account_id: int, first: int, seen: list[tuple[Title, datetime | None]]) -> None:
    found = work.titles.resolve_all([title for title, _ in seen], "trakt")
    rows = [
        Arrival(title_id=number, watched_at=at, trakt_id=first + place + 1, action="scrobble")
        for place, (number, (_, at)) in enumerate(zip(found, seen, strict=True))
    ]
    work.plays.arrive(account_id, rows)


def _rated(work: Work, account_id: int, rng: random.Random) -> None:
    numbers = work.titles.resolve_all([film(rng) for _ in range(RATED)], "trakt")
    seen = {
        number: RatingSeen(title_id=number, rating=1 + place % 10, rated_at=BEGAN + timedelta(days=place))
        for place, number in enumerate(numbers)
        if number is not None
    }
    work.ratings.put(account_id, list(seen.values()))
