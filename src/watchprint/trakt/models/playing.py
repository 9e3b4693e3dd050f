"""What is playing or paused: answers of scrobbling and check-ins, the saved positions, and "watching now"."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from watchprint.trakt.models.titles import Episode, Movie, Show


class Sharing(Struct, frozen=True, gc=False, omit_defaults=True):
    """Networks to share to (in a request: None = as the user's settings say), or shared to (in an answer)."""

    twitter: bool | None = None
    mastodon: bool | None = None
    tumblr: bool | None = None


class Scrobbled(Struct, frozen=True, gc=False):
    """The answer to a scrobble.

    `action` says what Trakt made of it: start, pause (the position was saved) or scrobble (a play was stored, and
    `id` is its history id). For the other two `id` is 0 or the id of the saved position.
    """

    action: str
    progress: float | None = None
    id: int = 0
    sharing: Sharing = Sharing()
    movie: Movie | None = None
    episode: Episode | None = None
    show: Show | None = None

    @property
    def play_id(self) -> int | None:
        """The history id, if this made a play."""
        return self.id if self.action == "scrobble" and self.id else None


class CheckedIn(Struct, frozen=True, gc=False):
    """The answer to a check-in. `watched_at` is the moment at which it becomes a play, whose id is `id`."""

    id: int
    watched_at: datetime
    sharing: Sharing = Sharing()
    movie: Movie | None = None
    episode: Episode | None = None
    show: Show | None = None


class PlaybackRow(Struct, frozen=True, gc=False):
    """A saved position: `progress` in percent, `type` movie or episode. Trakt keeps it for six months."""

    id: int
    progress: float | None = None
    paused_at: datetime | None = None
    type: str = ""
    movie: Movie | None = None
    episode: Episode | None = None
    show: Show | None = None


class Watching(Struct, frozen=True, gc=False):
    """What a user watches now, by a scrobble or a check-in (`action`)."""

    started_at: datetime | None = None
    expires_at: datetime | None = None
    action: str = ""
    type: str = ""
    movie: Movie | None = None
    episode: Episode | None = None
    show: Show | None = None
