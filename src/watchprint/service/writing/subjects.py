"""The one title of a scrobble or a check-in, as a request names it, looked up only where Trakt does not take its ids.

Source: trakt-api.md 9 (the four forms of an item).
"""

from __future__ import annotations

from watchprint.service.writing.bodies import entry_of, ids_taken
from watchprint.service.writing.naming import named
from watchprint.trakt.errors import NotFound
from watchprint.trakt.flows import Flow
from watchprint.trakt.items import Episode, Item, Show
from watchprint.trakt.models.bodies import EpisodeRef, Subject


def subject_of(item: Item) -> Flow[Subject]:
    """The title as a request names it.

    Raises:
        NotFound: It had to be looked up, and Trakt does not know it.
    """
    [known] = yield from named([item])
    if known is None:
        raise NotFound(f"Trakt does not know {item!r}")
    return as_subject(known)


def as_subject(item: Item) -> Subject:
    """The form in which this item goes into a request."""
    match item:
        case Episode(show=Show() as show, season=season, number=number) if ids_taken(item) is None:
            return Subject(show=entry_of(show), episode=EpisodeRef(season=season, number=number))
        case Episode():
            return Subject(episode=EpisodeRef(ids=ids_taken(item)))
    return Subject(movie=entry_of(item))
