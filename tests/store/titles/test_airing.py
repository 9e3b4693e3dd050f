"""Episodes that nobody watched stay as long as their show is watched, and move the revisions of those who watch it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.store.places import Place
from watchprint.domain.play import Arrival
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, Work
from watchprint.store.shelves.values import EntrySeen

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SHOW = Title(kind="show", ids={"trakt": 7})


def episode(number: int, first_aired_at: datetime | None = None) -> Title:
    return Title(
        kind="episode", ids={"trakt": 70 + number}, facts=Facts(first_aired_at=first_aired_at), show=SHOW, season=1,
        number=number,
    )  # fmt: skip


def watching(store: Store, *days_ago: int) -> int:
    """Somebody who has played the first episodes of the show, one a day."""

    def made(work: Work) -> int:
        account = work.accounts.create("ann").id
        for number, days in enumerate(days_ago, 1):
            title_id = work.titles.resolve(episode(number), "trakt")
            at = NOW - timedelta(days=days)
            work.plays.arrive(account, [Arrival(title_id=title_id, watched_at=at, trakt_id=number)])
        return account

    return store.write(made)


def test_shows_are_found_by_what_was_played_of_them(store: Store) -> None:
    ann = watching(store, 30, 3)
    show = store.read(lambda work: work.titles.find("show", "trakt", 7))
    found = store.read(lambda work: work.airing.shows_played(ann, NOW - timedelta(days=10)))
    assert found == {show: NOW - timedelta(days=3)}
    assert store.read(lambda work: work.airing.shows_played(ann, NOW - timedelta(days=2))) == {}
    assert store.read(lambda work: work.airing.shows_played(ann + 1, NOW - timedelta(days=99))) == {}


def test_what_is_known_of_a_shows_episodes_moves_the_revision_of_who_watches_it(store: Store) -> None:
    ann = watching(store, 3)
    ben = store.write(lambda work: work.accounts.create("ben").id)
    before = store.read(lambda work: [work.accounts.revision(each) for each in (ann, ben)])
    show = store.read(lambda work: work.titles.find("show", "trakt", 7))
    assert show is not None

    def learned(work: Work) -> None:
        work.titles.resolve(episode(2, NOW), "trakt")
        work.airing.changed(show)

    store.write(learned)
    known = store.read(lambda work: work.airing.episodes(show))
    assert {place: airs.first_aired_at for place, airs in known.items()} == {(1, 1): None, (1, 2): NOW}
    after = store.read(lambda work: [work.accounts.revision(each) for each in (ann, ben)])
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_episodes_of_watched_shows_are_not_purged_and_others_are(place: Place) -> None:
    with place.open() as store:
        ann = watching(store, 3)

        def more(work: Work) -> list[int | None]:
            elsewhere = Title(kind="show", ids={"trakt": 8})
            other = Title(kind="episode", ids={"trakt": 81}, show=elsewhere, season=1, number=1)
            listed = work.titles.resolve(Title(kind="show", ids={"trakt": 9}), "trakt")
            assert listed is not None
            work.shelves.put(ann, "watchlist", [EntrySeen(title_id=listed)])
            return work.titles.resolve_all([episode(2, NOW), other], "trakt")

        store.write(more)
        purged = store.write(lambda work: work.purge())
        assert purged.titles == 2, "the episode elsewhere and its show"
        assert store.read(lambda work: work.titles.find("episode", "trakt", 72)) is not None
        assert store.read(lambda work: work.titles.find("episode", "trakt", 81)) is None
        store.forget(ann)
        assert store.read(lambda work: work.titles.find("episode", "trakt", 72)) is None


def test_titles_say_what_they_are(store: Store) -> None:
    film = Title(kind="movie", ids={"trakt": 1})
    one, two = store.write(lambda work: work.titles.resolve_all([film, episode(1)], "trakt"))
    assert one is not None
    assert two is not None
    assert store.read(lambda work: work.titles.kinds([one, two, 999])) == {one: "movie", two: "episode"}


def test_an_entry_can_have_gone_before_it_was_noticed(store: Store) -> None:
    ann = watching(store)
    film = store.write(lambda work: work.titles.resolve(Title(kind="movie", ids={"trakt": 1}), "trakt"))
    assert film is not None
    store.write(lambda work: work.shelves.put(ann, "watchlist", [EntrySeen(title_id=film)]))
    at = NOW - timedelta(hours=1)
    store.write(lambda work: work.shelves.drop(ann, "watchlist", [film], at=at))
    [entry] = store.read(lambda work: work.shelves.all(ann, "watchlist", gone=True))
    assert entry.disappeared_at == at
