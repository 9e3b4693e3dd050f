"""Every write, on both faces, against a real and strict sandbox: the typed answer, and the effect read back."""

from __future__ import annotations

import inspect
import sys
from datetime import timedelta
from typing import Any

import pytest

from tests.trakt.against_sandbox.faces import Face, SandboxClock, control, every_endpoint, minute
from watchprint.trakt import pkce
from watchprint.trakt.errors import AccountLimit, AlreadyActive, Invalid, NotFound, SignInDenied, VipOnly
from watchprint.trakt.models.bodies import (
    Entry,
    EpisodeEntry,
    EpisodeRef,
    SeasonEntry,
    Subject,
    SyncItems,
    UserEntry,
    UserSlug,
)
from watchprint.trakt.models.ids import Ids
from watchprint.trakt.tokens import Tokens

MATRIX, HEAT, FIGHT_CLUB = (Entry(ids=Ids(tmdb=tmdb)) for tmdb in (603, 949, 550))
BAD = Ids(tmdb=1396)
UNKNOWN = Entry(ids=Ids(tmdb=999_999_999))
SEASON_1 = SyncItems(shows=(Entry(ids=BAD, seasons=(SeasonEntry(number=1),)),))
PILOT = Subject(show=Entry(ids=BAD), episode=EpisodeRef(season=1, number=1))
FILM = Subject(movie=MATRIX)


def films(*entries: Entry) -> SyncItems:
    return SyncItems(movies=entries)


def with_facts(entry: Entry, **facts: Any) -> Entry:
    return Entry(ids=entry.ids, **facts)


def now(face: Face) -> Any:
    return SandboxClock(face.server).now()


def test_scrobbling_a_film_to_its_end(vip: Face) -> None:
    started = vip.do(lambda t: t.scrobble.start(FILM, 0.5))
    assert (started.action, started.play_id, started.movie.ids.tmdb) == ("start", None, 603)
    watching = vip.do(lambda t: t.users.watching())
    assert (watching.action, watching.movie.title) == ("scrobble", "The Matrix")
    assert watching.started_at <= now(vip) < watching.expires_at
    paused = vip.do(lambda t: t.scrobble.pause(FILM, 40.0))
    assert (paused.action, paused.progress) == ("pause", 40.0)
    [saved] = vip.do(lambda t: t.sync.playback("movies"))
    assert saved.progress == 40.0
    stopped = vip.do(lambda t: t.scrobble.stop(FILM, 96.5))
    assert stopped.action == "scrobble"
    [play] = vip.do(lambda t: t.sync.history())
    assert (play.id, play.action) == (stopped.play_id, "scrobble")
    assert vip.do(lambda t: t.sync.playback()) == []
    with pytest.raises(AlreadyActive) as twice:
        vip.do(lambda t: t.scrobble.stop(FILM, 96.5))
    assert minute(twice.value.watched_at or now(vip)) == play.watched_at
    assert twice.value.expires_at is not None
    assert twice.value.expires_at > play.watched_at


def test_what_a_player_may_not_send(vip: Face) -> None:
    with pytest.raises(Invalid):
        vip.do(lambda t: t.scrobble.pause(FILM, 95))
    with pytest.raises(Invalid):
        vip.do(lambda t: t.scrobble.stop(FILM, 0.2))
    with pytest.raises(NotFound):
        vip.do(lambda t: t.scrobble.start(Subject(movie=UNKNOWN), 5))


def test_an_episode_by_its_place_in_a_show(vip: Face) -> None:
    scrobbled = vip.do(lambda t: t.scrobble.stop(PILOT, 90))
    assert (scrobbled.episode.season, scrobbled.episode.number, scrobbled.show.ids.tmdb) == (1, 1, 1396)
    by_id = Subject(episode=EpisodeRef(ids=Ids(trakt=scrobbled.episode.ids.trakt)))
    assert vip.do(lambda t: t.scrobble.start(by_id, 3)).show.ids.tmdb == 1396


def test_a_position_is_forgotten(vip: Face) -> None:
    vip.do(lambda t: t.scrobble.stop(FILM, 30))
    [saved] = vip.do(lambda t: t.sync.playback())
    assert vip.do(lambda t: t.sync.remove_playback(saved.id)) is None
    assert vip.do(lambda t: t.sync.playback()) == []
    with pytest.raises(NotFound):
        vip.do(lambda t: t.sync.remove_playback(saved.id))


