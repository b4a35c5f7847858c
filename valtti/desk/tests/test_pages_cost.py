"""What pages cost: the same number of questions for few rows and for many."""

from __future__ import annotations

from itertools import count

from valtti.core import cast
from valtti.desk.actions import assignments, notes, presence, topics
from valtti.desk.tests.desk_pages import PagesTestCase

_numbers = count(1)


class CostTests(PagesTestCase):
    def ten_more_cases(self) -> None:
        """With owners, tags, somebody looking, and a promise in one of them."""
        cases = [self.write(cast.PEKKA, subject=f"Asia {next(_numbers)}").case for _ in range(10)]
        for case in cases:
            assignments.assign(case=case, to=self.aino, by=self.aino)
            topics.add_tag(case=case, name=f"asia {next(_numbers)}", by=self.aino)
            presence.touch(case=case, user=self.veikko)
        self.promise(case=cases[0])

    def ten_more_messages(self) -> None:
        for number in range(5):
            self.katja_writes(f"Есть новости? {number}")
            notes.note(case=self.kettle, author=self.veikko, text=f"Vielä kerran {number}")
        self.promise()
        presence.touch(case=self.kettle, user=self.veikko)

    def test_the_queue(self) -> None:
        self.promise()
        self.assertSameQueries("/cases/", grow=self.ten_more_cases)

    def test_the_page_of_a_case_with_a_long_conversation(self) -> None:
        self.ten_more_messages()
        self.assertSameQueries(f"/cases/{self.kettle.pk}/", grow=self.ten_more_messages)

    def test_the_page_of_a_case_beside_a_long_queue(self) -> None:
        self.promise()
        self.assertSameQueries(f"/cases/{self.kettle.pk}/", grow=self.ten_more_cases)

    def test_promises(self) -> None:
        self.promise()
        self.assertSameQueries("/promises/?who=all", grow=self.ten_more_promises)

    def ten_more_promises(self) -> None:
        for hours in range(2, 12):
            self.promise(hours=hours, case=self.invoice if hours % 2 else self.kettle)

    def test_a_customers_panel(self) -> None:
        self.promise(case=self.invoice)
        self.assertSameQueries(f"/customers/{self.pekka.pk}/cases/", grow=self.ten_more_cases)

    def test_what_kept_a_promise(self) -> None:
        standing = self.promise()
        self.pass_time(minutes=1)
        self.accepted()
        self.assertSameQueries(f"/promises/{standing.pk}/keeping/", grow=self.ten_more_answers)

    def ten_more_answers(self) -> None:
        for number in range(10):
            self.accepted(text=f"Код {number}")
