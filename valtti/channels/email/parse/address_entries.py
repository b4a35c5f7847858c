"""An address header cut into entries: words, comments and brackets between the separators. One pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from valtti.channels.email.parse import encoded
from valtti.channels.email.parse.text import one_line

_RUN = re.compile(r"[^\s\"(<,;:=]+|=")
_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=")


@dataclass(slots=True)
class Entry:
    """What stood between two separators."""

    group: str | None
    start: int
    end: int = 0
    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.comments or self.angles)


class _Scanner:
    """Walks the text once. A sign whose partner never comes is an ordinary sign."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.unclosed: set[str] = set()

    def tokens(self) -> Iterator[tuple[str, str, int, int]]:
        at, size = 0, len(self.text)
        while at < size:
            sign = self.text[at]
            kind, end = self._at(sign, at)
            yield kind, self.text[at:end], at, end
            at = end

    def _at(self, sign: str, at: int) -> tuple[str, int]:
        if sign.isspace():
            return "space", at + 1
        if sign in ",;:":
            return sign, at + 1
        if sign == '"' and (end := self._quoted(at)):
            return "quoted", end
        if sign == "(" and (end := self._comment(at)):
            return "comment", end
        if sign == "<":
            return "angle", self._angle(at)
        if sign == "=" and (word := _WORD.match(self.text, at)):
            return "run", word.end()
        run = _RUN.match(self.text, at)
        return "run", run.end() if run else at + 1

    def _quoted(self, at: int) -> int:
        if '"' in self.unclosed:
            return 0
        end = at + 1
        while end < len(self.text):
            if self.text[end] == '"':
                return end + 1
            end += 2 if self.text[end] == "\\" else 1
        self.unclosed.add('"')
        return 0

    def _comment(self, at: int) -> int:
        if "(" in self.unclosed:
            return 0
        depth, end = 0, at
        while end < len(self.text):
            sign = self.text[end]
            depth += (sign == "(") - (sign == ")")
            if not depth:
                return end + 1
            end += 2 if sign == "\\" else 1
        self.unclosed.add("(")
        return 0

    def _angle(self, at: int) -> int:
        end = -1 if "<" in self.unclosed else self.text.find(">", at)
        if end < 0:
            self.unclosed.add("<")
            stops = [stop for sign in ",;" if (stop := self.text.find(sign, at, at + 400)) >= 0]
            return min(stops, default=min(len(self.text), at + 400))
        inner = self.text.find("<", at + 1, end)
        return end + 1 if inner < 0 else inner


def _entries(text: str) -> Iterator[Entry]:
    entry, group, glued = Entry(None, 0), None, False
    for kind, token, start, end in _Scanner(text).tokens():
        if kind == "space":
            glued = False
            continue
        if kind == ":" and _opens_group(entry):
            group = one_line(encoded.decode(" ".join(entry.words))).strip('"')
            entry, glued = Entry(group, end), False
            continue
        if kind in ",;":
            entry.end = start
            yield entry
            group = None if kind == ";" else group
            entry, glued = Entry(group, end), False
            continue
        if kind == ":":
            entry.words = [word for word in entry.words if word.lower() != "mailto"]
            continue
        _take(entry, kind, token, glued)
        entry.end, glued = end, kind not in {"comment", "angle"}
    entry.end = entry.end or len(text)
    yield entry


def _opens_group(entry: Entry) -> bool:
    words = "".join(entry.words)
    return bool(words) and not entry.angles and "@" not in words and words.lower() != "mailto"


def _take(entry: Entry, kind: str, token: str, glued: bool) -> None:
    if kind == "comment":
        entry.comments.append(token)
    elif kind == "angle":
        entry.angles.append(token)
    elif glued and entry.words:
        entry.words[-1] += token
    else:
        entry.words.append(token)


def _joined(entries: Iterator[Entry]) -> Iterator[Entry]:
    """`Virtanen, Matti <m@x>` is one person: a bare name before a comma belongs to the next bracket."""
    held: Entry | None = None
    for entry in entries:
        if entry.is_empty:
            continue
        if held and entry.angles and entry.words and held.group == entry.group:
            held.words[-1] += ","
            entry.words, entry.start = held.words + entry.words, held.start
            held = None
        if held:
            yield held
        is_bare = len(entry.words) == 1 and not entry.angles and not entry.comments and "@" not in entry.words[0]
        held = entry if is_bare and '"' not in entry.words[0] else None
        if held is None:
            yield entry
    if held:
        yield held


def _apart(entries: Iterator[Entry]) -> Iterator[Entry]:
    """`a@x b@y`: bare addresses with the comma forgotten are several people."""
    for entry in entries:
        together = len(entry.words) > 1 and not entry.angles and all("@" in word for word in entry.words)
        if not together:
            yield entry
            continue
        for word in entry.words:
            yield Entry(entry.group, entry.start, entry.end, [word])


def split(text: str) -> Iterator[Entry]:
    """Every entry that holds anything."""
    return _apart(_joined(_entries(text)))
