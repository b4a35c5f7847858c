"""What stands below a person's words: signature, device line, small print, list footer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from valtti.channels.email.schema import HiddenKind
from valtti.channels.email.trim.lines import Line
from valtti.channels.email.trim.words import languages

ANY = "R-any"
_RULE = re.compile(r"\s*[_=*#~-]{4,}\s*")
_AFTERTHOUGHT = re.compile(r"\s*(?:p\.? ?s\b|ps[:.]|з\.?ы\b|nb[:.])", re.I)
_MOST_SIGNATURE = 8
_MOST_MARKED = 40
_MOST_FOOTER = 15
_MOST_SMALL_PRINT = 40
_SHORT = 80
_MOST_ENDINGS = 12


@dataclass(frozen=True, slots=True)
class Ending:
    """Lines that are folded, and why."""

    kind: HiddenKind
    start: int
    end: int
    rule: str


def _full(lines: list[Line], start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if not lines[at].blank]


def _footer(lines: list[Line], start: int, end: int) -> Ending | None:
    """A list's footer: its line, with the rule above it."""
    places = [at for at in range(max(start, end - _MOST_FOOTER), end) if _is_footer(lines[at])]
    if not places:
        return None
    first = places[0]
    while first > start and (_RULE.fullmatch(lines[first - 1].text) or lines[first - 1].text.strip() in {"--", "—"}):
        first -= 1
    return Ending("list_footer", first, end, ANY)


def _is_footer(line: Line) -> bool:
    return any(language.list_footer.match(line.low) for language in languages())


def _small_print(lines: list[Line], start: int, end: int) -> Ending | None:
    """A paragraph that speaks of confidentiality, and everything below it."""
    low = max(start, end - _MOST_SMALL_PRINT)
    for at in range(low, end):
        if lines[at].blank or (at > low and not lines[at - 1].blank and not _RULE.fullmatch(lines[at - 1].text)):
            continue
        paragraph = " ".join(line.low for line in lines[at : min(end, at + 4)])
        for language in languages():
            if language.disclaimer.match(paragraph):
                first = at - 1 if at > start and _RULE.fullmatch(lines[at - 1].text) else at
                return Ending("disclaimer", first, end, language.rule)
    return None


def _device(lines: list[Line], start: int, end: int) -> Ending | None:
    """The last line, when a device or program wrote it."""
    low = lines[end - 1].low.strip("-–— ")
    for language in languages():
        if low and len(low) <= _SHORT and language.device.fullmatch(low):
            return Ending("device_line", end - 1, end, language.rule)
    return None


def _marked(lines: list[Line], start: int, end: int) -> Ending | None:
    """The signature under its mark `-- `."""
    for at in range(end - 1, max(start - 1, end - 1 - _MOST_MARKED), -1):
        text = lines[at].text.rstrip("\xa0")
        exact = text in {"-- ", "--"}
        if exact or text.strip() in {"—", "--", "––"}:
            below = len(_full(lines, at + 1, end))
            return Ending("signature", at, end, ANY) if exact or below <= _MOST_SIGNATURE * 2 else None
    return None


def _is_name(text: str) -> bool:
    """What may follow a closing formula on its line: nothing, or a name."""
    words = [word for word in re.split(r"[\s,./]+", text.strip(" ,.!*_-")) if word]
    return len(words) <= 5 and all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def _is_short(line: Line) -> bool:
    text = line.text.strip()
    is_sentence = line.words > 8 and text.endswith((".", "!", "?"))
    return len(text) <= _SHORT and not is_sentence and not text.endswith("?") and not _AFTERTHOUGHT.match(text)


def _closed(lines: list[Line], start: int, end: int) -> Ending | None:
    """A closing formula with at most eight short lines under it."""
    full = _full(lines, start, end)[-(_MOST_SIGNATURE + 1) :]
    for number, at in enumerate(full):
        if not all(_is_short(lines[below]) for below in full[number + 1 :]):
            continue
        text = " ".join(lines[at].text.split())
        for language in languages():
            found = language.closing.fullmatch(text.lower())
            if found and len(text) <= _SHORT and _is_name(text[found.start(1) :]):
                return Ending("signature", at, end, language.rule)
    return None


def _known(lines: list[Line], start: int, end: int, known: frozenset[str]) -> Ending | None:
    """Lines that the same sender's last letters ended with as well."""
    first = end
    while first > start and (lines[first - 1].blank or lines[first - 1].text.strip() in known):
        first -= 1
    full = _full(lines, first, end)
    return Ending("signature", full[0], end, ANY) if len(full) >= 2 else None


def endings(lines: list[Line], start: int, end: int, known: frozenset[str]) -> list[Ending]:
    """Everything below the words of this stretch, from the bottom up."""
    found: list[Ending] = []
    while len(found) < _MOST_ENDINGS:
        while end > start and lines[end - 1].blank:
            end -= 1
        if end <= start:
            break
        one = (
            _footer(lines, start, end)
            or _small_print(lines, start, end)
            or _device(lines, start, end)
            or _marked(lines, start, end)
            or _closed(lines, start, end)
            or (_known(lines, start, end, known) if known else None)
        )
        if one is None:
            break
        found.append(one)
        end = one.start
    return found
