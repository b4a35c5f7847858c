"""Two people press at the same moment, on a database that lets them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier, Event
from time import sleep
from unittest import skipUnless

from django.db import connection, transaction
from django.test import TransactionTestCase

from valtti.core import cast, clock
from valtti.core.models import OutgoingPost
from valtti.customers.models import Customer
from valtti.customers.testing import stage_customers
from valtti.desk.actions import intake, policies, replies
from valtti.desk.actions.keeping import locked
from valtti.desk.actions.rereading import reread
from valtti.desk.impossible import CaseMoved
from valtti.desk.letter import Person
from valtti.desk.models import Case, Message
from valtti.desk.testing import MORNING, accepts, carried_by, fresh, letter, stage_desk, token_of
from valtti.people.testing import stage_people


@skipUnless(connection.vendor == "postgresql", "SQLite has one writer at a time by itself")
class AtOnceTests(TransactionTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enterContext(clock.at(MORNING))
        self.enterContext(carried_by(accepts))
        self.people = stage_people()
        policies.publish_default()
        self.kettle, _ = stage_desk(self.people, stage_customers())
        self.seen = fresh(self.kettle).last_event

    def at_once(self, *deeds: Callable[[], object]) -> list[object]:
        """Each in its own connection, begun together; a refusal is an answer too."""
        barrier = Barrier(len(deeds))

        def run(deed: Callable[[], object]) -> object:
            barrier.wait()
            try:
                return deed()
            except CaseMoved as moved:
                return moved
            finally:
                connection.close()

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(lambda deed: copy_context().run(run, deed), deeds))

    def answer(self, name: str, key: str) -> Message:
        author = getattr(self.people, name)
        fields = {"text": name, "next_step": "customer", "seen_event": self.seen}
        return replies.reply(case=self.kettle, author=author, key=key, **fields)  # type: ignore[arg-type]

    def test_a_double_click_is_one_letter(self) -> None:
        first, second = self.at_once(lambda: self.answer("aino", "k"), lambda: self.answer("aino", "k"))
        self.assertEqual(first, second)
        self.assertEqual(OutgoingPost.objects.filter(kind="answer").count(), 1)

    def test_of_two_colleagues_one_reads_first(self) -> None:
        answers = self.at_once(lambda: self.answer("aino", "a"), lambda: self.answer("veikko", "v"))
        self.assertEqual(sorted(type(answer).__name__ for answer in answers), ["CaseMoved", "Message"])

    def meanwhile(self, holder: Callable[[], object], other: Callable[[], object]) -> list[object]:
        """The second begins while the first holds the case, and the first ends a little later."""
        held, begun = Event(), Event()

        def hold() -> object:
            with transaction.atomic():
                locked(self.kettle)
                held.set()
                begun.wait(5)
                sleep(0.3)
                return holder()

        def go() -> object:
            held.wait(5)
            begun.set()
            return other()

        return self.at_once(hold, go)

    def test_a_sender_refused_a_moment_ago_does_not_come_in(self) -> None:
        point = self.kettle.participants.get().contact_point
        stranger = Person("igor@muualla.example", "igor@muualla.example", "Igor")
        fields = {"token": token_of(self.kettle, point)}
        intake.receive(letter=letter(self.people.north, stranger, **fields))
        waiting = self.kettle.participants.get(contact_point__normal=stranger.address)
        second = letter(self.people.north, stranger, **fields)

        _, message = self.meanwhile(
            lambda: intake.refuse(participant=waiting, by=self.people.veikko), lambda: intake.receive(letter=second)
        )

        assert isinstance(message, Message)
        self.assertNotEqual(message.case, self.kettle)

    def test_reading_again_and_a_deed_on_the_same_letter_do_not_wait_for_each_other(self) -> None:
        message = self.kettle.messages.filter(direction="in").get()
        read = letter(self.people.north, cast.KATJA, text="Toisin luettu.", raw_item_id=message.raw_item_id)

        def deed() -> int:
            return Message.objects.select_for_update(of=("self",)).get(pk=message.pk).pk

        _, found = self.meanwhile(deed, lambda: reread(message_id=message.pk, letter=read))

        self.assertIn("text", found)  # type: ignore[arg-type]

    def test_two_first_letters_of_somebody_make_one_customer(self) -> None:
        new = Person("uusi@posti.example", "uusi@posti.example", "Uusi")
        letters = [letter(self.people.north, new, subject=f"Asia {number}") for number in range(2)]
        self.at_once(*(lambda one=one: intake.receive(letter=one) for one in letters))
        self.assertEqual(Customer.objects.filter(name="Uusi").count(), 1)
        self.assertEqual(Case.objects.filter(customer__name="Uusi").count(), 2)
