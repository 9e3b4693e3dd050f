"""What each rule of plays means, one viewing at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watchprint.domain.play import Arrival, Place, PlayState, Source
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, UnknownRow, WrongState
from watchprint.store.plays.values import Arrived, KeptPlay

END = datetime(2024, 5, 1, 21, 30, tzinfo=UTC)


@pytest.fixture
def ann(store: Store) -> int:
    return store.write(lambda work: work.accounts.create("ann")).id


def film(store: Store, trakt: int = 1, runtime_min: int | None = 100) -> int:
    title = Title(kind="movie", ids={"trakt": trakt}, facts=Facts(runtime_min=runtime_min))
    found = store.write(lambda work: work.titles.resolve(title, "trakt"))
    assert found is not None
    return found


def told(store: Store, account: int, *arrivals: Arrival, only_add: bool = False) -> list[Arrived]:
    store.clock.sleep(1)
    return store.write(lambda work: work.plays.arrive(account, arrivals, only_add=only_add))


def session(title: int | None, at: datetime | None, key: str = "s1", state: PlayState = "owed") -> Arrival:
    return Arrival(
        title_id=title, watched_at=at, sources=(Source("session", key),), state=state, finished_at=at, action="scrobble"
    )


def row(title: int | None, at: datetime | None, trakt_id: int = 900) -> Arrival:
    return Arrival(title_id=title, watched_at=at, trakt_id=trakt_id, action="watch")


def one(store: Store, account: int) -> KeptPlay:
    [play] = store.read(lambda work: work.plays.page(account))
    return play


def test_one_viewing_through_two_doors_is_one_play(store: Store, ann: int) -> None:
    heat = film(store)
    told(store, ann, session(heat, END + timedelta(seconds=42)))
    [arrived] = told(store, ann, row(heat, END + timedelta(minutes=100)))
    assert arrived.outcome == "attached"
    play = one(store, ann)
    assert play.watched_at == END + timedelta(minutes=100)
    assert play.finished_at == END + timedelta(seconds=42)
    assert (play.state, play.trakt_id, play.sources) == (
        "there",
        900,
        (Source("session", "s1"), Source("trakt", "900")),
    )


@pytest.mark.parametrize(("runtime_min", "apart_min", "plays"), [
    (100, 100, 1), (100, 101, 2), (3, 10, 1), (3, 11, 2), (None, 10, 1), (None, 11, 2),
])  # fmt: skip
def test_reports_are_of_one_viewing_within_the_runtime(
    store: Store, ann: int, runtime_min: int | None, apart_min: int, plays: int
) -> None:
    heat = film(store, runtime_min=runtime_min)
    told(store, ann, session(heat, END))
    told(store, ann, row(heat, END - timedelta(minutes=apart_min)))
    assert store.read(lambda work: work.plays.count(ann)) == plays


def test_two_rows_of_one_door_stay_two_plays(store: Store, ann: int) -> None:
    heat = film(store)
    told(store, ann, row(heat, END, 900), row(heat, END, 901))
    told(store, ann, session(heat, END, "s1"), session(heat, END, "s2"), session(heat, END, "s3"))
    kinds = [[door.kind for door in play.sources] for play in store.read(lambda work: work.plays.page(ann))]
    assert sorted(kinds) == [["session"], ["session", "trakt"], ["session", "trakt"]]


def test_a_second_viewing_that_trakt_does_not_take_is_not_the_first(store: Store, ann: int) -> None:
    heat = film(store)
    [second] = told(store, ann, session(heat, END, state="sending"))
    assert store.write(lambda work: work.plays.move(ann, second.play_id, "too_soon", out_of=["sending"]))
    [first] = told(store, ann, row(heat, END - timedelta(minutes=30)))
    assert first.outcome == "added"


def test_the_same_rows_again_change_nothing(store: Store, ann: int) -> None:
    rows = [row(film(store), END), row(None, None, 901)]
    told(store, ann, *rows)
    before = store.read(lambda work: work.accounts.revision(ann))
    assert [each.outcome for each in told(store, ann, *rows)] == ["known", "known"]
    assert store.read(lambda work: work.accounts.revision(ann)) == before


def test_trakt_has_the_last_word_on_what_it_has(store: Store, ann: int) -> None:
    heat, ronin = film(store, 1), film(store, 2)
    told(store, ann, row(heat, END))
    assert [each.outcome for each in told(store, ann, row(ronin, None))] == ["changed"]
    assert (one(store, ann).title_id, one(store, ann).watched_at) == (ronin, None)
    assert [each.outcome for each in told(store, ann, row(heat, END), only_add=True)] == ["known"]
    assert one(store, ann).title_id == ronin


def test_only_what_was_there_can_be_removed_and_may_come_back(store: Store, ann: int) -> None:
    heat = film(store)
    [ours] = told(store, ann, session(heat, END))
    [theirs] = told(store, ann, row(heat, END + timedelta(days=1)))
    both = [ours.play_id, theirs.play_id]
    assert store.write(lambda work: work.plays.remove(ann, both)) == [theirs.play_id]
    assert one(store, ann).id == ours.play_id
    again = row(heat, END + timedelta(days=1))
    assert [each.outcome for each in told(store, ann, again, only_add=True)] == ["removed"]
    assert [each.outcome for each in told(store, ann, again)] == ["revived"]
    assert store.read(lambda work: work.plays.count(ann)) == 2


def test_a_row_that_the_copy_made_is_folded_into_the_delivery(store: Store, ann: int) -> None:
    heat = film(store, runtime_min=None)
    [ours] = told(store, ann, session(heat, END, state="sending"))
    [copied] = told(store, ann, row(heat, END + timedelta(minutes=30)))
    assert copied.outcome == "added"
    settled = store.write(lambda work: work.plays.settle(ann, ours.play_id, 900))
    assert (settled.play_id, settled.folded, settled.unsure) == (ours.play_id, (copied.play_id,), None)
    play = one(store, ann)
    assert (play.id, play.state, play.watched_at) == (ours.play_id, "there", END + timedelta(minutes=30))
    gone = store.read(lambda work: work.plays.get(ann, copied.play_id))
    assert (gone.folded_into, gone.state, gone.sources) == (ours.play_id, "removed", ())


def test_an_answer_is_surer_than_nearness(store: Store, ann: int) -> None:
    heat = film(store)
    near, sent = told(store, ann, session(heat, END, "s1", "unsure"), session(heat, END, "s2", "sending"))
    assert told(store, ann, row(heat, END + timedelta(minutes=1)))[0].play_id == near.play_id
    settled = store.write(lambda work: work.plays.settle(ann, sent.play_id, 900))
    assert settled.unsure == near.play_id
    plays = store.read(lambda work: work.plays.get_all(ann, [near.play_id, sent.play_id]))
    assert (plays[near.play_id].state, plays[near.play_id].watched_at) == ("unsure", END)
    assert (plays[sent.play_id].state, plays[sent.play_id].trakt_id) == ("there", 900)
    with pytest.raises(WrongState):
        store.write(lambda work: work.plays.settle(ann, sent.play_id, 901))


def test_undated_plays_are_reports_of_undated_plays_only(store: Store, ann: int) -> None:
    heat = film(store)
    told(store, ann, session(heat, None))
    assert [each.outcome for each in told(store, ann, row(heat, END, 900), row(heat, None, 901))] == [
        "added",
        "attached",
    ]


def test_rows_whose_title_is_unknown_are_kept(store: Store, ann: int) -> None:
    told(store, ann, row(None, END, 900), session(None, END))
    assert store.read(lambda work: work.plays.count(ann)) == 2


def test_steps_that_trakts_rules_do_not_know_are_refused(store: Store, ann: int) -> None:
    [ours] = told(store, ann, session(film(store), END))
    with pytest.raises(WrongState, match="from unsure to sending"):
        store.write(lambda work: work.plays.move(ann, ours.play_id, "sending", out_of=["unsure"]))
    with pytest.raises(WrongState, match="settle"):
        store.write(lambda work: work.plays.move(ann, ours.play_id, "there", out_of=["owed"]))
    assert not store.write(lambda work: work.plays.move(ann, ours.play_id, "unsure", out_of=["sending"]))
    assert store.write(lambda work: work.plays.move(ann, ours.play_id, "sending", out_of=["owed"]))
    assert [play.id for play in store.read(lambda work: work.plays.in_state(ann, ["sending"]))] == [ours.play_id]
    with pytest.raises(UnknownRow):
        store.write(lambda work: work.plays.move(ann, "nothing", "sending", out_of=["owed"]))


def test_a_row_that_trakt_made_anew_keeps_its_play(store: Store, ann: int) -> None:
    heat = film(store)
    [play] = told(store, ann, row(heat, END, 900))
    assert store.write(lambda work: work.plays.renew_trakt_id(ann, 900, 950))
    assert not store.write(lambda work: work.plays.renew_trakt_id(ann, 900, 950))
    assert [each.outcome for each in told(store, ann, row(heat, END, 950))] == ["known"]
    assert store.read(lambda work: work.plays.of_trakt_ids(ann, [950, 900]))[950].id == play.play_id


def test_a_play_that_came_of_the_new_row_alone_is_folded_into_the_one_that_had_the_old_row(
    store: Store, ann: int
) -> None:
    heat = film(store)
    [play, _] = told(store, ann, session(heat, END), row(heat, END, 900))
    [newcomer] = told(store, ann, row(heat, END, 950))
    assert newcomer.outcome == "added"
    assert store.write(lambda work: work.plays.renew_trakt_id(ann, 900, 950))
    left = one(store, ann)
    assert (left.id, left.trakt_id) == (play.play_id, 950)
    assert left.sources == (Source("session", "s1"), Source("trakt", "950"))
    assert store.read(lambda work: work.plays.get(ann, newcomer.play_id)).folded_into == play.play_id
    assert [each.outcome for each in told(store, ann, row(heat, END, 950))] == ["known"]


def test_a_new_row_that_is_another_viewing_of_ours_is_not_folded(store: Store, ann: int) -> None:
    heat = film(store)
    told(store, ann, row(heat, END, 900))
    told(store, ann, session(heat, END + timedelta(days=1)))
    told(store, ann, row(heat, END + timedelta(days=1), 950))
    assert not store.write(lambda work: work.plays.renew_trakt_id(ann, 900, 950))
    assert store.read(lambda work: work.plays.count(ann)) == 2


def test_the_plays_that_trakt_has_by_its_own_numbers(store: Store, ann: int) -> None:
    heat = film(store, trakt=5)
    by_tmdb = store.write(lambda work: work.titles.resolve(Title(kind="movie", ids={"tmdb": 9}), "tmdb"))
    minute = int(END.timestamp()) // 60
    found = told(
        store, ann, row(heat, END, 1), row(heat, None, 2), row(None, END, 3), row(by_tmdb, END, 4),
        session(heat, END + timedelta(days=9), "not there"),
    )  # fmt: skip
    store.write(lambda work: work.plays.arrive(ann, [Arrival(title_id=None, watched_at=END, trakt_id=3, kind="movie")]))
    numbered = store.read(lambda work: work.plays.at_trakt(ann, "movie"))
    assert sorted((each.trakt_id, each.title, each.minute, each.play_id) for each in numbered) == [
        (1, 5, minute, found[0].play_id),
        (2, 5, None, found[1].play_id),
        (3, None, minute, found[2].play_id),
        (4, None, minute, found[3].play_id),
    ]
    assert store.read(lambda work: work.plays.at_trakt(ann, "episode")) == []


def test_plays_of_titles_that_become_one_are_folded(store: Store, ann: int) -> None:
    by_tmdb = Title(kind="movie", ids={"tmdb": 949}, facts=Facts(runtime_min=170))
    by_imdb = Title(kind="movie", ids={"imdb": "tt0113277"})
    one_id, other_id = store.write(lambda work: work.titles.resolve_all([by_tmdb, by_imdb], "plex"))
    told(store, ann, session(one_id, END))
    told(store, ann, row(other_id, END + timedelta(minutes=20)))
    assert store.read(lambda work: work.plays.count(ann)) == 2
    both = Title(kind="movie", ids={"tmdb": 949, "imdb": "tt0113277"})
    before = store.read(lambda work: work.accounts.revision(ann))
    store.write(lambda work: work.titles.resolve(both, "tmdb"))
    play = one(store, ann)
    assert (play.title_id, play.trakt_id, len(play.sources)) == (one_id, 900, 2)
    assert store.read(lambda work: work.accounts.revision(ann)) == before + 1


def test_facts_of_a_title_move_the_revisions_of_those_who_watched_it(store: Store, ann: int) -> None:
    bob = store.write(lambda work: work.accounts.create("bob")).id
    show = Title(kind="show", ids={"trakt": 5})
    pilot = store.write(lambda work: work.titles.resolve(Title(kind="episode", show=show, season=1, number=1), "trakt"))
    told(store, ann, session(pilot, END))
    before = store.read(lambda work: {a: work.accounts.revision(a) for a in (ann, bob)})
    show_id = store.read(lambda work: work.titles.find("show", "trakt", 5))
    assert show_id is not None
    store.write(lambda work: work.titles.learn({show_id: Facts(country="us")}, "trakt"))
    assert store.read(lambda work: {a: work.accounts.revision(a) for a in (ann, bob)}) == {
        ann: before[ann] + 1,
        bob: before[bob],
    }


def page_after(store: Store, account: int, last: KeptPlay | None) -> list[KeptPlay]:
    return store.read(lambda work: work.plays.page(account, limit=7, after=last))


def test_pages_hold_every_play_once(store: Store, ann: int) -> None:
    heat = film(store)
    rows = [row(heat, None if n % 5 == 0 else END + timedelta(minutes=n // 3), n) for n in range(1, 40)]
    told(store, ann, *rows)
    found: list[KeptPlay] = []
    while page := page_after(store, ann, found[-1] if found else None):
        found += page
    assert sorted(play.trakt_id or 0 for play in found) == list(range(1, 40))
    dated = [play.watched_at for play in found if play.watched_at is not None]
    assert dated == sorted(dated, reverse=True)
    assert [play.watched_at for play in found[len(dated) :]] == [None] * 7
    day = store.read(
        lambda work: work.plays.page(ann, since=END + timedelta(minutes=5), until=END + timedelta(minutes=8))
    )
    assert {play.watched_at for play in day} == {END + timedelta(minutes=n) for n in (5, 6, 7)}


def test_a_place_is_kept_with_its_play(store: Store, ann: int) -> None:
    [play] = told(store, ann, session(film(store), END))
    cinema = Place(name="Zoo Palast", kind="cinema", latitude=52.506, longitude=13.337)
    store.write(lambda work: work.plays.set_place(ann, play.play_id, cinema))
    assert one(store, ann).place == cinema


def test_nobodys_plays_are_found_under_another_account(store: Store, ann: int) -> None:
    bob = store.write(lambda work: work.accounts.create("bob")).id
    [play] = told(store, ann, row(film(store), END))
    with pytest.raises(UnknownRow):
        store.read(lambda work: work.plays.get(bob, play.play_id))
    assert store.write(lambda work: work.plays.remove(bob, [play.play_id])) == []
    assert told(store, bob, row(film(store), END))[0].outcome == "added"
