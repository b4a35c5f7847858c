"""Which of the house's languages a text is in (pure). Loads numpy: for workers, not for pages."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

HOUSE = ("fi", "ru", "en", "sv")
_FEWEST_LETTERS = 4


def language_of(text: str, default: str = "") -> str:
    """One of fi, ru, en and sv; the default for a text too short to tell."""
    if sum(sign.isalpha() for sign in text[:200]) < _FEWEST_LETTERS:
        return default
    return is_cyrillic(text) or str(_identifier().classify(text)[0])


def is_cyrillic(text: str) -> str:
    """ "ru" when most letters are Cyrillic, which is Russian here; else ""."""
    letters = [sign for sign in text[:2000] if sign.isalpha()]
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in letters)
    return "ru" if cyrillic * 2 > len(letters) else ""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    import py3langid  # here, not above: half a second and numpy

    py3langid.set_languages(list(HOUSE))
    return py3langid
