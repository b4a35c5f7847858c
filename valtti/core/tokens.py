"""Secrets that open one thing: shown once, kept only as a hash, of no use for any other purpose."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from valtti.core import caps, keys


@dataclass(frozen=True, slots=True)
class Kind:
    """What a secret is for. The prefix tells people and scanners; `bits` is how much of it is chance."""

    purpose: str
    prefix: str
    bits: int = 128

    @property
    def length(self) -> int:
        return len(self.prefix) + -(-self.bits // 6)


KINDS = {
    kind.purpose: kind
    for kind in (
        Kind("matter", "m"),
        Kind("survey", "s"),
        Kind("stop", "u"),
        Kind("download", "d"),
        Kind("form", "f"),
        Kind("invitation", "i", 256),
        Kind("reset", "r", 256),
        Kind("export", "e", 256),
        Kind("api", "vt_", 256),
        Kind("hook", "vh_", 256),
    )
}


@dataclass(frozen=True, slots=True)
class Token:
    """`shown` goes to its holder and nowhere else; `digest` goes to the database."""

    shown: str
    digest: str


def new(purpose: str) -> Token:
    """A fresh secret for one purpose."""
    kind = KINDS[purpose]
    shown = kind.prefix + secrets.token_urlsafe(kind.bits // 8)
    return Token(shown, _digest(purpose, shown))


def digest(purpose: str, shown: str) -> str | None:
    """What to look for in the database; None when it cannot be such a secret (empty, cut, another kind's)."""
    kind = KINDS[purpose]
    if len(shown) > caps.SECRET_LENGTH or len(shown) != kind.length or not shown.startswith(kind.prefix):
        return None
    return _digest(purpose, shown)


def new_code() -> str:
    """Six digits to be typed over from a letter."""
    return f"{secrets.randbelow(1_000_000):06}"


def code_digest(purpose: str, code: str, *bound_to: object) -> str:
    """How a code is kept: under the house's key, or a million tries would find it, and bound to its use."""
    return keys.mark(f"code/{purpose}", "".join(code.split()), *bound_to)


def _digest(purpose: str, shown: str) -> str:
    return hashlib.sha256(f"valtti/{purpose}/{shown}".encode()).hexdigest()
