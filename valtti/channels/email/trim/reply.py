"""The new words of a letter: history, signature and small print are folded, never deleted."""

from __future__ import annotations

from collections.abc import Iterable

from valtti.channels.email.schema import Hidden, Reply
from valtti.channels.email.trim.ending import Ending, endings
from valtti.channels.email.trim.forwards import forwards
from valtti.channels.email.trim.history import History, find
from valtti.channels.email.trim.lines import Line, split

MOST_LINES = 20_000
"""A longer text is no answer in a thread: it is shown as it is."""


def trim(
    text: str,
    *,
    quoted: Iterable[tuple[int, int]] = (),
    after: int | None = None,
    known_lines: Iterable[str] = (),
    forwarded: bool = False,
) -> Reply:
    """What is shown first, what is folded and by which rule. `after`: where a wrapper says that history begins."""
    if text.count("\n") > MOST_LINES:
        return _reply(text, [Line(0, len(text), text, False)], [], History(), forwarded)
    lines = split(text, quoted)
    history = find(lines, after)
    if history.inline:
        return _reply(text, lines, [], history, forwarded)
    known = frozenset(line.strip() for line in known_lines if line.strip())
    small = [one for start, end in _own(history, len(lines)) for one in endings(lines, start, end, known)]
    for folded in ([*history.folded, *small], history.folded, history.top):
        if _shows_something(lines, folded):
            return _reply(text, lines, folded, history, forwarded)
    return _reply(text, lines, [], history, forwarded)


def _own(history: History, size: int) -> list[tuple[int, int]]:
    """The stretches between what is folded. Of a pure forward none: it is shown as it is."""
    if history.pure_forward:
        return []
    found, at = [], 0
    for one in sorted(history.folded, key=lambda one: one.start):
        if one.start > at:
            found.append((at, one.start))
        at = max(at, one.end)
    return [*found, (at, size)] if at < size else found


def _owners(lines: list[Line], folded: list[Ending]) -> list[int]:
    """For every line the number of what folds it, -1 for none. Blank lines go with their neighbours."""
    owners = [-1] * len(lines)
    for number, one in enumerate(folded):
        owners[one.start : one.end] = [number] * (one.end - one.start)
    for at in range(1, len(lines)):
        if owners[at] < 0 and lines[at].blank:
            owners[at] = owners[at - 1]
    for at in range(len(lines) - 2, -1, -1):
        if owners[at] < 0 and lines[at].blank:
            owners[at] = owners[at + 1]
    return owners


def _shows_something(lines: list[Line], folded: list[Ending]) -> bool:
    owners = _owners(lines, folded)
    return any(owner < 0 and not line.blank for line, owner in zip(lines, owners, strict=True))


def _stretches(lines: list[Line], owners: list[int]) -> list[tuple[int, int, int]]:
    """Runs of lines with one owner, as places in the text."""
    found: list[tuple[int, int, int]] = []
    for line, owner in zip(lines, owners, strict=True):
        if found and found[-1][0] == owner:
            found[-1] = (owner, found[-1][1], line.end)
        else:
            found.append((owner, line.start, line.end))
    return [one for one in found if one[2] > one[1]]


def _trimmed(text: str, ranges: list[list[int]]) -> list[list[int]]:
    """Without white space at both outer ends."""
    while ranges and not text[ranges[0][0] : ranges[0][1]].strip():
        ranges = ranges[1:]
    while ranges and not text[ranges[-1][0] : ranges[-1][1]].strip():
        ranges = ranges[:-1]
    if ranges:
        first = text[ranges[0][0] : ranges[0][1]]
        ranges[0][0] += len(first) - len(first.lstrip())
        last = text[ranges[-1][0] : ranges[-1][1]]
        ranges[-1][1] -= len(last) - len(last.rstrip())
    return ranges


def _reply(text: str, lines: list[Line], folded: list[Ending], history: History, forwarded: bool) -> Reply:
    stretches = _stretches(lines, _owners(lines, folded))
    ranges = _trimmed(text, [[start, end] for owner, start, end in stretches if owner < 0])
    hidden: list[Hidden] = [
        {"kind": folded[owner].kind, "start": start, "end": end, "rule": folded[owner].rule}
        for owner, start, end in stretches
        if owner >= 0
    ]
    signatures = [text[one["start"] : one["end"]].strip("\n ") for one in hidden if one["kind"] == "signature"]
    return {
        "visible": "".join(text[start:end] for start, end in ranges),
        "ranges": ranges,
        "hidden": hidden,
        "signature": "\n".join(signatures) or None,
        "inline": history.inline,
        "forwards": forwards(text, lines, history, forwarded),
    }
