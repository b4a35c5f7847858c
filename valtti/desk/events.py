"""The news that the desk tells, and which of it moves a case on."""

from __future__ import annotations

from typing import Final

from valtti.core import events

MATERIAL: Final = (
    "message.received",
    "message.queued",
    "message.undone",
    "note.written",
    "case.closed",
    "case.reopened",
    "case.assigned",
    "case.returned",
    "case.moved",
    "promise.made",
    "promise.kept",
    "promise.moved",
    "promise.withdrawn",
    "promise.broken",
    "promise.reinstated",
    "participant.pending",
    "participant.admitted",
)
"""What a colleague must have seen before a letter leaves. Automatic messages are told by another kind."""

OTHER: Final = (
    "availability.set",
    "case.opened",
    "case.topic_set",
    "case.renamed",
    "case.urgency_set",
    "case.tagged",
    "case.untagged",
    "case.paused",
    "case.resumed",
    "case.linked",
    "case.suggestion_settled",
    "case.customer_set",
    "case.restricted",
    "case.let_in",
    "case.unrestricted",
    "encounter.opened",
    "encounter.answered",
    "encounter.answer_voided",
    "encounter.ended",
    "encounter.thanked",
    "encounter.read_as_matter",
    "message.automatic",
    "message.accepted",
    "message.delayed",
    "message.bounced",
    "message.refused_for",
    "message.failed",
    "message.uncertain",
    "message.reread",
    "receipt.queued",
    "participant.refused",
    "promise.due",
    "promise.overdue",
    "sla.bound",
    "sla.published",
    "sla.warned",
    "sla.missed",
)

events.declare(*MATERIAL, *OTHER, room="desk")
