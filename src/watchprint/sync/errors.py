"""What keeps an account from being copied; each text says what to do."""

from __future__ import annotations


class SyncError(Exception):
    """An account cannot be copied."""


class NotLinked(SyncError):
    """The account is a local one: there is no Trakt user to read."""


class TakenOver(SyncError):
    """Another process has begun to copy the account, or its copy begins anew; nothing more is written here."""
