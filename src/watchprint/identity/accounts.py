"""Accounts as values: one account is one person. Its tokens are never part of it.

Names are unique on an installation whatever their case. Nothing here reads or writes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from watchprint.domain.zones import Zones
from watchprint.identity.errors import BadName

LinkStatus = Literal["linked", "sign_in_again", "disconnected", "locked", "refused", "limited"]
"""linked: all is well · sign_in_again: the tokens are spent · disconnected: the user withdrew them · locked: Trakt
locked the user (423) · refused: Trakt refuses the application (403) · limited: a limit of the user is reached (420)."""
LONGEST_NAME: Final = 64
DAY_START_MIN: Final = 240
"""Days begin at 04:00 unless the account says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """Which Trakt user an account is linked to, as /users/settings says it.

    Args:
        uuid: Trakt's `ids.uuid`: what the user is known by; a slug may change.
        trakt_url: The Trakt that the tokens belong to; they are sent to no other.
        limits: What Trakt allows this user, as Trakt words it.
    """

    uuid: str
    trakt_url: str
    slug: str | None = None
    vip: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(NewLink):
    """The same, and how it stands.

    Attributes:
        status: How the link stands.
        status_since_at: Since when.
        status_reason: In words for the user, where there is more to say.
    """

    status: LinkStatus
    status_since_at: datetime
    status_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person on this installation.

    Attributes:
        id: Ours; never used again after the account is forgotten.
        zones: The person's time zones, each with the instant it began.
        day_start_min: Minutes after midnight at which a day begins.
        link: The Trakt user; None: a local account.
        revision: Moves with every change of what is kept of the account.
        sync_due_at: When it is to be read from Trakt next; None: not at all.
    """

    id: int
    name: str
    zones: Zones
    day_start_min: int
    is_default: bool
    link: Link | None
    revision: int
    created_at: datetime
    sync_due_at: datetime | None


def account_name(text: str) -> str:
    """The name as it is kept: trimmed, in Unicode's composed form.

    Raises:
        BadName: It is blank, too long, begins like an option, or has characters that do not print.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not name:
        raise BadName("The name of an account is blank. Give it a name such as ann.")
    if len(name) > LONGEST_NAME:
        raise BadName(f"The name of an account is longer than {LONGEST_NAME} characters. Shorten it.")
    if not name.isprintable() or name.startswith("-"):
        raise BadName("The name of an account has characters that do not print, or begins with a dash. Choose another.")
    return name


def name_key(name: str) -> str:
    """What two names are compared by: their case does not tell them apart."""
    return unicodedata.normalize("NFC", name.casefold())
