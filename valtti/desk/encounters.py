"""Which encounter a message belongs to (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

CHASED_AFTER = timedelta(hours=24)


class Place(Enum):
    """Where a message goes."""

    OPENS = "opens"
    JOINS = "joins"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Latest:
    """The case's latest encounter in the channel of the message."""

    started_by: str
    is_answered: bool
    is_thanks: bool = False


def place(latest: Latest | None, *, automatic: bool, pending: bool) -> Place:
    """A customer's message joins the encounter that waits for our answer, else opens one; others do neither.

    A machine has nothing to wait for, and a sender who is not let in is not yet the customer.
    """
    if automatic or pending:
        return Place.NEITHER
    if latest is None or latest.started_by != "customer" or latest.is_answered or latest.is_thanks:
        return Place.OPENS
    return Place.JOINS


def is_chase(before: datetime, now: datetime) -> bool:
    """A further message a day after the one before it, still unanswered: counted as a contact of its own."""
    return now - before >= CHASED_AFTER


def counts_as_contact(*, started_by: str, thanks: str, automatic: bool, doubled: bool) -> bool:
    """Whether an encounter is a contact of the customer's: not ours, not thanks, not a machine, not a copy."""
    return started_by == "customer" and thanks != "confirmed" and not automatic and not doubled
