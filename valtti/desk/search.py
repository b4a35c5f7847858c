"""How cases and messages are found, and how a list of hits shows them."""

from __future__ import annotations

from valtti.core import search
from valtti.desk.models import Case, Message, MessageFile

CASE, MESSAGE = "desk.case", "desk.message"


def load_cases(ids: list[int]) -> dict[int, Case]:
    """Cases as a list of hits shows them."""
    return Case.objects.select_related("customer", "team", "assignee").in_bulk(ids)


def load_messages(ids: list[int]) -> dict[int, Message]:
    """Messages as a list of hits shows them."""
    return Message.objects.select_related("case__customer", "author_user", "author_contact_point").in_bulk(ids)


search.register(CASE, load=load_cases, visible=lambda user: Case.objects.visible_to(user))
search.register(MESSAGE, load=load_messages, visible=lambda user: Message.objects.visible_to(user))


def index_case(case: Case) -> None:
    """A case is found by its number, its title, its customer's name and its tags."""
    tags = case.tag_rows.filter(removed_at=None).order_by("tag__name").values_list("tag__name", flat=True)
    search.index_entry(
        subject_kind=CASE,
        subject_id=case.pk,
        at=case.opened_at,
        title=case.title,
        text="\n".join([case.customer.name if case.customer else "", *tags]),
        language=case.language,
        reference=case.reference or "",
        case_id=case.pk,
        customer_id=case.customer_id,
        team_id=case.team_id,
        restricted=case.restricted,
        channel=case.channel,
        state=state_of(case),
    )


def index_message(message: Message) -> None:
    """A message is found by what is new in it and the names of its files; quoted history is not searched."""
    case = message.case
    files = MessageFile.objects.filter(message=message, inline=False).values_list("name", flat=True)
    search.index_entry(
        subject_kind=MESSAGE,
        subject_id=message.pk,
        at=message.at,
        title=message.subject,
        text="\n".join([message.visible, *files]),
        language=message.language or case.language,
        case_id=case.pk,
        customer_id=case.customer_id,
        team_id=case.team_id,
        restricted=case.restricted,
        channel=message.channel,
        state=state_of(case),
    )


def state_of(case: Case) -> str:
    """open or closed."""
    return "open" if case.is_open else "closed"
