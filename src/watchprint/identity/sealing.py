"""Sealing and opening one value: AES-256-GCM, a fresh nonce each time, bound to the place it is kept in.

A sealed value that is moved to another place does not open. Pure but for the randomness of the nonce.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


def sealed(key: bytes, plain: str, place: str) -> bytes:
    """The value, encrypted for this place: nonce and ciphertext."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain.encode(), place.encode())


def opened(key: bytes, value: bytes, place: str) -> str | None:
    """The value in plain; None where the key or the place is another one, or the value was changed."""
    nonce, encrypted = value[:_NONCE_BYTES], value[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, encrypted, place.encode()).decode()
    except (InvalidTag, ValueError):
        return None
