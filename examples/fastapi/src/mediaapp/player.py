"""Integration point "media player": what a player calls as it plays, check-ins, and a live view of it.

Nothing is queued here. Trakt makes the plays: a stop from 80 % on is one.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel, Field

from mediaapp.asked import App, SignedIn, Trakt, User
from mediaapp.refusals import unsure
from mediaapp.titles import EpisodeIn, MovieIn, Playable, Playing, Title
from watchprint import Checkin, Episode, Movie, Place, Scrobble, UnknownOutcome

router = APIRouter(tags=["player"])


class Report(BaseModel):
    """What a player says."""

    item: Playable
    progress_pct: Annotated[float, Field(ge=0, le=100)]


@router.post("/player/start")
async def start(report: Report, app: App, user: SignedIn) -> Playing:
    """It plays, or plays on. Trakt shows "watching now" until the end of its runtime; no need to repeat it."""
    return _told(app, user, await app.trakt.scrobble_start(user.tokens, report.item.item(), report.progress_pct))


@router.post("/player/progress")
async def progress(report: Report, app: App, user: SignedIn) -> Playing:
    """It still plays: told to whoever looks on; Trakt need not know."""
    playing = Playing(action="progress", progress_pct=report.progress_pct, title=Title.of(report.item.item()))
    app.live.tell(user.account.id, playing)
    return playing


@router.post("/player/pause")
async def pause(report: Report, app: App, user: SignedIn) -> Playing:
    """It stands still: the position is saved at Trakt, for all devices."""
    return _told(app, user, await app.trakt.scrobble_pause(user.tokens, report.item.item(), report.progress_pct))


@router.post("/player/stop", responses={202: {"description": "Trakt did not say whether it took it: call again"}})
async def stop(report: Report, app: App, user: SignedIn) -> Playing:
    """It ended. From 80 % on that is a play, and one only, however often this is called."""
    return _told(app, user, await _stopped(app, user, report))


async def _stopped(app: App, user: User, report: Report) -> Scrobble:
    """A stop whose answer was lost is told once more: if the play is there, Trakt says so and makes no second one."""
    item = report.item.item()
    try:
        return await app.trakt.scrobble_stop(user.tokens, item, report.progress_pct)
    except UnknownOutcome:
        pass
    try:
        return await app.trakt.scrobble_stop(user.tokens, item, report.progress_pct)
    except UnknownOutcome as lost:
        raise unsure("Trakt did not answer: this may or may not be stored. Report the stop again.") from lost


def _told(app: App, user: User, made: Scrobble) -> Playing:
    playing = Playing(
        action=made.action,
        progress_pct=made.progress,
        title=Title.of(made.item),
        play_id=made.play_id,
        already=made.already,
    )
    app.live.tell(user.account.id, playing)
    return playing


@router.get("/player/live", response_class=EventSourceResponse)
async def live(app: App, user: SignedIn) -> AsyncGenerator[Playing]:
    """Server-sent events: first what Trakt says is watched now (if anything), then what players report."""
    with app.live.looking_on(user.account.id) as reports:
        now = await app.trakt.get_user_watching(user.tokens)
        if now is not None:
            yield Playing(action=now.action, progress_pct=now.progress_pct or 0, title=Title.of(now.item))
        while True:
            yield await reports.get()


# --- social: a check-in says to others what is watched now, and perhaps where


class PlaceIn(BaseModel):
    """Where; it goes into a public message only with `share`."""

    name: Annotated[str, Field(min_length=1)]
    kind: Literal["home", "friends", "cinema", "travel", "other"] = "other"
    share: bool = False


class CheckinIn(BaseModel):
    """What is watched now, and what is said of it."""

    item: Playable
    message: str | None = None
    networks: list[Literal["twitter", "mastodon", "tumblr"]] = []
    place: PlaceIn | None = None


class CheckinOut(BaseModel):
    """A check-in that runs: when it becomes a play, and where it was shared."""

    title: Title
    becomes_play_at: str
    shared_to: list[str]
    place: str | None


@router.post("/checkin", status_code=201)
async def check_in(wish: CheckinIn, trakt: Trakt, user: SignedIn) -> CheckinOut:
    """It begins now, and becomes a play when its runtime is over."""
    made = await _checked_in(wish, trakt, user)
    return CheckinOut(
        title=Title.of(made.item),
        becomes_play_at=made.becomes_play_at.isoformat(),
        shared_to=list(made.shared_to),
        place=made.place.name if made.place else None,
    )


async def _checked_in(wish: CheckinIn, trakt: Trakt, user: User) -> Checkin:
    place = Place(wish.place.name, wish.place.kind) if wish.place else None
    share = wish.place is not None and wish.place.share
    match wish.item:
        case MovieIn():
            film: Movie = wish.item.item()
            return await trakt.checkin_movie(
                user.tokens, film, message=wish.message, sharing=wish.networks or None, place=place, share_place=share
            )
        case EpisodeIn():
            episode: Episode = wish.item.item()
            return await trakt.checkin_episode(
                user.tokens,
                episode,
                message=wish.message,
                sharing=wish.networks or None,
                place=place,
                share_place=share,
            )


@router.delete("/checkin", status_code=204)
async def end_checkin(trakt: Trakt, user: SignedIn) -> Response:
    """It will be no play. Fine when none runs."""
    await trakt.delete_checkin(user.tokens)
    return Response(status_code=204)
