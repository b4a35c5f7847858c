"""The desk's share of the cast: Katja's kettle and Pekka's invoice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, ClassVar

from django.utils import translation

from valtti.core import cast, clock, outbox, tasks
from valtti.core.models import OutgoingPost
from valtti.core.outbox.results import carrier_of
from valtti.core.testing import CastTestCase
from valtti.customers.models import ContactPoint, Customer
from valtti.customers.testing import stage_customers
from valtti.desk.actions import assignments, intake, policies, replies
from valtti.desk.letter import Letter, Person, TokenSeen
from valtti.desk.models import Case, Message, Promise
from valtti.desk.queries.facts import mismatches
from valtti.people.models import Team, User
from valtti.people.testing import People, stage_people

MORNING = datetime(2026, 11, 20, 7, 12, tzinfo=UTC)
"""Friday 20 November 2026, 9.12 in Helsinki: the office has been open since eight."""

MAILBOX = "asiakaspalvelu@kaiku.example"
_numbers = count(1_000_001)


def letter(team: Team, who: cast.Person | Person, /, **changes: Any) -> Letter:
    """A letter of a customer of the cast, of a kind everybody writes; `changes` are fields of Letter."""
    person = Person(who.address, who.address, who.name)
    language = getattr(who, "language", "") or "fi"
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


@contextmanager
def carried_by(answer: Callable[[OutgoingPost], outbox.Result]) -> Iterator[None]:
    """Let letters be carried so, and as before afterwards."""
    before = carrier_of("email")
    outbox.carrier("email")(answer)
    try:
        yield
    finally:
        outbox.carrier("email")(before or answer)


def accepts(_post: OutgoingPost) -> outbox.Result:
    """A server that takes every letter."""
    return outbox.Accepted("relay-1")


class DeskTestCase(CastTestCase):
    """Friday morning at North: one case is Aino's, one is nobody's yet; receipts have left. The clock stands."""

    people: ClassVar[People]
    aino: ClassVar[User]
    veikko: ClassVar[User]
    liisa: ClassVar[User]
    otto: ClassVar[User]
    outi: ClassVar[User]
    north: ClassVar[Team]
    south: ClassVar[Team]
    business: ClassVar[Team]
    katja: ClassVar[Customer]
    pekka: ClassVar[Customer]
    kettle: ClassVar[Case]
    invoice: ClassVar[Case]

    @classmethod
    def setUpTestData(cls) -> None:
        with clock.at(MORNING), carried_by(accepts):
            cls.people = people = stage_people()
            policies.publish_default()
            cls.katja, cls.pekka = customers = stage_customers()
            cls.kettle, cls.invoice = stage_desk(people, customers)
            tasks.run_ready(strict=True)
        cls.kettle, cls.invoice = fresh(cls.kettle), fresh(cls.invoice)
        cls.aino, cls.veikko, cls.liisa = people.aino, people.veikko, people.liisa
        cls.otto, cls.outi = people.otto, people.outi
        cls.north, cls.south, cls.business = people.north, people.south, people.business

    def setUp(self) -> None:
        super().setUp()
        self.set_clock(MORNING)
        self.enterContext(carried_by(accepts))
        self.enterContext(translation.override("en-gb"))

    def set_clock(self, moment: datetime) -> None:
        """Let business time stand at this moment until it is set again, or the test ends."""
        self.enterContext(clock.at(moment))

    def pass_time(self, **span: float) -> datetime:
        """Let business time go on by so much, without running what falls due."""
        self.set_clock(clock.now() + timedelta(**span))
        return clock.now()

    def write(self, who: cast.Person | Person, /, **changes: Any) -> Message:
        """A letter comes in at North now."""
        return intake.receive(letter=letter(self.north, who, **changes))

    def katja_writes(self, text: str = "Есть новости?", **changes: Any) -> Message:
        """Katja answers in the thread of the kettle."""
        point = self.katja.contact_points.get(kind="email")
        changes.setdefault("token", token_of(self.kettle, point))
        return self.write(cast.KATJA, text=text, subject="Re: Чайник пришёл разбитым", **changes)

    def answer(self, case: Case | None = None, author: User | None = None, **changes: Any) -> Message:
        """Aino answers; by default it is the customer's turn then, and nothing is held."""
        fields: dict[str, Any] = {
            "text": "Новый чайник уйдёт завтра.",
            "next_step": "customer",
            "key": f"key-{next(_numbers)}",
            "hold_seconds": 0,
        }
        return replies.reply(case=case or self.kettle, author=author or self.aino, **(fields | changes))

    def promise(self, hours: float = 2, **changes: Any) -> Promise:
        """Aino answers with a promise, and the letter is accepted at once."""
        due = clock.now() + timedelta(hours=hours)
        told = self.answer(next_step="promise", promise_text="код отправки", promise_due=due, **changes)
        return self.settled(told).promises_made.get()

    def accepted(self, **changes: Any) -> Message:
        """Aino answers and the customer's server takes the letter, now."""
        return self.settled(self.answer(**changes))

    def refuse(self, message: Message, bounce_class: str = "user_unknown") -> Message:
        """The letter comes back for good, now."""
        post = OutgoingPost.objects.get(pk=message.post_id or 0)
        outbox.report(post, "bounced", bounce_class=bounce_class, why="550 no such user")
        return self.settled(message)

    def settled(self, message: Message) -> Message:
        """The message after all that is due now."""
        self.run_tasks()
        return Message.objects.select_related("case", "encounter", "post").get(pk=message.pk)

    def again(self, case: Case) -> Case:
        """The case as the database has it now; what is stored must be what its rows say."""
        self.assertEqual(mismatches(fresh(case)), [])
        return fresh(case)
