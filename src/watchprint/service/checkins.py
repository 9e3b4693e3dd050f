"""Check-ins: a person says that they watch something now, perhaps to others, perhaps where.

A place is returned, never sent, unless the caller asks for it: then its name (never its position) stands in the
message.

Source: POST /checkin, DELETE /checkin, GET /users/settings (`connections`).
"""

from __future__ import annotations

from collections.abc import Sequence

from watchprint.service.answers import Checkin
from watchprint.service.arguments import NETWORKS, SharingChoice, as_sharing, networks, of_kind
from watchprint.service.titles.given import item_of
from watchprint.service.writing.subjects import subject_of
from watchprint.trakt.bind import Endpoints, R, flow
from watchprint.trakt.endpoints import scrobble
from watchprint.trakt.endpoints.users import Users
from watchprint.trakt.errors import Invalid
from watchprint.trakt.facts import Place
from watchprint.trakt.flows import Flow, ask
from watchprint.trakt.items import Episode, Item, Kind, Movie


class Checkins(Endpoints[R]):
    """Check-ins."""

    @flow
    def checkin_movie(
        self,
        item: Movie,
        *,
        message: str | None = None,
        sharing: SharingChoice = None,
        place: Place | None = None,
        share_place: bool = False,
    ) -> Flow[Checkin]:
        """The check-in that runs now, where it was shared, and when it becomes a play.

        Args:
            item: The film.
            message: What is posted; None: as the user's settings say.
            sharing: Networks to share to (twitter, mastodon, tumblr); None: as the user's settings say. One that the
                user has not connected on Trakt keeps nothing back: the answer names it in `not_connected`.
            place: Where it happens; comes back in the answer.
            share_place: The place's name goes into the message too.

        Raises:
            Invalid: There is no such network, or the item is of another kind.
            AlreadyActive: A check-in is running, until `expires_at`.
            NotFound: Trakt does not know the item.

        Source: POST /checkin
        """
        return _checked_in(item, "movie", message, networks(sharing), _checked(place, share_place), share_place)

    @flow
    def checkin_episode(
        self,
        item: Episode,
        *,
        message: str | None = None,
        sharing: SharingChoice = None,
        place: Place | None = None,
        share_place: bool = False,
    ) -> Flow[Checkin]:
        """The check-in that runs now, where it was shared, and when it becomes a play.

        Args:
            item: The episode.
            message: What is posted; None: as the user's settings say.
            sharing: Networks to share to (twitter, mastodon, tumblr); None: as the user's settings say. One that the
                user has not connected on Trakt keeps nothing back: the answer names it in `not_connected`.
            place: Where it happens; comes back in the answer.
            share_place: The place's name goes into the message too.

        Raises:
            Invalid: There is no such network, or the item is of another kind.
            AlreadyActive: A check-in is running, until `expires_at`.
            NotFound: Trakt does not know the item.

        Source: POST /checkin
        """
        return _checked_in(item, "episode", message, networks(sharing), _checked(place, share_place), share_place)

    @flow
    def delete_checkin(self) -> Flow[None]:
        """End the running check-in, so that it becomes no play; nothing happens where none is running.

        Source: DELETE /checkin
        """
        return ask(scrobble.Checkin.delete.call())


def _checked(place: object, share_place: bool) -> Place | None:
    if place is not None and not isinstance(place, Place):
        raise Invalid(f"a place is a Place, e.g. Place('Odeon', kind='cinema'), not {place!r}")
    if share_place and place is None:
        raise Invalid("share_place=True shares a place: pass it as place=Place(…)")
    return place


def _checked_in(
    asked: object,
    kind: Kind,
    message: str | None,
    chosen: dict[str, bool] | None,
    place: Place | None,
    share_place: bool,
) -> Flow[Checkin]:
    item = of_kind(asked, (kind,), f"checkin_{kind}")
    words = _message(message, place if share_place else None)
    return _made(item, words, chosen, place)


def _message(message: object, place: Place | None) -> str | None:
    if message is not None and not isinstance(message, str):
        raise Invalid(f"a message is text, not {message!r}")
    where = None if place is None else f"at {place.name.strip()}"
    return " ".join(part for part in (message, where) if part) or None


def _made(item: Item, message: str | None, chosen: dict[str, bool] | None, place: Place | None) -> Flow[Checkin]:
    strange = yield from _not_connected([network for network, yes in (chosen or {}).items() if yes])
    sharing = None if chosen is None else as_sharing({**chosen, **dict.fromkeys(strange, False)})
    subject = yield from subject_of(item)
    answer = yield from ask(scrobble.Checkin.create.call(subject, message=message, sharing=sharing))
    shared_to = tuple(network for network in NETWORKS if getattr(answer.sharing, network))
    return Checkin(answer.id, item_of(answer) or item, answer.watched_at, shared_to, place, strange)


def _not_connected(wanted: Sequence[str]) -> Flow[tuple[str, ...]]:
    """Those of the networks that the user has not connected on Trakt."""
    if not wanted:
        return ()
    connections = (yield from ask(Users.settings.call())).connections
    return tuple(network for network in wanted if not getattr(connections, network))
