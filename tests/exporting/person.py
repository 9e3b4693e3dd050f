"""A person with something of everything: the odd rows that exports get wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

from watchprint.domain.play import Arrival, Place, Source
from watchprint.domain.title import Facts, Title
from watchprint.identity.accounts import NewLink
from watchprint.store import Store, Work
from watchprint.store.shelves.values import EntrySeen, ListSeen, Position, RatingSeen

HEAT = Title(
    kind="movie",
    ids={"trakt": 501, "slug": "heat-1995", "imdb": "tt0113277", "tmdb": 949, "plex": "5d77"},
    facts=Facts(
        name="Heat",
        year=1995,
        runtime_min=170,
        genres=("crime", "drama"),
        country="us",
        language="en",
        certification="R",
        released_on=date(1995, 12, 15),
        rating=8.25,
        votes=40_001,
        status="released",
    ),
)
AMELIE = Title(kind="movie", ids={"imdb": "tt0211915"}, facts=Facts(name='=Amélie 🎬, "le" film\n', year=2001))
LOST = Title(
    kind="show",
    ids={"trakt": 73, "slug": "lost-2004", "tmdb": 4607, "tvdb": 73739},
    facts=Facts(name="Lost", year=2004, runtime_min=42, genres=("mystery",), network="ABC", country="us"),
)
PILOT = Title(
    kind="episode",
    ids={"trakt": 16048, "tvdb": 127131},
    show=LOST,
    season=1,
    number=1,
    facts=Facts(name="Pilot", first_aired_at=datetime(2004, 9, 22, tzinfo=UTC)),
)
SPECIAL = Title(kind="episode", ids={}, show=LOST, season=0, number=3)
SEASON = Title(kind="season", ids={"trakt": 3800}, show=LOST, season=1)
PERSON = Title(kind="person", ids={"trakt": 9, "tmdb": 1158}, facts=Facts(name="Al Pacino"))

EVENING = datetime(2024, 5, 1, 21, 30, tzinfo=UTC)
NIGHT = datetime(2023, 10, 29, 1, 30, tzinfo=UTC)
"""02:30 in Berlin, the second time that night."""


def a_full_account(store: Store, name: str = "ann") -> int:
    """The number of a new account, linked, with something of everything."""
    return store.write(lambda work: _made(work, name))


def _made(work: Work, name: str) -> int:
    ann = work.accounts.create(name, zone="Europe/Berlin").id
    work.accounts.set_zone(ann, "America/New_York", from_at=datetime(2024, 3, 1, tzinfo=UTC))
    work.accounts.link(ann, NewLink(uuid=f"u-{name}", trakt_url="sandbox", slug=name, vip=True))
    rows = [HEAT, AMELIE, PILOT, SPECIAL, SEASON, PERSON, LOST]
    heat, amelie, pilot, special, season, person, lost = (
        number or 0 for number in work.titles.resolve_all(rows, "trakt")
    )
    home = Place(name="Home, sweet home", kind="home", latitude=52.5, longitude=-13.4)
    work.plays.arrive(
        ann,
        [
            Arrival(title_id=heat, watched_at=EVENING, trakt_id=7_000_000_001, action="scrobble"),
            Arrival(title_id=amelie, watched_at=None, sources=(Source("import", "f:1"),), state="none"),
            Arrival(title_id=pilot, watched_at=NIGHT, trakt_id=7_000_000_000, action="watch"),
            Arrival(title_id=special, watched_at=None, trakt_id=6_000_000_000, action="watch"),
            Arrival(title_id=None, watched_at=NIGHT, trakt_id=5_000_000_000, kind="movie", action="checkin"),
        ],
    )  # fmt: skip
    seen = Arrival(
        title_id=heat, watched_at=EVENING, sources=(Source("session", "s1"),), finished_at=EVENING, place=home
    )
    work.plays.arrive(ann, [seen])
    work.plays.arrive(ann, [Arrival(title_id=heat, watched_at=datetime(2020, 1, 1, tzinfo=UTC), trakt_id=99)])
    gone = work.plays.of_trakt_ids(ann, [99])[99]
    work.plays.remove(ann, [gone.id])
    work.ratings.put(
        ann,
        [
            RatingSeen(title_id=heat, rating=10, rated_at=EVENING, community_rating=8.25, community_votes=40_001),
            RatingSeen(title_id=lost, rating=7),
            RatingSeen(title_id=season, rating=6, rated_at=NIGHT),
            RatingSeen(title_id=pilot, rating=9, rated_at=NIGHT),
        ],
    )
    work.shelves.put(ann, "watchlist", [EntrySeen(title_id=lost, listed_at=NIGHT, rank=1, notes="-> soon", trakt_id=3)])
    work.shelves.put(ann, "favorites", [EntrySeen(title_id=heat, listed_at=NIGHT, rank=1)])
    details = {"media_type": "bluray", "resolution": "uhd_4k", "is_3d": False, "available_on": ["plex"]}
    work.shelves.put(
        ann,
        "collection",
        [
            EntrySeen(title_id=heat, listed_at=NIGHT, details=details),
            EntrySeen(title_id=pilot, listed_at=EVENING),
        ],
    )
    lists = work.shelves.put_lists(
        ann,
        [
            ListSeen(name="To show Anna", trakt_id=55, slug="to-show-anna", privacy="private", rank=1),
            ListSeen(name="Empty, still", rank=2),
            ListSeen(name="Never at Trakt", description="mine alone", rank=3),
        ],
    ).added
    on_list = [EntrySeen(title_id=each, listed_at=NIGHT, rank=n) for n, each in enumerate([person, heat], 1)]
    work.shelves.put(ann, "list", on_list, list_id=lists[0])
    work.shelves.put(ann, "list", [EntrySeen(title_id=pilot, listed_at=NIGHT, rank=1)], list_id=lists[2])
    work.positions.put(ann, [Position(title_id=heat, progress_pct=41.5, paused_at=EVENING, trakt_id=8)])
    return ann
