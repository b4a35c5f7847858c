"""Addresses as people write them: groups, comments, lost brackets. One pass, whatever stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import encoded
from valtti.channels.email.parse.domains import to_ascii, to_unicode
from valtti.channels.email.parse.text import one_line
from valtti.channels.email.schema import Address
from valtti.core.caps import LETTER_ADDRESSES

_RUN = re.compile(r"[^\s\"(<,;:=]+|=")
_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=")
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}|\"[^\"\r\n]{0,62}\"")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){0,20}[^\W_](?:[\w-]{0,61}[^\W_])?\.?|\[[0-9a-zA-Z:.]{2,60}\]")
_LOOKS = re.compile(r"[^\s@<>()\"',;]{1,64}@[^\s@<>()\"',;]{1,100}\.[^\s@<>()\"',;.]{2,30}")


@dataclass(slots=True)
class _Entry:
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


def _unquote(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1])


def _name_of(entry: _Entry) -> str | None:
    words = " ".join(_unquote(word) if len(word) > 1 and word[0] == word[-1] == '"' else word for word in entry.words)
    written = words or " ".join(comment[1:-1] for comment in entry.comments)
    return one_line(encoded.decode(written)).strip("'\" ") or None


def _plain(entry: _Entry) -> str:
    """Without brackets: the word that holds an @ is the address, the others are the name."""
    for place, word in enumerate(entry.words):
        if "@" in word.rpartition('"')[2]:
            del entry.words[place]
            return word
    if len(entry.words) == 1 and "@" in entry.words[0]:
        return entry.words.pop().strip('"')
    return ""


def _spec(entry: _Entry) -> str:
    """The last bracket with an @ in it; an empty one before a good one is nothing."""
    inside = [angle.strip("<> \t") for angle in entry.angles]
    good = [text for text in inside if "@" in text]
    spec = good[-1] if good else next((text for text in inside if text), "")
    if not spec:
        spec = _plain(entry)
    if spec.startswith("@") and ":" in spec:
        spec = spec.rpartition(":")[2]
    return encoded.decode(spec.removeprefix("mailto:")).strip("<> \t'") if spec else ""


def _checked(spec: str) -> tuple[str | None, str | None, bool]:
    """Address for people, address for matching, and whether it can be one."""
    local, at, domain = spec.rpartition("@")
    if not at:
        return (spec or None), None, False
    local, domain = "".join(local.split()) if '"' not in local else local.strip(), domain.strip().rstrip(".")
    shown, plain = to_unicode(domain), to_ascii(domain)
    valid = bool(len(domain) <= 255 and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and plain)
    return f"{local}@{shown}", (f"{local}@{plain}" if plain else None), valid


def _deceives(name: str | None, address: str | None) -> bool:
    """A display name that shows another address than the real one."""
    shown = _LOOKS.findall(name or "")
    return any(one.casefold() != (address or "").casefold() for one in shown)


def _finished(entry: _Entry, text: str) -> Address:
    raw = text[entry.start : entry.end].strip()
    spec = _spec(entry)
    address, plain, valid = _checked(one_line(spec))
    name = _name_of(entry)
    if address is not None and "@" not in address and not entry.angles:
        name, address = name or address, None
    return {
        "name": name,
        "address": address,
        "ascii": plain,
        "group": entry.group,
        "raw": raw,
        "valid": valid,
        "deceptive": _deceives(name, address),
    }


def _entries(text: str) -> Iterator[_Entry]:
    entry, group, glued = _Entry(None, 0), None, False
    for kind, token, start, end in _Scanner(text).tokens():
        if kind == "space":
            glued = False
            continue
        if kind == ":" and _opens_group(entry):
            group = one_line(encoded.decode(" ".join(entry.words))).strip('"')
            entry, glued = _Entry(group, end), False
            continue
        if kind in ",;":
            entry.end = start
            yield entry
            group = None if kind == ";" else group
            entry, glued = _Entry(group, end), False
            continue
        if kind == ":":
            entry.words = [word for word in entry.words if word.lower() != "mailto"]
            continue
        _take(entry, kind, token, glued)
        entry.end, glued = end, kind not in {"comment", "angle"}
    entry.end = entry.end or len(text)
    yield entry


def _opens_group(entry: _Entry) -> bool:
    words = "".join(entry.words)
    return bool(words) and not entry.angles and "@" not in words and words.lower() != "mailto"


def _take(entry: _Entry, kind: str, token: str, glued: bool) -> None:
    if kind == "comment":
        entry.comments.append(token)
    elif kind == "angle":
        entry.angles.append(token)
    elif glued and entry.words:
        entry.words[-1] += token
    else:
        entry.words.append(token)


def _joined(entries: Iterator[_Entry]) -> Iterator[_Entry]:
    """`Virtanen, Matti <m@x>` is one person: a bare name before a comma belongs to the next bracket."""
    held: _Entry | None = None
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


def _apart(entries: Iterator[_Entry]) -> Iterator[_Entry]:
    """`a@x b@y`: bare addresses with the comma forgotten are several people."""
    for entry in entries:
        together = len(entry.words) > 1 and not entry.angles and all("@" in word for word in entry.words)
        if not together:
            yield entry
            continue
        for word in entry.words:
            yield _Entry(entry.group, entry.start, entry.end, [word])


def parse(text: str, notes: Notes | None = None) -> list[Address]:
    """Every address of a header, in order; at most a thousand."""
    found: list[Address] = []
    for entry in _apart(_joined(_entries(text))):
        if len(found) >= LETTER_ADDRESSES:
            if notes:
                notes.hit("letter_addresses")
            break
        found.append(_finished(entry, text))
    return found


def null() -> Address:
    """The empty return path `<>`."""
    return {
        "name": None,
        "address": None,
        "ascii": None,
        "group": None,
        "raw": "<>",
        "valid": False,
        "deceptive": False,
    }
