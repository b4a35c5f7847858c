"""The text as marked lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_QUOTED = re.compile(r"[ \t\xa0]{0,3}(?:>|＞)")
_SIGNS = re.compile(r"[>＞|\s]*")
_LINK = re.compile(r"[<(\[]\s?(?:https?://|mailto:)[^<>()\[\]\s]{0,2000}\s?[>)\]]")


@dataclass(slots=True)
class Line:
    """One line with its place in the text; `end` is behind its line feed."""

    start: int
    end: int
    text: str
    quoted: bool

    @property
    def blank(self) -> bool:
        """Nothing on it but quotation signs."""
        return not _SIGNS.sub("", self.text, count=1).strip() if self.quoted else not self.text.strip()

    @property
    def low(self) -> str:
        """For comparing: lower case, one space, no links."""
        text = self.text[:500]
        if "http" in text or "mailto:" in text:
            text = _LINK.sub("", text)
        return " ".join(text.lower().split())

    @property
    def words(self) -> int:
        """How many words stand on it."""
        return len(self.text.split())


def split(text: str, quoted: Iterable[tuple[int, int]] = ()) -> list[Line]:
    """Lines, quoted ones marked: by their first sign or by the wrapper they stood in."""
    spans = sorted(quoted)
    lines: list[Line] = []
    at, span = 0, 0
    for piece in text.split("\n"):
        end = min(at + len(piece) + 1, len(text))
        middle = at + len(piece) - len(piece.lstrip())
        while span < len(spans) and spans[span][1] <= middle:
            span += 1
        inside = span < len(spans) and spans[span][0] <= middle < spans[span][1] and bool(piece.strip())
        lines.append(Line(at, end, piece, inside or bool(_QUOTED.match(piece))))
        at = end
    return _unescaped(lines)


def _unescaped(lines: list[Line]) -> list[Line]:
    """`>From` alone is what a mailbox file made of a line that began with "From": nobody quoted it."""
    for at, line in enumerate(lines):
        alone = not any(other.quoted for other in lines[max(0, at - 1) : at] + lines[at + 1 : at + 2])
        if line.text.startswith(">From ") and alone:
            line.quoted = False
    return lines


def next_full(lines: list[Line], at: int) -> int:
    """The next line that is not blank, or the number of lines."""
    while at < len(lines) and lines[at].blank:
        at += 1
    return at
