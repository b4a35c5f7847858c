"""Which encounter a message belongs to (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

CHASED_AFTER = timedelta(hours=24)


class Place(Enum):
    """Where a message goes."""

    OPENS = "opens"
    JOINS = "joins"
    NEITHER = "neither"


def wants_answer(*, started_by: str, thanks: str, silent: bool) -> bool:
    """Whether an encounter calls for our word at all: not what we began, not confirmed thanks, not history."""
    return started_by == "customer" and thanks != "confirmed" and not silent


def is_owed(*, started_by: str, thanks: str, silent: bool, answered_at: datetime | None) -> bool:
    """An answer is owed: the customer of this encounter waits. Perhaps-thanks wait until somebody has confirmed them.

    Rows are asked the same by `Encounter.objects.owed()`.
    """
    return answered_at is None and wants_answer(started_by=started_by, thanks=thanks, silent=silent)


def place(*, is_owed: bool, automatic: bool, pending: bool) -> Place:
    """A customer's message joins the encounter that waits for our answer, else opens one; others do neither.

    `is_owed` speaks of the case's latest encounter in the channel of the message; without one it is False. A machine
    has nothing to wait for, and a sender who is not let in is not yet the customer.
    """
    if automatic or pending:
        return Place.NEITHER
    return Place.JOINS if is_owed else Place.OPENS


def is_chase(before: datetime, now: datetime) -> bool:
    """A further message a day after the one before it, still unanswered: counted as a contact of its own."""
    return now - before >= CHASED_AFTER


def counts_as_contact(*, started_by: str, thanks: str) -> bool:
    """Whether an encounter is a contact of the customer's: not ours, not thanks. Machines and copies open none."""
    return started_by == "customer" and thanks != "confirmed"
