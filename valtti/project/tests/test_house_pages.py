"""The health page and the tickets of the live stream."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.test import RequestFactory

from valtti.core import clock
from valtti.core.live import tickets
from valtti.core.live.tickets import Ticket
from valtti.core.models import AuditEntry, SourcePause, Task
from valtti.core.tests import jobs
from valtti.desk.testing import DeskTestCase
from valtti.project import live


class HealthPageTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        jobs.write.enqueue("a")
        self.dead = Task.objects.latest("pk")
        Task.objects.filter(pk=self.dead.pk).update(dead_at=clock.now(), attempt=8, last_error="ValueError: odd")

    def test_the_administrator_sees_what_was_given_up_and_runs_it_again(self) -> None:
        self.client.force_login(self.outi)
        self.assertContains(self.client.get("/health/"), "ValueError: odd")

        response = self.client.post(f"/health/tasks/{self.dead.pk}/rerun/")

        self.assertRedirects(response, "/health/", status_code=303)
        self.dead.refresh_from_db()
        self.assertIsNone(self.dead.dead_at)
        self.assertEqual(AuditEntry.objects.get(what="task.run_again").who, self.outi.pk)
        self.assertContains(self.client.get("/health/"), "No task was given up.")

    def test_a_part_is_answered_with_the_part(self) -> None:
        self.client.force_login(self.outi)

        response = self.client.post(f"/health/tasks/{self.dead.pk}/rerun/", headers={"HX-Request-Type": "partial"})

        self.assertContains(response, 'id="dead"')
        self.assertNotContains(response, "<html")

    def test_a_task_that_is_not_dead_cannot_be_run_again(self) -> None:
        Task.objects.filter(pk=self.dead.pk).update(dead_at=None)
        self.client.force_login(self.outi)

        self.assertEqual(self.client.post(f"/health/tasks/{self.dead.pk}/rerun/").status_code, 404)

    def test_a_paused_mailbox_is_named(self) -> None:
        SourcePause.objects.create(source="post@kaiku.example", why="535 wrong password", until=clock.now())
        self.client.force_login(self.outi)

        self.assertContains(self.client.get("/health/"), "post@kaiku.example cannot send.")

    def test_nobody_else_finds_it(self) -> None:
        for path, method in [("/health/", "get"), (f"/health/tasks/{self.dead.pk}/rerun/", "post")]:
            for person in (self.otto, self.aino, self.veikko):
                self.client.force_login(person)
                self.assertEqual(getattr(self.client, method)(path).status_code, 404)
            self.client.logout()
            self.assertEqual(getattr(self.client, method)(path).status_code, 302)

    def test_it_costs_the_same_for_many(self) -> None:
        self.client.force_login(self.outi)

        def grow() -> None:
            for number in range(10):
                jobs.write.enqueue(str(number))
            Task.objects.filter(name__endswith="jobs.write").update(dead_at=clock.now())

        self.assertSameQueries("/health/", grow)


class TicketTests(DeskTestCase):
    def ticket(self, address: str) -> Ticket:
        (text,) = parse_qs(urlsplit(address).query)["ticket"]
        ticket = tickets.read(text, now=clock.now())
        assert ticket is not None
        return ticket

    def asked(self, referer: str = "") -> Ticket:
        response = self.client.get("/live/ticket/", headers={"Referer": referer})
        self.assertEqual(response.status_code, 200)
        return self.ticket(response.content.decode())

    def test_a_person_hears_the_own_name_and_the_own_teams(self) -> None:
        self.client.force_login(self.aino)

        ticket = self.asked()

        self.assertEqual(ticket.topics, {f"user:{self.aino.pk}", f"team:{self.north.pk}"})
        self.assertEqual(ticket.user, self.aino.pk)
        self.assertGreater(ticket.login, 0)

    def test_the_page_of_a_case_hears_that_case_now_and_with_the_next_ticket(self) -> None:
        self.client.force_login(self.aino)
        page = f"http://testserver/cases/{self.kettle.pk}/"

        shown = self.client.get(f"/cases/{self.kettle.pk}/").content.decode()

        self.assertIn('data-live="/live/?ticket=', shown)
        self.assertIn(f"case:{self.kettle.pk}", self.asked(page).topics)

    def test_otto_hears_nothing_of_a_case_by_naming_its_page(self) -> None:
        self.client.force_login(self.otto)

        ticket = self.asked(f"http://testserver/cases/{self.kettle.pk}/")

        self.assertEqual(ticket.topics, {f"user:{self.otto.pk}", f"team:{self.business.pk}"})

    def test_an_address_that_is_no_page_gives_no_case(self) -> None:
        self.client.force_login(self.aino)
        for referer in ("nonsense", "http://testserver/nowhere/", "http://[", f"/customers/{self.kettle.pk}/"):
            with self.subTest(referer):
                self.assertEqual(len(self.asked(referer).topics), 2)

    def test_without_a_login_there_is_none(self) -> None:
        self.assertEqual(self.client.get("/live/ticket/").status_code, 302)

    def test_a_restricted_case_is_not_for_the_team(self) -> None:
        type(self.kettle).objects.filter(pk=self.kettle.pk).update(restricted=True)

        self.assertEqual(live.restricted([self.kettle.pk, self.invoice.pk]), {self.kettle.pk})

    def test_the_address_is_made_without_a_login_row_too(self) -> None:
        """As in tests that put a user into a request by hand."""
        request = RequestFactory().get("/")
        request.user, request.session = self.aino, {}  # type: ignore[assignment]

        self.assertEqual(self.ticket(live.address_for(request)).login, 0)
