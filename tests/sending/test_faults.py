"""Whatever Trakt answers, or does not: each viewing is there once in the end, counted in the sandbox's state."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.sending.desk import EVENING, HEAT, SendingDesk, episode, evenings
from watchprint import sending
from watchprint.sending import Sent
from watchprint.trakt.clients import AsyncTrakt
from watchprint.trakt.drivers.with_httpx2 import AwaitingHttpx2
from watchprint.trakt.models.bodies import Entry
from watchprint.trakt.models.ids import Ids
from watchprint.trakt.ports import AwaitingHttp, BlockingHttp
from watchprint.trakt.wire import NoReply, Reply

HISTORY: Any = {"method": "POST", "path": "/sync/history"}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("stored_504", {}),
        ("reset", {"applied": True}),
        ("reset", {}),
        ("truncated", {}),
        ("bad_json", {}),
        ("503", {}),
        ("500", {}),
        ("522", {}),
        ("429", {"retry_after_s": 3}),
        ("429_bare", {}),
        ("429_html", {}),
    ],
)
def test_a_write_that_goes_wrong_doubles_and_loses_nothing(desk: SendingDesk, kind: str, more: dict[str, Any]) -> None:
    number = desk.imported([(HEAT, EVENING), (episode(1), EVENING), (HEAT, None)])
    desk.trakt.fault(kind, **HISTORY, **more)
    sent = desk.send(number)
    assert (sent.outcome, sent.sent, sent.left, sent.unsure) == ("done", 3, 0, 0)
    assert sorted(desk.at_trakt().values()) == [1, 1, 1]
    assert desk.states() == {"there": 3}


@pytest.mark.parametrize("times", [2, 3])
def test_stored_again_and_again_without_an_answer_is_stored_once(desk: SendingDesk, times: int) -> None:
    number = desk.imported(evenings(101, lambda n: HEAT))
    desk.trakt.fault("stored_504", **HISTORY, times=times)
    sent = desk.send(number)
    assert (sent.outcome, sent.sent) == ("done", 101)
    assert len(desk.writes()) == 2
    assert set(desk.at_trakt().values()) == {1}


def test_reads_that_lag_behind_double_nothing(desk: SendingDesk) -> None:
    number = desk.imported([(HEAT, EVENING), (HEAT, None)])
    desk.trakt.fault("lag", **HISTORY, lag_s=5)
    sent = desk.send(number)
    assert (sent.outcome, sent.sent, sent.unsure) == ("done", 2, 0)
    assert desk.states() == {"there": 2}


def test_what_trakt_stored_and_never_shows_is_never_sent_again(desk: SendingDesk) -> None:
    number = desk.imported([(HEAT, EVENING)])
    desk.trakt.fault("lag", **HISTORY, lag_s=86_400)
    assert (desk.send(number).unsure, desk.states()) == (1, {"unsure": 1})
    assert desk.send(number).unsure == 1
    assert len(desk.writes()) == 1
    desk.trakt.advance(days=2)
    assert (desk.send(number).unsure, desk.states()) == (0, {"there": 1})
    assert len(desk.minutes()) == 1


def test_reads_that_fail_send_nothing_and_it_goes_on_later(desk: SendingDesk) -> None:
    number = desk.imported([(HEAT, EVENING)])
    desk.trakt.fault("503", method="GET", path="/sync/history*", times=None)
    sent = desk.send(number)
    assert (sent.outcome, sent.sent, sent.left) == ("unreachable", 0, 1)
    assert sent.reason is not None
    assert "Trakt is having trouble" in sent.reason
    assert desk.writes() == []
    desk.trakt.clear_faults()
    assert desk.send(number).sent == 1


def test_writes_that_never_arrive_stop_it_in_the_end(desk: SendingDesk) -> None:
    number = desk.imported([(HEAT, EVENING)])
    desk.trakt.fault("reset", **HISTORY, times=None)
    sent = desk.send(number)
    assert (sent.outcome, sent.left, desk.states()) == ("unreachable", 1, {"owed": 1})
    desk.trakt.clear_faults()
    assert (desk.send(number).sent, len(desk.minutes())) == (1, 1)


def status(desk: SendingDesk) -> tuple[str, str | None]:
    link = desk.store.read(lambda work: work.accounts.get(desk.account_id)).link
    assert link is not None
    return link.status, link.status_reason


@pytest.mark.parametrize(
    ("kind", "outcome", "link"),
    [("423", "locked", "locked"), ("403", "refused", "refused"), ("401", "sign_in_again", "sign_in_again")],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_user_whom_trakt_does_not_let_in_stops_it(
    desk: SendingDesk, kind: str, outcome: str, link: str, method: str
) -> None:
    number = desk.imported([(HEAT, EVENING)])
    desk.trakt.fault(kind, method=method, path="/sync/history*", times=None)
    sent = desk.send(number)
    assert (sent.outcome, sent.sent, sent.left) == (outcome, 0, 1)
    assert status(desk) == (link, sent.reason)
    assert desk.states() == {"owed": 1}
    desk.trakt.clear_faults()
    assert (desk.send(number).sent, len(desk.minutes())) == (1, 1)


def test_a_full_account_stops_it_and_what_fits_later_goes(desk: SendingDesk) -> None:
    number = desk.imported(evenings(3, lambda n: HEAT))
    desk.trakt.change(desk.user, limits={"history_plays": 2})
    sent = desk.send(number)
    assert (sent.outcome, sent.sent, sent.left) == ("limited", 0, 3)
    assert status(desk)[0] == "limited"
    assert desk.minutes() == []
    desk.trakt.change(desk.user, limits={"history_plays": 3})
    assert (desk.send(number).sent, len(desk.minutes())) == (3, 3)


class Picky:
    """A Trakt that takes no body in which these words stand; all else goes to the sandbox."""

    def __init__(self, words: str) -> None:
        self._words, self._real = words.encode(), AwaitingHttpx2(20.0)

    async def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply | NoReply:
        if method == "POST" and body is not None and self._words in body:
            return Reply(422, {"content-type": "application/json"}, json.dumps({"error": "no such day"}).encode())
        return await self._real.send(method, url, headers, body)

    async def aclose(self) -> None:
        await self._real.aclose()

    def blocking(self) -> BlockingHttp:
        return self._real.blocking()


def sent_through(desk: SendingDesk, http: AwaitingHttp, number: int) -> Sent:
    async def ran() -> Sent:
        how: Any = {"tokens": desk.user.access_token, "api_url": desk.trakt.base_url, "driver": http}
        pacing = desk.store.pacing(desk.account_id)
        async with AsyncTrakt(desk.trakt.client_id, pacing=pacing, clock=desk.clock, **how) as trakt:
            return await sending.send_on(desk.store, trakt, desk.account_id, number)

    return asyncio.run(ran())


def test_one_play_that_trakt_does_not_take_keeps_no_other_back(desk: SendingDesk) -> None:
    number = desk.imported(evenings(9, lambda n: HEAT))
    day = EVENING + timedelta(days=5)
    sent = sent_through(desk, Picky(f"{day:%Y-%m-%dT%H:%M}"), number)
    assert (sent.outcome, sent.sent, sent.left) == ("done", 8, 0)
    [(refused, why)] = [(told.watched_at, told.why) for told in sent.refused]
    assert refused == day
    assert why is not None
    assert "no such day" in why
    assert desk.states() == {"there": 8, "refused": 1}
    assert desk.send(number).sent == 0


def test_cut_off_in_the_middle_of_a_request_it_is_looked_up_first(desk: SendingDesk) -> None:
    """A task that is cancelled while the write is out: it was stored, and is found."""
    number = desk.imported([(HEAT, EVENING)])
    desk.trakt.fault("slow", **HISTORY, delay_s=1.5)

    async def cut() -> None:
        async with desk.client() as trakt:
            sending_on = asyncio.ensure_future(sending.send_on(desk.store, trakt, desk.account_id, number))
            while not desk.writes():
                await asyncio.sleep(0.01)
            sending_on.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending_on

    asyncio.run(cut())
    assert desk.states() == {"unsure": 1}
    sent = desk.send(number)
    assert (sent.outcome, sent.sent + sent.existing, len(desk.minutes())) == ("done", 1, 1)
    assert desk.states() == {"there": 1}


def test_two_at_once_send_everything_once(desk: SendingDesk) -> None:
    number = desk.imported(evenings(120, lambda n: HEAT))
    other = desk.imported([(episode(1), EVENING)], file="g")

    async def both() -> list[Sent]:
        async with desk.client() as trakt:
            runs: list[Callable[[], Any]] = [
                lambda: sending.send_on(desk.store, trakt, desk.account_id, number),
                lambda: sending.send_on(desk.store, trakt, desk.account_id, number),
                lambda: sending.send_on(desk.store, trakt, desk.account_id, other),
            ]
            return list(await asyncio.gather(*(run() for run in runs)))

    reports = asyncio.run(both())
    assert sum(report.sent for report in reports) == 121
    assert set(desk.at_trakt().values()) == {1}


def test_another_client_that_writes_meanwhile_is_seen(desk: SendingDesk) -> None:
    """Between two batches somebody marks what the second would send."""
    number = desk.imported(evenings(150, lambda n: HEAT))
    added: list[int] = []

    def meanwhile(_: object) -> None:
        if not added:
            added.append(1)

    def cancelled() -> bool:
        if added == [1]:
            added.append(2)
            at = EVENING + timedelta(days=120)
            body = {"movies": [{"ids": {"tmdb": 949}, "watched_at": at.isoformat().replace("+00:00", "Z")}]}
            _posted(desk, body)
        return False

    sent = desk.send(number, on_progress=meanwhile, cancelled=cancelled)
    assert (sent.sent, sent.existing) == (149, 1)
    assert set(desk.at_trakt().values()) == {1}


def _posted(desk: SendingDesk, body: dict[str, Any]) -> None:
    import urllib.request

    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {desk.user.access_token}",
        "trakt-api-key": desk.trakt.client_id,
        "trakt-api-version": "2",
    }
    request = urllib.request.Request(
        f"{desk.trakt.base_url}/sync/history", method="POST", data=json.dumps(body).encode(), headers=headers
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
        assert answer.status == 201


def test_what_was_there_before_stays_as_it_was(desk: SendingDesk) -> None:
    desk.add(movies=(Entry(ids=Ids(tmdb=949), watched_at=EVENING), Entry(ids=Ids(tmdb=949), watched_at=EVENING)))
    ids = {row["id"] for row in desk.trakt.plays(desk.user)}
    desk.send(desk.imported([(HEAT, EVENING), (HEAT, EVENING + timedelta(days=3))]))
    assert ids <= {row["id"] for row in desk.trakt.plays(desk.user)}
    assert sorted(desk.at_trakt().values()) == [1, 2]
