"""The customer's timeline, narrowed by channel and by how the case stands; and how many promises were kept."""

from __future__ import annotations

from datetime import timedelta

from valtti.core import clock
from valtti.customers.timeline import Wanted, for_customer
from valtti.desk.actions import calls, closures, promises
from valtti.desk.queries.matters import kept_of
from valtti.desk.tests.desk_pages import PagesTestCase


class NarrowedTimelineTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        calls.log_call(case=self.kettle, by=self.aino, text="Soitin asiakkaalle.", started_by="company")
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        self.run_tasks()
        self.page = f"/customers/{self.katja.pk}/"

    def test_by_channel(self) -> None:
        self.assertSays(self.client.get(self.page), "Soitin asiakkaalle.", "Что теперь делать?")
        phone = self.client.get(f"{self.page}?channel=phone")
        self.assertSays(phone, "Soitin asiakkaalle.", f'href="{self.page}?channel=phone" aria-current="true"')
        self.assertSilentOn(phone, "Что теперь делать?")
        self.assertSilentOn(self.client.get(f"{self.page}?channel=email"), "Soitin asiakkaalle.")

    def test_by_how_the_case_stands_and_both_together(self) -> None:
        self.assertSays(self.client.get(f"{self.page}?matter=closed"), "Soitin asiakkaalle.")
        self.assertSays(self.client.get(f"{self.page}?matter=open"), "Nothing like this has happened")
        both = self.client.get(f"{self.page}?matter=closed&channel=phone")
        self.assertSays(both, f'href="{self.page}?channel=email&matter=closed"')

    def test_what_nobody_knows_narrows_nothing(self) -> None:
        for query in ("channel=pigeon", "matter=asleep", "channel=%00&matter=%FF", "channel="):
            with self.subTest(query):
                self.assertSays(self.client.get(f"{self.page}?{query}"), "Soitin asiakkaalle.")

    def test_older_events_stay_narrowed_and_none_is_passed_over(self) -> None:
        for number in range(40):
            self.katja_writes(f"Письмо {number}")
        found, before = [], None
        for _ in range(20):
            page = for_customer(self.katja, self.aino, before, limit=3, wanted=Wanted(channel="phone"))
            found += [line.event_id for line in page.lines]
            if (before := page.before) is None:
                break
        self.assertIsNone(before)
        everything = for_customer(self.katja, self.aino, limit=500).lines
        self.assertEqual(found, [line.event_id for line in everything if line.channel == "phone"])
        self.assertRegex(
            self.client.get(f"{self.page}?channel=email").content.decode(), r'href="\?channel=email&amp;before=\d+"'
        )


class KeptTests(PagesTestCase):
    def test_five_of_six(self) -> None:
        for _ in range(5):
            self.accepted(keeps=[self.promise()])
        self.assertEqual((kept_of(self.katja, self.aino).kept, kept_of(self.katja, self.aino).ended), (5, 5))
        promises.give_up(promise=self.promise(), by=self.aino)

        for address in (f"/cases/{self.kettle.pk}/", f"/customers/{self.katja.pk}/cases/"):
            with self.subTest(address):
                self.assertSays(self.client.get(address), "5 of 6 promises kept")

    def test_a_moved_promise_is_one_and_a_standing_or_withdrawn_one_is_none(self) -> None:
        moved = promises.move(
            promise=self.promise(), due_at=clock.now() + timedelta(hours=5), by=self.aino, call="Soitin."
        )
        self.accepted(keeps=[moved])
        withdrawn = self.promise()
        self.pass_time(minutes=1)
        promises.withdraw(promise=withdrawn, by=self.aino, evidence=self.katja_writes())
        self.promise()

        self.assertEqual((kept_of(self.katja, self.aino).kept, kept_of(self.katja, self.aino).ended), (1, 1))

    def test_where_nothing_has_ended_nothing_is_claimed(self) -> None:
        self.promise()
        self.assertSilentOn(self.client.get(f"/cases/{self.kettle.pk}/"), "Promises so far")

    def test_what_one_may_not_see_is_not_counted(self) -> None:
        self.accepted(keeps=[self.promise()])
        self.assertEqual(kept_of(self.katja, self.otto).ended, 0)
