"""Cases and notes that a colleague enters: a call, a visit, a letter from our own staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from valtti.core import clock
from valtti.customers import actions as customers
from valtti.customers.models import Customer
from valtti.customers.models.contact import ContactKind
from valtti.desk.actions import assignments, promises
from valtti.desk.actions.calls import meet
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.actions.notes import write_note
from valtti.desk.actions.opening import open_case, take_part
from valtti.desk.actions.senders import shown_name
from valtti.desk.impossible import CustomerIsKnown
from valtti.desk.letter import Letter
from valtti.desk.models import Case, Encounter, Message, MessageFile, Topic
from valtti.desk.models.words import Direction, Origin
from valtti.people.models import Team, User


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls or visits, by an address or number: a customer who is known by it, else a new one."""

    address: str
    kind: str
    name: str
    language: str


@transaction.atomic
def open_by_hand(
    *,
    team: Team,
    customer: Customer | Caller | None,
    channel: str,
    title: str,
    text: str,
    started_by: str,
    opened_by: User,
    topic: Topic | None = None,
    language: str = "",
    assign: bool = True,
    promise_text: str = "",
    promise_due: datetime | None = None,
) -> Case:
    """A call, a visit, or something we begin ourselves. In a call a person of ours was there at once."""
    now = clock.now()
    customer = _identified(customer) if isinstance(customer, Caller) else customer
    case = open_case(
        team=team,
        title=title,
        customer=customer,
        language=language or (customer.language if customer else opened_by.language or "fi"),
        opened_at=now,
        origin=Origin.AGENT,
        topic=topic,
        by=opened_by,
    )
    if customer is not None:
        _take_part(case, customer)
    encounter = meet(case, channel=channel, started_by=started_by, by=opened_by)
    note = _written(encounter, opened_by, text) if text.strip() else None
    if assign:
        assignments.give(case, to=opened_by, by=opened_by, way="taken")
    if promise_due is not None:
        promises.make(case, text=promise_text, due_at=promise_due, by=opened_by, said_in=note)
    return refresh(case)


@transaction.atomic
def file_as_note(*, letter: Letter, case: Case, by: User) -> Message:
    """A letter from our own people, kept in the case as a note: never an agent's act. Twice is once."""
    case = locked(case)
    held = Message.objects.filter(raw_item_id=letter.raw_item_id).first()
    if held is not None:
        return held
    message = Message.objects.create(
        case=case, direction=Direction.NOTE, author_name=shown_name(letter.sender), **letter.columns()
    )
    MessageFile.objects.bulk_create(MessageFile(message=message, **file.columns()) for file in letter.files)
    tell("note.written", case=case, subject=message, by=by, facts={"channel": letter.channel})
    refresh(case)
    return message


@transaction.atomic
def confirm_customer(*, case: Case, customer: Customer, by: User) -> Case:
    """It is them: a colleague says whose matter this is. Saying the same twice is once."""
    case = locked(case)
    if case.customer_id == customer.pk:
        return case
    if case.customer_id is not None:
        raise CustomerIsKnown
    before, case.customer = case.customer_id, customer
    case.save(update_fields=["customer"])
    for encounter in case.encounters.all():
        if encounter.customer_id == before:
            encounter.customer = customer
            encounter.save(update_fields=["customer"])
    customers.admit_team(customer=customer, team=case.team)
    tell("case.customer_set", case=case, by=by, facts={"from": before, "to": customer.pk})
    return refresh(case)


def _identified(who: Caller) -> Customer:
    found = customers.identify(
        address=who.address, shown=who.address, name=who.name, language=who.language, source=who.kind
    )
    return found.customer


def _take_part(case: Case, customer: Customer) -> None:
    points = customer.contact_points.valid().filter(kind=ContactKind.EMAIL)
    point = points.order_by("-preferred", "pk").first()
    if point is not None:
        take_part(case, point)


def _written(encounter: Encounter, by: User, text: str) -> Message:
    note = write_note(encounter.case, author=by, text=text, channel=encounter.channel)
    note.encounter = encounter
    note.save(update_fields=["encounter"])
    return note
