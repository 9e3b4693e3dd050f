"""Whose data it is: accounts as values, the keys that tokens are sealed with, and the sealing. No database here."""

from __future__ import annotations

from watchprint.identity.accounts import Account, Link, LinkStatus, NewLink, account_name
from watchprint.identity.errors import (
    BadName,
    IdentityError,
    KeysUnusable,
    NameTaken,
    NoSuchAccount,
    TokensUnreadable,
    UserTaken,
)
from watchprint.identity.keys import KeyRing

__all__ = [
    "Account",
    "BadName",
    "IdentityError",
    "KeyRing",
    "KeysUnusable",
    "Link",
    "LinkStatus",
    "NameTaken",
    "NewLink",
    "NoSuchAccount",
    "TokensUnreadable",
    "UserTaken",
    "account_name",
]
