"""What sources say of titles that there are: nothing is made or merged, and nothing is taken that is another one's."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.store.places import Place
from tests.store.titles.test_titles import _WORLDS
from watchprint.domain.play import Arrival, Source
from watchprint.domain.title import Facts, Kind, Title
from watchprint.store import Store

SHOW = Title(kind="show", ids={"tvdb": 81189, "imdb": "tt0903747"})
ASKED: dict[Kind, tuple[str, ...]] = {
    "movie": ("runtime_min", "released_on"),
    "show": ("genres",),
    "episode": ("name",),
}


def film(**ids: str | int) -> Title:
    return Title(kind="movie", ids=dict(ids))


def test_rows_are_of_titles_that_share_an_id_and_contradict_none(store: Store) -> None:
    heat, alien = store.write(
        lambda work: work.titles.resolve_all([film(imdb="tt0113277", tmdb=949), film(imdb="tt0078748")], "export")
    )
    rows = [film(tmdb=949), film(tmdb=949, imdb="tt0113277"), film(tmdb=949, imdb="tt9"), film(tmdb=1), film(tvdb=949)]
    rows.append(film(imdb="tt0078748", tmdb=348))
    assert store.read(lambda work: work.titles.known(rows)) == [heat, heat, None, None, None, alien]


def test_episodes_are_found_by_their_own_ids_and_else_by_their_place(store: Store) -> None:
    first = Title(kind="episode", ids={"tvdb": 349232}, show=SHOW, season=1, number=1)
    second = Title(kind="episode", show=SHOW, season=1, number=2)
    one, two = store.write(lambda work: work.titles.resolve_all([first, second], "export"))
    other = Title(kind="show", ids={"tvdb": 5})

    def row(season: int, number: int, show: Title = SHOW, **ids: int) -> Title:
        return Title(kind="episode", ids=dict(ids), show=show, season=season, number=number)

    rows = [
        row(1, 7, tvdb=349232),  # another numbering: the id says which it is
        row(1, 2),
        row(1, 1, tvdb=77),  # at its place, but another episode
        row(1, 2, tvdb=81189),  # an id that is the show's
        row(1, 1, other, tvdb=349232),  # of a show that is not known
        row(1, 3),
    ]
    assert store.read(lambda work: work.titles.known(rows)) == [one, two, None, two, one, None]
    shows = store.write(lambda work: work.titles.resolve(other, "export"))
    assert shows is not None
    assert store.read(lambda work: work.titles.known(rows[4:5])) == [None]


def test_what_is_heard_is_facts_and_free_ids(store: Store) -> None:
    heat, alien = store.write(lambda work: work.titles.resolve_all([film(imdb="tt0113277"), film(tmdb=348)], "export"))
    assert heat is not None
    assert alien is not None
    said = Title(kind="movie", ids={"imdb": "tt0113277", "tmdb": 949, "plex": "5d77"}, facts=Facts(runtime_min=170))
    taken = film(imdb="tt0113277", tmdb=348)
    wrong = Title(kind="movie", ids={"tmdb": 9}, facts=Facts(runtime_min=1))
    assert store.write(lambda work: work.titles.hear({heat: taken, alien: wrong}, "plex")) == {heat}
    assert store.write(lambda work: work.titles.hear({heat: said, 99: said}, "plex")) == {heat}
    kept = store.read(lambda work: work.titles.get_all([heat, alien]))
    assert kept[heat].ids == {"imdb": ("tt0113277",), "tmdb": ("949",), "plex": ("5d77",)}
    assert kept[heat].facts.runtime_min == 170
    assert kept[heat].sources == {"runtime_min": "plex"}
    assert kept[alien].facts.runtime_min is None
    assert kept[alien].ids == {"tmdb": ("348",)}


def test_what_is_heard_of_a_title_that_was_merged_is_of_the_other(store: Store) -> None:
    one, two = store.write(lambda work: work.titles.resolve_all([film(tmdb=949), film(imdb="tt0113277")], "export"))
    assert one is not None
    assert two is not None
    store.write(lambda work: work.titles.merge(one, two))
    told = {two: Title(kind="movie", facts=Facts(runtime_min=170))}
    assert store.write(lambda work: work.titles.hear(told, "tmdb")) == {two}
    assert store.read(lambda work: work.titles.get(one)).facts.runtime_min == 170


def test_a_title_is_lacking_until_it_is_known_or_was_asked_of(place: Place) -> None:
    with place.open() as store:
        ann = store.write(lambda work: work.accounts.create("ann")).id
        pilot = Title(kind="episode", show=SHOW, season=1, number=1)
        names = [film(tmdb=949), film(tmdb=348), pilot, film(tmdb=7)]
        heat, alien, first, _ = store.write(lambda work: work.titles.resolve_all(names, "export"))
        show = store.read(lambda work: work.titles.find("show", "tvdb", 81189))
        assert heat is not None
        assert alien is not None
        plays = [
            Arrival(title_id=title, watched_at=place.clock.at - timedelta(days=n), sources=(Source("import", str(n)),))
            for n, title in enumerate([heat, heat, first, first, first, alien])
        ]
        store.write(lambda work: work.plays.arrive(ann, plays))

        def lacking(days: int = 30, account_id: int | None = None) -> list[int]:
            since = place.clock.at - timedelta(days=days)
            return store.read(
                lambda work: work.titles.lacking("tmdb", ASKED, asked_before=since, account_id=account_id)
            )

        bob = store.write(lambda work: work.accounts.create("bob")).id
        assert lacking() == [show, first, heat, alien]  # most watched first; the film nobody saw is nobody's
        assert lacking(account_id=ann) == [show, first, heat, alien]
        assert lacking(account_id=bob) == []
        full = Facts(runtime_min=170, released_on=date(1995, 12, 15))
        store.write(lambda work: work.titles.learn({heat: full}, "plex"))
        store.write(lambda work: work.titles.note_asked([alien, alien, 999], "tmdb"))
        assert lacking() == [show, first]
        assert store.read(lambda work: work.titles.said(alien)) == {"tmdb": {}}
        place.clock.at += timedelta(days=29)
        assert lacking() == [show, first]
        place.clock.at += timedelta(days=2)
        assert lacking() == [show, first, alien]


def test_being_asked_again_keeps_what_was_said(place: Place) -> None:
    with place.open() as store:
        heat = store.write(lambda work: work.titles.resolve(film(tmdb=949), "export"))
        assert heat is not None
        store.write(lambda work: work.titles.learn({heat: Facts(runtime_min=170)}, "tmdb"))
        store.write(lambda work: work.titles.note_asked([heat], "tmdb"))
        assert store.read(lambda work: work.titles.said(heat)) == {"tmdb": {"runtime_min": 170}}
        assert store.read(lambda work: work.titles.get(heat)).facts.runtime_min == 170


def test_another_communitys_rating_is_kept_but_never_passes_for_trakts(store: Store) -> None:
    heat = store.write(lambda work: work.titles.resolve(film(tmdb=949), "export"))
    assert heat is not None
    store.write(lambda work: work.titles.learn({heat: Facts(rating=7.9, votes=7000)}, "tmdb"))
    assert store.read(lambda work: work.titles.get(heat)).facts.rating is None
    store.write(lambda work: work.titles.learn({heat: Facts(rating=8.2)}, "trakt"))
    store.write(lambda work: work.titles.learn({heat: Facts(rating=8.1, votes=4000)}, "export"))
    kept = store.read(lambda work: work.titles.get(heat))
    assert (kept.facts.rating, kept.facts.votes, kept.sources) == (8.2, None, {"rating": "trakt"})
    assert store.read(lambda work: work.titles.said(heat))["tmdb"] == {"rating": 7.9, "votes": 7000}


IDS = st.fixed_dictionaries(
    {}, optional={s: st.sampled_from(["1", "2", "3"]) for s in ("imdb", "tmdb", "tvdb", "plex")}
)


@settings(max_examples=max(5, EXAMPLES // 4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(IDS, min_size=1, max_size=6), st.lists(IDS, min_size=1, max_size=6))
def test_finding_is_as_a_slow_reading_of_all_titles_finds(
    store: Store, there: list[dict[str, str]], rows: list[dict[str, str]]
) -> None:
    world = f"{next(_WORLDS)}-"
    titles = [film(**{s: world + v for s, v in ids.items()}) for ids in there]
    numbers = store.write(lambda work: work.titles.resolve_all(titles, "export"))
    before = store.read(lambda work: work.titles.get_all(n for n in numbers if n is not None))
    asked = [film(**{s: world + v for s, v in ids.items()}) for ids in rows]
    found = store.read(lambda work: work.titles.known(asked))
    for row, number in zip(asked, found, strict=True):
        fitting = []
        for scheme in ("imdb", "tmdb", "tvdb", "plex"):
            for kept in before.values():
                shared = row.named().get(scheme) in kept.ids.get(scheme, ())
                told_apart = any(
                    kept.ids.get(each) and row.named().get(each, kept.ids[each][0]) != kept.ids[each][0]
                    for each in ("imdb", "tmdb", "tvdb")
                )
                if shared and not told_apart:
                    fitting.append(kept.id)
        assert number == (fitting[0] if fitting else None)
    assert store.read(lambda work: work.titles.get_all(before)) == before
