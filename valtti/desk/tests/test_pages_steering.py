"""Another team, title and urgency, waiting for a third party, suggestions: from the panel of a case."""

from __future__ import annotations

from datetime import timedelta

from valtti.core.models import Event
from valtti.desk.actions import links
from valtti.desk.models import CaseLink
from valtti.desk.testing import MORNING
from valtti.desk.tests.desk_pages import PagesTestCase


class TeamTests(PagesTestCase):
    def test_the_case_moves_and_who_does_not_see_it_there_is_back_in_the_queue(self) -> None:
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Another team", "Move the case")

        response = self.send(
            f"/cases/{self.kettle.pk}/team/", team=self.business.pk, reason="Yritysasiakas", seen_event=self.seen()
        )

        self.assertRedirects(response, "/cases/", status_code=303)
        self.assertEqual(self.again(self.kettle).team, self.business)
        self.assertTold("case.moved", self.kettle, reason="Yritysasiakas")

    def test_it_needs_a_word_for_the_next_one(self) -> None:
        response = self.send(f"/cases/{self.kettle.pk}/team/", team=self.business.pk, seen_event=self.seen())
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "This field is required.")
        self.assertEqual(self.again(self.kettle).team, self.north)

    def test_not_past_a_letter_one_has_not_seen(self) -> None:
        seen = self.seen()
        self.katja_writes("И ещё вопрос.")
        response = self.send(
            f"/cases/{self.kettle.pk}/team/", team=self.business.pk, reason="Yritysasiakas", seen_event=seen
        )
        self.assertEqual(response.status_code, 409)
        self.assertEqual(self.again(self.kettle).team, self.north)


class HeadingTests(PagesTestCase):
    def test_title_and_urgency_are_set_and_told_once(self) -> None:
        for _ in range(2):
            self.send(f"/cases/{self.kettle.pk}/heading/", title="Rikkoutunut keitin", urgency="1")
        case = self.again(self.kettle)
        self.assertEqual((case.title, case.urgency), ("Rikkoutunut keitin", 1))
        self.assertTold("case.renamed", case)
        self.assertTold("case.urgency_set", case, urgency=1)

    def test_a_case_has_a_title(self) -> None:
        response = self.send(f"/cases/{self.kettle.pk}/heading/", title=" ", urgency="7")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.again(self.kettle).title, "Чайник пришёл разбитым")


class WaitingTests(PagesTestCase):
    def test_we_wait_for_the_post_and_take_the_turn_back(self) -> None:
        self.accepted(next_step="nothing")
        until = (MORNING + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        self.send(f"/cases/{self.kettle.pk}/waiting/", waits_for="Posti", until=until, seen_event=self.seen())
        self.assertEqual(self.again(self.kettle).turn, "third_party")
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Waits for Posti until")

        self.send(f"/cases/{self.kettle.pk}/waiting/ending/")

        self.assertEqual(self.again(self.kettle).turn, "ours")

    def test_while_the_customer_waits_it_is_not_offered(self) -> None:
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), "Begin the wait")
        until = (MORNING + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        response = self.send(
            f"/cases/{self.kettle.pk}/waiting/", waits_for="Posti", until=until, seen_event=self.seen()
        )
        self.assertEqual(response.status_code, 409)

    def test_it_needs_a_name_and_a_day_to_come(self) -> None:
        self.accepted(next_step="nothing")
        response = self.send(f"/cases/{self.kettle.pk}/waiting/", until="2020-01-01T10:00", seen_event=self.seen())
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "This time has passed.")


class SuggestionTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.link = links.link_cases(a=self.kettle, b=self.invoice, kind="perhaps", by=None)
        self.address = f"/cases/{self.invoice.pk}/suggestions/{self.link.pk}/decision/"

    def test_the_same_matter_is_said_so(self) -> None:
        self.assertSays(self.client.get(f"/cases/{self.invoice.pk}/"), "It is the same matter")

        self.send(self.address, kind="duplicate")

        self.assertEqual(set(CaseLink.objects.values_list("kind", flat=True)), {"settled", "duplicate"})
        self.assertSilentOn(self.client.get(f"/cases/{self.invoice.pk}/"), "Perhaps the same matter")

    def test_another_matter_is_not_suggested_any_more(self) -> None:
        self.send(self.address, kind="none")
        self.assertEqual(CaseLink.objects.get().kind, "settled")
        self.assertEqual(self.send(self.address, kind="none").status_code, 409)

    def test_what_is_neither_changes_nothing(self) -> None:
        self.assertEqual(self.send(self.address, kind="perhaps").status_code, 400)
        self.assertEqual(CaseLink.objects.get().kind, "perhaps")


class StrangerTests(PagesTestCase):
    def test_otto_changes_nothing_and_who_is_nobody_logs_in(self) -> None:
        link = links.link_cases(a=self.kettle, b=self.invoice, kind="perhaps", by=None)
        for user, status in ((self.otto, 404), (None, 302)):
            if user is None:
                self.client.logout()
            else:
                self.log_in(user)
            for noun in ("team", "heading", "waiting", "waiting/ending", f"suggestions/{link.pk}/decision"):
                with self.subTest(noun, user=user):
                    self.assertEqual(self.send(f"/cases/{self.kettle.pk}/{noun}/").status_code, status)
        self.assertEqual(Event.objects.filter(kind__in=("case.moved", "case.renamed", "case.paused")).count(), 0)
