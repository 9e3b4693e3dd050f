"""The demo user: ten years of viewing that end yesterday evening, with all that an account can hold.

Stays below every limit of a free account, whatever the seed; nothing of it is real.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from watchprint.sandbox.catalogue import Catalogue
from watchprint.sandbox.catalogue.titles import Episode, Movie, Show
from watchprint.sandbox.life import edges
from watchprint.sandbox.life.account import empty_user
from watchprint.sandbox.life.activity import stamp
from watchprint.sandbox.life.evenings import absences, evenings
from watchprint.sandbox.life.opinions import ratings
from watchprint.sandbox.life.record import Viewing, item_of, recorded
from watchprint.sandbox.life.shelf import library
from watchprint.sandbox.life.shortlists import Chosen, Listing, hidden
from watchprint.sandbox.life.steady import regular_episodes
from watchprint.sandbox.life.viewer import Viewer
from watchprint.sandbox.state import UNKNOWN, Item, Playback, State, User

YEARS = 10
ZONE = "Europe/Berlin"
SOMEDAY = 30
SIGNED_UP_AFTER = timedelta(days=45)
"""The account is younger than its first plays: those were added afterwards."""


@dataclass(slots=True)
class Life:
    """What was seen, and what of the catalogue was not."""

    viewings: list[Viewing]
    viewer: Viewer
    unseen_films: list[Movie]
    unseen_shows: list[Show]
    seen_films: list[Movie]
    seen_shows: list[Show]


def demo_user(state: State, catalogue: Catalogue, *, seed: int, now: datetime) -> User:
    """The demo user (slug "demo", Europe/Berlin, no VIP), put into the state.

    Args:
        state: Where the user goes; ids come from its sequence.
        catalogue: What can have been watched.
        seed: Another seed, another life.
        now: The sandbox's clock, aware; the last play ends on the local evening before.

    Raises:
        SlugTaken: The state already has a demo user.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    zone = ZoneInfo(ZONE)
    rng = Random(f"{seed} demo")
    last_on = now.astimezone(zone).date() - timedelta(days=1)
    first_on = _years_before(last_on, YEARS)
    life = lived(catalogue, rng, zone, first_on, last_on)
    joined_at = datetime.combine(first_on, time(17, 24, 9), zone).astimezone(UTC) + SIGNED_UP_AFTER
    user = empty_user(state, slug="demo", joined_at=joined_at, zone=ZONE, seed=seed)
    user.name = "Demo User"
    user.connections.update(mastodon=True, google=True)
    user.history = recorded(state, life.viewings)
    user.ratings = ratings(rng, sorted(life.viewings, key=lambda seen: seen.at), joined_at, now)
    _belongings(state, user, catalogue, life, rng, now)
    user.activities = stamp(user)
    return user


def lived(catalogue: Catalogue, rng: Random, zone: ZoneInfo, first_on: date, last_on: date) -> Life:
    """The life between two local days, both included."""
    cast = edges.cast(catalogue, first_on)
    planted = edges.planted(cast, zone, first_on, last_on) if cast else []
    away = absences(rng, first_on, last_on) | edges.busy_days(planted, zone)
    kept = [*someday(catalogue), *(cast.titles() if cast else ())]
    viewer = Viewer(catalogue, rng, first_on, last_on, kept)
    for evening in evenings(rng, zone, first_on, last_on, away):
        viewer.sit(evening)
    viewings = [edge.viewing for edge in planted] + viewer.viewings
    return _sorted_out(catalogue, viewings, viewer)


def someday(catalogue: Catalogue) -> list[Show]:
    """Shows left unseen, so that a watchlist can have some: every fifth, the best known ones excepted."""
    shows = sorted(catalogue.shows.values(), key=lambda s: (-s.votes, s.trakt))
    return [show for show in shows[20::5] if show.seasons][:SOMEDAY]


def _sorted_out(catalogue: Catalogue, viewings: list[Viewing], viewer: Viewer) -> Life:
    seen = {id(v.title if isinstance(v.title, Movie) else v.title.show) for v in viewings}
    films = sorted(catalogue.movies.values(), key=lambda m: (-m.votes, m.trakt))
    shows = [s for s in catalogue.shows.values() if s.seasons and all(x.episodes for x in s.seasons)]
    shows.sort(key=lambda s: (-s.votes, s.trakt))
    return Life(
        viewings,
        viewer,
        [m for m in films if id(m) not in seen],
        [s for s in shows if id(s) not in seen],
        [m for m in films if id(m) in seen],
        [s for s in shows if id(s) in seen],
    )


def _belongings(state: State, user: User, catalogue: Catalogue, life: Life, rng: Random, now: datetime) -> None:
    assert user.watchlist is not None
    assert user.favorites is not None
    since = user.joined_at
    people = list(catalogue.people.values())
    chosen = Chosen(life.seen_films, life.seen_shows, people, _first_seen(life.viewings))
    listing = Listing(state, rng, chosen, now)
    listing.watchlist(user.watchlist, life.unseen_films, life.unseen_shows)
    listing.favorites(user.favorites)
    user.lists = listing.personal(since)
    user.collection = library(rng, life.seen_films, life.seen_shows, since, now)
    user.hidden = hidden(rng, chosen, life.viewer.dropped, since, now)
    user.playback = _in_progress(state, life, rng, now)


def _first_seen(viewings: Iterable[Viewing]) -> dict[Item, datetime]:
    found: dict[Item, datetime] = {}
    for seen in viewings:
        whole = seen.title if isinstance(seen.title, Movie) else seen.title.show
        if seen.at != UNKNOWN:
            found[item_of(whole)] = min(seen.at, found.get(item_of(whole), seen.at))
    return found


def _in_progress(state: State, life: Life, rng: Random, now: datetime) -> list[Playback]:
    """Two films and up to three episodes, stopped midway in the last weeks, newest first."""
    out = [m for m in life.unseen_films if m.runtime_min and m.released and m.released < now.date()]
    runs = [run for run in (*life.viewer.active, *life.viewer.waiting) if not run.again]
    nexts = [run.upcoming() for run in runs] + [e for s in life.unseen_shows for e in regular_episodes(s)[:1]]
    aired = [e for e in nexts if e and e.first_aired and e.first_aired < now - timedelta(days=30)]
    made = []
    started: list[Movie | Episode] = [*out[-2:], *aired[:3]]
    for number, title in enumerate(started):
        at = now - timedelta(days=3 * number, hours=9, seconds=rng.randrange(3600))
        made.append(Playback(state.new_id(), item_of(title), round(rng.uniform(8, 78), 2), at))
    return sorted(made, key=lambda row: row.paused_at, reverse=True)


def _years_before(day_on: date, years: int) -> date:
    """The same day so many years earlier, 28 February for a leap day."""
    leap_day = (day_on.month, day_on.day) == (2, 29)
    return date(day_on.year - years, day_on.month, 28 if leap_day else day_on.day)
