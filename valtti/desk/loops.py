"""May an automatic letter leave? The guards against machines that write to each other (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from valtti.desk.trust import Answer, Deed, allowed

ONE_RECEIPT = timedelta(hours=24)
PER_HOUR, PER_DAY = 3, 8
PER_MAILBOX_AN_HOUR = 300
SAME_WITHIN = timedelta(hours=3)
ANSWERED_WITHIN = timedelta(seconds=60)
MUTED_FOR = timedelta(hours=24)


class Guard(Enum):
    """Which guard says no."""

    NOT_TO_MACHINES = "not_to_machines"
    ONE_A_DAY = "one_a_day"
    ADDRESS_FULL = "address_full"
    MUTED = "muted"
    MAILBOX_FULL = "mailbox_full"
    FAILED_SENDER = "failed_sender"


@dataclass(frozen=True, slots=True)
class Sent:
    """An automatic letter that left for this address: when, and from which mailbox."""

    at: datetime
    mailbox: str


def stopped_by(
    *,
    now: datetime,
    mailbox: str,
    may_be_answered: bool,
    trust: str,
    sent: Sequence[Sent],
    heard: Iterable[datetime],
    sent_by_mailbox: int,
) -> Guard | None:
    """The guard that stops a receipt; None when it may leave. `sent` and `heard` reach back two days at the least."""
    if not may_be_answered:
        return Guard.NOT_TO_MACHINES
    if allowed(Deed.RECEIPT, trust) is Answer.NO:
        return Guard.FAILED_SENDER
    if muted_until(sent, heard, now) is not None:
        return Guard.MUTED
    if any(now - letter.at < ONE_RECEIPT and letter.mailbox == mailbox for letter in sent):
        return Guard.ONE_A_DAY
    if _within(sent, now, timedelta(hours=1)) >= PER_HOUR or _within(sent, now, timedelta(days=1)) >= PER_DAY:
        return Guard.ADDRESS_FULL
    return Guard.MAILBOX_FULL if sent_by_mailbox >= PER_MAILBOX_AN_HOUR else None


def muted_until(sent: Sequence[Sent], heard: Iterable[datetime], now: datetime) -> datetime | None:
    """Two automatic letters within three hours, each answered within a minute: no more for a day."""
    answers = sorted(heard)
    quick = sorted(letter.at for letter in sent if any(letter.at < at <= letter.at + ANSWERED_WITHIN for at in answers))
    ends = [
        later + MUTED_FOR for earlier, later in zip(quick, quick[1:], strict=False) if later - earlier <= SAME_WITHIN
    ]
    return max((end for end in ends if end > now), default=None)


def _within(sent: Sequence[Sent], now: datetime, span: timedelta) -> int:
    return sum(1 for letter in sent if now - letter.at < span)
