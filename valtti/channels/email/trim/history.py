"""Where the history of a thread stands in a text, and whether answers stand inside it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from valtti.channels.email.trim.attribution import Attribution, at_end
from valtti.channels.email.trim.blocks import Opening, is_forward_end, opening
from valtti.channels.email.trim.ending import ANY, Ending
from valtti.channels.email.trim.lines import Line, next_full

_LEFTOVER_WORDS = 4
_WRAPPED_AT = 55


@dataclass(slots=True)
class History:
    """What is folded. `top` is the one header block above a pure forward, folded even when all else is shown."""

    folded: list[Ending] = field(default_factory=list)
    top: list[Ending] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    inline: bool = False
    pure_forward: bool = False


def _attributions(lines: list[Line], end: int) -> list[Attribution]:
    found: list[Attribution] = []
    for at in range(end):
        if lines[at].quoted or lines[at].blank:
            continue
        below = next_full(lines, at + 1)
        one = at_end(lines, at, below < len(lines) and lines[below].quoted)
        if one and (not found or one.start >= found[-1].end):
            found.append(one)
    return found


def _hard(lines: list[Line], after: int | None) -> Opening | Attribution | int | None:
    """The first place from which everything is history, with or without quotation signs."""
    marked = bisect_right([line.start for line in lines], after) - 1 if after is not None else len(lines)
    for at in range(len(lines)):
        if at >= marked and not lines[at].blank:
            return opening(lines, at) or at
        if found := opening(lines, at):
            return found
        if lines[at].quoted or lines[at].blank:
            continue
        below = next_full(lines, at + 1)
        if below < len(lines) and lines[below].quoted:
            continue
        one = at_end(lines, at, next_quoted=False)
        if one and one.strong and not _quotes_before(lines, one.start) and not _quotes_after(lines, below):
            return one
    return None


def _quotes_before(lines: list[Line], at: int) -> bool:
    return any(line.quoted and not line.blank for line in lines[:at])


def _quotes_after(lines: list[Line], at: int) -> bool:
    """Quotation signs a little below: the attribution belongs to them, words between are an answer."""
    return any(line.quoted for line in lines[at : at + 4])


def _quotations(lines: list[Line], end: int) -> list[tuple[int, int]]:
    """Runs of quoted lines; blank ones and the remainders of broken lines stay inside."""
    runs: list[tuple[int, int]] = []
    for at in range(end):
        if not lines[at].quoted:
            continue
        if runs and (runs[-1][1] == at or _is_gap(lines, runs[-1][1], at)):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return [run for run in runs if any(not line.blank for line in lines[run[0] : run[1]])]


def _is_gap(lines: list[Line], start: int, end: int) -> bool:
    """Nothing was written between: blank lines, or a few words that a narrow window pushed off a quoted line."""
    between = lines[start:end]
    if all(line.blank for line in between):
        return True
    pushed = len(between) == 1 and len(lines[start - 1].text) >= _WRAPPED_AT
    return pushed and between[0].words <= _LEFTOVER_WORDS


def _written(lines: list[Line], start: int, end: int, attributions: list[Attribution]) -> bool:
    """Whether somebody wrote words between these lines."""
    taken = {at for one in attributions for at in range(one.start, one.end)}
    return any(not lines[at].blank and at not in taken for at in range(start, end))


def _above(lines: list[Line], run: tuple[int, int], attributions: list[Attribution]) -> Attribution | None:
    """The attribution right above a quotation."""
    for one in attributions:
        if one.end <= run[0] and next_full(lines, one.end) == next_full(lines, run[0]):
            return one
    return None


def _soft(lines: list[Line], end: int, history: History) -> None:
    """Quotations with signs, above any other history."""
    runs = _quotations(lines, end)
    if not runs:
        return
    attributions = _attributions(lines, end)
    for first, second in zip(runs, runs[1:], strict=False):
        if _written(lines, first[1], second[0], attributions):
            history.inline = True
            return
    for run in runs:
        attribution = _above(lines, run, attributions)
        start = attribution.start if attribution else run[0]
        if attribution is None and _written(lines, 0, start, attributions) and _written(lines, run[1], end, []):
            history.inline = True
            return
        if attribution:
            history.folded.append(Ending("attribution", attribution.start, attribution.end, attribution.rule))
        history.folded.append(Ending("quote", attribution.end if attribution else run[0], run[1], ANY))


def _fold_from(lines: list[Line], start: int, body: int, rule: str, history: History) -> None:
    """Everything from here to the end, or to the line that closes a forwarded letter."""
    end = next((at + 1 for at in range(body, len(lines)) if is_forward_end(lines[at])), len(lines))
    history.folded.append(Ending("header_block", start, body, rule))
    if body < end:
        history.folded.append(Ending("quote", body, end, rule))


def _is_top(lines: list[Line], start: int) -> bool:
    return next_full(lines, 0) >= start


def _openings(lines: list[Line], first: Opening) -> list[Opening]:
    """The first one and every forward further down."""
    found = [first]
    for at in range(first.body, len(lines)):
        if one := opening(lines, at):
            found.append(one)
    return found


def find(lines: list[Line], after: int | None = None) -> History:
    """The history of a text."""
    history = History()
    hard = _hard(lines, after)
    if isinstance(hard, Opening):
        history.openings = _openings(lines, hard)
        if _is_top(lines, hard.start):
            history.top = [Ending("header_block", hard.start, hard.body, hard.rule)]
            history.folded = list(history.top)
            history.pure_forward = True
            return history
    limit = hard if isinstance(hard, int) else (hard.start if hard else len(lines))
    _soft(lines, limit, history)
    if history.inline:
        history.folded = []
    elif isinstance(hard, Opening):
        _fold_from(lines, hard.start, hard.body, hard.rule, history)
    elif isinstance(hard, Attribution):
        history.folded.append(Ending("attribution", hard.start, hard.end, hard.rule))
        if hard.end < len(lines):
            history.folded.append(Ending("quote", hard.end, len(lines), hard.rule))
    elif isinstance(hard, int):
        history.folded.append(Ending("quote", hard, len(lines), ANY))
    return history
