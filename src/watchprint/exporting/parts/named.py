"""How every row names its title: what it is called, where it stands in its show, and all ids.

Titles are looked up for many rows at once, and some are held back for the rows that follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from watchprint.exchange.tables import Column
from watchprint.store.titles.titles import KeptTitle
from watchprint.store.work import Work

HELD: Final = 20_000
"""Most titles that are held back."""
_SINGLE: Final = ("trakt", "tmdb", "tvdb")


def _ids(prefix: str, of: str) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}trakt", "integer", f"{of} id at Trakt"),
        Column(f"{prefix}imdb", "text", f"{of} id at IMDb"),
        Column(f"{prefix}tmdb", "integer", f"{of} id at TMDB"),
        Column(f"{prefix}tvdb", "integer", f"{of} id at TheTVDB"),
        Column(f"{prefix}slugs", "texts", f"{of} names in addresses at Trakt"),
        Column(f"{prefix}plex", "texts", f"{of} ids at Plex"),
    )


NAMING: Final[tuple[Column, ...]] = (
    Column("title_id", "integer", "our number of the title; unknown where the row never said what it was of"),
    Column("kind", "text", "movie, show, season, episode or person"),
    Column("title", "text", "its own name; of an episode, the episode's"),
    Column("year", "integer", "its year; of a season or an episode, its show's"),
    Column("show", "text", "the name of its show, for a season or an episode"),
    Column("season", "integer", "the number of the season; 0: specials"),
    Column("number", "integer", "the number of the episode in its season"),
    *_ids("", "its"),
    Column("show_title_id", "integer", "our number of its show"),
    *_ids("show_", "its show's"),
)
_UNNAMED: Final = (None,) * len(NAMING)
_NO_SHOW: Final = (None,) * 7


class Named:
    """Titles by number.

    Args:
        work: The store.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._titles: dict[int, KeptTitle] = {}
        self._naming: dict[int, tuple[Any, ...]] = {}
        self._of_shows: dict[int, tuple[Any, ...]] = {}

    def look_up(self, title_ids: Iterable[int | None]) -> None:
        """Make sure that these titles and their shows are at hand."""
        wanted = {each for each in title_ids if each is not None}
        if len(self._titles) + len(wanted) > HELD:
            self._titles.clear()
            self._naming.clear()
            self._of_shows.clear()
        self._fetch(wanted)
        self._fetch({title.show_id for each in wanted if (title := self._titles.get(each)) is not None} - {None})

    def title(self, title_id: int | None) -> KeptTitle | None:
        """A title that was looked up."""
        return None if title_id is None else self._titles.get(title_id)

    def show_of(self, title: KeptTitle | None) -> KeptTitle | None:
        """The show of a season or an episode."""
        return None if title is None else self.title(title.show_id)

    def naming(self, title_id: int | None) -> tuple[Any, ...]:
        """The values of the columns `NAMING`."""
        if title_id is None:
            return _UNNAMED
        known = self._naming.get(title_id)
        if known is None:
            known = self._naming[title_id] = self._put(self._titles[title_id])
        return known

    def _put(self, title: KeptTitle) -> tuple[Any, ...]:
        show = self.show_of(title)
        year = title.facts.year if show is None else show.facts.year
        own = (title.id, title.kind, title.facts.name, year)
        place = (None if show is None else show.facts.name, title.season, title.number)
        return (*own, *place, *ids_of(title), *self._of_show(show))

    def _of_show(self, show: KeptTitle | None) -> tuple[Any, ...]:
        """A show's number and ids, made once for all its episodes."""
        if show is None:
            return _NO_SHOW
        known = self._of_shows.get(show.id)
        if known is None:
            known = self._of_shows[show.id] = (show.id, *ids_of(show))
        return known

    def _fetch(self, wanted: set[int] | set[int | None]) -> None:
        missing = [each for each in wanted if each is not None and each not in self._titles]
        if missing:
            self._titles.update(self._work.titles.get_all(missing))


def ids_of(title: KeptTitle) -> tuple[Any, ...]:
    """The values of the columns of ids."""
    first = {scheme: next(iter(title.ids.get(scheme, ())), None) for scheme in ("imdb", *_SINGLE)}
    trakt, tmdb, tvdb = (_number(first[scheme]) for scheme in _SINGLE)
    return (trakt, first["imdb"], tmdb, tvdb, _texts(title, "slug"), _texts(title, "plex"))


def _texts(title: KeptTitle, scheme: str) -> list[str] | None:
    return list(title.ids[scheme]) if title.ids.get(scheme) else None


def _number(text: str | None) -> int | None:
    """An id as the number that it is; what is none is no id of that service."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 18:
        return None
    return int(text)


def some_at_a_time(rows: list[Any], size: int = 1000) -> Iterator[list[Any]]:
    """The rows in pieces."""
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]
