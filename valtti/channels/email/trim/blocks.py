"""Where history begins without quotation signs: header blocks and the lines above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from valtti.channels.email.trim.lines import Line, next_full
from valtti.channels.email.trim.words import Language, languages

_RULE = re.compile(r"[\s>*]*(?:_{5,}|-{5,}|={5,}|—{3,}|–{3,})[\s*]*")
_MOST_HEADERS = 14
_MOST_WRAPPED = 3


@dataclass(slots=True)
class HeaderBlock:
    """Consecutive header lines of one language, with the values they hold."""

    start: int
    end: int
    language: Language
    values: dict[str, str] = field(default_factory=dict)

    @property
    def is_sure(self) -> bool:
        """Three known names with sender and subject, or an address: from, to and date alone could be a journey."""
        is_mail = "subject" in self.values or "@" in self.values.get("from", "")
        return len(self.values.keys() - {"other"}) >= 3 and "from" in self.values and is_mail


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of history: a rule line, a header block or both. `body` is the first line behind it."""

    start: int
    body: int
    rule: str
    forward: bool
    block: HeaderBlock | None


def header_block(lines: list[Line], at: int) -> HeaderBlock | None:
    """The longest block that begins on this line, in whichever language."""
    if ":" not in lines[at].text[:60] and "：" not in lines[at].text[:60]:
        return None
    found = [block for one in languages() if (block := _block(lines, at, one))]
    return max(found, key=lambda block: (len(block.values), block.end), default=None)


def _block(lines: list[Line], at: int, language: Language) -> HeaderBlock | None:
    block = HeaderBlock(at, at, language)
    wrapped, last = 0, ""
    while at < len(lines) and len(block.values) < _MOST_HEADERS:
        line = lines[at]
        found = language.header.fullmatch(line.text[:1000]) if not line.quoted else None
        role = language.roles[found[1].lower()] if found else ""
        if found and (role == "other" or role not in block.values):
            block.values[role] = found[2].strip(" *\t\xa0")
            block.end, wrapped, last = at + 1, 0, role
        elif found or line.quoted or not last or wrapped >= _MOST_WRAPPED:
            break
        elif line.blank:
            if wrapped or next_full(lines, at) > at + 1:
                break
        elif not _goes_on(lines, at, language):
            break
        else:
            wrapped += 1
            block.values[last] += " " + line.text.strip()
        at += 1
    return block if block.values else None


def _goes_on(lines: list[Line], at: int, language: Language) -> bool:
    """A long value wrapped onto this line: header lines go on soon after it."""
    near = lines[at + 1 : at + 1 + _MOST_WRAPPED]
    return not lines[at - 1].blank and any(language.header.fullmatch(line.text[:1000]) for line in near)


def _named_rule(line: Line) -> tuple[Language, bool] | None:
    """A line that says "original message" or "forwarded message"."""
    low = line.low
    if not low or len(low) > 200:
        return None
    for language in languages():
        if language.forward.fullmatch(low):
            return language, True
        if language.original.fullmatch(low):
            return language, False
    return None


def is_forward_end(line: Line) -> bool:
    """The line that closes a forwarded letter."""
    return any(language.forward_end.fullmatch(line.low) for language in languages())


def opening(lines: list[Line], at: int) -> Opening | None:
    """The beginning of history on this line, if there is one."""
    line = lines[at]
    if line.quoted or line.blank:
        return None
    if named := _named_rule(line):
        block = _below(lines, at)
        return Opening(at, block.end if block else at + 1, named[0].rule, named[1], block)
    if _RULE.fullmatch(line.text):
        block = _below(lines, at)
        return Opening(at, block.end, block.language.rule, False, block) if block and block.is_sure else None
    block = header_block(lines, at)
    return Opening(at, block.end, block.language.rule, False, block) if block and block.is_sure else None


def _below(lines: list[Line], at: int) -> HeaderBlock | None:
    """Under a rule two header lines are enough."""
    below = next_full(lines, at + 1)
    if below >= len(lines) or below > at + 3:
        return None
    block = header_block(lines, below)
    return block if block and len(block.values) >= 2 else None
