"""Whose matter a letter belongs to, by what its headers prove (pure): the table of eight rows.

Rows nine and ten, letters from our own people and our own letters coming back, never reach the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from valtti.desk.trust import Answer, Deed, allowed

ADMITTED, PENDING, REFUSED = "admitted", "pending", "refused"


class Road(Enum):
    """Where the letter goes."""

    JOIN = "join"
    PENDING = "pending"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Thread:
    """A case that something in the letter names, and its participants: contact point id to state."""

    case_id: int
    participants: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known when a letter comes in. `token_to` is the contact point the token was sent to."""

    sender: int | None
    trust: str
    token: Thread | None = None
    token_to: int | None = None
    token_expired: bool = False
    token_broken: bool = False
    named: Thread | None = None
    same_subject: tuple[int, ...] = ()
    by_reference: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`row` is the row of the table, `perhaps` cases to suggest, `follows` an earlier case, `noted` a problem."""

    road: Road
    row: int
    case_id: int | None = None
    marked: bool = False
    perhaps: tuple[int, ...] = field(default=())
    follows: int | None = None
    noted: str = ""


def decide(evidence: Evidence) -> Verdict:
    """The first row that fits. A number or a subject alone never threads; it only suggests."""
    if evidence.token_broken or evidence.token_expired:
        return _no_true_token(evidence)
    if evidence.token is not None:
        return _with_token(evidence, evidence.token)
    if evidence.named is not None:
        return _with_ids(evidence, evidence.named)
    return _suggested(evidence)


def _with_token(evidence: Evidence, thread: Thread) -> Verdict:
    standing = _standing(evidence, thread)
    if standing == REFUSED:
        return Verdict(Road.NEW, 3, perhaps=(thread.case_id,))
    is_recipient = evidence.sender is not None and evidence.sender == evidence.token_to
    if not is_recipient and standing != ADMITTED:
        return Verdict(Road.PENDING, 3, thread.case_id)
    row = 1 if is_recipient else 2
    answer = allowed(Deed.JOIN_BY_TOKEN, evidence.trust)
    if answer is Answer.PENDING:
        return Verdict(Road.PENDING, row, thread.case_id, marked=True)
    return Verdict(Road.JOIN, row, thread.case_id, marked=answer is Answer.MARKED)


def _with_ids(evidence: Evidence, thread: Thread) -> Verdict:
    standing = _standing(evidence, thread)
    if standing == REFUSED:
        return Verdict(Road.NEW, 5, perhaps=(thread.case_id,))
    answer = allowed(Deed.JOIN_BY_REFERENCES, evidence.trust)
    if standing == ADMITTED and answer is not Answer.PENDING:
        return Verdict(Road.JOIN, 4, thread.case_id, marked=answer is Answer.MARKED)
    return Verdict(Road.PENDING, 5, thread.case_id, marked=answer is Answer.PENDING)


def _no_true_token(evidence: Evidence) -> Verdict:
    perhaps = evidence.same_subject + evidence.by_reference
    if evidence.token_broken or evidence.token is None:
        return Verdict(Road.NEW, 8, perhaps=perhaps, noted="token_broken")
    known = _standing(evidence, evidence.token) == ADMITTED or evidence.sender == evidence.token_to
    follows = evidence.token.case_id if known and evidence.sender is not None else None
    rest = tuple(case for case in perhaps if case != follows)
    return Verdict(Road.NEW, 8, perhaps=rest, follows=follows, noted="token_expired")


def _suggested(evidence: Evidence) -> Verdict:
    if evidence.same_subject:
        return Verdict(Road.NEW, 6, perhaps=tuple(dict.fromkeys(evidence.same_subject + evidence.by_reference)))
    if evidence.by_reference:
        return Verdict(Road.NEW, 7, perhaps=evidence.by_reference)
    return Verdict(Road.NEW, 0)


def _standing(evidence: Evidence, thread: Thread) -> str | None:
    return thread.participants.get(evidence.sender) if evidence.sender is not None else None
