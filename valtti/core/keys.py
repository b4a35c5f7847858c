"""Keys of the house, one per purpose: encrypting stored secrets, signing, and marks that tell nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FIELD = "stored field"


class Unreadable(Exception):
    """A stored secret was encrypted under a key that is not in the list, or was altered."""


def encrypt(text: str) -> str:
    """The text as it may be stored: `key id.ciphertext`, under the first field key."""
    key = settings.FIELD_KEYS[0]
    return f"{_key_id(key)}.{_box(key).encrypt(text.encode()).decode()}"


def decrypt(stored: str) -> str:
    """The text that was stored, under whichever field key it was; Unreadable when there is none."""
    key_id, _, sealed = stored.partition(".")
    for key in settings.FIELD_KEYS:
        if _key_id(key) == key_id:
            try:
                return _box(key).decrypt(sealed.encode()).decode()
            except InvalidToken as altered:
                raise Unreadable(key_id) from altered
    raise Unreadable(key_id)


def is_current(stored: str) -> bool:
    """Stored under the newest field key; otherwise `encrypt(decrypt(stored))` makes it so."""
    return stored.startswith(_key_id(settings.FIELD_KEYS[0]) + ".")


def sign(purpose: str, message: bytes, *, length: int = 32) -> bytes:
    """A signature of the message that only this house makes, and only for this purpose."""
    return _mac(settings.SECRET_KEYS[0], purpose, message)[:length]


def is_signed(purpose: str, message: bytes, signature: bytes, *, length: int = 32) -> bool:
    """The signature is ours, under any signing key; a shorter, longer or empty one never is."""
    if len(signature) != length:
        return False
    made = [_mac(key, purpose, message)[:length] for key in settings.SECRET_KEYS]
    return any(hmac.compare_digest(one, signature) for one in made)


def mark(purpose: str, *parts: object) -> str:
    """A name for these parts from which nobody can read them: 64 signs, the same each time."""
    return _mac(settings.SECRET_KEYS[0], purpose, _joined(parts)).hex()


def marks(purpose: str, *parts: object) -> list[str]:
    """The mark under every signing key, newest first: what was marked before a new key is still found."""
    return [_mac(key, purpose, _joined(parts)).hex() for key in settings.SECRET_KEYS]


@lru_cache(maxsize=256)
def derived(key: str, purpose: str) -> bytes:
    """32 bytes for one purpose out of a key of the house, by HKDF (RFC 5869) with SHA-256."""
    return HKDF(SHA256(), length=32, salt=None, info=f"valtti/{purpose}".encode()).derive(key.encode())


def _joined(parts: tuple[object, ...]) -> bytes:
    """Each part with its length in front: ("ab", "c") and ("a", "bc") are not the same."""
    texts = [str(part).encode() for part in parts]
    return b"".join(len(text).to_bytes(4, "big") + text for text in texts)


def _mac(key: str, purpose: str, message: bytes) -> bytes:
    return hmac.digest(derived(key, f"sign/{purpose}"), message, "sha256")


def _key_id(key: str) -> str:
    return hashlib.sha256(derived(key, "key id")).hexdigest()[:8]


@lru_cache(maxsize=16)
def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived(key, _FIELD)))
