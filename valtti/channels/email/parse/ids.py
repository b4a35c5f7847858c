"""Message ids in Message-ID, In-Reply-To and References."""

from __future__ import annotations

import re

from valtti.channels.email.notes import Notes
from valtti.core.caps import LETTER_REFERENCES

_BRACKETED = re.compile(r"<\s{0,9}([^<>\s]{1,998})\s{0,9}>")
_BARE = re.compile(r"[^<>\s,;()\"]{1,900}@[^<>\s,;()\"@]{1,255}")


def one(text: str) -> str | None:
    """The id of a letter, without brackets."""
    found = _BRACKETED.search(text) or _BARE.search(text)
    if found:
        return (found[1] if found.re is _BRACKETED else found[0]).strip()
    words = text.strip().strip("<>").split()
    return words[0][:998] if words else None


def several(texts: list[str], notes: Notes | None = None) -> list[str]:
    """Ids in order, without repeats; at most a thousand."""
    found: dict[str, None] = {}
    for text in texts:
        pattern = _BRACKETED if "<" in text else _BARE
        for match in pattern.finditer(text):
            if len(found) >= LETTER_REFERENCES:
                if notes:
                    notes.hit("letter_references")
                return list(found)
            found[match[1] if pattern is _BRACKETED else match[0]] = None
    return list(found)
