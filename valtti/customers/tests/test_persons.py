"""What is known of a person: needs, consents, quiet; who sees and finds them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from valtti.core import cast, clock, search
from valtti.core.testing import CastTestCase
from valtti.customers import actions
from valtti.customers.impossible import ConsentWithdrawn
from valtti.customers.models import Customer, CustomerFact, Organisation, OrganisationRole
from valtti.customers.queries import card_of, customers_for
from valtti.customers.testing import stage_customers
from valtti.customers.timeline import for_customer
from valtti.people.testing import stage_people

NOON = datetime(2026, 11, 20, 10, tzinfo=UTC)


class PersonTests(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enterContext(clock.at(NOON))
        self.people = stage_people()
        self.aino, self.otto = self.people.aino, self.people.otto
        self.katja, self.pekka = stage_customers()
        actions.admit_team(customer=self.katja, team=self.people.north)

    def test_her_wishes_and_her_name(self) -> None:
        actions.save_needs(customer=self.katja, needs="Звонить после 17.", by=self.aino)
        katja = actions.rename(customer=self.katja, name="Katja Orlova-Niemi", called="Katja", by=self.aino)
        self.assertEqual((katja.needs, katja.first_name, katja.language), ("Звонить после 17.", "Katja", "ru"))
        self.assertTold("customer.changed", katja, what=["name", "called"])

    def test_saving_the_same_again_tells_nothing(self) -> None:
        actions.save_needs(customer=self.katja, needs="", by=self.aino)
        self.assertNotTold("customer.changed")

    def test_consent_is_given_once_and_withdrawn_once(self) -> None:
        first = actions.note_consent(customer=self.katja, purpose="survey", basis="by phone", by=self.aino)
        second = actions.note_consent(customer=self.katja, purpose="survey", basis="again", by=self.aino)
        self.assertEqual(first, second)
        card = card_of(self.katja, self.aino)
        self.assertEqual(card.consents if card else None, [first])
        actions.withdraw_consent(consent=first, by=self.aino)
        with self.assertRaises(ConsentWithdrawn):
            actions.withdraw_consent(consent=first, by=self.aino)
        card = card_of(self.katja, self.aino)
        self.assertEqual(card.consents if card else None, [])

    def test_left_in_peace_until_it_is_over(self) -> None:
        period = actions.begin_quiet(customer=self.katja, reason="complaint", room="recovery")
        card = card_of(self.katja, self.aino)
        self.assertEqual(card.quiet if card else None, period)
        actions.end_quiet(period=period)
        card = card_of(self.katja, self.aino)
        self.assertIsNone(card.quiet if card else period)

    def test_the_card_shows_what_the_firm_knows(self) -> None:
        house = Organisation.objects.create(name="As. Oy Helmi")
        OrganisationRole.objects.create(customer=self.katja, organisation=house, role="chair")
        OrganisationRole.objects.create(customer=self.katja, organisation=house, role="old", until=date(2025, 1, 1))
        CustomerFact.objects.create(
            customer=self.katja, key="line", value="Koti 300", as_of=date(2026, 1, 1), source="crm"
        )
        card = card_of(self.katja, self.aino)
        assert card is not None
        self.assertEqual([row.role for row in card.roles], ["chair"])
        self.assertEqual([fact.value for fact in card.facts], ["Koti 300"])
        self.assertEqual(
            (card.language, card.first_point.value if card.first_point else ""), ("ru", cast.KATJA.address)
        )

    def test_otto_sees_nobody(self) -> None:
        self.assertIsNone(card_of(self.katja, self.otto))
        self.assertEqual(list(customers_for(self.otto)), [])
        self.assertEqual(for_customer(self.katja, self.otto).lines, [])
        self.assertFalse(Customer.objects.visible_to(self.people.outi).exists())

    def test_found_by_name_address_and_number_by_those_who_may(self) -> None:
        actions.add_contact_point(customer=self.katja, kind="phone", value="040 555 0192", by=self.aino)
        self.run_tasks()
        for text in ("Orlova", cast.KATJA.address, "+358405550192"):
            with self.subTest(text):
                self.assertEqual([hit.row for hit in search.search(user=self.aino, text=text).hits], [self.katja])
                self.assertEqual(search.search(user=self.otto, text=text).hits, [])

    def test_listed_by_name_narrowed_by_words(self) -> None:
        actions.admit_team(customer=self.pekka, team=self.people.north)
        self.assertEqual(list(customers_for(self.aino)), [self.katja, self.pekka])
        self.assertEqual(list(customers_for(self.aino, words="orlova POSTI")), [self.katja])
        self.assertEqual(list(customers_for(self.aino, words="nobody")), [])

    def test_the_list_costs_the_same_for_more(self) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                for customer in customers_for(self.aino):
                    list(customer.contact_points.all())
            return len(asked)

        before = cost()
        for number in range(10):
            person = actions.add_customer(name=f"Asiakas {number}", language="fi")
            actions.admit_team(customer=person, team=self.people.north)
        self.assertEqual(cost(), before)

    def test_quiet_until_a_day_ends_by_itself(self) -> None:
        actions.begin_quiet(customer=self.katja, reason="x", room="desk", until=NOON + timedelta(days=1))
        with clock.at(NOON + timedelta(days=2)):
            card = card_of(self.katja, self.aino)
            self.assertIsNone(card.quiet if card else self.katja)
