"""Custody: whose account a pair links, what is kept of it, lent, renewed once, withdrawn, and forgotten."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.app.conftest import asked, let_pass, pair, settings
from tests.cli.keeping import files_with
from tests.sandbox.desk import Desk, Person
from tests.store.places import Place
from watchprint import Movie
from watchprint.app import AsyncWatchprint, Watchprint
from watchprint.identity import Account, UserTaken
from watchprint.settings import Settings
from watchprint.sync import Progress
from watchprint.trakt.errors import AppRefused, NotConfigured, NotFound, TokenExpired, TraktError
from watchprint.trakt.tokens import Tokens

HEAT = Movie(tmdb=949)


def test_a_pair_finds_its_users_account(app: Watchprint, desk: Desk, ann: Person) -> None:
    made = app.create_account("Household", "Europe/Berlin")
    linked = app.link(pair(desk, ann))
    assert (linked.id, linked.name) == (made.id, "Household"), "the only account, a local one"
    assert linked.link is not None
    assert (linked.link.slug, linked.link.status, linked.sync_due_at) == ("ann", "linked", app.clock.now())
    bob = desk.user("bob", vip=True)
    second = app.link(Tokens(bob.access))
    assert second.name == "bob"
    assert second.link is not None
    assert second.link.vip
    assert app.link(pair(desk, ann)).id == made.id, "known by Trakt's id from now on"
    app.rename(second, "ann")
    assert app.link(Tokens(desk.user("carl").access), name="Carl!").name == "Carl!"
    assert [account.name for account in app.accounts()] == ["ann", "Carl!", "Household"]


def test_an_account_that_was_local_for_a_while_is_read_anew(app: Watchprint, desk: Desk, ann: Person) -> None:
    """What was taken away meanwhile is there again: Trakt has it, though nothing has changed there."""
    account = app.link(pair(desk, ann))
    app.sync(account)
    app.unlink(account, withdraw=False)
    here = app.store.read(lambda work: [play.id for play in work.plays.page(account.id, limit=5)])
    app.store.write(lambda work: work.plays.remove(account.id, here))
    app.link(pair(desk, ann))
    app.sync(account)
    assert app.plays(account).num_rows == 120


@pytest.mark.parametrize("leaves", ["sign_out", "unlink"])
def test_who_signs_out_while_a_sync_runs_is_signed_out(at_desk: Settings, desk: Desk, ann: Person, leaves: str) -> None:
    async def left() -> None:
        async with await AsyncWatchprint.open(at_desk) as app:
            account = await app.link(pair(desk, ann))
            leaving: list[asyncio.Task[Account]] = []

            def leave(progress: Progress) -> None:
                if not leaving:
                    leaving.append(asyncio.ensure_future(getattr(app, leaves)(account, withdraw=False)))

            report = await app.sync(account, on_progress=leave)
            await leaving[0]
            assert (report.outcome, report.reason) == ("elsewhere", "This account is not copied here any more.")
            now = await app.account(account)
            assert now.sync_due_at is None
            assert (now.link and now.link.status) == ("disconnected" if leaves == "sign_out" else None)

    asyncio.run(left())


def test_a_name_that_is_taken_is_not_shared(app: Watchprint, desk: Desk, ann: Person) -> None:
    app.create_account("ann")
    app.create_account("bob")
    assert app.link(pair(desk, ann)).name == "ann-2", "two local accounts: neither is meant"


def test_what_an_account_cannot_be_linked_to(app: Watchprint, desk: Desk, ann: Person) -> None:
    app.link(pair(desk, ann))
    bob = desk.user("bob")
    with pytest.raises(UserTaken, match="linked to the Trakt user 'ann'"):
        app.link(Tokens(bob.access), name="ann")
    app.create_account("bob")
    with pytest.raises(UserTaken, match="linked to the account 'ann'"):
        app.link(pair(desk, ann), name="bob")
    assert app.account("bob").link is None
    assert app.access_token("ann") == ann.access


def test_a_token_of_another_application_opens_nothing_and_is_not_kept(
    app: Watchprint, desk: Desk, place: Place, ann: Person
) -> None:
    other = desk.obey("POST", "apps", {"name": "Other"})
    elsewhere = settings(place, desk, TRAKT_CLIENT_ID=other["client_id"], TRAKT_CLIENT_SECRET=other["client_secret"])
    with Watchprint.open(elsewhere) as app_of_another:
        with pytest.raises((AppRefused, TokenExpired)):
            app_of_another.link(pair(desk, ann))
        assert app_of_another.accounts() == []
    unknown = settings(place, desk, TRAKT_CLIENT_ID="0" * 64)
    with Watchprint.open(unknown) as refused, pytest.raises(AppRefused):
        refused.link(pair(desk, ann))
    assert app.accounts() == []


def test_trakt_that_breaks_while_it_says_whose_a_pair_is(app: Watchprint, desk: Desk, ann: Person) -> None:
    desk.fault("503", path="/users/settings", times=None)
    with pytest.raises(TraktError):
        app.link(pair(desk, ann))
    assert app.accounts() == []


def test_a_token_is_lent_and_renewed_once_by_whoever_finds_it_old(at_desk: Settings, desk: Desk, ann: Person) -> None:
    async def lent() -> list[str]:
        one, other = await AsyncWatchprint.open(at_desk), await AsyncWatchprint.open(at_desk)
        async with one, other:
            account = await one.link(pair(desk, ann))
            assert await one.access_token(account) == ann.access
            let_pass(desk, 4 * 86_400, one.clock, other.clock)
            desk.obey("DELETE", "requests")
            return await asyncio.gather(*(each.access_token(account) for each in (one, other) * 4))

    tokens = asyncio.run(lent())
    assert len(set(tokens)) == 1
    assert tokens[0] != ann.access
    assert asked(desk).count("/oauth/token") == 1


def test_a_pair_that_cannot_be_renewed_serves_until_its_end(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(Tokens(ann.access, "spent-refresh-token", pair(desk, ann).created_at, 7 * 86_400))
    let_pass(desk, 4 * 86_400, app.clock)
    assert app.access_token(account) == ann.access
    standing = app.status(account)
    assert standing.account.link is not None
    assert standing.account.link.status == "sign_in_again"
    let_pass(desk, 4 * 86_400, app.clock)
    with pytest.raises(TokenExpired):
        app.access_token(account)


def test_a_write_makes_the_sync_due_and_a_read_does_not(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    app.store.write(lambda work: work.accounts.due_at(account.id, None))
    service = app.service(account)
    assert service.get_history(limit=1).first() is not None
    assert app.account(account).sync_due_at is None
    assert service.add_to_history(HEAT).added == 1
    assert app.account(account).sync_due_at == app.clock.now()
    app.store.write(lambda work: work.accounts.due_at(account.id, None))
    desk.fault("504", path="/sync/history", applied=True)
    with pytest.raises(TraktError):
        service.add_to_history(HEAT, allow_duplicates=True)
    assert app.account(account).sync_due_at is not None, "it may have been stored"


def test_a_passed_through_token_is_not_kept(app: Watchprint, desk: Desk, ann: Person, place: Place) -> None:
    async def passed() -> int | None:
        async with await AsyncWatchprint.open(app.settings) as other:
            return (await other.service_for(ann.access).get_user_stats()).movies.plays

    assert asyncio.run(passed()) is not None
    assert app.accounts() == []
    assert files_with(place.home, [ann.access]) == []


def test_signing_out_keeps_the_copy_and_whose_it_is(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    out = app.sign_out(account)
    assert out.link is not None
    assert (out.link.slug, out.link.status, out.sync_due_at) == ("ann", "disconnected", None)
    assert desk.get("/users/settings", ann).status == 401
    assert not app.status(account).signed_in
    with pytest.raises(NotConfigured, match="watchprint login"):
        app.access_token(account)


def test_unlinking_withdraws_or_changes_nothing(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    desk.fault("503", path="/oauth/revoke", times=None)
    with pytest.raises(TraktError):
        app.unlink(account)
    assert app.access_token(account) == ann.access
    assert app.unlink(account, withdraw=False).link is None
    assert desk.get("/users/settings", ann).status == 200
    desk.obey("DELETE", "faults")
    app.link(pair(desk, ann))
    assert app.unlink(account).link is None
    assert desk.get("/users/settings", ann).status == 401
    with pytest.raises(NotConfigured, match="not linked"):
        app.service(app.account(account))


def test_forgetting_withdraws_deletes_and_names_what_is_out_of_reach(
    app: Watchprint, desk: Desk, ann: Person, place: Place, tmp_path: Path
) -> None:
    account = app.link(pair(desk, ann))
    app.create_account("bob")
    app.backup(place.home / "in.db")
    app.backup(tmp_path / "out.db")
    gone = app.forget(account)
    assert (gone.name, gone.withdrawn, gone.not_withdrawn_because) == ("ann", True, None)
    assert gone.cleaned == (place.home / "in.db",)
    assert gone.elsewhere == (tmp_path / "out.db",)
    assert desk.get("/users/settings", ann).status == 401
    assert [each.name for each in app.accounts()] == ["bob"]
    assert app.forget("bob").withdrawn is None


def test_forgetting_goes_on_without_trakt_and_says_so(app: Watchprint, desk: Desk, ann: Person, place: Place) -> None:
    account = app.link(pair(desk, ann))
    desk.fault("503", path="/oauth/revoke", times=None)
    gone = app.forget(account)
    assert gone.withdrawn is False
    assert gone.not_withdrawn_because is not None
    assert app.accounts() == []
    again = app.link(pair(desk, ann))
    (place.home / "keys").unlink()
    with Watchprint.open(app.settings) as without_keys:
        lost = without_keys.forget(again)
    assert lost.withdrawn is False
    assert "key ring" in (lost.not_withdrawn_because or "")


def test_tokens_go_to_no_other_trakt(app: Watchprint, desk: Desk, ann: Person, place: Place) -> None:
    account = app.link(pair(desk, ann))
    other = settings(place, desk, TRAKT_API_URL=desk.server.base_url.replace("127.0.0.1", "localhost"))
    desk.obey("DELETE", "requests")
    with Watchprint.open(other) as elsewhere:
        for deed in (elsewhere.access_token, elsewhere.sync, elsewhere.sign_out, elsewhere.unlink):
            with pytest.raises(NotConfigured, match="no other Trakt"):
                deed(account)
        gone = elsewhere.forget(account)
        assert gone.withdrawn is False
    assert asked(desk) == []


def test_what_the_service_says_is_what_the_client_says(app: Watchprint, desk: Desk, ann: Person) -> None:
    account = app.link(pair(desk, ann))
    with pytest.raises(NotFound):
        app.service(account).get_list_items("no-such-list").all()
    assert app.trakt(account).users.settings().user.ids.slug == "ann"
