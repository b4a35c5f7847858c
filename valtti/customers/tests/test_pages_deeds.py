"""What a clerk changes on a customer's page, and who may."""

from __future__ import annotations

from typing import Any

from valtti.core import clock
from valtti.customers import actions
from valtti.customers.models import Consent, Customer, Merge
from valtti.customers.tests.customer_pages import CustomerPagesTestCase, Said, news

DETAILS = {"name": "Katja Orlova", "called": "Katja", "language": "ru", "needs": "Пишите, звонить не надо."}


class DetailsTests(CustomerPagesTestCase):
    def test_what_is_known_is_saved(self) -> None:
        self.assertBackAtKatja(self.send("details", **DETAILS | {"name": "Katja Orlova-Laine", "language": "fi"}))

        katja = Customer.objects.get(pk=self.katja.pk)
        self.assertEqual((katja.name, katja.called, katja.language), ("Katja Orlova-Laine", "Katja", "fi"))
        self.assertEqual(katja.needs, "Пишите, звонить не надо.")
        self.assertTold("customer.changed", self.katja)

    def test_the_form_stands_there_as_it_is_known(self) -> None:
        self.send("details", **DETAILS)
        self.assertSays(self.page(), 'value="Katja Orlova"', "Пишите, звонить не надо.</textarea>")

    def test_nothing_changed_is_no_news(self) -> None:
        self.send("details", **DETAILS)
        before = news()
        self.send("details", **DETAILS)
        self.assertEqual(news(), before)

    def test_a_customer_keeps_a_name(self) -> None:
        page = self.assertRefused("details", "This field is required.", **DETAILS | {"name": ""})
        self.assertSays(page, "Пишите, звонить не надо.</textarea>")
        self.assertRegex(page.content.decode(), r'name="name"[^>]*autofocus')

    def test_the_form_comes_back_once(self) -> None:
        page = self.assertRefused("details", **DETAILS | {"language": "xx"})
        self.assertEqual(page.content.decode().count('id="id_name"'), 1)


class ContactPointTests(CustomerPagesTestCase):
    def add(self, **typed: Any) -> Said:
        fields: dict[str, Any] = {"kind": "phone", "value": "+358 40 555 0192", "language": "ru"}
        return self.send("contact-points", **fields | typed)

    def test_one_more_way_to_reach_them(self) -> None:
        self.assertBackAtKatja(self.add())
        point = self.katja.contact_points.get(kind="phone")
        self.assertEqual((point.normal, point.verified_at), ("+358405550192", None))
        self.assertSays(self.page(), "+358 40 555 0192")

    def test_an_address_of_many_is_said_to_be_shared(self) -> None:
        self.add(kind="email", value="info@orlova.example", shared="on")
        self.assertTrue(self.katja.contact_points.get(value="info@orlova.example").shared)

    def test_nothing_typed(self) -> None:
        self.assertRefused("contact-points", "This field is required.", kind="phone", value="", language="ru")

    def test_what_cannot_be_reached(self) -> None:
        response = self.add(kind="email", value="katja")
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "This is not an address or number that can be reached.")

    def test_what_is_somebody_elses(self) -> None:
        response = self.add(kind="email", value="pekka.lehtonen@posti.example")
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "This address or number belongs to another customer.")
        self.assertSilentOn(response, "Pekka")

    def test_it_works_again(self) -> None:
        point = self.katja.contact_points.get()
        actions.mark_bouncing(contact_point=point, at=clock.now())
        self.assertBackAtKatja(self.send(f"contact-points/{point.pk}", state="works"))
        point.refresh_from_db()
        self.assertEqual(point.state, "works")

    def test_it_is_no_longer_theirs(self) -> None:
        point = self.katja.contact_points.get()
        self.send(f"contact-points/{point.pk}", state="gone")
        point.refresh_from_db()
        self.assertIsNotNone(point.valid_until)
        self.assertSilentOn(self.page(), point.value)

    def test_neither_is_nothing(self) -> None:
        point = self.katja.contact_points.get()
        self.assertEqual(self.send(f"contact-points/{point.pk}", state="perhaps").status_code, 400)
        point.refresh_from_db()
        self.assertIsNone(point.valid_until)

    def test_an_address_of_somebody_else_is_not_touched_through_her(self) -> None:
        theirs = self.pekka.contact_points.get()
        self.assertEqual(self.send(f"contact-points/{theirs.pk}", state="gone").status_code, 404)


class ConsentTests(CustomerPagesTestCase):
    def test_a_consent_with_where_it_was_given(self) -> None:
        self.assertBackAtKatja(self.send("consents", purpose="survey", basis="puhelussa 20.11."))

        consent = Consent.objects.get()
        self.assertEqual((consent.purpose, consent.recorded_by), ("survey", self.people.aino))
        self.assertSays(self.page(), "surveys", "puhelussa 20.11.", "Withdraw the consent")

    def test_it_needs_where_the_customer_said_so(self) -> None:
        self.assertRefused("consents", "This field is required.", purpose="survey", basis="")

    def test_withdrawn_it_stands_no_more(self) -> None:
        self.send("consents", purpose="survey", basis="puhelussa")
        self.assertBackAtKatja(self.send("consents", withdraw=Consent.objects.get().pk))
        self.assertIsNotNone(Consent.objects.get().withdrawn_at)
        self.assertSays(self.page(), "Nothing asked, nothing allowed")

    def test_somebody_elses_is_not_withdrawn_through_her(self) -> None:
        theirs = actions.note_consent(customer=self.pekka, purpose="survey", basis="kirje")
        for withdraw in (theirs.pk, "x", "9" * 30):
            with self.subTest(withdraw):
                self.assertEqual(self.send("consents", withdraw=withdraw).status_code, 404)
        self.assertIsNone(Consent.objects.get().withdrawn_at)


