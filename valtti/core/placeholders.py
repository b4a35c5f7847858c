"""{name} in texts that people write, filled from a fixed dictionary and by nothing else (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_NAME = re.compile(r"\{([a-z][a-z_]{0,40}(?:\.[a-z][a-z_]{0,40})?)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with known names replaced, once; all else, braces too, stays as it was typed."""
    return _NAME.sub(lambda found: values.get(found[1], found[0]), text)


def names_in(text: str) -> list[str]:
    """The names a text asks for, each once, in order."""
    return list(dict.fromkeys(_NAME.findall(text)))


def unknown_names(text: str, known: Collection[str]) -> list[str]:
    """Names a text asks for that nobody will fill: to be said when the text is saved."""
    return [name for name in names_in(text) if name not in known]
