"""Closing, opening again, taking and giving, on the page of a case."""

from __future__ import annotations

from typing import Any

from valtti.desk.actions import closures
from valtti.desk.models import Assignment, Case
from valtti.desk.tests.desk_pages import PagesTestCase, Said


class ClosingTests(PagesTestCase):
    def close(self, *, part: bool = False, **typed: Any) -> Said:
        fields: dict[str, Any] = {"outcome": "solved", "seen_event": self.seen()}
        return self.send(f"/cases/{self.kettle.pk}/closure/", part=part, **fields | typed)

    def test_closing_keeps_who_how_and_what_solved_it(self) -> None:
        response = self.close(outcome="partly", solution="Uusi keitin.", told_customer="on")

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        closure = self.kettle.closures.get()
        self.assertEqual((closure.closed_by, closure.outcome, closure.solution), (self.aino, "partly", "Uusi keitin."))
        self.assertTrue(closure.told_customer)
        self.assertTold("case.closed", self.again(self.kettle))

    def test_a_customer_who_does_not_know_is_not_said_to_know(self) -> None:
        self.close()
        self.assertFalse(self.kettle.closures.get().told_customer)

    def test_the_closed_case_says_so_and_offers_to_reopen(self) -> None:
        page = self.close(part=True, solution="Uusi keitin.")
        self.assertSays(page, "Solved", "Aino", "Uusi keitin.", "Reopen the case", "Write a note")
        self.assertSilentOn(page, 'id="composer"', 'data-key="c"')

    def test_while_a_promise_stands_the_way_leads_to_it(self) -> None:
        standing = self.promise()
        page = self.client.get(f"/cases/{self.kettle.pk}/")
        self.assertSays(page, "A promise still stands.", f"/promises/{standing.pk}/keeping/")
        self.assertSilentOn(page, 'id="closing_outcome"')

    def test_a_promise_is_not_forgotten_by_closing(self) -> None:
        self.promise()
        response = self.close()
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "A promise still stands in this case.")
        self.assertTrue(self.again(self.kettle).is_open)


class ReopeningTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        closures.close_case(case=self.kettle, closed_by=self.veikko, outcome="solved")

    def test_reopening_keeps_both_names(self) -> None:
        response = self.send(f"/cases/{self.kettle.pk}/reopening/", seen_event=self.seen())

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        closure = self.kettle.closures.get()
        self.assertEqual((closure.closed_by, closure.reopened_by), (self.veikko, self.aino))
        self.assertTrue(self.again(self.kettle).is_open)

    def test_the_part_has_its_composer_again(self) -> None:
        page = self.send(f"/cases/{self.kettle.pk}/reopening/", part=True, seen_event=self.seen())
        self.assertPart(page, "composer")

    def test_an_open_case_is_not_reopened(self) -> None:
        response = self.send(f"/cases/{self.invoice.pk}/reopening/", seen_event=self.seen(self.invoice))
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "This case is open.")


class GivingTests(PagesTestCase):
    def give(self, case: Case | None = None, **typed: Any) -> Said:
        given = case or self.invoice
        fields: dict[str, Any] = {"seen_event": self.seen(given)}
        return self.send(f"/cases/{given.pk}/assignment/", **fields | typed)

    def test_a_clerk_takes_what_nobody_has(self) -> None:
        self.assertSays(self.client.get(f"/cases/{self.invoice.pk}/"), "Take the case", 'data-key="a"')

        response = self.give(user=self.aino.pk)

        self.assertRedirects(response, f"/cases/{self.invoice.pk}/", status_code=303)
        self.assertEqual(self.again(self.invoice).assignee, self.aino)
        self.assertEqual(Assignment.objects.get(case=self.invoice).way, "taken")

    def test_a_clerk_hands_back_what_is_theirs(self) -> None:
        self.give(self.kettle, reason="Loma alkaa")
        self.assertIsNone(self.again(self.kettle).assignee)
        self.assertTold("case.returned", self.kettle, reason="Loma alkaa")

    def test_a_clerk_gives_nothing_to_others(self) -> None:
        response = self.give(self.kettle, user=self.veikko.pk, reason="Sinä osaat")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.again(self.kettle).assignee, self.aino)

    def test_a_clerk_takes_nothing_from_others(self) -> None:
        self.log_in(self.veikko)
        self.give(user=self.veikko.pk)
        self.log_in(self.aino)

        self.assertEqual(self.give(user=self.aino.pk, reason="Minä jatkan").status_code, 404)
        self.assertSilentOn(self.client.get(f"/cases/{self.invoice.pk}/"), "Who has the case", "/assignment/")

    def test_a_lead_gives_with_a_reason(self) -> None:
        self.log_in(self.veikko)
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Give the case")

        self.assertEqual(self.give(self.kettle, user=self.veikko.pk).status_code, 422)
        self.assertEqual(self.give(self.kettle, user=self.veikko.pk, reason="Aino on lomalla").status_code, 303)

        self.assertEqual(self.again(self.kettle).assignee, self.veikko)
        self.assertEqual(Assignment.objects.get(case=self.kettle, until_at=None).reason, "Aino on lomalla")

    def test_nobodys_case_is_given_without_one(self) -> None:
        self.log_in(self.veikko)
        self.give(user=self.aino.pk)
        self.assertEqual(self.again(self.invoice).assignee, self.aino)

    def test_who_does_not_serve_there_is_no_choice(self) -> None:
        self.log_in(self.veikko)
        for user in (self.otto, self.liisa):
            with self.subTest(user.first_name):
                self.assertEqual(self.give(user=user.pk).status_code, 422)

    def test_what_nobody_has_cannot_be_handed_back(self) -> None:
        response = self.give()
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "Nobody has this case.")
