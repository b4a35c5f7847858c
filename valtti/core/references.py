"""The number of a matter as people say it: V-104317-F, its last sign proving the others (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PREFIX = "V"

_WRITTEN = re.compile(r"(?<![0-9A-Z])V[-‐‑–— ]?([0-9]{1,15})[-‐‑–— ]([0-9A-Z])(?![0-9A-Z])")


def reference(number: int) -> str:
    """The number with its prefix and check sign."""
    if number < 0:
        raise ValueError(f"not a number of a matter: {number}")
    return f"{PREFIX}-{number}-{check_sign(str(number))}"


def number_of(written: str) -> int | None:
    """The number in a reference as somebody typed it; None when it is none or a sign is wrong."""
    found = _WRITTEN.fullmatch(written.strip().upper())
    return _checked(found) if found else None


def found_in(text: str) -> Iterator[int]:
    """Numbers of all sound references in a text, in order."""
    for found in _WRITTEN.finditer(text.upper()):
        number = _checked(found)
        if number is not None:
            yield number


def check_sign(text: str) -> str:
    """The check sign by ISO/IEC 7064, MOD 37,36."""
    return ALPHABET[(37 - _product(text)) % 36]


def is_sound(text: str) -> bool:
    """The last sign is the check sign of the others."""
    return len(text) > 1 and set(text) <= set(ALPHABET) and check_sign(text[:-1]) == text[-1]


def _checked(found: re.Match[str]) -> int | None:
    digits, sign = found.groups()
    return int(digits) if is_sound(digits + sign) else None


def _product(text: str) -> int:
    product = 36
    for sign in text:
        product = ((ALPHABET.index(sign) + product) % 36 or 36) * 2 % 37
    return product
