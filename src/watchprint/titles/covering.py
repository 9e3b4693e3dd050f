"""How much of an account's plays each fact of their titles is known for, which insights that concerns, and which
source could raise it. Reads only; asks nobody.

A share is that of all plays, as Trakt counts them; an episode takes from its show what insights take from it. Networks
are of series only, so that films are not counted there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from watchprint.domain.title import rank
from watchprint.insights.catalogue import catalogue
from watchprint.insights.insight import Insight
from watchprint.store.store import Store
from watchprint.store.titles.wanted import Known, Played
from watchprint.store.work import Work
from watchprint.titles.source import SAYS

_FROM_SHOW: Final = frozenset({"genres", "country", "language", "network", "year"})
"""What an episode has from its show before its own."""
_ELSE_SHOW: Final = frozenset({"runtime_min", "certification", "rating"})
"""What an episode has from its show where it has none itself."""
WORDS: Final[Mapping[str, str]] = {
    "runtime_min": "runtime",
    "genres": "genres",
    "country": "country",
    "language": "language",
    "network": "network",
    "certification": "certification",
    "year": "year",
    "released_on": "day of release",
    "first_aired_at": "hour of first airing",
    "rating": "community rating",
}
_NEEDS: Final[Mapping[str, str]] = {
    "decade": "year",
    "genre": "genres",
    "community_rating": "rating",
    "runtime": "runtime_min",
    "show_runtime_min": "runtime_min",
    **{name: name for name in WORDS},
}
"""A fact by the name that an insight's declaration has for it."""
_WHERE: Final[Mapping[str, str]] = {
    "trakt": "Link the account to Trakt and sync: its rows are full",
    "export": "Import a Trakt export whose watched-movies and watched-shows files are full",
    "plex": "Let your Plex server's library be read: watchprint titles fill --plex URL",
    "jellyfin": "Let your Jellyfin server's library be read: watchprint titles fill --jellyfin URL",
    "emby": "Let your Emby server's library be read: watchprint titles fill --emby URL",
    "tmdb": "Ask TMDB, with a key of your own: watchprint titles fill --tmdb",
    "tvmaze": "Ask TVmaze about series, without a key: watchprint titles fill --tvmaze",
}
_TRAKT_SAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "trakt": tuple(WORDS),
    "export": tuple(name for name in WORDS if name != "first_aired_at"),
}
_BARE: Final = frozenset({"name", "year", "aired_episodes"})
"""What bare rows say of titles."""
_ASKED_BY: Final[Mapping[str, frozenset[str]]] = {
    "tmdb": frozenset({"tmdb", "imdb", "tvdb"}),
    "tvmaze": frozenset({"imdb", "tvdb"}),
}
"""The ids by which a source can be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCoverage:
    """How much one fact is known.

    Attributes:
        field: Its name among the facts of titles; `words`: what people call it.
        known, plays: The plays whose title has it, and the plays whose title could have it.
        by_source: The plays that are known by each source's word.
    """

    field: str
    words: str
    known: int
    plays: int
    by_source: Mapping[str, int]

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there are no such plays."""
        return self.known / self.plays if self.plays else None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightCoverage:
    """The fact that an insight (for example `top --of genre`) rests on, and its share."""

    insight: str
    field: str
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseBy:
    """A source that was not asked yet, and could say what is lacking.

    Attributes:
        source: Its name.
        fields: The facts, with the most plays that it could add to each.
        plays: The most plays of which it could say something.
        words: What to do, as a sentence.
    """

    source: str
    fields: Mapping[str, int]
    plays: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The coverage of an account.

    Attributes:
        plays: How many there are.
        fields: One a fact.
        insights: One an insight and fact that it needs, the least covered first.
        raise_by: In the order in which sources are trusted.
    """

    plays: int
    fields: tuple[FieldCoverage, ...]
    insights: tuple[InsightCoverage, ...]
    raise_by: tuple[RaiseBy, ...]


def coverage(store: Store, account_id: int) -> Coverage:
    """How much is known of what an account watched, and what would raise it. Blocking.

    Raises:
        NoSuchAccount: There is none.
    """

    def read(work: Work) -> list[Played]:
        work.accounts.get(account_id)
        return work.titles.played(account_id)

    return of_plays(store.read(read))


def of_plays(played: Iterable[Played]) -> Coverage:
    """The coverage of plays in hand."""
    rows = list(played)
    fields = tuple(_field(name, rows) for name in WORDS)
    return Coverage(
        plays=sum(row.plays for row in rows),
        fields=fields,
        insights=tuple(_insights({each.field: each.share for each in fields})),
        raise_by=tuple(_raising(rows)),
    )


def source_of(row: Played, name: str) -> str | None:
    """Whose word the fact is for plays of this title; None: it is not known."""
    own, show = row.title.facts.get(name), row.show.facts.get(name)
    if name == "released_on":
        return own or row.title.facts.get("first_aired_at")
    if name in _FROM_SHOW:
        return show or own
    return own or (show if name in _ELSE_SHOW else None)


def needs(insight: Insight) -> dict[str, str]:
    """The facts that an insight rests on, by what is asked of it."""
    facts = dict.fromkeys(_NEEDS[name] for name in insight.needs if name in _NEEDS)
    found = {f"{insight.name} ({WORDS[fact]})" if len(facts) > 1 else insight.name: fact for fact in facts}
    if "time" in insight.measures:
        found[f"{insight.name} by time"] = "runtime_min"
    for parameter in insight.parameters:
        for choice in parameter.choices if parameter.name == "of" else ():
            if choice in _NEEDS:
                found[f"{insight.name} of {choice}"] = _NEEDS[choice]
    return found


def _field(name: str, rows: list[Played]) -> FieldCoverage:
    able = [row for row in rows if _can_have(row, name)]
    by_source: dict[str, int] = {}
    for row in able:
        if (source := source_of(row, name)) is not None:
            by_source[source] = by_source.get(source, 0) + row.plays
    return FieldCoverage(
        field=name,
        words=WORDS[name],
        known=sum(by_source.values()),
        plays=sum(row.plays for row in able),
        by_source=dict(sorted(by_source.items(), key=lambda item: rank(item[0]))),
    )


def _can_have(row: Played, name: str) -> bool:
    """Films have no network and are not aired at an hour."""
    return row.kind != "movie" if name in ("network", "first_aired_at") else True


def _insights(shares: Mapping[str, float | None]) -> list[InsightCoverage]:
    found = [
        InsightCoverage(insight=asked, field=fact, share=shares[fact])
        for insight in catalogue()
        for asked, fact in needs(insight).items()
    ]
    return sorted(found, key=lambda each: (1.0 if each.share is None else each.share, each.insight))


def _raising(rows: list[Played]) -> Iterable[RaiseBy]:
    for source in sorted(_WHERE, key=rank):
        fields: dict[str, int] = {}
        plays = 0
        for row in rows:
            lacking = [name for name in WORDS if _can_have(row, name) and source_of(row, name) is None]
            told = [name for name in lacking if _could_say(source, name, row)]
            plays += row.plays if told else 0
            for name in told:
                fields[name] = fields.get(name, 0) + row.plays
        if plays:
            names = ", ".join(WORDS[name] for name in WORDS if name in fields)
            words = f"{_WHERE[source]}. It could add up to {plays:,} plays: {names}."
            yield RaiseBy(source=source, fields=fields, plays=plays, words=words)


def _could_say(source: str, name: str, row: Played) -> bool:
    """Whether the source was not asked yet of a title that it could say this of."""
    if row.kind is None:
        return False
    can_ask = _able(source, row)
    if source in _TRAKT_SAYS:
        if name not in _TRAKT_SAYS[source]:
            return False
        of_show = row.kind == "episode" and name not in ("released_on", "first_aired_at")
        if source == "export" and row.kind == "episode" and not of_show:
            return False  # an export's rows of episodes are bare
        return not _was_full(source, row.show if of_show else row.title)
    says = SAYS[source]
    if row.kind == "movie":
        return name in says.get("movie", ()) and can_ask and source not in row.title.asked
    by_show = name in says.get("show", ()) and name in _FROM_SHOW | _ELSE_SHOW and source not in row.show.asked
    own = name in says.get("episode", ()) and source not in row.title.asked
    return can_ask and (by_show or own)


def _was_full(source: str, known: Known) -> bool:
    """Whether rows of Trakt's, or of an export, said more than what the title is called: full ones say all there is."""
    return source in known.asked and any(source == whose for fact, whose in known.facts.items() if fact not in _BARE)


def _able(source: str, row: Played) -> bool:
    """Whether the title, or its show, has an id by which the source can be asked; libraries are read as a whole."""
    schemes = _ASKED_BY.get(source)
    ids = row.show_ids if row.kind == "episode" else row.ids
    return bool(ids if schemes is None else ids & schemes)
