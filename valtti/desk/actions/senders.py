"""Who wrote a letter: found, made, or left for a person to say."""

from __future__ import annotations

from dataclasses import dataclass

from valtti.core.nul import without_nul
from valtti.customers import actions as customers
from valtti.customers.impossible import AddressUnreadable
from valtti.customers.models import ContactPoint, Customer
from valtti.desk.actions.opening import take_part
from valtti.desk.letter import Letter, Person
from valtti.desk.models import Case
from valtti.desk.models.participant import ParticipantRole, ParticipantState
from valtti.desk.trust import Answer, Deed, allowed
from valtti.people.models import User

MOST_COPIED = 20


@dataclass(frozen=True, slots=True)
class Sender:
    """`customer` is None when the address alone does not say who it was."""

    point: ContactPoint | None
    customer: Customer | None


def known_sender(letter: Letter) -> ContactPoint | None:
    """The contact point of the sender, if we have it already."""
    if letter.sender is None:
        return None
    found = customers.find(address=letter.sender.address)
    return found.contact_point if found else None


def sender_of(letter: Letter) -> Sender:
    """The sender's contact point, and the customer where the address may be believed."""
    if letter.sender is None:
        return Sender(None, None)
    language = language_of(letter)
    try:
        found = customers.identify(
            address=letter.sender.address,
            shown=letter.sender.shown,
            name=without_nul(letter.sender.name),
            language=language,
            verified=letter.trust == "verified",
        )
    except AddressUnreadable:
        return Sender(None, None)
    believed = found.is_new or allowed(Deed.IDENTIFY, letter.trust) in {Answer.YES, Answer.MARKED}
    asks = found.is_shared and not found.is_new
    return Sender(found.contact_point, found.customer if believed and not asks else None)


def language_of(letter: Letter) -> str:
    """The language of a letter, else the first one of its mailbox."""
    return letter.language or (letter.mailbox_languages[0] if letter.mailbox_languages else "fi")


def name_copied(case: Case, letter: Letter) -> None:
    """People the letter was also sent to take part as pending: seen, named, and written to only once let in."""
    ours = {letter.mailbox.casefold(), *_staff(letter)}
    for person in [*letter.to, *letter.cc][:MOST_COPIED]:
        if _plain(person.address) in ours or (letter.sender and person.address == letter.sender.address):
            continue
        try:
            found = customers.identify(
                address=person.address, shown=person.shown, name=without_nul(person.name), language=language_of(letter)
            )
        except AddressUnreadable:
            continue
        take_part(case, found.contact_point, role=ParticipantRole.COPIED, state=ParticipantState.PENDING)


def _staff(letter: Letter) -> set[str]:
    addresses = {_plain(person.address) for person in [*letter.to, *letter.cc]}
    return set(User.objects.filter(email__in=addresses).values_list("email", flat=True))


def _plain(address: str) -> str:
    """Without the plus part that carries our token."""
    local, _at, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def shown_name(person: Person | None) -> str:
    """How the page names the real sender."""
    return without_nul(person.name or person.shown or person.address)[:200] if person else ""
