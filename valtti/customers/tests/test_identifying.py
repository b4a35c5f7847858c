"""Who wrote: addresses compared, customers found and made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.core import cast, clock
from valtti.core.testing import CastTestCase
from valtti.customers import actions, matching
from valtti.customers.impossible import AddressRetired, AddressTaken, AddressUnreadable
from valtti.customers.models import ContactPoint, Customer
from valtti.customers.testing import stage_customers
from valtti.people.testing import stage_people

NOON = datetime(2026, 11, 20, 10, tzinfo=UTC)


class NormalTests(TestCase):
    def test_addresses(self) -> None:
        for written, normal in (
            ("Katja.Orlova@Posti.Example", "katja.orlova@posti.example"),
            (" <a@b.example> ", "a@b.example"),
            ("a@Älyä.example", "a@xn--ly-uiac.example"),
            ("почта@пример.рф", "почта@xn--e1afmkfd.xn--p1ai"),
            ("a@b@c.example", "a@b@c.example"),
            ("nobody", ""),
            ("@x", ""),
            ("x@", ""),
            ("a b@x.example", ""),
            ("a\n@x.example", ""),
        ):
            with self.subTest(written):
                self.assertEqual(matching.normal_email(written), normal)

    def test_phones(self) -> None:
        for written, normal in (
            ("040 555 0192", "+358405550192"),
            ("+358 (0)40 555 0192", "+358405550192"),
            ("00358405550192", "+358405550192"),
            ("+7 912 345-67-89", "+79123456789"),
            ("hello", ""),
            ("12", ""),
        ):
            with self.subTest(written):
                self.assertEqual(matching.normal_phone(written), normal)

    @given(st.text(max_size=60))
    def test_normalising_twice_is_once(self, written: str) -> None:
        once = matching.normal_email(written)
        self.assertEqual(matching.normal_email(once), once)


class IdentifyTests(CastTestCase):
    def identify(self, address: str, **changes: object) -> actions.Identified:
        fields = {"shown": address, "name": "", "language": "fi"} | changes
        return actions.identify(address=address, **fields)  # type: ignore[arg-type]

    def test_a_newcomer_is_made_once(self) -> None:
        first = self.identify("Uusi@Posti.example", name="Uusi Ihminen", language="sv")
        second = self.identify("uusi@posti.example")
        self.assertEqual((first.is_new, second.is_new, first.customer), (True, False, second.customer))
        self.assertEqual((first.customer.name, first.contact_point.language), ("Uusi Ihminen", "sv"))
        self.assertEqual(first.customer.root, first.customer)
        self.assertTold("customer.added", first.customer)

    def test_without_a_name_the_address_stands(self) -> None:
        self.assertEqual(self.identify("a@posti.example").customer.name, "a@posti.example")

    def test_verified_is_noted_once(self) -> None:
        self.identify("a@posti.example")
        point = self.identify("a@posti.example", verified=True).contact_point
        self.assertEqual(point.verified_how, "reply")
        self.assertTold("contact.verified", point)

    def test_an_office_is_shared(self) -> None:
        self.assertTrue(self.identify("info@helmi.example").is_shared)
        self.assertFalse(self.identify("irma@helmi.example").is_shared)

    def test_what_is_no_address_is_refused(self) -> None:
        with self.assertRaises(AddressUnreadable):
            self.identify("ei osoite")

    def test_finding_writes_nothing(self) -> None:
        self.assertIsNone(actions.find(address="a@posti.example"))
        self.assertFalse(Customer.objects.exists())

    def test_by_phone(self) -> None:
        found = self.identify("040 555 0192", source="phone")
        self.assertEqual((found.contact_point.kind, found.contact_point.normal), ("phone", "+358405550192"))

    def test_after_a_merge_each_address_still_belongs_to_its_record(self) -> None:
        katja, pekka = stage_customers()
        actions.merge(kept=katja, absorbed=pekka, by=None, reason="same")
        found = self.identify(cast.PEKKA.address).customer
        self.assertEqual((found, found.root), (pekka, katja))


class ContactTests(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enterContext(clock.at(NOON))
        self.katja, self.pekka = stage_customers()
        self.point = self.katja.contact_points.get()
        self.aino = stage_people().aino

    def test_an_address_has_one_owner(self) -> None:
        with self.assertRaises(AddressTaken):
            actions.add_contact_point(customer=self.pekka, kind="email", value="KATJA.orlova@posti.example")

    def test_given_up_it_may_have_another(self) -> None:
        actions.retire_contact_point(contact_point=self.point, by=self.aino)
        point = actions.add_contact_point(customer=self.pekka, kind="email", value=cast.KATJA.address, by=self.aino)
        self.assertEqual(point.customer, self.pekka)
        with self.assertRaises(AddressRetired):
            actions.retire_contact_point(contact_point=self.point, by=self.aino)

    def test_one_is_preferred(self) -> None:
        for value in ("040 555 0192", "040 555 0193"):
            actions.add_contact_point(customer=self.katja, kind="phone", value=value, preferred=True)
        preferred = ContactPoint.objects.get(customer=self.katja, preferred=True)
        self.assertEqual(preferred.value, "040 555 0193")

    def test_bouncing_and_on_another_day_dead(self) -> None:
        for at, state in (
            (NOON, "bouncing"),
            (NOON + timedelta(hours=2), "bouncing"),
            (NOON + timedelta(days=1), "dead"),
        ):
            self.assertEqual(actions.mark_bouncing(contact_point=self.point, at=at).state, state)
        self.assertEqual(actions.mark_working(contact_point=self.point, by=self.aino).state, "works")

    def test_the_first_proof_stays(self) -> None:
        how = actions.verify(contact_point=self.point, how="code", by=self.aino).verified_how
        self.assertEqual(how, "reply")
