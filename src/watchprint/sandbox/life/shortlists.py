"""What somebody means to see, likes best and puts in order: watchlist, favourites, personal lists, hidden titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.life.record import item_of
from watchprint.sandbox.state import Hidden, Item, ListEntry, State, UserList

WATCHLIST_FILMS, WATCHLIST_SHOWS, WATCHLIST_PARTS = 74, 22, 3
WATCHLIST_SPAN = timedelta(days=1_500)
FAVORITE_FILMS, FAVORITE_SHOWS = 24, 12
FAVORITE_NOTE = "Seen it more often than I admit."
NOTE_EVERY = 9


@dataclass(frozen=True, slots=True)
class Chosen:
    """What lists are made of: what was seen, the best known first, and since when; and everybody."""

    films: Sequence[Movie]
    shows: Sequence[Show]
    people: Sequence[Person]
    first_seen: Mapping[Item, datetime]


@dataclass(frozen=True, slots=True)
class Listing:
    """What filling a list takes: the state that gives ids, the dice, what was seen, and the clock."""

    state: State
    rng: Random
    chosen: Chosen
    now: datetime

    def fill(self, one: UserList, titles: Iterable[Title], *, since: datetime, noted: bool = False) -> None:
        """Put titles on a list, each some time after `since` and after it was first seen.

        Ranks follow the time of listing, and the list's `updated_at` is the last of them.
        """
        dated = []
        for place, title in enumerate(titles):
            seen_at = self.chosen.first_seen.get(item_of(title), since)
            dated.append((time_between(self.rng, max(since, seen_at), self.now), place, title))
        for number, (at, _, title) in enumerate(sorted(dated, key=lambda row: row[:2])):
            note = FAVORITE_NOTE if noted and number % NOTE_EVERY == 0 else None
            one.entries.append(ListEntry(self.state.new_id(), number + 1, item_of(title), at, note))
            one.updated_at = max(one.updated_at, at)

    def watchlist(self, one: UserList, films: Sequence[Movie], shows: Sequence[Show]) -> None:
        """Unseen films and shows, and single seasons and episodes of other unseen shows."""
        whole = list(shows[:WATCHLIST_SHOWS])
        parts = shows[WATCHLIST_SHOWS : WATCHLIST_SHOWS + 2 * WATCHLIST_PARTS]
        seasons: list[Season] = [s.seasons[-1] for s in parts[:WATCHLIST_PARTS]]
        episodes: list[Episode] = [s.seasons[-1].episodes[-1] for s in parts[WATCHLIST_PARTS:]]
        mixed: list[Title] = [*films[:WATCHLIST_FILMS], *whole, *seasons, *episodes]
        self.fill(one, mixed, since=max(one.created_at, self.now - WATCHLIST_SPAN))

    def favorites(self, one: UserList) -> None:
        """The best known of what was seen, some with a note: free accounts may write notes here."""
        liked: list[Title] = [*self.chosen.films[:FAVORITE_FILMS], *self.chosen.shows[:FAVORITE_SHOWS]]
        self.fill(one, liked, since=one.created_at, noted=True)

    def personal(self, since: datetime) -> list[UserList]:
        """A public list of films, a private one with a row of each type, and an empty one for friends."""
        age = self.now - since
        public = self._new("rainy-sundays", "Rainy Sundays", since + age * 0.05)
        public.description, public.privacy = "Films that are better while it rains.", "public"
        public.display_numbers = True
        self.fill(public, self.chosen.films[:18], since=public.created_at)
        private = self._new("a-bit-of-everything", "A bit of everything", since + age * 0.25)
        self.fill(private, self._mixed(), since=private.created_at)
        friends = self._new("next-film-night", "Next film night", self.now - min(age, timedelta(days=12)))
        friends.description, friends.privacy = "Nothing yet.", "friends"
        return [public, private, friends]

    def _mixed(self) -> list[Title]:
        films, shows = self.chosen.films[18:24], self.chosen.shows
        seasons = [show.seasons[-1] for show in shows[:3]]
        episodes = [show.seasons[-1].episodes[0] for show in shows[3:7]]
        return [*films, *shows[:4], *seasons, *episodes, *self.chosen.people[:5]]

    def _new(self, slug: str, name: str, created_at: datetime) -> UserList:
        at = created_at.replace(microsecond=0)
        return UserList(self.state.new_id(), slug, name, "personal", created_at=at, updated_at=at)


def time_between(rng: Random, since: datetime, now: datetime) -> datetime:
    """An instant between the two, in whole seconds; `now` if there is nothing between."""
    return min(now, since + timedelta(seconds=rng.randrange(max(1, int((now - since).total_seconds())))))


def hidden(
    rng: Random, chosen: Chosen, dropped: Sequence[tuple[Show, datetime]], since: datetime, now: datetime
) -> list[Hidden]:
    """Hidden rows of every section that holds titles, each type that a section allows; and dropped shows."""
    made = [Hidden(s, item_of(title), time_between(rng, since, now)) for s, title in _sections(chosen)]
    for show, left_at in dropped[-12:]:
        hidden_at = min(now, left_at + timedelta(days=40, seconds=rng.randrange(60)))
        made.append(Hidden("dropped", item_of(show), max(since, hidden_at)))
    return sorted(made, key=lambda row: row.hidden_at)


def _sections(chosen: Chosen) -> list[tuple[str, Title]]:
    if len(chosen.films) < 2 or len(chosen.shows) < 4:
        return []
    first, second, third, fourth = chosen.shows[-4:]
    return [
        ("calendar", chosen.films[-1]),
        ("calendar", first),
        ("progress_watched", second),
        ("progress_watched", third.seasons[-1]),
        ("progress_collected", third),
        ("progress_collected", second.seasons[-1]),
        ("recommendations", chosen.films[-2]),
        ("recommendations", fourth),
    ]