def test_checking_in_and_out(vip: Face) -> None:
    checked = vip.do(lambda t: t.checkin.create(FILM, message="At last"))
    assert checked.movie.title == "The Matrix"
    assert checked.watched_at > now(vip)
    with pytest.raises(AlreadyActive) as twice:
        vip.do(lambda t: t.checkin.create(PILOT))
    assert twice.value.expires_at is not None
    assert abs(twice.value.expires_at - checked.watched_at) < timedelta(minutes=1)
    assert vip.do(lambda t: t.checkin.delete()) is None
    assert vip.do(lambda t: t.users.watching()) is None
    assert vip.do(lambda t: t.checkin.delete()) is None


def test_history_grows_and_shrinks(vip: Face) -> None:
    at = now(vip) - timedelta(days=3)
    items = SyncItems(movies=(with_facts(MATRIX, watched_at=at), with_facts(HEAT, watched_at="unknown"), UNKNOWN))
    added = vip.do(lambda t: t.sync.add_to_history(items))
    assert (added.added.movies, added.added.episodes) == (2, 0)
    assert added.not_found.movies == [{"ids": {"tmdb": 999_999_999}}]
    assert vip.do(lambda t: t.sync.add_to_history(SEASON_1)).added.episodes == 7
    plays = vip.do(lambda t: t.sync.history(kind="movies"))
    assert {play.watched_at for play in plays if play.movie.ids.tmdb == 603} == {minute(at)}
    removed = vip.do(lambda t: t.sync.remove_from_history(SyncItems(ids=(plays[0].id, 1))))
    assert (removed.deleted.total, removed.not_found.ids) == (1, [1])
    assert vip.do(lambda t: t.sync.remove_from_history(SEASON_1)).deleted.episodes == 7
    assert len(vip.me().history) == 1


def test_the_library(vip: Face) -> None:
    facts = {"media_type": "bluray", "resolution": "uhd_4k", "hdr": "hdr10", "audio": "dts_x", "audio_channels": "7.1"}
    owned = films(with_facts(MATRIX, is_3d=True, collected_at=now(vip) - timedelta(days=400), **facts))
    assert vip.do(lambda t: t.sync.add_to_collection(owned)).added.movies == 1
    assert vip.do(lambda t: t.sync.add_to_collection(owned)).existing.movies == 1
    again = films(with_facts(MATRIX, media_type="digital"))
    assert vip.do(lambda t: t.sync.add_to_collection(again)).updated.movies == 1
    vip.do(lambda t: t.sync.add_to_collection(SEASON_1))
    [row] = vip.do(lambda t: t.sync.collection("movies", extended="metadata"))
    assert row.metadata.media_type == "digital"
    removed = vip.do(lambda t: t.sync.remove_from_collection(films(MATRIX, HEAT)))
    assert removed.deleted.movies == 1
    assert len(vip.me().collection) == 7


def test_ratings(vip: Face) -> None:
    rated = SyncItems(
        movies=(with_facts(MATRIX, rating=9),),
        shows=(Entry(ids=BAD, rating=10, seasons=(SeasonEntry(number=1, rating=8),)),),
    )
    assert vip.do(lambda t: t.sync.add_ratings(rated)).added.movies == 1
    vip.do(lambda t: t.sync.add_ratings(films(with_facts(MATRIX, rating=7))))
    found = {row.type: row.rating for row in vip.do(lambda t: t.sync.ratings(extended="full"))}
    assert found["movie"] == 7
    assert vip.do(lambda t: t.sync.remove_ratings(films(MATRIX))).deleted.movies == 1
    assert "movie" not in {row.item.type for row in vip.me().ratings}


def test_the_watchlist(vip: Face) -> None:
    wanted = SyncItems(movies=(with_facts(MATRIX, notes="with popcorn"), HEAT), shows=(Entry(ids=BAD),))
    added = vip.do(lambda t: t.sync.add_to_watchlist(wanted))
    assert (added.added.movies, added.added.shows, added.list.item_count) == (2, 1, 3)
    assert vip.do(lambda t: t.sync.add_to_watchlist(films(MATRIX))).existing.movies == 1
    rows = vip.do(lambda t: t.sync.watchlist())
    order = [row.id for row in reversed(rows)]
    moved = vip.do(lambda t: t.sync.reorder_watchlist([*order, 5]))
    assert (moved.updated, moved.skipped_ids) == (3, (5,))
    assert [row.id for row in vip.do(lambda t: t.sync.watchlist(sort_by="rank"))] == order
    assert vip.do(lambda t: t.sync.update_watchlist_item(order[0], notes="soon")) is None
    assert "soon" in {row.notes for row in vip.do(lambda t: t.sync.watchlist())}
    described = vip.do(lambda t: t.sync.update_watchlist(description="Later", sort_by="added", sort_how="desc"))
    assert (described.type, described.description, described.sort_by) == ("watchlist", "Later", "added")
    removed = vip.do(lambda t: t.sync.remove_from_watchlist(wanted))
    assert (removed.deleted.movies, removed.deleted.shows, removed.list.item_count) == (2, 1, 0)


