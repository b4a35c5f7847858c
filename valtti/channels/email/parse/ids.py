"""Message ids in Message-ID, In-Reply-To and References."""

from __future__ import annotations

import re
from collections.abc import Iterator

from valtti.channels.email.notes import Notes
from valtti.core.caps import LETTER_REFERENCES

_BRACKETED = re.compile(r"<\s{0,9}([^<>\s]{1,998})\s{0,9}>")
_BETWEEN = re.compile(r"[<>\s,;()\"]+")


def _bare(text: str) -> Iterator[str]:
    """Words with an @ in them: ids whose brackets are missing."""
    for word in _BETWEEN.split(text):
        local, at, domain = word.rpartition("@")
        if at and local and domain and len(word) <= 998:
            yield word


def _found(text: str) -> Iterator[str]:
    return (match[1] for match in _BRACKETED.finditer(text)) if "<" in text else _bare(text)


def one(text: str) -> str | None:
    """The id of a letter, without brackets."""
    bracketed = _BRACKETED.search(text)
    if bracketed:
        return bracketed[1]
    if bare := next(_bare(text), None):
        return bare
    words = text.strip().strip("<>").split()
    return words[0][:998] if words else None


def several(texts: list[str], notes: Notes | None = None) -> list[str]:
    """Ids in order, without repeats; at most a thousand."""
    found: dict[str, None] = {}
    for text in texts:
        for identifier in _found(text):
            if len(found) >= LETTER_REFERENCES:
                if notes:
                    notes.hit("letter_references")
                return list(found)
            found[identifier] = None
    return list(found)
