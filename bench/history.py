"""A rich history in tables, made by seeded dice: shows watched in order, films, ratings, places, and all that is odd.

Two sittings on most days; a show goes on until it is finished or dropped, and later ones have other genres.
Some plays have no date, some no title, some stand twice, some seasons are marked at once; some lengths are unknown.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from watchprint.insights.loading.tables import LOADED_RATINGS, TITLES, Tables, loaded_plays, seconds

ZONE = "Europe/Berlin"
BEGAN = datetime(2011, 1, 1, tzinfo=UTC)
EARLIER = ("drama", "crime", "comedy", "fantasy", "western", "history")
LATER = ("science-fiction", "thriller", "animation", "drama", "comedy", "horror", "mystery")
COUNTRIES = ("us",) * 8 + ("gb",) * 3 + ("de", "jp", "kr", "fr", "se", "es")
LANGUAGES = {"us": "en", "gb": "en", "de": "de", "jp": "ja", "kr": "ko", "fr": "fr", "se": "sv", "es": "es"}
PLACES = (("home", None),) * 6 + (("cinema", "Odeon"), ("cinema", "Rex"), ("friends", "Bo"), ("travel", "train"))
FILMS, RATINGS = 3_000, 2_000


@dataclass
class Life:
    """What has been made so far: titles and plays as rows of their tables, and what is being watched."""

    dice: random.Random
    titles: list[dict[str, Any]] = field(default_factory=list)
    plays: list[dict[str, Any]] = field(default_factory=list)
    films: list[int] = field(default_factory=list)
    current: list[tuple[int, list[int]]] = field(default_factory=list)
    finished: list[tuple[int, list[int]]] = field(default_factory=list)

    def title(self, kind: str, **facts: Any) -> int:
        """The number of a new title."""
        number = len(self.titles)
        row = dict.fromkeys(TITLES.names) | {"title_id": number, "kind": kind, "key": f"trakt:{number}"}
        self.titles.append(row | facts)
        return number

    def play(self, title: int | None, at: datetime | None, **said: Any) -> None:
        """One more play."""
        row = {"account_id": 0, "play_id": len(self.plays), "watched_at": at, "action": "scrobble", "kind": "movie"}
        row |= {"title_id": title, "show_id": None, "place": None, "place_kind": None}
        if title is not None:
            row |= {name: self.titles[title][name] for name in ("kind", "show_id")}
        self.plays.append(row | said)


def history(plays: int) -> Tables:
    """Tables of so many plays, ready to be loaded."""
    life = Life(random.Random(20260630))
    life.films = [_film(life, number) for number in range(FILMS)]
    day = 0
    while len(life.plays) < plays:
        for hour in (12, 18) if life.dice.random() > 0.03 else ():
            _sitting(life, BEGAN + timedelta(days=day, hours=hour, minutes=life.dice.randrange(120)))
        day += 1
    table = pa.Table.from_pylist(life.plays[:plays], loaded_plays(pa.int64()).remove(3))
    table = table.add_column(3, "watched_s", seconds(table["watched_at"]))
    rated = pa.Table.from_pylist(list(_ratings(life)), LOADED_RATINGS)
    return Tables(table, pa.Table.from_pylist(life.titles, TITLES), rated)


def _sitting(life: Life, at: datetime) -> None:
    """Some episodes of one show, or a film; now and then something odd."""
    dice = life.dice
    if dice.random() < 0.12:
        film = dice.choice(life.films)
        kind, place = dice.choice(PLACES) if dice.random() < 0.5 else (None, None)
        life.play(film, at, place=place, place_kind=kind)
        at += timedelta(minutes=20)
    show, left = _going(life, at)
    several = 1 + min(11, int(dice.expovariate(0.14)))
    if dice.random() < 0.004:
        for episode in left[:12]:
            life.play(episode, at, action="watch")
        del left[:12]
    for _ in range(several):
        if not left:
            break
        episode = left.pop(0)
        at += timedelta(minutes=(life.titles[episode]["runtime_min"] or 40) + dice.choice((1, 2, 5, 12, 50)))
        known = life.titles[episode]["first_aired_at"]
        if known is None and dice.random() < 0.97:
            live = dice.random() < 0.2
            aired_at = at - timedelta(hours=dice.randrange(1, 40) if live else dice.randrange(100, 60_000))
            life.titles[episode]["first_aired_at"] = aired_at
        _watched(life, episode, at)
    if not left or dice.random() < 0.012:
        life.current.remove((show, left))
        every = [row["title_id"] for row in life.titles[show + 1 : show + 1 + life.titles[show]["aired_episodes"]]]
        life.finished += [] if left else [(show, every)]
        for waiting in left:
            life.titles[waiting]["first_aired_at"] = at - timedelta(days=dice.randrange(200))


def _watched(life: Life, episode: int, at: datetime) -> None:
    chance = life.dice.random()
    if chance < 0.001:
        life.play(None, at, kind="episode")
        return
    life.play(episode, None if chance < 0.003 else at)
    if chance > 0.997:
        life.play(episode, at + timedelta(minutes=3), action="checkin")


def _going(life: Life, at: datetime) -> tuple[int, list[int]]:
    """One of the shows that are watched at this time; a finished one may be watched again."""
    while len(life.current) < 4:
        if life.finished and life.dice.random() < 0.15:
            show, every = life.dice.choice(life.finished)
            if all(show != other for other, _ in life.current):
                life.current.append((show, list(every)))
            continue
        life.current.append(_show(life, at))
    return life.dice.choice(life.current)


def _show(life: Life, at: datetime) -> tuple[int, list[int]]:
    """A show that is begun, and its episodes."""
    dice = life.dice
    country, episodes, runtime = dice.choice(COUNTRIES), dice.randrange(8, 120), dice.choice((22, 24, 42, 45, 52, 58))
    genres = dice.sample(LATER if at.year >= 2018 else EARLIER, dice.randrange(1, 4))
    shared = {
        "genres": genres, "country": country, "language": LANGUAGES[country], "year": at.year - dice.randrange(30),
        "network": f"Network {int(dice.expovariate(0.12)) % 40}" if dice.random() < 0.97 else None,
    }  # fmt: skip
    show = life.title(
        "show", name=f"Show {len(life.titles)}", aired_episodes=episodes, runtime_min=runtime, status="ended",
        community_rating=dice.uniform(5, 9), community_votes=dice.randrange(20, 50_000), **shared,
    )  # fmt: skip
    parts = [
        life.title(
            "episode", show_id=show, season=1 + place // 10, number=1 + place % 10, name=f"Episode {place}",
            runtime_min=runtime + dice.randrange(-3, 4) if dice.random() < 0.98 else None, **shared,
        )
        for place in range(episodes)
    ]  # fmt: skip
    if dice.random() < 0.03:
        life.titles[show]["runtime_min"] = None
    return show, parts


def _film(life: Life, number: int) -> int:
    dice = life.dice
    country, year = dice.choice(COUNTRIES), dice.randrange(1950, 2025)
    return life.title(
        "movie", name=f"Film {number}", year=year, runtime_min=dice.randrange(80, 180), country=country,
        genres=dice.sample(EARLIER + LATER[:3], dice.randrange(1, 4)) if dice.random() < 0.98 else None,
        language=LANGUAGES[country], community_rating=dice.uniform(4, 9), community_votes=dice.randrange(0, 90_000),
        released_on=date(year, dice.randrange(1, 13), dice.randrange(1, 28)) if dice.random() < 0.98 else None,
    )  # fmt: skip


def _ratings(life: Life) -> Any:
    """Ratings of films and shows, near what the community gives."""
    dice = life.dice
    named = [row for row in life.titles if row["kind"] in ("movie", "show")]
    for number, title in enumerate(dice.sample(named, min(RATINGS, len(named)))):
        liked = 1.2 if "crime" in (title["genres"] or ()) else 0.0
        yield {
            "account_id": 0, "rated_at": BEGAN + timedelta(days=number * 2), "kind": title["kind"],
            "rating": max(1, min(10, round(title["community_rating"] + liked + dice.gauss(-0.5, 1.5)))),
            "title_id": title["title_id"], "show_id": title["title_id"] if title["kind"] == "show" else None,
            "community_rating": None, "community_votes": None, "at_rating_time": None,
        }  # fmt: skip
