"""A letter of ours in its parts: the agent's words, who wrote, the next step, the foot."""

from __future__ import annotations

from valtti.desk import letters
from valtti.desk.models import Message, Promise
from valtti.people.queries import signature


def written_answer(message: Message, promise: Promise | None) -> letters.Written:
    """The answer with its next step and foot, as the customer gets it."""
    case = message.case
    step = letters.NextStep(message.next_step)
    if promise is not None:
        step = letters.NextStep("promise", promise.text, promise.due_at, promise.kind)
    return letters.answer(
        language=message.language,
        words=message.text,
        step=step,
        writer=message.author_user.first_name if message.author_user else case.team.name,
        title=case.title,
        reference=case.reference or "",
        zone=case.team.calendar.timezone,
        now=message.at,
        house=signature(),
    )


def parts_of(message: Message) -> letters.Written | None:
    """For the carrier, who may set the parts apart; None for an automatic letter, which is words alone."""
    if message.automatic:
        return None
    return written_answer(message, message.promises_made.order_by("pk").first())
