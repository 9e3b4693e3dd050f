"""What is watched as it happens: scrobbling by a player, and check-ins by people."""

from __future__ import annotations

from typing import Literal

from watchprint.trakt.bind import Endpoints, R, endpoint
from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.bodies import Subject
from watchprint.trakt.models.playing import CheckedIn, Scrobbled, Sharing
from watchprint.trakt.requests import post, send
from watchprint.trakt.wire import Call

WATCHED_PCT = 80.0
"""From here on a stop makes a play."""


class Scrobble(Endpoints[R]):
    """A player's messages. Progress is in percent, 0 to 100."""

    @endpoint
    def start(self, subject: Subject, progress_pct: float, *, sharing: Sharing | None = None) -> Call[Scrobbled]:
        """Playing begins or goes on: the user is "watching" it, a saved position is forgotten.

        Repeatable: it says what is, and the second answer is the same.

        Args:
            subject: What is played.
            progress_pct: How far it is [%].
            sharing: Networks to share to; None = as the user has set.

        Raises:
            NotFound: Trakt does not know the title.

        Source: POST /scrobble/start
        """
        return _scrobble("start", subject, progress_pct, sharing, repeatable=True)

    @endpoint
    def pause(self, subject: Subject, progress_pct: float, *, sharing: Sharing | None = None) -> Call[Scrobbled]:
        """Playing pauses: the position is saved.

        Repeatable: it says what is. Trakt's latest documents lack it; `stop` below 80 % does the same.

        Args:
            subject: What is played.
            progress_pct: How far it is [%]; 1 to below 80, else Trakt refuses it.
            sharing: Networks to share to; None = as the user has set.

        Raises:
            Invalid: The progress is not of a pause (422).

        Source: POST /scrobble/pause
        """
        return _scrobble("pause", subject, progress_pct, sharing, repeatable=True)

    @endpoint
    def stop(self, subject: Subject, progress_pct: float, *, sharing: Sharing | None = None) -> Call[Scrobbled]:
        """Playing ends: from 80 % on it becomes a play, below the position is saved.

        Repeatable below 80 % only: the second answer to a play is 409.

        Args:
            subject: What is played.
            progress_pct: How far it is [%].
            sharing: Networks to share to; None = as the user has set.

        Raises:
            AlreadyActive: It was just scrobbled (`watched_at`), and cannot be again until `expires_at`.
            Invalid: Less than 1 % (422): nothing to store.
            UnknownOutcome: No answer came to a play: look at the history before it is sent again.

        Source: POST /scrobble/stop
        """
        return _scrobble("stop", subject, progress_pct, sharing, repeatable=_checked(progress_pct) < WATCHED_PCT)


class Checkin(Endpoints[R]):
    """A person's word that they watch something now. It becomes a play when its runtime is over."""

    @endpoint
    def create(
        self, subject: Subject, *, message: str | None = None, sharing: Sharing | None = None
    ) -> Call[CheckedIn]:
        """Say that the user watches this from now on. Not repeatable: the second answer is 409.

        Args:
            subject: What is watched.
            message: Text to share; None = as the user has set.
            sharing: Networks to share to; None = as the user has set.

        Raises:
            AlreadyActive: A check-in is running, until `expires_at`.
            NotFound: Trakt does not know the title.

        Source: POST /checkin
        """
        return post(CheckedIn, "/checkin", _body(subject, message=message, sharing=sharing), repeatable=False)

    @endpoint
    def delete(self) -> Call[None]:
        """End the running check-in; nothing happens where there is none. Repeatable: 204 always.

        Source: DELETE /checkin
        """
        return send("DELETE", "/checkin", repeatable=True)


def _scrobble(
    action: Literal["start", "pause", "stop"],
    subject: Subject,
    progress_pct: float,
    sharing: Sharing | None,
    *,
    repeatable: bool,
) -> Call[Scrobbled]:
    body = _body(subject, progress=_checked(progress_pct), sharing=sharing)
    return post(Scrobbled, f"/scrobble/{action}", body, repeatable=repeatable)


def _body(subject: Subject, **more: object) -> dict[str, object]:
    named = {"movie": subject.movie, "show": subject.show, "episode": subject.episode}
    return {name: value for name, value in {**named, **more}.items() if value is not None}


def _checked(progress_pct: object) -> float:
    if isinstance(progress_pct, bool) or not isinstance(progress_pct, int | float) or not 0 <= progress_pct <= 100:
        raise Invalid(f"progress is a percentage from 0 to 100, not {progress_pct!r}")
    return progress_pct
