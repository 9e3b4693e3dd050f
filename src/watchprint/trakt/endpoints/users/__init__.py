"""`/users`: settings, profile, statistics, and a user's rows as others may see them.

`user` is a slug, or "me" for the user behind the token. A private user whom one may not see is Refused.
"""

from __future__ import annotations

from watchprint.trakt.bind import R
from watchprint.trakt.endpoints.users.account import UserAccount
from watchprint.trakt.endpoints.users.hidden import UserHidden
from watchprint.trakt.endpoints.users.rows import UserRows


class Users(UserAccount[R], UserRows[R], UserHidden[R]):
    """Users, and what they show."""
