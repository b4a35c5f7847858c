"""Values with parameters (`text/plain; charset=…`), with RFC 2231 continuations and what senders do instead."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from valtti.channels.email.parse import charset as charsets
from valtti.channels.email.parse import encoded
from valtti.channels.email.parse.text import clean

_NAME = re.compile(r"([^*\s]{1,100}?)(?:\*(\d{1,3}))?(\*)?")
_MOST = 100


def _pieces(text: str) -> list[str]:
    """Split at semicolons outside quotes."""
    pieces: list[str] = []
    start, at, quoted = 0, 0, False
    while at < len(text):
        sign = text[at]
        if sign == "\\" and quoted:
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            pieces.append(text[start:at])
            start = at + 1
        at += 1
    pieces.append(text[start:])
    return pieces[: _MOST + 1]


def _unquote(value: str) -> str:
    value = value.strip()
    if not value.startswith('"'):
        return value.split("(")[0].strip() if value.endswith(")") else value
    out: list[str] = []
    signs = iter(value[1:])
    for sign in signs:
        if sign == '"':
            break
        out.append(next(signs, "") if sign == "\\" else sign)
    return "".join(out)


def _percent(value: str, charset: str | None) -> str:
    return charsets.decode(unquote_to_bytes(value), charset, language=None).text


def _assemble(pieces: list[tuple[int, bool, str]]) -> str:
    """Continuations in order; the charset stands before the first."""
    pieces.sort(key=lambda piece: piece[0])
    charset = None
    first = pieces[0]
    if first[1] and first[2].count("'") >= 2:
        charset, _, rest = first[2].split("'", 2)
        pieces[0] = (first[0], True, rest)
    if all(extended for _, extended, _ in pieces):
        return _percent("".join(value for _, _, value in pieces), charset)
    return "".join(_percent(value, charset) if extended else value for _, extended, value in pieces)


def parse(text: str) -> tuple[str, dict[str, str]]:
    """The main value in lower case, and the decoded parameters: the first of doubled ones, extended before plain."""
    head, *rest = _pieces(text)
    if "=" in head and len(words := head.split(None, 1)) == 2:
        # The semicolon before the first parameter was forgotten.
        head, rest = words[0], [words[1], *rest]
    found: dict[str, list[tuple[int, bool, str]]] = {}
    plain: dict[str, str] = {}
    for piece in rest:
        name, equals, value = piece.partition("=")
        match = _NAME.fullmatch(name.strip().lower())
        if not equals or not match:
            continue
        if match[2] is None and match[3] is None:
            plain.setdefault(match[1], clean(encoded.decode(_unquote(value))))
        else:
            found.setdefault(match[1], []).append((int(match[2] or 0), bool(match[3]), _unquote(value)))
    extended = {name: clean(_assemble(pieces)) for name, pieces in found.items()}
    return head.split("(")[0].strip().lower(), plain | extended
