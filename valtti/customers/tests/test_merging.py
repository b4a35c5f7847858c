"""Two records, one person; and apart again."""

from __future__ import annotations

from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from valtti.core.impossible import Impossible
from valtti.core.testing import CastTestCase
from valtti.customers import actions
from valtti.customers.impossible import AlreadyMerged, AlreadyUndone, SamePerson
from valtti.customers.matching import Joined, roots
from valtti.customers.models import Customer, Merge
from valtti.customers.queries import card_of, customers_for, records_of
from valtti.customers.testing import stage_customers
from valtti.people.models import User
from valtti.people.testing import stage_people


def plain() -> list[tuple[object, ...]]:
    """Every record as it stands, to the byte."""
    return list(Customer.objects.order_by("pk").values_list())


class MergeTests(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.people = stage_people()
        self.katja, self.pekka = stage_customers()
        self.third = actions.add_customer(name="K. Orlova", language="ru")

    def merge(self, kept: Customer, absorbed: Customer) -> Merge:
        return actions.merge(kept=kept, absorbed=absorbed, by=self.people.aino, reason="sama numero")

    def test_nothing_is_rewritten_and_all_is_seen_together(self) -> None:
        actions.admit_team(customer=self.third, team=self.people.north)
        row = self.merge(self.katja, self.third)
        self.assertEqual(records_of(self.katja), sorted([self.katja.pk, self.third.pk]))
        self.assertEqual(list(customers_for(self.people.aino)), [self.katja])
        card = card_of(self.katja, self.people.aino)
        self.assertEqual(card.merges if card else [], [row])
        self.assertTold("customer.merged", row)

    def test_undone_they_are_as_before(self) -> None:
        before = plain()
        row = self.merge(self.katja, self.third)
        actions.unmerge(merge=row, by=self.people.aino)
        self.assertEqual(plain(), before)
        with self.assertRaises(AlreadyUndone):
            actions.unmerge(merge=row, by=self.people.aino)

    def test_a_chain_comes_apart_in_the_middle(self) -> None:
        first = self.merge(self.katja, self.third)
        self.merge(self.pekka, self.katja)
        self.third.refresh_from_db()
        self.assertEqual(self.third.root, self.pekka)

        actions.unmerge(merge=first, by=self.people.aino)

        self.third.refresh_from_db()
        self.katja.refresh_from_db()
        self.assertEqual((self.third.root, self.katja.root), (self.third, self.pekka))

    def test_one_person_is_not_merged_with_itself(self) -> None:
        self.merge(self.katja, self.third)
        for kept, absorbed in ((self.katja, self.katja), (self.katja, self.third), (self.third, self.katja)):
            with self.subTest(kept=kept.pk, absorbed=absorbed.pk), self.assertRaises(SamePerson):
                self.merge(kept, absorbed)

    def test_an_absorbed_record_is_not_absorbed_again(self) -> None:
        self.merge(self.katja, self.third)
        with self.assertRaises(AlreadyMerged):
            self.merge(self.pekka, self.third)


class AnyOrderTests(HypothesisTestCase):
    @settings(max_examples=40)
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8), st.randoms(use_true_random=False))
    def test_merges_undone_in_any_order_leave_no_trace(self, pairs: list[tuple[int, int]], chance: object) -> None:
        user = User.objects.create_user("x@kaiku.example", name="X")
        people = [Customer.objects.create(name=str(number)) for number in range(5)]
        before, made = plain(), []
        for kept, absorbed in pairs:
            try:
                made.append(actions.merge(kept=people[kept], absorbed=people[absorbed], by=user, reason=""))
            except Impossible:
                continue
        chance.shuffle(made)  # type: ignore[attr-defined]
        for row in made:
            actions.unmerge(merge=row, by=user)
        self.assertEqual(plain(), before)


class RootTests(TestCase):
    def test_by_hand(self) -> None:
        merges = [Joined(kept=1, absorbed=2), Joined(kept=3, absorbed=1)]
        self.assertEqual(roots([1, 2, 3, 4], merges), {1: 3, 2: 3, 3: 3, 4: 4})

    def test_a_ring_that_cannot_be_ends(self) -> None:
        ring = [Joined(kept=1, absorbed=2), Joined(kept=2, absorbed=1)]
        self.assertEqual(set(roots([1, 2], ring)), {1, 2})
