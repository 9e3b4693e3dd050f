"""The plays that are there, by every name of their title: whether one lies in a span. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from watchprint.service.guarding.viewings import Span
from watchprint.service.titles.given import item_of
from watchprint.service.titles.matching import Alias, aliases
from watchprint.trakt.items import Episode, Item, Season, Show
from watchprint.trakt.models.history import HistoryRow


class Plays:
    """Plays by title.

    Args:
        rows: What Trakt has; a row whose title is lost can be compared with nothing.
    """

    def __init__(self, rows: Iterable[HistoryRow] = ()) -> None:
        self._minutes: defaultdict[Alias, set[datetime]] = defaultdict(set)
        self._shows: dict[Show, set[datetime]] = {}
        for row in rows:
            item = item_of(row)
            if item is not None:
                self.add(item, row.watched_at)

    def add(self, item: Item, at: datetime) -> None:
        """A play of this film or episode at this minute; of an episode, its show and season have one too."""
        minute = at.replace(second=0, microsecond=0)
        for name in aliases(item):
            self._minutes[name].add(minute)
        match item:
            case Episode(show=Show() as show, season=int() as season):
                for name in (*aliases(show), *aliases(Season(show, season))):
                    self._minutes[name].add(minute)
                self._shows.setdefault(show, set()).add(minute)

    def has(self, item: Item, span: Span) -> bool:
        """A play of the title (of a show or season: of any of its episodes) ends within the span."""
        first_at, last_at = span
        minutes = [self._minutes[name] for name in aliases(item) if name in self._minutes]
        if first_at == last_at:
            return any(first_at in seen for seen in minutes)
        return any(first_at <= at <= last_at for seen in minutes for at in seen)

    def shows_within(self, span: Span) -> list[Show]:
        """Shows that have a play within the span."""
        return [show for show, seen in self._shows.items() if any(span[0] <= at <= span[1] for at in seen)]
