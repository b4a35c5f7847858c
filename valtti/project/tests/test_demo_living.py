"""Stories lived through the product's own actions: who writes, who takes over, what is promised, kept and closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.test import TestCase

from valtti.channels.models import Filing, RawItem
from valtti.core import clock
from valtti.core.models import Event
from valtti.customers.models import Customer
from valtti.desk.models import Case, Message, Promise
from valtti.desk.queries.facts import check_cases
from valtti.project.demo.house import build, standing
from valtti.project.demo.library import Thread, threads
from valtti.project.demo.live import HEADING, Life, _heading
from valtti.project.demo.living import live_all
from valtti.project.demo.plan import Planner

MONDAY = datetime(2026, 9, 14, 6, 0, tzinfo=UTC)


def silent(_line: str) -> None:
    """Says nothing of what is done."""


def thread(name: str) -> Thread:
    """One conversation of the library."""
    return next(one for one in threads() if one.id == name)


class LivingTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        with clock.at(MONDAY - timedelta(days=30)):
            build(date(2025, 1, 1))

    def live(self, name: str, *, turns: int = 99, agent: str = "") -> Case:
        """The story up to this turn, from Monday morning on; its case."""
        house = standing()
        planner = Planner(house.hours, "test", first=1)
        told = thread(name)
        planner.add(told, planner.moments(told, MONDAY)[:turns], agent=agent)
        lives: list[Life] = live_all(house, planner.stories, silent)
        assert lives[0].case is not None
        return Case.objects.get(pk=lives[0].case.pk)

    def test_a_letter_becomes_a_case_with_a_receipt_and_waits(self) -> None:
        case = self.live("fi-install-missed", turns=1)

        self.assertEqual((case.is_open, case.assignee, case.topic), (True, None, None))
        self.assertEqual(case.waiting_since, case.opened_at)
        self.assertEqual(case.messages.filter(automatic=True, direction="out").count(), 1)
        self.assertEqual(Filing.objects.get().raw_item, RawItem.objects.get())

    def test_the_sender_is_confirmed_by_the_firm_s_own_server(self) -> None:
        case = self.live("fi-install-missed", turns=1)

        self.assertEqual(case.messages.get(direction="in").trust, "verified")
        self.assertIsNotNone(case.customer)

    def test_an_answer_promises_and_says_what_it_is_about(self) -> None:
        case = self.live("fi-install-missed", turns=2, agent="Aino Korhonen")

        promise = case.promises.get()
        self.assertEqual((promise.owner.name, promise.due_at.hour), ("Aino Korhonen", 15))
        self.assertEqual(case.topic and case.topic.key, "installation/visit")
        self.assertIsNone(case.waiting_since)

    def test_a_call_keeps_the_promise(self) -> None:
        case = self.live("fi-install-missed", turns=3)

        self.assertEqual(case.promises.order_by("pk")[0].end, "kept")

    def test_a_whole_story_is_closed_in_opening_hours_with_nothing_left(self) -> None:
        case = self.live("fi-install-missed")

        self.assertFalse(case.is_open)
        self.assertEqual(case.closures.order_by("-pk")[0].outcome, thread("fi-install-missed").outcome)
        self.assertFalse(Promise.objects.filter(ended_at=None).exists())
        self.assertEqual(list(check_cases()), [])

    def test_who_writes_on_another_s_case_takes_it_over(self) -> None:
        with clock.at(MONDAY):
            case = self.live("katja-router-second", turns=5)

        spells = case.assignments.order_by("pk")
        self.assertEqual([spell.user.name for spell in spells], ["Mikko Salonen", "Irina Sokolova"])
        self.assertEqual(case.promises.get(ended_at=None).owner.name, "Irina Sokolova")

    def test_a_call_makes_a_case_with_a_heading_and_a_phone_number(self) -> None:
        case = self.live("fi-fault-promised-call", turns=1, agent="Timo Hakala")

        self.assertEqual(case.title, "Ei nettiä, valot ok asiakkaan mukaan")
        self.assertEqual((case.channel, case.assignee and case.assignee.name), ("phone", "Timo Hakala"))
        customer = Customer.objects.get()
        self.assertEqual(set(customer.contact_points.values_list("kind", flat=True)), {"email", "phone"})

    def test_every_slot_is_filled_in_everything_that_was_written(self) -> None:
        for name in ("fi-move-normal", "en-install-missed", "sv-change"):
            self.live(name)

        texts = [*Message.objects.values_list("text", flat=True), *Case.objects.values_list("title", flat=True)]
        self.assertEqual([text for text in texts if "{" in text], [])

    def test_the_news_are_in_the_order_of_time(self) -> None:
        self.live("fi-install-missed")

        moments = list(Event.objects.filter(facts__has_key="case_id").order_by("pk").values_list("at", flat=True))
        self.assertEqual(moments, sorted(moments))

    def test_a_long_first_sentence_is_cut_between_words(self) -> None:
        heading = _heading("Asiakas " * 30)

        self.assertLessEqual(len(heading), HEADING)
        self.assertTrue(heading.endswith("Asiakas…"))
        self.assertEqual(_heading("Puhelu. Toinen lause."), "Puhelu")
