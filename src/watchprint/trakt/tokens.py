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
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from watchprint.trakt.errors import Invalid, NotConfigured

ROOM_BYTES = 16_384
"""What a pair may take on the disk."""
SETTLED_NS = 100_000_000
"""A file this old cannot be replaced again within the same tick of the file system's clock."""
MOST_LIFE_S = 10 * 365 * 86_400


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
    exchange, so that a full disk is met while the old pair is still good. A replacement that was cut short after
    the new pair was written is finished by whoever takes the lock next.

    Args:
        path: The file; its folder is created (0700) when the first pair is kept.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._next = self.path.with_name(f".{self.path.name}.next")
        self._lock = self.path.with_name(f".{self.path.name}.lock")
        self._known: tuple[tuple[int, int, int], Tokens] | None = None

    def current(self) -> Tokens:
        """The pair in the file.

        Raises:
            NotConfigured: There is no file, or it is not a token file.
        """
        try:
            known = self._known
            if known is not None and known[0] == _version(os.stat(self.path)):
                return known[1]
            with open(self.path, "rb") as file:
                found = os.fstat(file.fileno())
                tokens = _tokens_of(file.read())
        except FileNotFoundError:
            raise NotConfigured("nobody is signed in: run `watchprint login`") from None
        except OSError as e:
            raise self._unusable(_reason(e)) from None
        if tokens is None:
            raise self._unusable("it is damaged")
        if time.time_ns() - found.st_mtime_ns > SETTLED_NS:
            self._known = _version(found), tokens
        return tokens

    def renewed(self, old: Tokens, new: Tokens) -> None:
        """Put the new pair into the file; called inside `lock()`.

        Raises:
            NotConfigured: The file cannot be written (the disk is full, the folder is not ours).
        """
        try:
            self._replace(msgspec.json.encode(new))
        except OSError as e:
            raise NotConfigured(
                f"the token file {self.path} cannot be written ({_reason(e)}): free some space or set WATCHPRINT_HOME"
            ) from e

    def keep(self, tokens: Tokens) -> None:
        """Put this pair into the file (a sign-in), whole and durably, or leave the file as it was.

        Raises:
            NotConfigured: The file cannot be written.
        """
        with self.lock():
            self.renewed(tokens, tokens)

    def forget(self) -> None:
        """Remove the pair, also from where a replacement would be."""
        if self.path.parent.is_dir():
            with self._exclusive():
                self.path.unlink(missing_ok=True)
                self._next.unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Generator[None]:
        """Exclude all other threads, tasks and processes that use this file.

        Raises:
            NotConfigured: There is no room for a new pair, or the folder cannot be written.
        """
        with self._exclusive():
            try:
                self._finish_replacement()
                self._make_room()
            except OSError as e:
                raise self._unlockable(e) from e
            yield

    @contextmanager
    def _exclusive(self) -> Generator[None]:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as e:
            raise self._unlockable(e) from e
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)  # a child forked meanwhile holds the file open, but not the lock
        finally:
            os.close(lock)

    def _finish_replacement(self) -> None:
        """A whole pair that waits beside the file is newer than the one in it: its writer was killed."""
        try:
            file = self._open_next(os.O_RDWR)
        except FileNotFoundError:
            return
        try:
            waiting = os.pread(file, ROOM_BYTES, 0).rstrip(b"\0")
            whole = bool(waiting) and _tokens_of(waiting) is not None
            if whole:
                os.ftruncate(file, len(waiting))
        finally:
            os.close(file)
        if whole:
            self._move_in()

    def _open_next(self, flags: int) -> int:
        """The file that will be the token file: ours alone, and never another's behind a link."""
        file = os.open(self._next, flags | os.O_NOFOLLOW, 0o600)
        os.fchmod(file, 0o600)
        return file

    def _make_room(self) -> None:
        room = self._open_next(os.O_RDWR | os.O_CREAT)
        try:
            _write_whole(room, bytes(ROOM_BYTES))
            os.fsync(room)
        except OSError:
            self._next.unlink(missing_ok=True)
            raise
        finally:
            os.close(room)

    def _replace(self, data: bytes) -> None:
        file = self._open_next(os.O_RDWR | os.O_CREAT)
        try:
            _write_whole(file, data)
            os.ftruncate(file, len(data))
            os.fsync(file)
        finally:
            os.close(file)
        self._move_in()

    def _move_in(self) -> None:
        os.replace(self._next, self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _unusable(self, why: str) -> NotConfigured:
        return NotConfigured(
            f"the token file {self.path} cannot be read ({why}): run `watchprint login` to sign in again"
        )

    def _unlockable(self, error: OSError) -> NotConfigured:
        where = f"the folder {self.path.parent} cannot be written ({_reason(error)})"
        return NotConfigured(f"{where}: tokens cannot be renewed safely; free some space or set WATCHPRINT_HOME")


def _version(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_mtime_ns, found.st_size


def _write_whole(file: int, data: bytes) -> None:
    """Write from the start, all of it: on a full disk the first write may be a short one."""
    done = 0
    while done < len(data):
        done += os.pwrite(file, data[done:], done)


def _tokens_of(data: bytes) -> Tokens | None:
    """The pair in a file's bytes; None where they are no pair."""
    try:
        tokens = msgspec.json.decode(data, type=Tokens)
        checked(tokens.access_token)
    except (ValueError, RecursionError):
        return None
    return tokens


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


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


def issued(
    access_token: str, refresh_token: str | None, created_at_s: float | None, expires_in_s: float | None
) -> Tokens:
    """The pair of an OAuth answer (`created_at` in Unix seconds); a date that is none is left out."""
    try:
        created_at = None if created_at_s is None else datetime.fromtimestamp(created_at_s, UTC)
    except (ValueError, OverflowError, OSError):
        created_at = None
    life_s = None if expires_in_s is None or not 0 <= expires_in_s < MOST_LIFE_S else int(expires_in_s)
    return Tokens(access_token, refresh_token, created_at, life_s)
