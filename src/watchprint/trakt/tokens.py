"""Who holds a user's tokens: the protocol, and the three kinds that are ours.

Trakt's refresh tokens are single-use: a pair has one owner. Either the host keeps it (its own row behind
`TokenSource`), or a private file does (`FileTokens`), or nobody refreshes at all (`FixedToken`, pass-through).
Never logs and never prints a token.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from watchprint.trakt.errors import Invalid, NotConfigured


class Tokens(msgspec.Struct, frozen=True, omit_defaults=True):
    """A token pair as Trakt issued it. Its repr shows no token.

    Attributes:
        access_token: What requests carry.
        refresh_token: Good for one exchange; None when there is none, or when its exchange got no answer.
        created_at: When Trakt issued the pair (UTC).
        expires_in_s: The access token's life from then on [s].
    """

    access_token: str
    refresh_token: str | None = None
    created_at: datetime | None = None
    expires_in_s: int | None = None

    def due(self, now: datetime) -> bool:
        """Half of the life is over: time to refresh, while the old access token still serves."""
        return self._life_is_over(now, 0.5)

    def expired(self, now: datetime) -> bool:
        """The access token's life is over."""
        return self._life_is_over(now, 1.0)

    def _life_is_over(self, now: datetime, share: float) -> bool:
        if self.created_at is None or self.expires_in_s is None:
            return False
        return now >= self.created_at + timedelta(seconds=self.expires_in_s * share)

    def __repr__(self) -> str:
        return f"Tokens(created_at={self.created_at}, expires_in_s={self.expires_in_s})"


class TokenSource(Protocol):
    """A pair that somebody keeps. Methods block; from async code they are called in a worker thread.

    A refresh runs wholly inside `lock()`, in one thread, so that a database transaction can be the lock:
    `current()` is read again under it, and `renewed` is called before the new pair is used.
    """

    def current(self) -> Tokens:
        """The pair as it is kept now."""
        ...

    def renewed(self, old: Tokens, new: Tokens) -> None:
        """Keep the new pair in place of the old one, durably."""
        ...

    def lock(self) -> AbstractContextManager[object]:
        """Exclude every other holder of this pair: tasks, threads, processes."""
        ...


class FixedToken:
    """Pass-through: an access token that somebody else renews. A 401 is final."""

    def __init__(self, access_token: str) -> None:
        self._tokens = Tokens(checked(access_token))

    def current(self) -> Tokens:
        return self._tokens

    def renewed(self, old: Tokens, new: Tokens) -> None:
        raise AssertionError("a fixed token has no refresh token, so that it is never renewed")

    def lock(self) -> AbstractContextManager[object]:
        return contextlib.nullcontext()


class MemoryTokens:
    """A pair kept in this process only."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._lock = threading.Lock()

    def current(self) -> Tokens:
        return self._tokens

    def renewed(self, old: Tokens, new: Tokens) -> None:
        self._tokens = new

    def lock(self) -> AbstractContextManager[object]:
        return self._lock


class FileTokens:
    """A pair in a private file (0600), replaced whole, shared by the processes of one machine.

    The lock is a file beside it, held across the refresh; room for the new pair is taken on the disk before the
    exchange, so that a full disk is met while the old pair is still good.

    Args:
        path: The file; its folder is created (0700) when the first pair is kept.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._reserve = self.path.with_name(f".{self.path.name}.next")

    def current(self) -> Tokens:
        """The pair in the file.

        Raises:
            NotConfigured: There is no file, or it is not a token file.
        """
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Tokens)
        except FileNotFoundError:
            raise NotConfigured("nobody is signed in: run `watchprint login`") from None
        except (OSError, msgspec.DecodeError) as e:
            why = type(e).__name__ if isinstance(e, OSError) else "it is damaged"
            raise NotConfigured(
                f"the token file {self.path} cannot be read ({why}): run `watchprint login` to sign in again"
            ) from None

    def renewed(self, old: Tokens, new: Tokens) -> None:
        self.keep(new)

    def keep(self, tokens: Tokens) -> None:
        """Put this pair into the file, whole and durably, or leave the file as it was.

        Raises:
            NotConfigured: The file cannot be written (the disk is full, the folder is not ours).
        """
        try:
            self._replace(msgspec.json.encode(tokens))
        except OSError as e:
            raise NotConfigured(
                f"the token file {self.path} cannot be written ({e.strerror}): free some space or set WATCHPRINT_HOME"
            ) from e

    def forget(self) -> None:
        """Remove the pair."""
        self.path.unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Generator[None]:
        lock_path = self.path.with_name(f".{self.path.name}.lock")
        try:
            self._make_room()
            lock = os.open(lock_path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as e:
            raise NotConfigured(
                f"the folder {self.path.parent} cannot be written ({e.strerror}): tokens cannot be renewed safely"
            ) from e
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _make_room(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        room = os.open(self._reserve, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(room).st_size < 4096:
                os.pwrite(room, bytes(4096), 0)
                os.fsync(room)
        finally:
            os.close(room)

    def _replace(self, data: bytes) -> None:
        self._make_room()
        file = os.open(self._reserve, os.O_RDWR, 0o600)
        try:
            os.pwrite(file, data, 0)
            os.ftruncate(file, len(data))
            os.fsync(file)
        finally:
            os.close(file)
        os.replace(self._reserve, self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def checked(access_token: object) -> str:
    """The access token, if it is one.

    Raises:
        Invalid: It is blank, not text, or has characters that no token has.
    """
    if not isinstance(access_token, str):
        raise Invalid(f"an access token is text or a TokenSource, not {type(access_token).__name__}")
    token = access_token.strip()
    if not token:
        raise Invalid("the access token is blank: pass the user's Trakt access token")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise Invalid("the access token has characters that no token has: pass it as Trakt gave it")
    return token


def as_source(token: str | TokenSource) -> TokenSource:
    """A TokenSource for what the caller gave.

    Raises:
        Invalid: It is neither a token nor a source of tokens.
    """
    if isinstance(token, str):
        return FixedToken(token)
    if not callable(getattr(token, "current", None)):
        raise Invalid(f"pass the user's access token or a TokenSource, not {type(token).__name__}")
    return token


def issued(access_token: str, refresh_token: str | None, created_at_s: int, expires_in_s: int) -> Tokens:
    """The pair of an OAuth answer (`created_at` in Unix seconds)."""
    created_at = datetime.fromtimestamp(created_at_s, UTC)
    return Tokens(access_token, refresh_token, created_at, expires_in_s)
