"""Transfer encodings undone: base64, quoted-printable, uuencode. Damage is noted, bytes are kept."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

PLAIN = {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "7bits", "8bits"}
UU = {"x-uuencode", "uuencode", "x-uue", "uue"}
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
BASE64_LINE = re.compile(rb"[ \t]*([A-Za-z0-9+/]*={0,2})[ \t]*")
UU_BEGIN = re.compile(rb"(?m)^begin[ \t]+[0-7]{3,4}[ \t]+([^\r\n]{1,255})\r?\n")


def name_of(value: str) -> str:
    """The bare word of a Content-Transfer-Encoding, however it was dressed."""
    words = value.lower().replace(";", " ").replace('"', " ").split()
    return words[0] if words else ""


def loose_base64(data: bytes) -> bytes:
    """Decode whatever of it is base64; padding may be lost or stand in the middle."""
    clean = NOT_BASE64.sub(b"", data)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _good_lines(data: bytes) -> tuple[bytes, bool]:
    """The base64 at the beginning, and whether that was everything. Padding ends it."""
    found: list[bytes] = []
    for line in data.splitlines():
        match = BASE64_LINE.match(line)
        assert match
        is_whole, is_end = match.end() == len(line), match[1].endswith(b"=")
        if not (is_whole or is_end):
            return b"".join(found), False
        found.append(match[1])
        if is_end and not is_whole:
            return b"".join(found), False
    return b"".join(found), True


def base64(data: bytes) -> tuple[bytes, bool]:
    """The decoded bytes, and whether they were whole. Text that is not base64 at all comes back as it is."""
    clean, is_all = _good_lines(data)
    if not clean and not is_all:
        return data, False
    end = clean.find(b"=")
    kept = clean[:end].ljust(end + 2, b"=") if end >= 0 else clean
    is_whole = is_all and len(clean) % 4 == 0 and (end < 0 or not clean[end:].strip(b"="))
    return loose_base64(kept), is_whole


def quoted_printable(data: bytes) -> bytes:
    """Wrong escapes stay as they stand."""
    return binascii.a2b_qp(data)


@dataclass(frozen=True, slots=True)
class UuFile:
    """A file found between `begin` and `end`."""

    name: bytes
    data: bytes
    start: int
    end: int


def _uu_line(line: bytes) -> bytes | None:
    line = line.rstrip(b"\r\n")
    if not line or line == b"`":
        return b""
    size = (line[0] - 32) & 63
    if not 33 <= line[0] <= 96 or len(line) > 90:
        return None
    needed = (size * 4 + 2) // 3
    try:
        return binascii.a2b_uu(line[: 1 + (size + 2) // 3 * 4].ljust(1 + needed, b" "))
    except binascii.Error:
        return None


def _uu_body(data: bytes, at: int) -> tuple[bytes | None, int]:
    """Bytes up to `end` and where reading stopped; None when a line is no uuencode."""
    out: list[bytes] = []
    while at < len(data):
        stop = data.find(b"\n", at) + 1 or len(data)
        line = data[at:stop]
        if line.rstrip() == b"end":
            return b"".join(out), stop
        decoded = _uu_line(line)
        if decoded is None:
            return None, at
        out.append(decoded)
        at = stop
    return None, at


def uu_files(data: bytes) -> list[UuFile]:
    """Every uuencoded file in a text, in order. Each line is looked at once."""
    found: list[UuFile] = []
    at = 0
    while begin := UU_BEGIN.search(data, at):
        body, at = _uu_body(data, begin.end())
        if body is not None:
            found.append(UuFile(begin[1].strip(), body, begin.start(), at))
    return found


def decode(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The bytes of a part, and the code of a problem if there was one."""
    if encoding in PLAIN:
        return data, None
    if encoding == "base64":
        decoded, whole = base64(data)
        return decoded, None if whole else "base64_damaged"
    if encoding == "quoted-printable":
        return quoted_printable(data), None
    if encoding in UU:
        files = uu_files(data)
        return (files[0].data, None) if files else (data, "uuencode_damaged")
    return data, "encoding_unknown"
