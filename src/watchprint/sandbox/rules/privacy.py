"""Whose data a request may see: its own user's, and that of users who are not private (trakt-api.md 12)."""

from __future__ import annotations

from watchprint.sandbox.kernel import Call, Refusal
from watchprint.sandbox.state import User, UserList


def owner_of(call: Call) -> User:
    """The user that the path names (`{user}`: a slug, or `me`); without that part, the one behind the token.

    Raises:
        Refusal: 401 for `me` without a token, and for a private user seen by anyone else, then with
            `X-Private-User: true`; 404 for an unknown slug.
    """
    slug = call.parts.get("user", "me")
    if slug == "me":
        if call.user is None:
            raise Refusal(401)
        return call.user
    user = call.world.state.users.get(slug)
    if user is None:
        raise Refusal(404)
    if user.private and user is not call.user:
        raise Refusal(401, None, {"X-Private-User": "true"})
    return user


def own_only(call: Call) -> User:
    """The user that the path names, when it is the one behind the token: for writing.

    Raises:
        Refusal: 401 for anyone else's path, 404 for an unknown slug.
    """
    user = owner_of(call)
    if user is not call.user:
        raise Refusal(401)
    return user


def privacy_headers(call: Call, owner: User) -> dict[str, str]:
    """`X-Private-User`, which Trakt sends where a token was sent."""
    return {} if call.user is None else {"X-Private-User": "true" if owner.private else "false"}


def may_see(call: Call, owner: User, one: UserList) -> bool:
    """Whether the request may see a personal list: its owner's, else public or shared by link."""
    return owner is call.user or one.privacy in ("public", "link")
