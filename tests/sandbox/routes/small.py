"""A catalogue small enough to know by heart, with every oddity that a rule speaks of; and users to try things on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show
from watchprint.sandbox.kernel import Options, World
from watchprint.sandbox.state import State, User

NOW = datetime(2026, 3, 10, 20, 15, 42, tzinfo=UTC)
HEAT, ALIEN, CODA, BLANK = 28, 11, 12, 13
WIRE, BOND, ANIME = 28, 70, 71
"""Trakt ids; a film and a show share 28, as ids are unique only per type."""
WIRE_S0, WIRE_S1, WIRE_S2 = 280, 281, 282
WIRE_S1E1, WIRE_S2E1 = 28101, 28201


def small_catalogue() -> Catalogue:
    """Four films, three shows and two people.

    The Wire (28): specials (1 aired), season 1 (3 aired), season 2 (2 aired, 1 in three days, 1 undated).
    Bond (70): one season of two aired episodes, over; the second has no runtime of its own.
    Anime (71): absolute numbers over two seasons.
    """
    movies = [
        Movie(
            HEAT,
            "heat-1995",
            "Heat",
            1995,
            "tt0113277",
            949,
            date(1995, 12, 15),
            170,
            ("crime", "drama"),
            "us",
            "en",
            "R",
            8.2,
            900,
        ),
        Movie(ALIEN, "alien-1979", "Alien", 1979, "tt0078748", 348, date(1979, 5, 25), 117, ("horror",), rating=8.4),
        Movie(CODA, "coda-2031", "Coda", 2031, None, 999, date(2031, 1, 1), 111, rating=0.0),
        Movie(BLANK, "blank", "Blank"),
    ]
    return Catalogue(movies, [_wire(), _bond(), _anime()], [Person(5, "al-pacino", "Al Pacino", "nm0000199", 1158)])


def _wire() -> Show:
    show = Show(
        WIRE,
        "the-wire",
        "The Wire",
        2002,
        "tt0306414",
        1438,
        79126,
        datetime(2002, 6, 2, 1, tzinfo=UTC),
        60,
        ("crime", "drama"),
        "us",
        "en",
        "TV-MA",
        "HBO",
        "returning series",
        8.9,
        500,
    )
    specials = _season(show, WIRE_S0, 0, [datetime(2002, 5, 1, tzinfo=UTC)])
    first = _season(show, WIRE_S1, 1, [datetime(2002, 6, 2, 1, tzinfo=UTC) + timedelta(weeks=n) for n in range(3)])
    soon = [NOW - timedelta(days=11), NOW - timedelta(days=4), NOW + timedelta(days=3), None]
    show.seasons = [specials, first, _season(show, WIRE_S2, 2, soon)]
    return show


def _bond() -> Show:
    show = Show(BOND, "bond", "Bond", 2010, None, 701, 702, None, 30, status="ended", network="BBC", country="gb")
    show.seasons = [_season(show, 701, 1, [datetime(2010, 1, 1, tzinfo=UTC), datetime(2010, 1, 8, tzinfo=UTC)])]
    show.seasons[0].episodes[1].runtime_min = None
    return show


def _anime() -> Show:
    show = Show(ANIME, "anime", "Anime", 2015, None, 711, 712, None, 24)
    show.seasons = [
        _season(show, 711, 1, [datetime(2015, 1, 1, tzinfo=UTC)] * 2),
        _season(show, 712, 2, [datetime(2016, 1, 1, tzinfo=UTC)] * 2),
    ]
    for number, episode in enumerate((e for season in show.seasons for e in season.episodes), 1):
        episode.number_abs = number
    return show


def _season(show: Show, trakt: int, number: int, aired: list[datetime | None]) -> Season:
    season = Season(trakt, show, number, tvdb=trakt + 5000, tmdb=trakt + 6000)
    season.episodes = [
        Episode(trakt * 100 + n, season, n, f"Part {n}", tvdb=trakt * 100 + n, first_aired=at, runtime_min=50, votes=9)
        for n, at in enumerate(aired, 1)
    ]
    return season


def new_user(slug: str, trakt: int, *, vip: bool = False, private: bool = False) -> User:
    """An empty account, ten days old."""
    joined = NOW - timedelta(days=10)
    return User(
        slug, trakt, f"uuid-{slug}", slug.title(), slug.title(), joined, "Europe/Paris", vip, private,
        connections={"mastodon": True},
    )  # fmt: skip


def small_world(*, strict: bool = False, pause_leaves_watching: bool = False) -> World:
    """A world of three users: ada (free), vic (VIP) and pam (private)."""
    state = State(1)
    for user in (new_user("ada", 1), new_user("vic", 2, vip=True), new_user("pam", 3, private=True)):
        state.users[user.slug] = user
    options = Options(strict=strict, pause_leaves_watching=pause_leaves_watching)
    return World(state, small_catalogue(), options, NOW, "http://127.0.0.1:8177")
