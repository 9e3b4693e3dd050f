"""What can be wrong with an account, its tokens or the keys; each text says what to do. None shows a secret.

IdentityError
├── BadName             the name cannot be one
├── NameTaken           another account has it
├── NoSuchAccount       there is none of that name or id
├── UserTaken           another account is linked to that Trakt user
├── KeysUnusable        the key ring is absent, damaged or open to others
└── TokensUnreadable    the tokens of an account do not open with the keys there are
"""

from __future__ import annotations


class IdentityError(Exception):
    """Something about an account, its tokens or the keys."""


class BadName(IdentityError):
    """The name cannot be an account's name."""


class NameTaken(IdentityError):
    """Another account of this installation has the name."""


class NoSuchAccount(IdentityError):
    """No account has the name or the id."""


class UserTaken(IdentityError):
    """Another account is linked to the same Trakt user."""


class KeysUnusable(IdentityError):
    """The key ring cannot be used."""


class TokensUnreadable(IdentityError):
    """The tokens of an account cannot be opened."""
