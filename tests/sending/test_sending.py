"""What reaches Trakt, and what does not: counted in the sandbox's own state, on both databases."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.sending.desk import EVENING, HEAT, UNKNOWN, SendingDesk, episode, evenings
from watchprint import sending
from watchprint.domain.play import Arrival
from watchprint.domain.title import Facts, Title
from watchprint.sending import NothingToSend, Progress, SendingRefused, Sent
from watchprint.store import UnknownRow
from watchprint.trakt.models.bodies import Entry
from watchprint.trakt.models.ids import Ids

EVENING_TEXT = "2024-05-01T21:30:00Z"
NOBODY = Title(kind="movie", ids={"tmdb": 999_999_999}, facts=Facts(name="Nobody knows it"))
OURS_ONLY = Title(kind="movie", ids={"plex": "5d77"}, facts=Facts(name="Home video"))


def test_plays_are_sent_and_have_their_history_ids(desk: SendingDesk) -> None:
    number = desk.imported([(HEAT, EVENING), (episode(1), EVENING + timedelta(days=1)), (HEAT, None)])
    sent = desk.send(number)
    assert (sent.outcome, sent.sent, sent.existing, sent.left, sent.unsure) == ("done", 3, 0, 0, 0)
    assert sorted(desk.minutes()) == [UNKNOWN, EVENING_TEXT, "2024-05-02T21:30:00Z"]
    plays = desk.store.read(lambda work: work.plays.page(desk.account_id))
    assert {play.trakt_id for play in plays} == {row["id"] for row in desk.trakt.plays(desk.user)}
    assert desk.states() == {"there": 3}
    assert all(any(source.kind == "trakt" for source in play.sources) for play in plays)
    assert len(desk.writes()) == 1


def test_sending_again_sends_nothing(desk: SendingDesk) -> None:
    number = desk.imported([(HEAT, EVENING), (HEAT, None)])
    desk.send(number)
    before = desk.at_trakt()
    sent = desk.send(number)
    assert (sent.sent, sent.existing, sent.outcome) == (0, 0, "done")
    assert desk.at_trakt() == before
    assert len(desk.writes()) == 1


def test_what_trakt_has_is_that_viewing_and_is_not_sent(desk: SendingDesk) -> None:
    desk.add(movies=(Entry(ids=Ids(tmdb=949), watched_at=EVENING + timedelta(minutes=40)),))
    number = desk.imported([(HEAT, EVENING)])
    sent = desk.send(number)
    assert (sent.sent, sent.existing) == (0, 1)
    [play] = desk.store.read(lambda work: work.plays.page(desk.account_id))
    [row] = desk.trakt.plays(desk.user)
    assert (play.state, play.trakt_id, play.watched_at) == ("there", row["id"], EVENING + timedelta(minutes=40))


def test_two_viewings_are_two_plays_and_the_same_minute_is_one(desk: SendingDesk) -> None:
    number = desk.imported([(HEAT, EVENING), (HEAT, EVENING), (HEAT, EVENING + timedelta(days=1))])
    sent = desk.send(number)
    assert (sent.sent, sent.doubled, sent.left) == (2, 1, 0)
    assert sorted(desk.minutes()) == [EVENING_TEXT, "2024-05-02T21:30:00Z"]
    assert desk.states() == {"there": 2, "none": 1}
    assert desk.send(number).doubled == 1
    assert len(desk.minutes()) == 2


def test_undated_plays_are_counted_one_to_one(desk: SendingDesk) -> None:
    """Trakt has one of unknown date and one dated; the file has three of unknown date."""
    known = Ids(tmdb=949)
    desk.add(movies=(Entry(ids=known, watched_at="unknown"), Entry(ids=known, watched_at=EVENING)))
    number = desk.imported([(HEAT, None), (HEAT, None), (HEAT, None)])
    sent = desk.send(number)
    assert (sent.sent, sent.existing) == (2, 1)
    assert sorted(desk.minutes()) == [UNKNOWN, UNKNOWN, UNKNOWN, EVENING_TEXT]
    assert desk.states() == {"there": 3}


def test_many_plays_without_a_date_are_read_by_title_where_that_is_less(desk: SendingDesk) -> None:
    desk.add(shows=tuple(Entry(ids=Ids(tmdb=1396), watched_at="unknown") for _ in range(9)))
    assert len(desk.minutes()) > 500
    heat = Title(kind="movie", ids={"tmdb": 949, "trakt": _trakt_id(desk, "movies/heat-1995")})
    number = desk.imported([(heat, None)])
    reads = len(desk.trakt.requests)
    assert desk.send(number).sent == 1
    asked = [each["path"] for each in desk.trakt.requests[reads:] if each["method"] == "GET"]
    assert any(path.startswith("/sync/history/movies/") for path in asked)
    assert len(asked) <= 5


def _trakt_id(desk: SendingDesk, path: str) -> int:
    async def found() -> int | None:
        async with desk.client() as trakt:
            return (await trakt.movies.summary(path.partition("/")[2])).ids.trakt

    return asyncio.run(found()) or 0


def test_what_cannot_be_sent_says_why_and_the_rest_goes(desk: SendingDesk) -> None:
    number = desk.imported([(None, EVENING), (OURS_ONLY, EVENING), (NOBODY, EVENING), (HEAT, EVENING)])
    sent = desk.send(number)
    assert [(told.title, told.why) for told in sent.cannot] == [
        ("?", "nobody knows what it was of"),
        ("Home video", "it has no id that Trakt takes"),
    ]
    assert [(told.title, told.why) for told in sent.refused] == [("Nobody knows it", "Trakt does not know its title")]
    assert (sent.sent, sent.left, sent.outcome) == (1, 0, "done")
    assert desk.states() == {"there": 1, "refused": 1, "none": 2}
    again = desk.send(number)
    assert ("Nobody knows it", "Trakt does not know its title") in [(told.title, told.why) for told in again.cannot]
    assert len(desk.writes()) == 1


def test_an_episode_whose_own_id_is_wrong_is_sent_by_its_place(desk: SendingDesk) -> None:
    number = desk.imported([(episode(2, tvdb=99_999_999), EVENING), (HEAT, EVENING)])
    sent = desk.send(number)
    assert (sent.sent, sent.refused, sent.left) == (2, [], 0)
    assert desk.minutes() == [EVENING_TEXT, EVENING_TEXT]
    assert desk.states() == {"there": 2}


def test_an_episode_with_an_id_that_trakt_does_not_take_is_looked_up(desk: SendingDesk) -> None:
    pilot = Title(kind="episode", ids={"imdb": "tt0959621"})
    number = desk.imported([(pilot, EVENING)])
    sent = desk.send(number)
    assert (sent.sent, sent.refused, sent.left) == (1, [], 0)
    assert desk.minutes() == [EVENING_TEXT]


def test_writes_are_paced_and_batched(desk: SendingDesk) -> None:
    number = desk.imported(evenings(230, lambda n: HEAT))
    told: list[Progress] = []
    sent = desk.send(number, on_progress=told.append)
    assert sent.sent == 230
    writes = desk.writes()
    sizes = [len(each["body"]["movies"]) for each in writes]
    assert sizes == [100, 100, 30]
    at = [datetime.fromisoformat(each["at"]) for each in writes]
    assert all((b - a).total_seconds() >= 1.0 for a, b in pairwise(at)), "Trakt takes one a second"
    assert [each.done for each in told] == [100, 200, 230]
    assert {each.total for each in told} == {230}
    assert told[0].seconds_left >= 2 * 1.1
    assert told[-1].seconds_left == 0


def test_after_it_a_sync_is_due(desk: SendingDesk) -> None:
    later = desk.clock.now() + timedelta(days=1)
    desk.store.write(lambda work: work.accounts.due_at(desk.account_id, later))
    desk.send(desk.imported([(HEAT, EVENING)]))
    due_at = desk.store.read(lambda work: work.accounts.get(desk.account_id)).sync_due_at
    assert due_at is not None
    assert due_at <= desk.clock.now()


def test_a_row_that_a_sync_has_made_of_it_is_folded_in(desk: SendingDesk) -> None:
    """A play that is known from Trakt alone is not sent a second time, and not taken for another viewing."""
    desk.add(movies=(Entry(ids=Ids(tmdb=949), watched_at=EVENING),))
    [row] = desk.trakt.plays(desk.user)
    number = desk.imported([(HEAT, EVENING)])
    desk.store.write(
        lambda work: work.plays.arrive(
            desk.account_id,
            [Arrival(title_id=work.titles.find("movie", "tmdb", 949), watched_at=EVENING, trakt_id=row["id"])],
        )
    )
    assert desk.states() == {"there": 1}
    assert desk.send(number).sent == 0
    assert len(desk.minutes()) == 1


def test_only_the_imports_own_plays_are_sent(desk: SendingDesk) -> None:
    desk.imported([(HEAT, EVENING)], file="one")
    second = desk.imported([(episode(1), EVENING)], file="two")
    assert desk.send(second).sent == 1
    assert desk.states() == {"there": 1, "none": 1}


def test_a_preview_says_what_would_happen_and_changes_nothing(desk: SendingDesk) -> None:
    desk.add(movies=(Entry(ids=Ids(tmdb=949), watched_at=EVENING),))
    two_days = EVENING + timedelta(days=2)
    rows = [(HEAT, EVENING), (episode(1), two_days), (episode(1), two_days), (OURS_ONLY, None), (episode(3), None)]
    number = desk.imported(rows)
    revision = desk.store.read(lambda work: work.accounts.revision(desk.account_id))
    found = desk.preview(number)
    assert [(told.title, told.watched_at) for told in found.send] == [
        ("Breaking Bad 1x01", two_days),
        ("Breaking Bad 1x03", None),
    ]
    assert [told.title for told in found.existing] == ["Heat (1995)"]
    assert [told.title for told in found.doubled] == ["Breaking Bad 1x01"]
    assert [(told.title, told.why) for told in found.cannot] == [("Home video", "it has no id that Trakt takes")]
    assert found.least_s == pytest.approx(1.1)
    assert len(desk.writes()) == 1, "the other client's"
    assert desk.store.read(lambda work: work.accounts.revision(desk.account_id)) == revision
    sent = desk.send(number)
    assert (sent.sent, sent.existing, sent.doubled, len(sent.cannot)) == (2, 1, 1, 1)


def test_what_cannot_be_sent_at_all_is_refused(desk: SendingDesk) -> None:
    bob = desk.store.write(lambda work: work.accounts.create("bob")).id
    mine = desk.imported([(HEAT, EVENING)])

    async def of_bob() -> Sent:
        async with desk.client() as trakt:
            return await sending.send_on(desk.store, trakt, bob, mine)

    with pytest.raises(SendingRefused, match="not one of the account 'bob'"):
        asyncio.run(of_bob())
    with pytest.raises(UnknownRow):
        desk.send(mine + 1)
    desk.store.write(lambda work: work.imports.undo(mine))
    with pytest.raises(NothingToSend, match="was undone"):
        desk.send(mine)
    other = desk.imported([(HEAT, EVENING)], file="g")
    desk.store.write(lambda work: work.accounts.unlink(desk.account_id))
    with pytest.raises(SendingRefused, match="not linked to Trakt"):
        desk.preview(other)
    assert desk.minutes() == []


def test_called_off_between_batches_it_goes_on_later(desk: SendingDesk) -> None:
    number = desk.imported(evenings(250, lambda n: HEAT))
    calls: list[int] = []

    def cancelled() -> bool:
        calls.append(1)
        return len(calls) > 1

    sent = desk.send(number, cancelled=cancelled)
    assert (sent.outcome, sent.sent, sent.left) == ("cancelled", 100, 150)
    rest = desk.send(number)
    assert (rest.outcome, rest.sent, rest.left) == ("done", 150, 0)
    assert set(desk.at_trakt().values()) == {1}
    assert len(desk.minutes()) == 250


def test_items_say_what_trakt_knows_them_by(desk: SendingDesk) -> None:
    """Odd ids that some file brought are left out, and do no harm."""
    odd = Title(kind="movie", ids={"tmdb": "949", "imdb": "nonsense", "trakt": "x"})
    assert desk.send(desk.imported([(odd, EVENING)])).sent == 1
