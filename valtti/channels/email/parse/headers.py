"""The header block: split by our own linear scanner, decoded only where somebody needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import charset as charsets
from valtti.channels.email.parse import encoded
from valtti.channels.email.parse.text import clean
from valtti.core.caps import LETTER_HEADER_BYTES

NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
BLANK = re.compile(rb"(?:\A|\n)\r?\n")
_BREAK = re.compile(rb"\r?\n|\r")


@dataclass(frozen=True, slots=True)
class Field:
    """One header as it stood: the name as written, the value with its folds."""

    name: str
    raw: bytes

    @property
    def key(self) -> str:
        """The name for comparing."""
        return self.name.lower()

    def text(self, charset: str | None = None) -> str:
        """The value on one line, still with its encoded words; raw 8-bit by the body's charset."""
        data = _BREAK.sub(b"", self.raw).strip(b" \t")
        if data.isascii():
            return data.decode("ascii").replace("\0", "")
        utf8 = charsets.decode(data, "utf-8", language=None)
        if utf8.charset == "utf-8" and "\ufffd" not in utf8.text:
            return clean(utf8.text)
        return clean(charsets.decode(data, charset, language=None).text)

    def value(self, charset: str | None = None) -> str:
        """The decoded value."""
        return clean(encoded.decode(self.text(charset)))


@dataclass(frozen=True, slots=True)
class Block:
    """The fields and where the body begins."""

    fields: list[Field]
    body: int


def _skip_late(data: bytes, at: int, end: int, notes: Notes, where: str) -> int:
    """Blank lines, a byte-order mark or an mbox "From " line before the first header."""
    begin = at
    if data.startswith(b"\xef\xbb\xbf", at):
        at += 3
    while at < end:
        stop = data.find(b"\n", at, end) + 1 or end
        line = data[at : min(stop, at + 300)]
        mbox = line.startswith((b"From ", b">From ")) and not NAME.match(line)
        if line.strip(b" \t\r\n") and not mbox:
            break
        at = stop
    if at > begin and NAME.match(data, at):
        notes.problem("header_late", where, f"{at - begin} bytes before the first header")
        return at
    return begin


def _ends_here(data: bytes, stop: int, end: int) -> bool:
    """A line that is no header: the body begins with it unless headers go on after it."""
    return not NAME.match(data[stop : min(end, stop + 220)])


def read(data: bytes, start: int, end: int, notes: Notes, where: str = "", late: bool = True) -> Block:
    """Split the block that begins at `start`, or later. Beyond the cap the rest is only searched for its end."""
    at = _skip_late(data, start, end, notes, where) if late else start
    limit = at + LETTER_HEADER_BYTES
    rows: list[tuple[str, list[bytes]]] = []
    while at < end:
        stop = data.find(b"\n", at, end) + 1 or end
        if stop > limit:
            return _capped(data, at, limit, end, rows, notes)
        line = data[at:stop]
        if not line.rstrip(b"\r\n"):
            return Block(_fields(rows), stop)
        if line[:1] in b" \t" and rows:
            rows[-1][1].append(line)
        elif name := NAME.match(line):
            rows.append((name[1].decode("ascii"), [line[name.end() :]]))
        elif _ends_here(data, stop, end):
            notes.problem("header_unfinished", where, line[:80].decode("latin-1").strip())
            return Block(_fields(rows), at)
        else:
            notes.problem("header_damaged", where, line[:80].decode("latin-1").strip())
        at = stop
    return Block(_fields(rows), end)


def _capped(data: bytes, at: int, limit: int, end: int, rows: list[tuple[str, list[bytes]]], notes: Notes) -> Block:
    notes.hit("letter_header_bytes")
    line = data[at:limit]
    if line[:1] in b" \t" and rows:
        rows[-1][1].append(line)
    elif name := NAME.match(line):
        rows.append((name[1].decode("ascii"), [line[name.end() :]]))
    blank = BLANK.search(data, max(at - 1, 0), end)
    return Block(_fields(rows), blank.end() if blank else end)


def _fields(rows: list[tuple[str, list[bytes]]]) -> list[Field]:
    return [Field(name, b"".join(lines)) for name, lines in rows]


def first(fields: list[Field], key: str) -> Field | None:
    """The first header of that name."""
    return next((field for field in fields if field.key == key), None)


def every(fields: list[Field], key: str) -> list[Field]:
    """All headers of that name, in order."""
    return [field for field in fields if field.key == key]
