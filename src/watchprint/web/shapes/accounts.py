"""Accounts in custody: what is handed over, and what is told of them. Never a token but the one that is asked for."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from watchprint.app.standing import Status
from watchprint.web.shapes.answers import At, Count
from watchprint.web.shapes.queries import Query


class NewAccountBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token pair, whose owner is this installation from now on. Nobody else may refresh it any more."""

    access_token: Annotated[str, Meta(min_length=1, max_length=4096, pattern=r"^[\x21-\x7e]+$")]
    refresh_token: Annotated[str, Meta(min_length=1, max_length=4096, pattern=r"^[\x21-\x7e]+$")]
    expires_in_s: Annotated[int, Meta(ge=0, le=2**31, description="The access token's life [s]", examples=[604800])]
    created_at: Annotated[At, Meta(description="When Trakt issued the pair; left out: now")] | None = None
    name: Annotated[str, Meta(min_length=1, max_length=64, description="Left out: Trakt's name of the user")] | None = (
        None
    )


class AccountLink(Struct, frozen=True, kw_only=True):
    """Which Trakt user it is, and how the link stands."""

    user: Annotated[str | None, Meta(description="Trakt's slug; may change")]
    vip: bool
    status: Annotated[str, Meta(description="linked, sign_in_again, disconnected, locked, refused or limited")]
    status_since_at: At
    status_reason: str | None


class AccountCopy(Struct, frozen=True, kw_only=True):
    """What is kept, and when it is read next."""

    movies: Annotated[int, Meta(ge=0, description="Plays of films")]
    episodes: Annotated[int, Meta(ge=0, description="Plays of episodes")]
    ratings: Count
    revision: Annotated[int, Meta(description="Moves with every change")]
    last_sync_at: At | None
    next_sync_at: At | None
    syncing: Annotated[bool, Meta(description="It is being read now")]


class AccountBudget(Struct, frozen=True, kw_only=True):
    """What is left of Trakt's limits."""

    reads: Annotated[int, Meta(ge=0, description="In the running five minutes")]
    next_write_at: At
    rests_until: At | None


class AccountShape(Struct, frozen=True, kw_only=True):
    """An account in custody."""

    name: str
    zone: Annotated[str, Meta(description="The time zone the person lives in now")]
    created_at: At
    link: AccountLink | None
    copy: AccountCopy
    budget: AccountBudget


class AccessToken(Struct, frozen=True, kw_only=True):
    """An access token that Trakt accepts now. It is renewed here; ask again rather than keep it."""

    access_token: str
    expires_at: At | None


class Gone(Struct, frozen=True, kw_only=True):
    """What is gone with an account."""

    name: str
    plays: Count
    withdrawn: Annotated[bool | None, Meta(description="Trakt accepts the tokens no more; null: there were none")]
    not_withdrawn_because: str | None
    elsewhere: Annotated[int, Meta(ge=0, description="Files that the operator removes by hand; the log names them")]


class ForgetQuery(Query, frozen=True, kw_only=True):
    """How much goes."""

    keep_copy: Annotated[bool, Meta(description="Only the tokens go; the copy stays, as a local account")] = False


def account_of(status: Status) -> AccountShape:
    """How an account stands, as it is told."""
    account, link, left = status.account, status.account.link, status.left
    return AccountShape(
        name=account.name,
        zone=account.zones.spans[-1][1],
        created_at=account.created_at,
        link=None if link is None else AccountLink(
            user=link.slug, vip=link.vip, status=link.status, status_since_at=link.status_since_at,
            status_reason=link.status_reason,
        ),
        copy=AccountCopy(
            movies=status.movies, episodes=status.episodes, ratings=status.ratings, revision=account.revision,
            last_sync_at=status.last_sync_at, next_sync_at=account.sync_due_at,
            syncing=status.syncing_until is not None,
        ),
        budget=AccountBudget(reads=left.reads, next_write_at=left.next_write_at, rests_until=left.rests_until),
    )  # fmt: skip
