"""Items as JSON: what is told can be sent in again, and means the same."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.trakt import items as trakt
from watchprint.trakt.facts import Listed, Owned, Seen
from watchprint.web.shapes import facts, items

numbers = st.integers(1, 2**53 - 1)
slugs = st.from_regex(r"[a-z0-9-]{1,30}", fullmatch=True)
imdb = st.from_regex(r"tt[0-9]{3,9}", fullmatch=True)
titles = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50).filter(str.strip)
years = st.integers(1800, 2100)
of_movie: dict[str, Any] = {"trakt": numbers, "slug": slugs, "imdb": imdb, "title": titles, "year": years}
movies: st.SearchStrategy[trakt.Movie] = st.fixed_dictionaries({"tmdb": numbers}, optional=of_movie).map(
    lambda known: trakt.Movie(**cast(Any, known))
)
shows: st.SearchStrategy[trakt.Show] = st.fixed_dictionaries({"tvdb": numbers}, optional=of_movie).map(
    lambda known: trakt.Show(**cast(Any, known))
)
seasons = st.builds(trakt.Season, shows, st.integers(0, 99))
episodes = st.builds(trakt.Episode, shows, st.integers(0, 99), st.integers(0, 999), imdb=imdb | st.none())
people = st.builds(trakt.Person, tmdb=numbers, name=titles | st.none())


@given(movies | shows | seasons | episodes | people)
def test_what_is_told_can_be_sent_in_again(item: trakt.Item) -> None:
    text = msgspec.json.encode(items.told(item))
    assert items.item_of(msgspec.json.decode(text, type=items.Item)) == item


@pytest.mark.parametrize(
    ("text", "read", "shape", "meant"),
    [
        (b'{"type":"movie","ids":{"tmdb":949}}', facts.seen, facts.SeenItem, trakt.Movie(tmdb=949)),
        (
            b'{"type":"movie","ids":{"tmdb":949},"at":"released"}',
            facts.seen,
            facts.SeenItem,
            Seen(trakt.Movie(tmdb=949), "released"),
        ),
        (
            b'{"type":"show","ids":{"tmdb":1396},"media_type":"dvd","is_3d":false}',
            facts.owned,
            facts.OwnedItem,
            Owned(trakt.Show(tmdb=1396), media_type="dvd", is_3d=False),
        ),
        (
            b'{"type":"person","ids":{"tmdb":1158},"notes":"him"}',
            facts.listed,
            facts.ListItem,
            Listed(trakt.Person(tmdb=1158), "him"),
        ),
    ],
)
def test_facts_stand_beside_the_item(text: bytes, read: object, shape: object, meant: object) -> None:
    assert callable(read)
    assert read(msgspec.json.decode(text, type=shape)) == meant
