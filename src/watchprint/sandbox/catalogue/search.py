"""Text search over one kind of title: every word of the query must stand in the title, whole or begun.

Scores are whole numbers, higher is better, and the order is total (score, then votes, then Trakt id), so
that equal searches give equal pages. It ranks by likeness alone: it never recommends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TypeVar

from watchprint.sandbox.catalogue.text import query_words, words
from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title

T = TypeVar("T", bound=Title)

WHOLE, BEGUN, ONLY_SHOW = 100, 60, 40
"""What a query word earns for a whole word, for the beginning of a word, and for a word of the show's name
when an episode is searched; the sum is divided by the longer of query and title."""


def title_words(title: Title) -> tuple[str, ...]:
    """The words of the title's own name."""
    match title:
        case Person():
            return words(title.name)
        case Season():
            return ()
        case _:
            return words(title.title or "")


def more_words(title: Title) -> tuple[str, ...]:
    """Words that may also be named: the year, and for an episode its show's name."""
    match title:
        case Movie() | Show():
            return (str(title.year),) if title.year else ()
        case Episode():
            return words(title.show.title)
        case _:
            return ()


def word_points(word: str, own: tuple[str, ...], more: tuple[str, ...]) -> int:
    """What one query word earns; 0 means that the title has it nowhere."""
    if word in own:
        return WHOLE
    if any(o.startswith(word) for o in own):
        return BEGUN
    return ONLY_SHOW if any(m.startswith(word) for m in more) else 0


def score(query: tuple[str, ...], title: Title) -> int:
    """0 for no hit, 1..100 by the share of words that agree, 200 for the whole title."""
    own, more = title_words(title), more_words(title)
    if own == query:
        return 2 * WHOLE
    points = [word_points(word, own, more) for word in query]
    if not points or not all(points):
        return 0
    return max(1, round(sum(points) / max(len(query), len(own))))


class TextIndex:
    """Titles of one kind by their words.

    Args:
        titles: What can be found.
    """

    def __init__(self, titles: Iterable[Title]) -> None:
        by_word: dict[str, list[Title]] = {}
        for title in titles:
            for word in {*title_words(title), *more_words(title)}:
                by_word.setdefault(word, []).append(title)
        self._by_word = by_word
        self._sorted = sorted(by_word)

    def _begun(self, word: str) -> Iterator[Title]:
        for i in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[i].startswith(word):
                return
            yield from self._by_word[self._sorted[i]]

    def hits(self, query: str, *, exact: bool) -> list[tuple[float, Title]]:
        """(score, title) of everything that has all the query's words, in no order.

        Args:
            query: Free text; special characters may be escaped with a backslash.
            exact: Only titles that are the query, word by word.
        """
        asked = query_words(query)
        if not asked:
            return []
        rarest = max(asked, key=len)
        found = {id(t): t for t in self._begun(rarest)}
        scored = ((score(asked, title), title) for title in found.values())
        return [(float(s), t) for s, t in scored if s and (not exact or s == 2 * WHOLE)]


def ranked(hits: Iterable[tuple[float, T]]) -> list[tuple[float, T]]:
    """Best first; ties go to the title with more votes, then to the older Trakt id."""
    return sorted(hits, key=lambda hit: (-hit[0], -getattr(hit[1], "votes", 0), hit[1].trakt))
