"""The desk's share of the cast: Katja's kettle and Pekka's invoice."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from valtti.core import cast, clock, outbox
from valtti.core.models import OutgoingPost
from valtti.core.testing import CastTestCase
from valtti.customers.models import ContactPoint, Customer
from valtti.customers.testing import stage_customers
from valtti.desk.actions import assignments, intake, policies, replies
from valtti.desk.letter import Letter, Person, TokenSeen
from valtti.desk.models import Case, Message
from valtti.people.models import Team, User
from valtti.people.testing import People, stage_people

MORNING = datetime(2026, 11, 20, 7, 12, tzinfo=UTC)
"""Friday 20 November 2026, 9.12 in Helsinki: the office has been open since eight."""

MAILBOX = "asiakaspalvelu@kaiku.example"
_numbers = count(1_000_001)


def letter(team: Team, sender: cast.Person | Person, **changes: Any) -> Letter:
    """A letter of a customer of the cast, of a kind everybody writes; `changes` are fields of Letter."""
    person = Person(sender.address, sender.address, sender.name)
    language = getattr(sender, "language", "") or "fi"
    number = next(_numbers)
    fields: dict[str, Any] = {
        "raw_item_id": number,
        "mailbox": MAILBOX,
        "team_id": team.pk,
        "received_at": clock.now(),
        "sender": person,
        "to": (Person(MAILBOX, MAILBOX),),
        "subject": "Чайник пришёл разбитым" if language == "ru" else "Väärä summa laskussa",
        "text": "Что теперь делать?" if language == "ru" else "Mitä nyt tehdään?",
        "language": language,
        "message_id": f"{number}@posti.example",
        "trust": "verified",
        "mailbox_languages": ("fi", "ru"),
    }
    fields.update(changes)
    fields.setdefault("subject_plain", fields["subject"].removeprefix("Re: "))
    return Letter(**fields)


def token_of(case: Case, point: ContactPoint) -> TokenSeen:
    """The token that our letters to this address carry."""
    return TokenSeen(case_id=case.pk, contact_point_id=point.pk)


def stage_desk(people: People, customers: tuple[Customer, Customer]) -> tuple[Case, Case]:
    """Katja's kettle in North, Aino's; Pekka's invoice in North, nobody's yet."""
    kettle = intake.receive(letter=letter(people.north, cast.KATJA)).case
    assignments.assign(case=kettle, to=people.aino, by=people.veikko)
    invoice = intake.receive(letter=letter(people.north, cast.PEKKA)).case
    return fresh(kettle), fresh(invoice)


def fresh(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.select_related("team__calendar", "customer", "assignee").get(pk=case.pk)


class DeskTestCase(CastTestCase):
    """Friday morning at North: one case is Aino's, one is nobody's yet. The clock stands at MORNING."""

    people: People
    katja: Customer
    pekka: Customer

    def setUp(self) -> None:
        super().setUp()
        self.set_clock(MORNING)
        self.people = stage_people()
        self.aino, self.veikko, self.liisa = self.people.aino, self.people.veikko, self.people.liisa
        self.otto, self.outi = self.people.otto, self.people.outi
        self.north, self.south, self.business = self.people.north, self.people.south, self.people.business
        policies.publish_default()
        self.katja, self.pekka = stage_customers()
        self.kettle, self.invoice = stage_desk(self.people, (self.katja, self.pekka))

    def set_clock(self, moment: datetime) -> None:
        """Let business time stand at this moment until it is set again, or the test ends."""
        self.enterContext(clock.at(moment))

    def write(self, sender: cast.Person | Person, **changes: Any) -> Message:
        """A letter comes in at North now."""
        return intake.receive(letter=letter(self.north, sender, **changes))

    def katja_writes(self, text: str = "Есть новости?", **changes: Any) -> Message:
        """Katja answers in the thread of the kettle."""
        point = self.katja.contact_points.get(kind="email")
        token = token_of(self.kettle, point)
        return self.write(cast.KATJA, text=text, token=token, subject="Re: Чайник пришёл разбитым", **changes)

    def answer(self, case: Case | None = None, author: User | None = None, **changes: Any) -> Message:
        """Aino answers; by default it is the customer's turn then, and nothing is held."""
        fields: dict[str, Any] = {
            "text": "Новый чайник уйдёт завтра.",
            "next_step": "customer",
            "key": f"key-{next(_numbers)}",
            "hold_seconds": 0,
        }
        return replies.reply(case=case or self.kettle, author=author or self.aino, **(fields | changes))

    def accept(self, message: Message) -> Message:
        """The customer's server takes the letter, now."""
        return self._become(message, outbox.Accepted("relay-1"))

    def refuse(self, message: Message, bounce_class: str = "user_unknown") -> Message:
        """The letter comes back for good, now."""
        post = OutgoingPost.objects.get(pk=message.post_id)
        outbox.report(post, "bounced", bounce_class=bounce_class, why="550 no such user")
        return self.settled(message)

    def settled(self, message: Message) -> Message:
        """The message after everything that follows from its news."""
        self.run_tasks()
        return Message.objects.select_related("case", "encounter", "post").get(pk=message.pk)

    def again(self, case: Case) -> Case:
        """The case as the database has it now."""
        return fresh(case)

    def _become(self, message: Message, result: outbox.Result) -> Message:
        outbox.carrier("email")(lambda post: result)
        return self.settled(message)