def test_trakts_own_favourites(vip: Face) -> None:
    best = SyncItems(movies=(with_facts(MATRIX, notes="again and again"),), shows=(Entry(ids=BAD),))
    assert vip.do(lambda t: t.sync.add_to_favorites(best)).added.total == 2
    rows = vip.do(lambda t: t.sync.favorites())
    assert {row.notes for row in rows} == {"again and again", None}
    order = [row.id for row in reversed(rows)]
    assert vip.do(lambda t: t.sync.reorder_favorites(order)).updated == 2
    assert [row.id for row in vip.do(lambda t: t.sync.favorites(sort_by="rank"))] == order
    vip.do(lambda t: t.sync.update_favorites_item(order[0], notes="ever"))
    assert "ever" in {row.notes for row in vip.do(lambda t: t.sync.favorites())}
    assert vip.do(lambda t: t.sync.update_favorites(description="Best")).description == "Best"
    assert vip.do(lambda t: t.sync.remove_from_favorites(best)).deleted.total == 2
    assert vip.do(lambda t: t.sync.favorites()) == []


def test_settings(vip: Face) -> None:
    assert vip.do(lambda t: t.users.update_settings(name="Ann", about="Films", private=True)) is None
    user = vip.do(lambda t: t.users.settings()).user
    assert (user.name, user.about, user.private) == ("Ann", "Films", True)


def test_hiding(vip: Face) -> None:
    show = SyncItems(shows=(Entry(ids=BAD),))
    assert vip.do(lambda t: t.users.hide("dropped", show)).added.total == 1
    [row] = vip.do(lambda t: t.users.hidden("dropped"))
    assert row.show.ids.tmdb == 1396
    assert vip.do(lambda t: t.users.unhide("dropped", show)).deleted.total == 1
    season = SyncItems(shows=(Entry(ids=BAD, seasons=(SeasonEntry(number=2),)),))
    assert vip.do(lambda t: t.users.hide("progress_watched", season)).added.total == 1
    [hidden] = vip.do(lambda t: t.users.hidden("progress_watched", kind="season"))
    assert hidden.season.number == 2
    demo = SyncItems(users=(UserEntry(UserSlug("demo")),))
    assert vip.do(lambda t: t.users.hide("comments", demo)).added.users == 1


def test_lists_from_making_to_deleting(vip: Face) -> None:
    made = vip.do(lambda t: t.lists.create("Film Noir", description="Dark", privacy="public", display_numbers=True))
    assert (made.name, made.ids.slug, made.privacy, made.display_numbers) == ("Film Noir", "film-noir", "public", True)
    other = vip.do(lambda t: t.lists.create("Other"))
    assert other.privacy == "private"
    assert vip.do(lambda t: t.lists.reorder([other.ids.trakt, made.ids.trakt])).updated == 2
    assert [row.ids.trakt for row in vip.do(lambda t: t.lists.of())] == [other.ids.trakt, made.ids.trakt]
    renamed = vip.do(lambda t: t.lists.update("film-noir", name="Noir", sort_by="title"))
    assert (renamed.name, renamed.ids.slug, renamed.sort_by) == ("Noir", "film-noir", "title")
    things = SyncItems(
        movies=(MATRIX, HEAT),
        shows=(Entry(ids=BAD, seasons=(SeasonEntry(number=1, episodes=(EpisodeEntry(number=1),)),)),),
    )
    added = vip.do(lambda t: t.lists.add("film-noir", things))
    assert (added.added.movies, added.added.episodes, added.list.item_count) == (2, 1, 3)
    rows = vip.do(lambda t: t.lists.items(made.ids.trakt, sort_by="rank"))
    assert {row.type for row in rows} == {"movie", "episode"}
    order = [row.id for row in reversed(rows)]
    assert vip.do(lambda t: t.lists.reorder_items("film-noir", order)).updated == 3
    assert [row.id for row in vip.do(lambda t: t.lists.items("film-noir", sort_by="rank"))] == order
    assert vip.do(lambda t: t.lists.update_item("film-noir", order[0], notes="first")) is None
    assert vip.do(lambda t: t.lists.items("film-noir", sort_by="rank"))[0].notes == "first"
    assert vip.do(lambda t: t.lists.remove("film-noir", films(MATRIX))).deleted.movies == 1
    assert vip.do(lambda t: t.lists.delete("film-noir")) is None
    assert [kept.id for kept in vip.me().lists] == [other.ids.trakt]


