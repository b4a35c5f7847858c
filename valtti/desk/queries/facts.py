"""The rows of a case as plain facts, and what differs from what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from valtti.core.calendars import versions_of
from valtti.core.hours import Hours
from valtti.desk.derive import Derived, Facts, Meeting, TargetRow, Utterance, derive, last_spoken
from valtti.desk.models import Case, Message, SlaTarget

LINE = 200


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A stored column that is not what its rows say."""

    case: Case
    what: str
    stored: object
    derived: object


def facts_of(case: Case, versions: list[Hours] | None = None) -> Facts:
    """Everything the derived columns of this case hang on."""
    closure = case.closures.filter(reopened_at=None).first()
    assignment = case.assignments.filter(until_at=None).first()
    pause = case.pauses.filter(ended_at=None).first()
    return Facts(
        case=case.pk,
        meetings=_meetings(case),
        utterances=_utterances(case),
        promises_due=list(case.promises.filter(ended_at=None).values_list("due_at", flat=True)),
        pause=pause.reason if pause else "",
        closed=(closure.closed_at, closure.outcome) if closure else None,
        assignee=assignment.user_id if assignment else None,
        targets=targets_of(case),
        versions=versions if versions is not None else versions_of(case.team.calendar),
    )


def targets_of(case: Case) -> list[TargetRow]:
    """The targets of the version this case is bound to; none is a legal answer."""
    binding = case.sla_bindings.order_by("-bound_at", "-pk").first()
    if binding is None:
        return []
    rows = SlaTarget.objects.filter(version=binding.version_id)
    return [TargetRow(row.pk, row.milestone, row.seconds, row.hours) for row in rows]


def derived_of(case: Case, versions: list[Hours] | None = None) -> Derived:
    """What the columns of this case ought to be now."""
    return derive(facts_of(case, versions))


def mismatches(case: Case) -> list[Mismatch]:
    """What is stored otherwise than recomputed: columns, encounters and milestones."""
    derived = derived_of(case)
    found = [
        Mismatch(case, name, getattr(case, name), value)
        for name, value in derived.columns.items()
        if getattr(case, name) != value
    ]
    for encounter in case.encounters.all():
        wanted = derived.encounters[encounter.pk]
        for name, value in (
            ("answered_at", wanted.answered_at),
            ("answered_by_id", wanted.answered_by),
            ("counts_as_contact", wanted.counts_as_contact),
        ):
            if getattr(encounter, name) != value:
                found.append(Mismatch(case, f"encounter {encounter.pk} {name}", getattr(encounter, name), value))
    return found + _milestone_mismatches(case, derived)


def check_cases() -> Iterator[Mismatch]:
    """Every difference in the house; quiet when all is as it should be."""
    for case in Case.objects.select_related("team__calendar").order_by("pk").iterator(chunk_size=500):
        yield from mismatches(case)


def milestone_rows(derived: Derived) -> dict[tuple[int, str], dict[str, Any]]:
    """The milestones as rows: (encounter, kind) to columns."""
    return {
        (row.encounter, row.kind): {
            "target_id": target,
            "started_at": row.started_at,
            "due_at": row.due_at,
            "met_at": row.met_at,
            "over_seconds": row.over_seconds,
        }
        for row, target in derived.milestones
    }


def _milestone_mismatches(case: Case, derived: Derived) -> list[Mismatch]:
    wanted = milestone_rows(derived)
    stored = {(row.encounter_id or 0, row.kind): row for row in case.milestones.all()}
    found = []
    for key in wanted.keys() | stored.keys():
        row = stored.get(key)
        columns = {name: getattr(row, name) for name in wanted[key]} if row and key in wanted else None
        if columns != wanted.get(key):
            found.append(Mismatch(case, f"milestone {key[1]} of encounter {key[0]}", columns, wanted.get(key)))
    return found


def _meetings(case: Case) -> list[Meeting]:
    return [
        Meeting(
            number=row.pk,
            channel=row.channel,
            kind=row.kind,
            started_by=row.started_by,
            opened_at=row.opened_at,
            thanks=row.thanks,
            silent=row.silent,
            opened_by=row.opened_by_id,
        )
        for row in case.encounters.all()
    ]


def _utterances(case: Case) -> list[Utterance]:
    """All messages, whole texts left in the database but for the one whose first words are shown."""
    bulky = ("text", "ranges", "hidden", "references", "to", "failed_why", "message_id", "subject")
    said = [_utterance(message) for message in case.messages.filter(undone_at=None).defer(*bulky)]
    last = last_spoken(said)
    if last is None:
        return said
    line = line_of(Message.objects.only("text", "ranges").get(pk=last.number))
    return [replace(one, line=line) if one.number == last.number else one for one in said]


def _utterance(message: Message) -> Utterance:
    return Utterance(
        number=message.pk,
        encounter=message.encounter_id,
        direction=message.direction,
        channel=message.channel,
        at=message.at,
        accepted_at=message.accepted_at if message.failed_at is None else None,
        author_user=message.author_user_id,
        automatic=message.automatic,
        pending=message.pending,
    )


def line_of(message: Message) -> str:
    """The first words of a message, on one line."""
    return " ".join(message.visible[: 4 * LINE].split())[:LINE].rstrip()
