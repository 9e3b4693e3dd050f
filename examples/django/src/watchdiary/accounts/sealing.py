"""Token pairs as they stand in the database: encrypted, and bound to their account. Keeps nothing, asks nobody.

A pair that is copied to another account's row does not open, nor does one whose key is gone. A new SECRET_KEY needs
the old one in SECRET_KEY_FALLBACKS until every pair was renewed once (a week).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES: Final = 12


class Unopenable(Exception):
    """Sealed with another key, for another account, or damaged."""


def sealed(access_token: str, refresh_token: str | None, *, of: str, secret: str) -> bytes:
    """The two tokens, encrypted.

    Args:
        access_token, refresh_token: The pair.
        of: Whose: only who names the same account opens it.
        secret: The app's secret key.
    """
    nonce = os.urandom(NONCE_BYTES)
    pair = json.dumps([access_token, refresh_token]).encode()
    return nonce + AESGCM(_key(secret)).encrypt(nonce, pair, of.encode())


def opened(box: bytes, *, of: str, secrets: Iterable[str]) -> tuple[str, str | None]:
    """Access token and refresh token.

    Args:
        box: What `sealed` gave.
        of: Whose.
        secrets: The app's secret key, and the ones before it.

    Raises:
        Unopenable: None of these keys opens it for this account.
    """
    for secret in secrets:
        try:
            pair = AESGCM(_key(secret)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], of.encode())
        except (InvalidTag, ValueError):
            continue
        access_token, refresh_token = json.loads(pair)
        return access_token, refresh_token
    raise Unopenable("the tokens were sealed with another key")


def _key(secret: str) -> bytes:
    """A key for this purpose only: whoever sees it cannot sign sessions with it."""
    salt = sha256(b"watchdiary").digest()
    return HKDF(SHA256(), 32, salt, b"trakt token pairs").derive(secret.encode())
