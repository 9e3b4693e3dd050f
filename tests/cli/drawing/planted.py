"""A planted person who has something of everything, under names that terminals find hard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from rich.console import Console, RenderableType

from watchprint.insights import PlayRow, RatingRow, TitleRow

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
START = datetime(2021, 1, 3, 21, tzinfo=UTC)
EPISODES = 12
AIRED = 16
SHOWS = (
    "Breaking Bad", "千と千尋の神隠し" * 4, "👩‍👩‍👧‍👦 Family ❤️ Affair", "[bold red]Markup[/bold red]",
    "\x1b[31mRed\x07 Alert",    "A" * 120, "Łódź, café ‘ürban’", "مسلسل طويل", "Cafe\u0301 Noir", "x\u202ey",
)  # fmt: skip
PLACES = (("home", "Sofa"), ("home", "Sofa"), ("cinema", "千と千尋の神隠し" * 4), ("travel", None), (None, None))


def name_of_show(number: int) -> str:
    return f"{SHOWS[number % len(SHOWS)]} {number}" if number >= len(SHOWS) else SHOWS[number]


def _episode(number: int, show: int, episode: int, at: datetime) -> PlayRow:
    early = show < 15
    place_kind, place = PLACES[number % len(PLACES)]
    return PlayRow(
        id=number,
        watched_at=at,
        kind="episode",
        title=f"s{show}e{episode}",
        show=f"s{show}",
        season=1 + episode // 8,
        number=1 + episode % 8,
        name=f"Part {episode}",
        show_name=name_of_show(show),
        year=1995 if early else 2021,
        runtime_min=50,
        genres=("western", "drama") if early else ("anime",),
        country="us" if early else "jp",
        language="en" if early else "ja",
        network="HBO" if early else "NHK",
        first_aired_at=at - timedelta(hours=3 + 400 * (show % 3)),
        place=place,
        place_kind=place_kind,
    )


def plays() -> list[PlayRow]:
    """30 shows one after the other, of which every third is dropped; evenings of four; and what is odd."""
    made: list[PlayRow] = []
    for show in range(30):
        for episode in range((4, EPISODES, AIRED)[show % 3]):
            at = START + timedelta(days=52 * show + episode // 4, minutes=52 * (episode % 4))
            made.append(_episode(len(made) + 1, show, episode, at))
    for number in range(150):
        at = START + timedelta(days=9 * number + 3, hours=number % 7)
        made.append(_film(1000 + number, number % 110, at))
    made.append(_episode(900, 28, EPISODES, NOW - timedelta(days=3)))
    made.append(_film(901, 7, NOW - timedelta(days=365)))
    odd = START + timedelta(days=200)
    made += [PlayRow(id=2000 + number, watched_at=odd, kind="movie", title=f"b{number}") for number in range(6)]
    made.append(PlayRow(id=3000, watched_at=None, kind="movie", title="f1"))
    made.append(PlayRow(id=3001, watched_at=NOW - timedelta(days=2), kind="movie", title="f2", runtime_min=100))
    made.append(PlayRow(id=3002, watched_at=NOW - timedelta(days=2, minutes=-10), kind="movie", title="f2"))
    made.append(PlayRow(id=3003, watched_at=NOW - timedelta(days=1), kind="movie"))
    return made


def _film(number: int, title: int, at: datetime) -> PlayRow:
    year = 1960 + title % 60
    of: dict[str, Any] = {
        "country": ("us", "fr", "jp", "de")[title % 4],
        "language": ("en", "fr", "ja", "de")[title % 4],
    }
    return PlayRow(
        id=number, watched_at=at, kind="movie", title=f"f{title}", name=f"{SHOWS[title % len(SHOWS)]} {title}",
        year=year, runtime_min=100, genres=("drama", "crime"), released_on=at.date() - timedelta(days=title), **of,
    )  # fmt: skip


def titles() -> list[TitleRow]:
    """What has aired of each show, watched or not."""
    made = [
        TitleRow(kind="show", title=f"s{n}", show=f"s{n}", name=name_of_show(n), aired_episodes=AIRED)
        for n in range(30)
    ]
    for show in range(30):
        made += [
            TitleRow(
                kind="episode", title=f"s{show}e{episode}", show=f"s{show}", season=1 + episode // 8,
                number=1 + episode % 8, name=f"Part {episode}", runtime_min=50,
                first_aired_at=START - timedelta(days=400),
            )
            for episode in range(AIRED)
        ]  # fmt: skip
    return made


def ratings() -> list[RatingRow]:
    """Films rated three points above the community, crime above all."""
    return [
        RatingRow(
            rated_at=START + timedelta(days=number),
            rating=10 - number % 3,
            kind="movie",
            title=f"f{number}",
            name=f"{SHOWS[number % len(SHOWS)]} {number}",
            year=1960 + number % 60,
            genres=("crime",) if number % 2 else ("drama",),
            country="us",
            community_rating=5.5 + (number % 2) - number % 5 / 10,
            community_votes=1000 + 17 * number,
        )
        for number in range(100)
    ]


def shown(*things: RenderableType, encoding: str = "utf-8", colour: bool = False, width: int = 80) -> str:
    """What a terminal, or a pipe, gets."""
    import io

    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    console = Console(file=file, width=width, force_terminal=colour, color_system="standard" if colour else None)
    for thing in things:
        console.print(thing)
    return raw.getvalue().decode(encoding)
