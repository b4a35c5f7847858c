"""Kept, late, moved with notice, broken: how a promise stands and how it is counted (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT, KEPT_LATE, BROKEN = "kept", "kept_late", "broken"
WITHDRAWN, MOVED, UNDONE = "withdrawn", "moved", "undone"
FARTHEST = timedelta(days=731)
"""Nobody promises for later: a clock that walks through centuries of opening hours stops the page."""


@dataclass(frozen=True, slots=True)
class Said:
    """One promise as a row: `told_before_due` speaks of its move, None while the letter has not been accepted."""

    number: int
    due_at: datetime
    end: str = ""
    ended_at: datetime | None = None
    moved_from: int | None = None
    told_before_due: bool | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One chain of moves as it counts: one promise. `moves` is told apart."""

    numbers: tuple[int, ...]
    verdict: str
    moves: int
    late_seconds: int


@dataclass(frozen=True, slots=True)
class Word:
    """A message as evidence. `is_void`: undone, or it did not arrive; `is_its_own`: the one that made the promise."""

    direction: str
    channel: str
    at: datetime
    automatic: bool = False
    pending: bool = False
    is_void: bool = False
    is_its_own: bool = False

    @property
    def is_talk(self) -> bool:
        """A call or a visit, written down."""
        return self.direction == "note" and self.channel in {"phone", "visit"}


def shows_kept(word: Word, made_at: datetime) -> bool:
    """Whether it may show that a promise was kept: a word of a person of ours since it was made, which may arrive."""
    is_ours = (word.direction == "out" or word.is_talk) and not word.automatic
    return is_ours and not word.is_void and not word.is_its_own and word.at >= made_at


def shows_wish(word: Word, made_at: datetime) -> bool:
    """Whether it may show that the customer wished a promise withdrawn: their message or a talk since it was made."""
    is_theirs = word.direction == "in" and not word.automatic and not word.pending and word.at > made_at
    return is_theirs or (word.is_talk and not word.is_its_own and word.at >= made_at)


def end_when_shown(due_at: datetime, shown_at: datetime) -> str:
    """How a promise ends when its evidence reached the customer at this instant."""
    return KEPT if shown_at <= due_at else KEPT_LATE


def end_when_moved(due_at: datetime, told_at: datetime) -> str:
    """Moved with notice if the customer was told before the old time, otherwise broken."""
    return MOVED if told_at < due_at else BROKEN


def is_overdue(due_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """It stands and its time has come, as every other due time in the house."""
    return ended_at is None and due_at <= now


def chains(promises: Iterable[Said]) -> list[list[Said]]:
    """Promises put in chains of moves, first link first; undone ones count nowhere."""
    standing = {promise.number: promise for promise in promises if promise.end != UNDONE}
    later = {promise.moved_from: promise for promise in standing.values() if promise.moved_from in standing}
    found = []
    for promise in standing.values():
        if promise.moved_from in standing:
            continue
        chain = [promise]
        while (following := later.get(chain[-1].number)) is not None:
            chain.append(following)
        found.append(chain)
    return found


def count(chain: Sequence[Said], now: datetime) -> Counted:
    """One chain as one promise: kept if its last link is kept in time and every move was told in time."""
    last = chain[-1]
    return Counted(
        numbers=tuple(link.number for link in chain),
        verdict=_verdict(chain, now),
        moves=len(chain) - 1,
        late_seconds=_late_seconds(last, now),
    )


def _verdict(chain: Sequence[Said], now: datetime) -> str:
    last = chain[-1]
    if any(link.end == BROKEN or link.told_before_due is False for link in chain):
        return BROKEN
    if last.end:
        return last.end
    return "late" if is_overdue(last.due_at, last.ended_at, now) else "standing"


def _late_seconds(last: Said, now: datetime) -> int:
    if last.end in {WITHDRAWN, MOVED, UNDONE}:
        return 0
    return max(0, int(((last.ended_at or now) - last.due_at).total_seconds()))
