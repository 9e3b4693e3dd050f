"""Our titles as rows of Trakt's export have them: bare (title, year, ids), or with all that is known of them."""

from __future__ import annotations

from typing import Any

from watchprint.exchange.trakt_rows import Episode, Ids, Title
from watchprint.exchange.trakt_rows_kept import Person
from watchprint.exchange.trakt_zip_writer import instant_text
from watchprint.exporting.parts.named import Named, ids_of
from watchprint.store.titles.titles import KeptTitle


class TraktTitles:
    """Titles in Trakt's shape; a show or a movie that many rows have is one value.

    Args:
        named: The titles.
        full: With their facts.
        people: The rows may be of people.
    """

    def __init__(self, named: Named, *, full: bool = False, people: bool = False) -> None:
        self.named, self._full, self._people = named, full, people
        self._made: dict[int, tuple[KeptTitle, Title]] = {}

    def of(self, title: KeptTitle | None) -> dict[str, Any]:
        """`type` and the objects of a row."""
        if title is None or (title.kind == "person" and not self._people):
            return {}
        if title.kind == "person":
            return {"type": "person", "person": Person(name=title.facts.name, ids=_ids(title))}
        if title.kind in ("movie", "show"):
            return {"type": title.kind, title.kind: self.whole(title)}
        show = self.named.show_of(title)
        of_show = {} if show is None else {"show": self.whole(show)}
        return {"type": title.kind, title.kind: _inner(title), **of_show}

    def whole(self, title: KeptTitle) -> Title:
        """A movie or a show."""
        known = self._made.get(title.id)
        if known is None or known[0] is not title:
            known = self._made[title.id] = title, _full(title) if self._full else _bare(title)
        return known[1]


def _bare(title: KeptTitle) -> Title:
    return Title(title=title.facts.name, year=title.facts.year, ids=_ids(title))


def _full(title: KeptTitle) -> Title:
    facts = title.facts
    return Title(
        title=facts.name,
        year=facts.year,
        ids=_ids(title),
        released=None if facts.released_on is None else facts.released_on.isoformat(),
        first_aired=None if facts.first_aired_at is None else instant_text(facts.first_aired_at),
        runtime=facts.runtime_min,
        country=facts.country,
        language=facts.language,
        network=facts.network,
        genres=list(facts.genres) or None,
        certification=facts.certification,
        rating=facts.rating,
        votes=facts.votes,
        status=facts.status,
        aired_episodes=facts.aired_episodes,
    )


def _inner(title: KeptTitle) -> Episode:
    """An episode, or a season (its number alone)."""
    facts = title.facts
    aired = None if facts.first_aired_at is None else instant_text(facts.first_aired_at)
    place = {"season": title.season, "number": title.number} if title.kind == "episode" else {"number": title.season}
    return Episode(**place, title=facts.name, ids=_ids(title), runtime=facts.runtime_min, first_aired=aired)


def _ids(title: KeptTitle) -> Ids:
    trakt, imdb, tmdb, tvdb, slugs, _ = ids_of(title)
    return Ids(trakt=trakt, slug=slugs[-1] if slugs else None, imdb=imdb, tmdb=tmdb, tvdb=tvdb)