class MergingTests(CustomerPagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.other = actions.add_customer(name="K. Orlova", language="ru")
        actions.admit_team(customer=self.other, team=self.people.north)

    def test_two_records_become_one_person(self) -> None:
        self.assertBackAtKatja(self.send("merges", absorbed=self.other.pk, reason="sama numero"))

        self.other.refresh_from_db()
        self.assertEqual(self.other.root, self.katja)
        self.assertSays(self.page(), "Two records in one", "K. Orlova", "sama numero", "Undo the merge")
        self.assertSilentOn(self.client.get("/customers/"), "K. Orlova")

    def test_and_apart_again(self) -> None:
        self.send("merges", absorbed=self.other.pk, reason="sama numero")
        self.assertBackAtKatja(self.send(f"merges/{Merge.objects.get().pk}/undoing"))
        self.other.refresh_from_db()
        self.assertEqual(self.other.root, self.other)
        self.assertSays(self.client.get("/customers/"), "K. Orlova")

    def test_it_needs_how_we_know(self) -> None:
        self.assertRefused("merges", "This field is required.", absorbed=self.other.pk, reason="")

    def test_only_people_of_that_surname_whom_one_sees_are_offered(self) -> None:
        unseen = actions.add_customer(name="Igor Orlova", language="ru")
        page = self.page()
        self.assertSays(page, f'<option value="{self.other.pk}">')
        self.assertSilentOn(page, "Igor", "Pekka")
        self.assertRefused("merges", "Select a valid choice", absorbed=unseen.pk, reason="arvaus")

    def test_with_nobody_to_merge_there_is_nothing_to_choose(self) -> None:
        actions.rename(customer=self.other, name="Toinen Nimi", by=self.people.aino)
        page = self.page()
        self.assertSays(page, "Nobody else whom you see has this surname.")
        self.assertSilentOn(page, "Merge the records")

    def test_a_merge_of_others_is_not_undone_through_her(self) -> None:
        third = actions.add_customer(name="P. Lehtonen", language="fi")
        theirs = actions.merge(kept=self.pekka, absorbed=third, by=self.people.aino, reason="sama")
        self.assertEqual(self.send(f"merges/{theirs.pk}/undoing").status_code, 404)


class DoorsTests(CustomerPagesTestCase):
    def deeds(self) -> list[str]:
        point = self.katja.contact_points.get()
        return ["details", "contact-points", f"contact-points/{point.pk}", "consents", "merges", "merges/1/undoing"]

    def test_neither_otto_nor_a_coach_changes_anything(self) -> None:
        before = news()
        for user in (self.people.otto, self.people.liisa, self.people.outi):
            self.log_in(user)
            for deed in self.deeds():
                with self.subTest(deed, who=user.first_name):
                    self.assertEqual(self.send(deed, **DETAILS, state="gone").status_code, 404)
        self.assertEqual(news(), before)

    def test_visitors_are_sent_to_the_login(self) -> None:
        self.client.logout()
        for deed in self.deeds():
            with self.subTest(deed):
                self.assertEqual(self.send(deed).status_code, 302)

    def test_nothing_is_changed_by_looking(self) -> None:
        for deed in self.deeds():
            with self.subTest(deed):
                self.assertEqual(self.client.get(f"/customers/{self.katja.pk}/{deed}/").status_code, 405)


class ServedElsewhereTests(CustomerPagesTestCase):
    """South serves Katja too: what Aino would take away might be missing there."""

    def setUp(self) -> None:
        super().setUp()
        actions.admit_team(customer=self.katja, team=self.people.south)
        actions.admit_team(customer=self.pekka, team=self.people.north)

    def assertKept(self, response: Said) -> None:
        self.assertEqual(response.status_code, 409)
        self.assertSays(response, "Another team serves this customer too.")

    def test_her_address_stays(self) -> None:
        point = self.katja.contact_points.get()

        self.assertKept(self.send(f"contact-points/{point.pk}", state="gone"))
        self.assertTrue(self.katja.contact_points.valid().exists())

    def test_her_name_stays(self) -> None:
        self.assertKept(self.send("details", **DETAILS | {"name": "Otto"}))
        self.assertEqual(Customer.objects.get(pk=self.katja.pk).name, self.katja.name)

    def test_she_is_made_one_with_nobody(self) -> None:
        twin = Customer.objects.create(name=self.katja.name, language="ru")
        Customer.objects.filter(pk=twin.pk).update(root=twin)
        actions.admit_team(customer=twin, team=self.people.north)

        self.assertKept(self.send("merges", absorbed=twin.pk, reason="Sama ihminen"))
        self.assertFalse(Merge.objects.exists())

    def test_who_serves_in_both_may(self) -> None:
        self.log_in(self.people.veikko)

        self.assertBackAtKatja(self.send("details", **DETAILS | {"name": "Katja Laine"}))
