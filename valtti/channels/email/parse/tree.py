"""The MIME tree: split in one pass over the bytes, without recursion, stopping at the caps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import headers, params, transfer
from valtti.channels.email.parse.headers import Field
from valtti.core.caps import LETTER_DEPTH

_DELIMITER = re.compile(rb"(?:\A|(?<=\n))--([^\r\n]{1,200})")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


@dataclass(slots=True)
class Part:
    """One part: its headers read, its bytes still as they came."""

    path: str
    depth: int
    fields: list[Field]
    media_type: str
    params: dict[str, str]
    disposition: str | None
    name: str | None
    encoding: str
    content_id: str | None
    raw: bytes = b""
    index: int = 0
    children: list[Part] = field(default_factory=list)
    parent: Part | None = None
    _decoded: bytes | None = None
    problem: str | None = None

    @property
    def is_container(self) -> bool:
        """A multipart that really has parts."""
        return bool(self.children)

    @property
    def main(self) -> str:
        """The half of the type before the slash."""
        return self.media_type.partition("/")[0]

    @property
    def sub(self) -> str:
        """The half of the type after the slash."""
        return self.media_type.partition("/")[2]

    @property
    def data(self) -> bytes:
        """The decoded bytes."""
        if self._decoded is None:
            self._decoded, self.problem = transfer.decode(self.raw, self.encoding)
        return self._decoded

    def walk(self) -> list[Part]:
        """This part and everything in it, in preorder."""
        found, waiting = [], [self]
        while waiting:
            part = waiting.pop()
            found.append(part)
            waiting.extend(reversed(part.children))
        return found


def bare(media_type: str, raw: bytes) -> Part:
    """A body without headers."""
    return Part("1", 0, [], media_type, {}, None, None, "", None, raw)


def _text(fields: list[Field], key: str) -> str:
    found = headers.first(fields, key)
    return found.text() if found else ""


def _described(path: str, depth: int, fields: list[Field], default: str) -> Part:
    """A part from its headers. A type that is none is `text/plain` for the letter itself, bytes elsewhere."""
    written = _text(fields, "content-type")
    media_type, values = params.parse(written)
    if written and not _TYPE.fullmatch(media_type):
        media_type = "text/plain" if media_type in {"", "text", "plain"} or depth == 0 else "application/octet-stream"
    disposition, more = params.parse(_text(fields, "content-disposition"))
    name = more.get("filename") or values.get("name") or more.get("name")
    identifier = _text(fields, "content-id").strip().strip("<>").strip()
    encoding = transfer.name_of(_text(fields, "content-transfer-encoding"))
    return Part(
        path,
        depth,
        fields,
        media_type or default,
        values,
        disposition or None,
        name or None,
        encoding,
        identifier or None,
    )


@dataclass(slots=True)
class _Open:
    """A multipart whose closing line has not been met."""

    part: Part
    boundary: bytes
    closed: bool = False


class _Splitter:
    def __init__(self, data: bytes, notes: Notes) -> None:
        self.data = data
        self.notes = notes
        self.stack: list[_Open] = []
        self.open: dict[bytes, list[int]] = {}
        self.count = 0

    def run(self, start: int, end: int) -> Part:
        root = self._begin(start, end, None)
        leaf, body = root
        if self.stack:
            self._parts(body, end)
        else:
            leaf.raw = self.data[body:end]
        self._orphans(leaf, body, end)
        return leaf

    def _begin(self, start: int, end: int, parent: Part | None) -> tuple[Part, int]:
        """Read one header block; a multipart becomes the innermost open one."""
        self.count += 1
        self.notes.parts_left -= 1
        path = _path(parent)
        block = headers.read(self.data, start, end, self.notes, path, late=parent is None)
        default = "message/rfc822" if parent and parent.media_type == "multipart/digest" else "text/plain"
        part = _described(path, parent.depth + 1 if parent else 0, block.fields, default)
        part.index, part.parent = self.count - 1, parent
        if parent:
            parent.children.append(part)
        boundary = part.params.get("boundary", "").rstrip().encode("utf-8", "replace")
        if part.main == "multipart" and boundary and self._may_descend(part):
            self.open.setdefault(boundary, []).append(len(self.stack))
            self.stack.append(_Open(part, boundary))
        return part, block.body

    def _may_descend(self, part: Part) -> bool:
        if part.depth < LETTER_DEPTH:
            return True
        self.notes.hit("letter_depth")
        return False

    def _match(self, line: bytes) -> tuple[int, bool] | None:
        """Which open multipart this delimiter belongs to, innermost first, and whether it closes it."""
        line = line.rstrip(b" \t")
        if line in self.open:
            return self.open[line][-1], False
        if line.endswith(b"--") and line[:-2] in self.open:
            return self.open[line[:-2]][-1], True
        return None

    def _pop_to(self, size: int) -> None:
        while len(self.stack) > size:
            top = self.stack.pop()
            if not top.closed:
                self.notes.problem("boundary_unclosed", top.part.path)
            self.open[top.boundary].pop()
            if not self.open[top.boundary]:
                del self.open[top.boundary]

    def _parts(self, at: int, end: int) -> None:
        leaf: tuple[Part, int] | None = None
        while found := _DELIMITER.search(self.data, at, end):
            at = found.end()
            hit = self._match(found[1])
            if hit is None:
                continue
            self._close(leaf, found.start())
            leaf = None
            level, closing = hit
            self._pop_to(level + 1)
            if closing:
                self.stack[level].closed = True
                continue
            if self.notes.parts_left <= 0:
                self.notes.hit("letter_parts")
                break
            if self.data.find(b"\n", at, end) in {-1, end - 1}:
                break
            leaf, at = self._next(level, at, end)
        self._close(leaf, end)
        self._pop_to(0)

    def _next(self, level: int, at: int, end: int) -> tuple[tuple[Part, int] | None, int]:
        """The part after a delimiter. Its headers end where the next delimiter stands."""
        start = self.data.find(b"\n", at, end) + 1 or end
        part, body = self._begin(start, self._stop(start, end), self.stack[level].part)
        is_open = self.stack[-1].part is part
        return (None if is_open else (part, body)), max(body - 1, start - 1, at)

    def _stop(self, start: int, end: int) -> int:
        """Where the next line that may be a delimiter of ours stands, if it comes before a blank line."""
        at = start
        blank = headers.BLANK.search(self.data, max(start - 1, 0), end)
        limit = blank.end() if blank else end
        while found := _DELIMITER.search(self.data, at, limit):
            if self._match(found[1]) is not None:
                return found.start()
            at = found.end()
        return end

    def _close(self, leaf: tuple[Part, int] | None, stop: int) -> None:
        """The leaf's bytes: the line break before the delimiter belongs to the delimiter."""
        if leaf is None:
            return
        part, body = leaf
        if stop < len(self.data) and self.data[stop - 1 : stop] == b"\n":
            stop -= 2 if self.data[stop - 2 : stop - 1] == b"\r" else 1
        part.raw = self.data[body : max(stop, body)]

    def _orphans(self, root: Part, body: int, end: int) -> None:
        """A multipart without parts is shown as the text that stands in it."""
        for part in root.walk():
            if part.main == "multipart" and not part.children:
                self.notes.problem("boundary_missing", part.path)
                part.raw = part.raw or (self.data[body:end] if part is root else b"")
                part.media_type = "text/plain"


def _path(parent: Part | None) -> str:
    if parent is None:
        return ""
    number = str(len(parent.children) + 1)
    return f"{parent.path}.{number}" if parent.path else number


def split(data: bytes, notes: Notes) -> Part:
    """The tree of a letter. A letter without parts is one part, "1"."""
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    root = _Splitter(data, notes).run(0, len(data))
    if not root.children:
        root.path = "1"
    return root