def test_a_show_begun_anew(vip: Face) -> None:
    vip.do(lambda t: t.sync.add_to_history(SEASON_1))
    show = "breaking-bad"
    assert vip.do(lambda t: t.shows.progress_watched(show)).completed == 7
    at = minute(now(vip) + timedelta(minutes=2))
    assert vip.do(lambda t: t.shows.reset_progress(show, reset_at=at)).reset_at == at
    assert vip.do(lambda t: t.shows.progress_watched(show)).completed == 0
    assert vip.do(lambda t: t.shows.undo_reset_progress(show)) is None
    assert vip.do(lambda t: t.shows.progress_watched(show)).completed == 7
    assert vip.do(lambda t: t.shows.reset_progress(show)).reset_at is not None


def test_limits_of_a_free_account(nobody: Face) -> None:
    slug = f"free-{nobody.name}"
    made = control(nobody.server, "users", {"slug": slug, "limits": {"lists": 1, "watchlist_items": 1}})
    free = nobody.as_user(slug, made["access_token"])
    free.do(lambda t: t.lists.create("One"))
    with pytest.raises(AccountLimit):
        free.do(lambda t: t.lists.create("Two"))
    with pytest.raises(AccountLimit):
        free.do(lambda t: t.sync.add_to_watchlist(films(MATRIX, HEAT)))
    with pytest.raises(VipOnly) as vip_only:
        free.do(lambda t: t.shows.reset_progress("breaking-bad"))
    assert vip_only.value.upgrade_url.startswith("http")
    assert free.do(lambda t: t.sync.watchlist()) == []


def test_signing_in_by_device(nobody: Face) -> None:
    code = nobody.do(lambda t: t.oauth.device_code())
    assert nobody.do(lambda t: t.oauth.device_token(code.device_code)).state == "pending"
    control(nobody.server, "approve", {"user_code": code.user_code, "user": "demo"})
    tokens = nobody.do(lambda t: t.oauth.sign_in_by_device(code))
    assert isinstance(tokens, Tokens)
    assert nobody.as_user("demo", tokens.access_token).do(lambda t: t.users.settings()).user.ids.slug == "demo"
    refused = nobody.do(lambda t: t.oauth.device_code())
    control(nobody.server, "approve", {"user_code": refused.user_code, "deny": True})
    with pytest.raises(SignInDenied):
        nobody.do(lambda t: t.oauth.sign_in_by_device(refused))


def test_signing_in_with_a_browser_and_signing_out(nobody: Face) -> None:
    proof = pkce()
    url = nobody.client.oauth.authorize_url(state="s-1", code_challenge=proof.challenge)
    sent = control(nobody.server, "approve", {"authorize_url": url, "user": "demo"})
    assert "state=s-1" in sent["redirect_url"]
    tokens = nobody.do(lambda t: t.oauth.exchange_code(sent["code"], code_verifier=proof.verifier))
    with pytest.raises(Invalid):
        nobody.do(lambda t: t.oauth.exchange_code(sent["code"], code_verifier=proof.verifier))
    fresh = nobody.do(lambda t: t.oauth.refresh(tokens.refresh_token))
    assert fresh.access_token != tokens.access_token
    with pytest.raises(Invalid):
        nobody.do(lambda t: t.oauth.refresh(tokens.refresh_token))
    assert nobody.do(lambda t: t.oauth.revoke(fresh.access_token)) is None
    assert nobody.do(lambda t: t.oauth.revoke(fresh.access_token)) is None


def test_every_write_is_called_here() -> None:
    source = inspect.getsource(sys.modules[__name__])
    reads = {"get", "of", "items", "public", "public_items", "hidden", "settings", "profile", "stats", "watching"}
    writes = {
        name
        for name in every_endpoint()
        if name.startswith(("oauth.", "scrobble.", "checkin."))
        or name.split(".")[1].split("_")[0] in ("add", "remove", "reorder", "update", "create", "delete", "hide")
        or name.split(".")[1].split("_")[0] in ("unhide", "reset", "undo")
    }
    assert not reads & {name.split(".")[1] for name in writes}
    assert {name for name in writes if f"t.{name}(" not in source} == set()
    assert len(writes) > 35
