"""The language of a text, among those of the house."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any

LANGUAGES = ["de", "en", "et", "fi", "ru", "sv"]
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENOUGH = 4000


@cache
def _identifier() -> Any:
    # One thread: the arithmetic library reserves memory for every core, and the child has little.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from py3langid import langid

    langid.set_languages(LANGUAGES)
    return langid


def language_of(text: str) -> str | None:
    """The code of the language; None under three words."""
    text = text[:_ENOUGH]
    words = _WORD.findall(text)
    if len(words) < 3:
        return None
    code, _ = _identifier().classify(" ".join(words))
    return str(code)
