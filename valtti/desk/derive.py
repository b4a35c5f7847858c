"""The derived columns of a case, computed from its rows (pure). Actions store them, `check_house` compares them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from valtti.core.hours import Hours
from valtti.desk import clock
from valtti.desk.encounters import counts_as_contact, is_owed, wants_answer

AT_ONCE = ("call", "visit", "chat_session")
"""Kinds of encounter in which a person of ours is there from the first moment."""

NO_MATTER = ("spam", "duplicate")


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message. `accepted_at` is None while it is void: not accepted, or come back."""

    number: int
    encounter: int | None
    direction: str
    channel: str
    at: datetime
    accepted_at: datetime | None = None
    author_user: int | None = None
    automatic: bool = False
    pending: bool = False
    line: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One encounter as it was opened."""

    number: int
    channel: str
    kind: str
    started_by: str
    opened_at: datetime
    thanks: str = "no"
    silent: bool = False
    opened_by: int | None = None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with the number of its row."""

    number: int
    milestone: str
    seconds: int
    hours: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the derived columns of one case hang on. `closed` is (when, outcome) of the standing closure."""

    case: int
    meetings: Sequence[Meeting] = ()
    utterances: Sequence[Utterance] = ()
    promises_due: Sequence[datetime] = ()
    pause: str = ""
    closed: tuple[datetime, str] | None = None
    assignee: int | None = None
    targets: Sequence[TargetRow] = ()
    versions: Sequence[Hours] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The derived columns of one encounter."""

    answered_at: datetime | None
    answered_by: int | None
    counts_as_contact: bool


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived columns of the case, of its encounters, and its milestones with the target's number."""

    columns: dict[str, object]
    encounters: dict[int, Answered]
    milestones: list[tuple[clock.Reckoned, int | None]] = field(default_factory=list)


def derive(facts: Facts) -> Derived:
    """Recompute everything; equal to what is stored, always."""
    answered = {meeting.number: _answered(meeting, facts.utterances) for meeting in facts.meetings}
    reckoned = [
        (milestone, target.number if target else None)
        for milestone, target in clock.milestones(_owed(facts, answered), facts.targets, facts.versions)
    ]
    return Derived(columns=_columns(facts, answered, reckoned), encounters=answered, milestones=reckoned)


def _answered(meeting: Meeting, utterances: Sequence[Utterance]) -> Answered:
    counts = counts_as_contact(started_by=meeting.started_by, thanks=meeting.thanks)
    if meeting.started_by != "customer":
        return Answered(None, None, counts)
    if meeting.kind in AT_ONCE:
        return Answered(meeting.opened_at, meeting.opened_by, counts)
    words = (
        (said.accepted_at, said.author_user)
        for said in utterances
        if said.encounter == meeting.number
        and said.direction == "out"
        and not said.automatic
        and said.accepted_at is not None
    )
    first = min(words, key=lambda word: word[0], default=(None, None))
    return Answered(first[0], first[1], counts)


def _owed(facts: Facts, answered: dict[int, Answered]) -> list[clock.Met]:
    no_matter = facts.closed is not None and facts.closed[1] in NO_MATTER
    return [
        clock.Met(
            number=meeting.number,
            opened_at=meeting.opened_at,
            answered_at=answered[meeting.number].answered_at,
            started_by=meeting.started_by,
            is_void=not wants_answer(started_by=meeting.started_by, thanks=meeting.thanks, silent=meeting.silent)
            or (no_matter and answered[meeting.number].answered_at is None),
        )
        for meeting in facts.meetings
    ]


def _columns(
    facts: Facts, answered: dict[int, Answered], milestones: list[tuple[clock.Reckoned, int | None]]
) -> dict[str, object]:
    is_open = facts.closed is None
    waiting = [
        meeting.opened_at
        for meeting in facts.meetings
        if is_owed(
            started_by=meeting.started_by,
            thanks=meeting.thanks,
            silent=meeting.silent,
            answered_at=answered[meeting.number].answered_at,
        )
    ]
    owed = [row.due_at for row, _ in milestones if row.met_at is None and row.due_at is not None]
    promise_due = min(facts.promises_due, default=None) if is_open else None
    return {
        "assignee_id": facts.assignee,
        "turn": _turn(facts),
        "closed_at": facts.closed[0] if facts.closed else None,
        "root_id": facts.case,
        "promise_due_at": promise_due,
        "next_due_at": min([*owed, *([promise_due] if promise_due else [])], default=None) if is_open else None,
        "waiting_since": min(waiting, default=None) if is_open else None,
        **_last_word(facts),
    }


def _turn(facts: Facts) -> str:
    if facts.closed is not None:
        return "nobody"
    return {"": "ours", "third_party": "third_party"}.get(facts.pause, "customer")


def last_spoken(utterances: Sequence[Utterance]) -> Utterance | None:
    """The last word of a person to the other side; with none, the last note or machine's letter."""
    spoken = [said for said in utterances if said.direction != "note" and not said.automatic]
    return max(spoken or utterances, key=lambda said: (said.at, said.number), default=None)


def _last_word(facts: Facts) -> dict[str, object]:
    last = last_spoken(facts.utterances)
    latest = max(facts.meetings, key=lambda meeting: (meeting.opened_at, meeting.number), default=None)
    return {
        "channel": last.channel if last else (latest.channel if latest else ""),
        "last_line": last.line if last else "",
        "last_direction": last.direction if last else "",
        "last_at": last.at if last else None,
    }
