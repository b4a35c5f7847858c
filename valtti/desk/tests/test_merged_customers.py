"""One person under two records: seen together, and apart again where each matter came from."""

from __future__ import annotations

from valtti.core import cast, search
from valtti.customers import actions as customers
from valtti.customers.queries import card_of
from valtti.customers.timeline import for_customer
from valtti.desk.models import Case
from valtti.desk.testing import DeskTestCase


class MergedCustomerTests(DeskTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.merge = customers.merge(kept=self.katja, absorbed=self.pekka, by=self.aino, reason="sama numero")
        self.late = self.write(cast.PEKKA, subject="Yhdistämisen jälkeen").case
        self.run_tasks()

    def cases_on_the_timeline(self) -> set[str]:
        lines = for_customer(self.katja, self.aino).lines
        return {case.title for case in Case.objects.all() if any(str(case.reference) in line.title for line in lines)}

    def test_both_records_are_read_together(self) -> None:
        self.assertEqual(self.cases_on_the_timeline(), {self.kettle.title, self.invoice.title, "Yhdistämisen jälkeen"})
        card = card_of(self.late.customer or self.pekka, self.aino)
        assert card is not None
        self.assertEqual(card.customer, self.katja)
        self.assertEqual({point.normal for point in card.contact_points}, {cast.KATJA.address, cast.PEKKA.address})

    def test_the_search_knows_them_by_either_name(self) -> None:
        hits = search.search(user=self.aino, text="customer:orlova Yhdistämisen").hits
        self.assertIn(self.late.pk, {hit.entry.case_id for hit in hits})

    def test_undone_each_matter_is_where_it_came_from(self) -> None:
        customers.unmerge(merge=self.merge, by=self.aino)
        self.assertEqual(self.again(self.late).customer, self.pekka)
        self.assertEqual(self.cases_on_the_timeline(), {self.kettle.title})

    def test_the_other_teams_agent_still_sees_nothing(self) -> None:
        self.assertIsNone(card_of(self.katja, self.otto))
        self.assertEqual(for_customer(self.pekka, self.otto).lines, [])
