"""Looking titles up at Trakt: every id, and the facts, of what the caller knows by some id, or by title and year.

Ids are tried in Trakt's own order. A title is never guessed: without an id it must have exactly that name and, where
one is given, that year.

Source: GET /search/{id_type}/{id}, /search/{type}/exact, /movies/{id}, /shows/{id}, its seasons and episodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from watchprint.service.titles.abreast import side_by_side
from watchprint.service.titles.given import episode_of, item_of, movie_of, season_of, show_of
from watchprint.trakt.endpoints.movies import Movies
from watchprint.trakt.endpoints.search import Findable, IdScheme, Search
from watchprint.trakt.endpoints.shows import Shows
from watchprint.trakt.errors import Invalid, NotFound
from watchprint.trakt.flows import Flow, ask, ask_all, now
from watchprint.trakt.items import Episode, Item, Movie, Person, Season, Show
from watchprint.trakt.models import titles
from watchprint.trakt.models.catalogue import SearchRow

SCHEMES: Final[tuple[IdScheme, ...]] = ("trakt", "imdb", "tmdb", "tvdb")
"""The order in which Trakt tries the ids of a request (and then the slug)."""
FULL: Final = "full"


@dataclass(frozen=True, slots=True)
class Known:
    """A title as Trakt knows it.

    Attributes:
        item: It, with all ids.
        title: Its facts; None for a person.
        show: The facts of its show, for seasons and episodes.
    """

    item: Item
    title: titles.Movie | titles.Show | titles.Season | titles.Episode | None = None
    show: titles.Show | None = None

    @property
    def trakt(self) -> int:
        """Trakt's id."""
        if self.item.trakt is None:
            raise NotFound(f"Trakt has lost {self.item!r}: it has no Trakt id any more")
        return self.item.trakt


def find(item: Item) -> Flow[Known]:
    """The title at Trakt.

    Raises:
        NotFound: Trakt does not know it.
        Invalid: Trakt cannot find a season by its own id.
    """
    try:
        match item:
            case Season():
                return (yield from _season(item))
            case Episode(show=Show() as show, season=int() as season, number=int() as number) if not item.known_ids:
                return (yield from _placed(show, season, number))
        found = yield from _by_any_name(item)
    except NotFound as error:
        raise NotFound(f"Trakt does not know {item!r}", request=error.request, reply=error.reply) from None
    if found is None:
        raise NotFound(f"Trakt does not know {item!r}")
    return found


def find_all(items: Iterable[Item]) -> Flow[list[Known | None]]:
    """The titles, looked up several at a time; None where Trakt does not know one."""
    return (yield from side_by_side([find(item) for item in items]))


def trakt_id(item: Item) -> Flow[int]:
    """Trakt's id of the item, without a request where the caller knows it.

    Raises:
        NotFound: Trakt does not know it.
    """
    return (yield from find(item)).trakt if item.trakt is None else item.trakt


def aired_episodes(item: Show | Season) -> Flow[list[Known]]:
    """What Trakt takes a show or a season for in the history: its aired episodes; of a show, no specials.

    Raises:
        NotFound: Trakt does not know it.
    """
    asked = item if isinstance(item, Show) else _show_of(item)
    show = cast("titles.Show", (yield from find(asked)).title)
    of_show = cast("int", show.ids.trakt)
    seasons = yield from ask(Shows.seasons.call(of_show, extended="full,episodes"))
    chosen = [s for s in seasons if (s.number != 0 if isinstance(item, Show) else is_season(s, item))]
    if not chosen and isinstance(item, Season):
        raise NotFound(f"Trakt does not know {item!r}")
    bare = [season.number or 0 for season in chosen if season.episodes is None]
    read = yield from ask_all([Shows.season.call(of_show, number) for number in bare])
    episodes = [e for season in chosen for e in season.episodes or ()] + [e for part in read for e in part]
    instant = yield from now()
    aired = [e for e in episodes if e.first_aired is not None and e.first_aired <= instant]
    return [Known(episode_of(e, show), e, show) for e in aired]


def is_season(season: titles.Season, item: Season) -> bool:
    """True if this is the season that the item names: by an id of its own, else by number."""
    own = item.known_ids
    if own:
        return any(getattr(season.ids, scheme) == value for scheme, value in own.items())
    return season.number == item.number


def _by_any_name(item: Item) -> Flow[Known | None]:
    for scheme in SCHEMES:
        value = item.known_ids.get(scheme)
        if value is not None:
            kinds = (cast("Findable", item.kind),)
            page = yield from ask(Search.by_id.listing(scheme, value, kinds=kinds, extended=FULL).page(1, 10))
            found = _first(page.rows, item)
            if found is not None:
                return found
    match item:
        case Movie(slug=str() as slug):
            movie = yield from ask(Movies.summary.call(slug))
            return Known(movie_of(movie), movie)
        case Show(slug=str() as slug):
            show = yield from ask(Shows.summary.call(slug))
            return Known(show_of(show), show)
        case Movie(title=str()) | Show(title=str()):
            return (yield from _by_title(item))
        case Person(slug=str() as slug):
            return (yield from _person(slug))
        case Episode(show=Show() as show, season=int() as season, number=int() as number):
            return (yield from _placed(show, season, number))
    return None


def _by_title(item: Movie | Show) -> Flow[Known | None]:
    """Exactly that name; of several, the newest."""
    kind: Literal["movie", "show"] = "movie" if isinstance(item, Movie) else "show"
    page = yield from ask(Search.exact.listing(item.title or "", kind=kind, extended=FULL).page(1, 100))
    hits = [(row.movie or row.show) for row in page.rows]
    fitting = [h for h in hits if h is not None and item.year in (None, h.year)]
    newest = max(fitting, key=lambda h: h.year or 0, default=None)
    if newest is None:
        return None
    return Known(movie_of(newest) if isinstance(newest, titles.Movie) else show_of(newest), newest)


def _person(slug: str) -> Flow[Known | None]:
    page = yield from ask(Search.text.listing(slug.replace("-", " "), kinds=("person",)).page(1, 50))
    rows = [row for row in page.rows if row.person is not None and row.person.ids.slug == slug]
    return _first(rows, Person(slug=slug))


def _first(rows: Sequence[SearchRow], item: Item) -> Known | None:
    """The first hit of the item's kind."""
    for row in rows:
        found = item_of(row)
        if found is not None and found.kind == item.kind:
            title = row.movie or row.episode or (row.show if item.kind == "show" else None)
            return Known(found, title, row.show if item.kind == "episode" else None)
    return None


def _placed(show: Show, season: int, number: int) -> Flow[Known]:
    of_show = yield from find(show)
    facts = cast("titles.Show", of_show.title)
    episode = yield from ask(Shows.episode.call(of_show.trakt, season, number))
    return Known(episode_of(episode, facts), episode, facts)


def _season(item: Season) -> Flow[Known]:
    of_show = yield from find(_show_of(item))
    facts = cast("titles.Show", of_show.title)
    seasons = yield from ask(Shows.seasons.call(of_show.trakt))
    season = next((s for s in seasons if is_season(s, item)), None)
    if season is None:
        raise NotFound(f"Trakt does not know {item!r}")
    return Known(season_of(season, facts), season, facts)


def _show_of(season: Season) -> Show:
    if season.show is None:
        raise Invalid(
            f"Trakt cannot find a season by its own id ({season!r}): name its show, Season(Show(tmdb=1396), number=2)"
        )
    return season.show


def with_show(item: Season | Episode, show: Show) -> Season | Episode:
    """The same, of this show."""
    return replace(item, show=show)
