"""A new case by hand: a call or a visit written down, a letter begun."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from valtti.core import clock
from valtti.customers.actions import add_contact_point
from valtti.customers.models import Customer
from valtti.desk.actions import closures, intake
from valtti.desk.impossible import PromiseWithoutTime
from valtti.desk.models import Case, Promise
from valtti.desk.tests.desk_pages import PagesTestCase, Said, news


class OpensTestCase(PagesTestCase):
    """Somebody fills in the form."""

    def open(self, **typed: Any) -> Said:
        fields: dict[str, Any] = {
            "channel": "phone",
            "started_by": "customer",
            "name": "Leena Aalto",
            "address": "+358 40 555 0101",
            "language": "fi",
            "team": self.north.pk,
            "topic": "",
            "title": "Reititin vilkkuu punaista",
            "text": "Käynnistettiin uudelleen, ei auttanut.",
            "promise_text": "",
            "promise_due": "",
        }
        return self.send("/cases/new/", **fields | typed)

    def newest(self) -> Case:
        return Case.objects.select_related("customer", "team", "assignee").latest("pk")


class NewCaseTests(OpensTestCase):
    def test_a_call_is_written_down_and_is_mine(self) -> None:
        response = self.open()

        case = self.newest()
        self.assertRedirects(response, f"/cases/{case.pk}/", status_code=303)
        self.assertEqual((case.title, case.team, case.assignee), ("Reititin vilkkuu punaista", self.north, self.aino))
        self.assertEqual(case.encounters.get().channel, "phone")
        self.assertSays(self.client.get(f"/cases/{case.pk}/"), "Leena Aalto", "Käynnistettiin uudelleen")

    def test_of_a_refused_case_no_customer_is_left_over(self) -> None:
        long_ago = clock.now() - timedelta(days=1)
        caller = intake.Caller("+358 40 555 0101", "phone", "Leena Aalto", "fi")
        said: dict[str, Any] = {"channel": "phone", "title": "x", "text": "y", "started_by": "customer"}
        with self.assertRaises(PromiseWithoutTime):
            intake.open_by_hand(
                team=self.north, customer=caller, opened_by=self.aino, promise_text="z", promise_due=long_ago, **said
            )
        self.assertFalse(Customer.objects.filter(name="Leena Aalto").exists())

    def test_what_was_promised_on_the_phone_stands(self) -> None:
        self.open(promise_text="Asentaja soittaa", promise_due="2026-11-20T15:00")

        promise = Promise.objects.get()
        self.assertEqual((promise.case, promise.text, promise.owner), (self.newest(), "Asentaja soittaa", self.aino))
        self.assertSays(self.client.get(f"/cases/{promise.case_id}/"), 'class="board"', "15:00")

    def test_a_known_customer_is_recognised(self) -> None:
        self.open(name="", address="Katja.Orlova@POSTI.example", channel="visit")
        self.assertEqual(self.newest().customer, self.katja)
        self.assertEqual(Customer.objects.filter(name="Katja Orlova").count(), 1)

    def test_the_same_number_in_another_dress_is_the_same_customer(self) -> None:
        self.open()
        self.open(name="", address="040 5550101")
        first, second = Case.objects.order_by("-pk")[:2]
        self.assertEqual(first.customer, second.customer)

    def test_a_letter_is_begun_without_words_yet(self) -> None:
        self.open(channel="email", started_by="company", address="leena@posti.example", text="")
        case = self.newest()
        self.assertFalse(case.messages.exists())
        self.assertSays(self.client.get(f"/cases/{case.pk}/"), "leena@posti.example", 'id="composer"')

    def test_from_a_customers_page_their_details_stand_there(self) -> None:
        page = self.client.get(f"/customers/{self.katja.pk}/cases/new/")
        self.assertSays(page, "New case: Katja Orlova", 'value="katja.orlova@posti.example"', 'value="Katja Orlova"')
        self.assertRegex(page.content.decode(), r'<option value="ru" selected>')

    def test_the_form_begins_with_the_address(self) -> None:
        page = self.client.get("/cases/new/").content.decode()
        self.assertRegex(page, r'<input type="text" name="address"[^>]*autofocus')


class CallerTests(OpensTestCase):
    def asked(self, address: str) -> Said:
        return self.part(f"/cases/new/caller/?{urlencode({'address': address})}")

    def test_while_they_speak_the_page_says_who_it_is_and_what_is_open(self) -> None:
        add_contact_point(customer=self.katja, kind="phone", value="+358 40 555 0199")
        self.promise()

        part = self.asked("040 5550199")

        self.assertPart(part, "caller")
        self.assertSays(part, "Katja Orlova", "1 open case", "Чайник пришёл разбитым", "Aino", "код отправки")

    def test_the_field_asks_by_itself(self) -> None:
        page = self.client.get("/cases/new/")
        self.assertSays(page, 'hx-get="/cases/new/caller/"', 'hx-target="#caller"', 'id="caller"')

    def test_from_a_customers_page_it_stands_there_at_once(self) -> None:
        page = self.client.get(f"/customers/{self.katja.pk}/cases/new/")
        self.assertSays(page, "1 open case", "Чайник пришёл разбитым")

    def test_what_is_closed_is_not_open(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        self.assertSilentOn(self.asked("katja.orlova@posti.example"), "Чайник")

    def test_nothing_is_said_of_nobody(self) -> None:
        for address in ("", "040", "nobody@posti.example", "x" * 400, "\0"):
            with self.subTest(address):
                self.assertSilentOn(self.asked(address), "open case")

    def test_otto_learns_nothing_of_norths_customers(self) -> None:
        self.log_in(self.otto)
        self.assertSilentOn(self.asked("katja.orlova@posti.example"), "Katja", "Чайник")

    def test_who_serves_nobody_has_no_such_page(self) -> None:
        self.log_in(self.liisa)
        self.assertEqual(self.asked("katja.orlova@posti.example").status_code, 404)

    def test_visitors_are_sent_to_the_login(self) -> None:
        self.client.logout()
        self.assertEqual(self.client.get("/cases/new/caller/").status_code, 302)


class WrongNewCaseTests(OpensTestCase):
    def refused(self, *words: str, **typed: Any) -> None:
        before = news()
        response = self.open(**typed)
        self.assertEqual(response.status_code, 422)
        self.assertNothingHappened(before)
        self.assertSays(response, "Not saved yet. Correct this first:", *words)
        self.assertSays(response, "Reititin vilkkuu punaista")

    def test_a_call_without_what_was_said(self) -> None:
        self.refused("Write down what was said, for the colleague who comes next.", text=" ")

    def test_an_address_that_is_none(self) -> None:
        for address in ("Leena", "leena@", "12", "@posti.example"):
            with self.subTest(address):
                self.refused("Write an e-mail address, or a phone number with its country code.", address=address)

    def test_a_letter_to_a_phone_number(self) -> None:
        self.refused("A letter needs an e-mail address.", channel="email", text="")

    def test_half_a_promise(self) -> None:
        self.refused("A promise needs its words and its time.", promise_text="Asentaja soittaa")
        self.refused("A promise needs its words and its time.", promise_due="2026-11-20T15:00")

    def test_a_promise_for_yesterday(self) -> None:
        self.refused("This time has passed.", promise_text="Asentaja", promise_due="2026-11-19T15:00")

    def test_a_team_one_does_not_serve(self) -> None:
        self.refused("Select a valid choice", team=self.business.pk)


class WhoOpensTests(PagesTestCase):
    def test_a_coach_opens_none(self) -> None:
        self.log_in(self.liisa)
        for address in ("/cases/new/", f"/customers/{self.katja.pk}/cases/new/"):
            self.assertEqual(self.client.get(address).status_code, 404)
        self.assertEqual(self.send("/cases/new/").status_code, 404)

    def test_otto_opens_his_own_and_not_for_a_customer_he_does_not_see(self) -> None:
        self.log_in(self.otto)
        self.assertEqual(self.client.get("/cases/new/").status_code, 200)
        self.assertEqual(self.client.get(f"/customers/{self.katja.pk}/cases/new/").status_code, 404)

    def test_otto_is_offered_his_own_team_alone(self) -> None:
        self.log_in(self.otto)
        self.assertSilentOn(self.client.get("/cases/new/"), ">North<")
