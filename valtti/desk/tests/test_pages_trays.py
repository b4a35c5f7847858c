"""Trays with one decision each: senders who wait, and letters that are perhaps only thanks."""

from __future__ import annotations

from valtti.core import cast
from valtti.desk.actions import closures
from valtti.desk.models import Case, Message, Participant
from valtti.desk.testing import token_of
from valtti.desk.tests.desk_pages import PagesTestCase, Said

HUSBAND = cast.Person("igor", "Igor Orlov", "igor@posti.example", "ru", "")


class SendersTestCase(PagesTestCase):
    """Katja's husband answers from his own address; Veikko decides."""

    def setUp(self) -> None:
        super().setUp()
        token = token_of(self.kettle, self.katja.contact_points.get(kind="email"))
        self.message = self.write(HUSBAND, text="Это мой чайник.", subject="Re: Чайник пришёл разбитым", token=token)
        self.assertTrue(self.message.pending)
        self.igor = Participant.objects.get(contact_point__value="igor@posti.example")
        self.log_in(self.veikko)

    def decide(self, decision: str) -> Said:
        return self.send(f"/senders/{self.igor.pk}/decision/", decision=decision)


class PendingSenderTests(SendersTestCase):
    def test_the_tray_shows_who_waits_and_what_they_wrote(self) -> None:
        page = self.client.get("/senders/")
        self.assertSays(page, "Igor Orlov", "igor@posti.example", "Это мой чайник.", "Admit to the case")
        self.assertPart(self.part("/senders/"), "list")

    def test_the_case_says_that_somebody_waits(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, "Somebody who is not known in this case has written.", "Decide on the sender")
        self.assertSays(page, "not admitted: not counted as the customer’s word")

    def test_admitted_their_words_count(self) -> None:
        response = self.decide("admit")

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        self.message.refresh_from_db()
        self.assertFalse(self.message.pending)
        self.assertSays(self.client.get("/senders/"), "Nobody waits")

    def test_refused_their_words_stay_apart(self) -> None:
        self.decide("refuse")
        self.message.refresh_from_db()
        self.assertEqual((self.message.pending, self.message.refused_by), (True, self.veikko))

    def test_a_matter_of_their_own(self) -> None:
        response = self.decide("own_case")

        case = Case.objects.latest("pk")
        self.assertEqual(case.messages.get(), self.message)
        self.assertRedirects(response, f"/cases/{case.pk}/", status_code=303)

    def test_the_new_matter_is_called_as_its_writer_called_it(self) -> None:
        Message.objects.filter(pk=self.message.pk).update(subject=f"VS: Re: Чайник? [{self.kettle.reference}]")
        self.decide("own_case")
        self.assertEqual(Case.objects.latest("pk").title, "Чайник?")

    def test_what_is_decided_is_decided(self) -> None:
        self.decide("admit")
        for decision in ("refuse", "own_case"):
            with self.subTest(decision):
                response = self.decide(decision)
                self.assertEqual(response.status_code, 409)
                self.assertSays(response, "Somebody has decided on this sender already.")

    def test_a_decision_that_is_none_does_nothing(self) -> None:
        self.assertEqual(self.decide("perhaps").status_code, 400)
        self.igor.refresh_from_db()
        self.assertEqual(self.igor.state, "pending")

    def test_people_copied_in_are_let_in_from_the_case(self) -> None:
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, f'action="/senders/{self.igor.pk}/decision/"')


class WhoDecidesTests(SendersTestCase):
    def test_a_clerk_sees_and_does_not_decide(self) -> None:
        self.log_in(self.aino)
        page = self.client.get("/senders/")
        self.assertSays(page, "Igor Orlov", "A lead of the team decides.")
        self.assertSilentOn(page, "Admit to the case")
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), "Decide on the sender", "/decision/")
        self.assertEqual(self.decide("admit").status_code, 404)

    def test_nor_does_a_coach(self) -> None:
        self.log_in(self.liisa)
        self.assertEqual(self.decide("admit").status_code, 404)

    def test_a_stranger_sees_an_empty_tray(self) -> None:
        self.log_in(self.otto)
        self.assertSilentOn(self.client.get("/senders/"), "Igor")
        self.assertEqual(self.decide("admit").status_code, 404)
        self.igor.refresh_from_db()
        self.assertEqual(self.igor.state, "pending")


class ThanksTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.accepted()
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        self.pass_time(minutes=20)
        self.encounter = self.katja_writes("Спасибо!").encounter
        assert self.encounter is not None
        self.assertEqual(self.encounter.thanks, "suggested")

    def decide(self, decision: str) -> Said:
        assert self.encounter is not None
        return self.send(f"/thanks/{self.encounter.pk}/decision/", decision=decision)

    def test_the_tray_shows_the_last_word(self) -> None:
        self.assertSays(self.client.get("/thanks/"), "Спасибо!", "Katja Orlova", "Only thanks", "Open the case again")
        self.assertPart(self.part("/thanks/"), "list")

    def test_only_thanks_leaves_it_closed(self) -> None:
        self.assertRedirects(self.decide("thanks"), "/thanks/", status_code=303)
        self.assertFalse(self.again(self.kettle).is_open)
        self.assertSays(self.client.get("/thanks/"), "Nothing to decide")

    def test_a_matter_opens_it_again(self) -> None:
        self.decide("matter")
        self.assertTrue(self.again(self.kettle).is_open)

    def test_what_is_decided_is_decided(self) -> None:
        self.decide("thanks")
        response = self.decide("matter")
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "This message has been decided on already.")

    def test_a_decision_that_is_none_does_nothing(self) -> None:
        self.assertEqual(self.decide("").status_code, 400)
        self.assertFalse(self.again(self.kettle).is_open)

    def test_a_coach_sees_and_does_not_decide(self) -> None:
        self.log_in(self.liisa)
        page = self.client.get("/thanks/")
        self.assertSays(page, "Спасибо!")
        self.assertSilentOn(page, "Open the case again")
        self.assertEqual(self.decide("thanks").status_code, 404)

    def test_a_stranger_sees_nothing(self) -> None:
        self.log_in(self.otto)
        self.assertSilentOn(self.client.get("/thanks/"), "Спасибо!")
        self.assertEqual(self.decide("thanks").status_code, 404)
