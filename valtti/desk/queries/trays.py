"""Small trays with one decision each: pending senders, perhaps only thanks."""

from __future__ import annotations

from dataclasses import dataclass

from valtti.desk.models import Case, Encounter, Message, Participant
from valtti.people.models import User

PAGE = 100


@dataclass(frozen=True, slots=True)
class PendingSender:
    """A sender who waits to be let in, and what they wrote."""

    case: Case
    participant: Participant
    messages: list[Message]


@dataclass(frozen=True, slots=True)
class PerhapsThanks:
    """A letter on a closed case that looks like nothing but thanks."""

    encounter: Encounter
    message: Message


def pending_for(user: User) -> list[PendingSender]:
    """Senders who wait in the cases this user may see, longest waiting first."""
    messages = (
        Message.objects.visible_to(user)
        .filter(pending=True, refused_at=None)
        .select_related("case__customer", "case__team", "author_contact_point__customer")
        .prefetch_related("files")
        .order_by("at", "id")[:PAGE]
    )
    found: dict[tuple[int, int | None], list[Message]] = {}
    for message in messages:
        found.setdefault((message.case_id, message.author_contact_point_id), []).append(message)
    participants = {
        (row.case_id, row.contact_point_id): row
        for row in Participant.objects.filter(case__in={case for case, _point in found}).select_related(
            "contact_point__customer"
        )
    }
    return [
        PendingSender(letters[0].case, participants[key], letters)
        for key, letters in found.items()
        if key in participants
    ]


def pending_of(participant: Participant) -> list[Message]:
    """What one waiting sender has written into the case, oldest first."""
    waiting = participant.case.messages.filter(pending=True, refused_at=None)
    return list(waiting.filter(author_contact_point=participant.contact_point).order_by("at", "id"))


def perhaps_thanks_for(user: User) -> list[PerhapsThanks]:
    """The tray "Thanks?": closed cases in which the last word looks like nothing but thanks."""
    encounters = (
        Encounter.objects.visible_to(user)
        .filter(thanks="suggested", case__closed_at__isnull=False)
        .select_related("case__customer", "case__team")
        .prefetch_related("messages")
        .order_by("opened_at")[:PAGE]
    )
    rows = []
    for encounter in encounters:
        words = [message for message in encounter.messages.all() if message.direction == "in"]
        if words:
            rows.append(PerhapsThanks(encounter, words[-1]))
    return rows
