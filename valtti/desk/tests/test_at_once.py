"""Two people press at the same moment, on a database that lets them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from unittest import skipUnless

from django.db import connection
from django.test import TransactionTestCase

from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.customers.models import Customer
from valtti.customers.testing import stage_customers
from valtti.desk.actions import intake, policies, replies
from valtti.desk.impossible import CaseMoved
from valtti.desk.letter import Person
from valtti.desk.models import Case, Message
from valtti.desk.testing import MORNING, accepts, carried_by, fresh, letter, stage_desk
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

    def test_two_first_letters_of_somebody_make_one_customer(self) -> None:
        new = Person("uusi@posti.example", "uusi@posti.example", "Uusi")
        letters = [letter(self.people.north, new, subject=f"Asia {number}") for number in range(2)]
        self.at_once(*(lambda one=one: intake.receive(letter=one) for one in letters))
        self.assertEqual(Customer.objects.filter(name="Uusi").count(), 1)
        self.assertEqual(Case.objects.filter(customer__name="Uusi").count(), 2)
