"""The key ring: keys with ids, the first of which seals; all of them open. Kept apart from the database.

It is in WATCHPRINT_KEYS (`id:key,id:key`, keys in base64), else in the file `keys` of the home (0600), one `id key` a
line, made when it is first needed. Never prints a key, and never puts one near the database or a back-up.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from watchprint.identity.errors import KeysUnusable, TokensUnreadable
from watchprint.identity.sealing import KEY_BYTES, opened, sealed

FILE = "keys"


class KeyRing:
    """Keys by id, the current one first. Its repr shows ids only.

    Args:
        keys: Id to key of 32 bytes; the first one seals.
        file: Where the ring is kept, so that `rotate` can add to it; None: in the environment.
    """

    def __init__(self, keys: Mapping[str, bytes], file: Path | None = None) -> None:
        if not keys:
            raise KeysUnusable("The key ring is empty. Give WATCHPRINT_KEYS at least one key, as id:base64.")
        self._keys = dict(keys)
        self.file = file

    @classmethod
    def parsed(cls, text: str) -> KeyRing:
        """The ring of WATCHPRINT_KEYS.

        Raises:
            KeysUnusable: It is not `id:key,id:key` with keys of 32 bytes in base64.
        """
        pairs = (part.partition(":") for part in text.split(",") if part.strip())
        return cls(_checked(((key_id, key) for key_id, _, key in pairs), "WATCHPRINT_KEYS"))

    @classmethod
    def of_home(cls, home: Path) -> KeyRing:
        """The ring in the file `keys` of the home, with one new key where there is no file yet.

        Raises:
            KeysUnusable: The file is damaged, cannot be read or written, or others may read it.
        """
        file = home / FILE
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not file.exists():
                _made(file)
            return cls(_read(file), file)
        except OSError as error:
            raise KeysUnusable(
                f"The key file {file} cannot be used ({error.strerror}): set WATCHPRINT_HOME or WATCHPRINT_KEYS."
            ) from error

    @property
    def current_id(self) -> str:
        """The id of the key that seals."""
        return next(iter(self._keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the current one first."""
        return tuple(self._keys)

    def seal(self, plain: str, place: str) -> bytes:
        """The value, encrypted with the current key for this place."""
        return sealed(self._keys[self.current_id], plain, place)

    def open(self, key_id: str, value: bytes, place: str) -> str:
        """The value in plain.

        Raises:
            TokensUnreadable: The key is not on the ring, or the value was not sealed with it for this place.
        """
        key = self._keys.get(key_id)
        if key is None and self.file is not None:
            key = _read(self.file).get(key_id)  # another process has rotated since
        if key is None:
            raise TokensUnreadable(
                f"The tokens were sealed with the key {key_id!r}, which is not on the key ring. "
                "Bring back the key, or sign in again."
            )
        plain = opened(key, value, place)
        if plain is None:
            raise TokensUnreadable("The tokens do not open with their key: they were changed or moved. Sign in again.")
        return plain

    def grown(self) -> KeyRing:
        """The ring with a new current key, kept in its file.

        Raises:
            KeysUnusable: The ring is in the environment, where only its owner can put a key.
        """
        if self.file is None:
            raise KeysUnusable("The keys are in WATCHPRINT_KEYS: put a new one first there (id:base64), then rotate.")
        keys = {_new_id(self._keys): secrets.token_bytes(KEY_BYTES)} | _read(self.file)
        _written(self.file, keys)
        return KeyRing(keys, self.file)

    def only_current(self) -> KeyRing:
        """The ring without its older keys; what was sealed with them never opens again."""
        keys = {self.current_id: self._keys[self.current_id]}
        if self.file is not None:
            _written(self.file, keys)
        return KeyRing(keys, self.file)

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self._keys)})"


def _checked(pairs: Iterable[tuple[str, str]], where: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for key_id, text in pairs:
        try:
            key = base64.b64decode(text.strip(), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        name = key_id.strip()
        if len(key) != KEY_BYTES or not name or name in keys:
            raise KeysUnusable(f"A key in {where} is not an id with {KEY_BYTES} bytes in base64. Correct it.")
        keys[name] = key
    return keys


def _read(file: Path) -> dict[str, bytes]:
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, encoding="ascii", errors="replace") as opened_file:
        if stat.S_IMODE(os.fstat(descriptor).st_mode) & 0o077:
            raise KeysUnusable(f"Others may read the key file {file}. Run: chmod 600 {file}")
        lines = [line.split() for line in opened_file if line.strip()]
    if any(len(line) != 2 for line in lines):
        raise KeysUnusable(f"The key file {file} is damaged: each line is an id and a key. Bring back a good copy.")
    return _checked(((line[0], line[1]) for line in lines), str(file))


def _made(file: Path) -> None:
    """Make the file with one key, unless another process is first."""
    keys = {_new_id({}): secrets.token_bytes(KEY_BYTES)}
    waiting = _whole(file, keys)
    try:
        os.link(waiting, file)
    except FileExistsError:
        pass
    finally:
        waiting.unlink()


def _written(file: Path, keys: Mapping[str, bytes]) -> None:
    os.replace(_whole(file, keys), file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _whole(file: Path, keys: Mapping[str, bytes]) -> Path:
    """A private file beside it that holds the keys, safely on the disk."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened_file:
        opened_file.writelines(f"{key_id} {base64.b64encode(key).decode()}\n" for key_id, key in keys.items())
        opened_file.flush()
        os.fsync(descriptor)
    return beside


def _new_id(taken: Mapping[str, bytes]) -> str:
    while (key_id := secrets.token_hex(4)) in taken:
        pass
    return key_id
