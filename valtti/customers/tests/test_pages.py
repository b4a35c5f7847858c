"""The list of customers, and one customer in one line of time."""

from __future__ import annotations

import re
from html import unescape
from itertools import count

from valtti.core import clock, events
from valtti.customers import actions
from valtti.customers.models import Customer, CustomerFact, Organisation, OrganisationRole, QuietPeriod
from valtti.customers.tests.customer_pages import PART, CustomerPagesTestCase

_numbers = count(1)


class ListTests(CustomerPagesTestCase):
    def test_whom_ones_teams_serve(self) -> None:
        page = self.client.get("/customers/")
        self.assertSays(page, "Katja Orlova", "katja.orlova@posti.example", "Russian")
        self.assertSilentOn(page, "Pekka")

    def test_narrowed_by_name_address_and_number(self) -> None:
        actions.admit_team(customer=self.pekka, team=self.people.north)
        actions.add_contact_point(customer=self.pekka, kind="phone", value="040 555 0192")
        for words, found in (
            ("orlo", "Katja"),
            ("lehtonen@posti", "Pekka"),
            ("5550192", "Pekka"),
            ("katja ORLOVA", "Katja"),
        ):
            with self.subTest(words):
                page = self.client.get("/customers/", {"q": words})
                self.assertSays(page, found)
                self.assertSilentOn(page, "Pekka" if found == "Katja" else "Katja")

    def test_nobody_found_says_what_to_try(self) -> None:
        self.assertSays(self.client.get("/customers/", {"q": "zzz"}), "Nobody found", "Show all customers")

    def test_no_customers_yet(self) -> None:
        self.log_in(self.people.otto)
        self.assertSays(self.client.get("/customers/"), "No customers yet")

    def test_the_list_comes_as_a_part(self) -> None:
        part = self.client.get("/customers/", {"q": "orlova"}, headers=PART)
        self.assertSays(part, 'id="list"', "Katja Orlova")
        self.assertSilentOn(part, "<html")

    def test_what_was_typed_is_never_markup(self) -> None:
        page = self.client.get("/customers/", {"q": '"><script>alert(1)</script>'}).content.decode()
        self.assertNotIn("<script>alert", page)

    def test_the_list_goes_on_until_everybody_has_been_shown(self) -> None:
        for number in range(230):
            customer = actions.add_customer(name=f"Asiakas {number % 115:03}", language="fi")
            actions.admit_team(customer=customer, team=self.people.north)
        seen, address = [], "/customers/?q=Asiakas"
        while address:
            page = unescape(self.client.get(address).content.decode())
            seen += re.findall(r'href="(/customers/\d+/)">Asiakas', page)
            further = re.search(r'href="(\?[^"]*after=\d+)"', page)
            address = f"/customers/{further[1]}" if further else ""

        self.assertEqual((len(seen), len(set(seen))), (230, 230))

    def test_a_page_that_is_none_is_the_first(self) -> None:
        for after in ("x", "²", "9" * 30, "99999"):
            with self.subTest(after):
                self.assertSays(self.client.get("/customers/", {"after": after}), "Katja Orlova")

    def test_ten_more_cost_the_same(self) -> None:
        self.assertSameQueries("/customers/", grow=self.ten_more)

    def ten_more(self) -> None:
        for _ in range(10):
            number = next(_numbers)
            customer = actions.add_customer(name=f"Asiakas {number}", language="fi")
            actions.add_contact_point(customer=customer, kind="email", value=f"asiakas{number}@posti.example")
            actions.admit_team(customer=customer, team=self.people.north)


class CustomerTests(CustomerPagesTestCase):
    def test_name_language_and_ways_to_reach_them(self) -> None:
        page = self.page()
        self.assertSays(page, "<h1>Katja Orlova</h1>", "Russian", "katja.orlova@posti.example", "confirmed", "E-mail")
        self.assertSays(page, "Nothing asked, nothing allowed: service letters only.")

    def test_how_they_like_to_be_served_stands_in_their_voice(self) -> None:
        actions.save_needs(customer=self.katja, needs="Пишите, звонить не надо.", by=self.people.aino)
        self.assertSays(self.page(), '<blockquote class="guest" lang="ru">Пишите, звонить не надо.</blockquote>')

    def test_where_they_work_and_what_our_records_say(self) -> None:
        firm = Organisation.objects.create(name="Orlova Design")
        OrganisationRole.objects.create(customer=self.katja, organisation=firm, role="yrittäjä")
        CustomerFact.objects.create(
            customer=self.katja, key="Liittymä", value="Koti 300", source="laskutus", as_of=clock.now()
        )
        self.assertSays(self.page(), "yrittäjä Orlova Design", "From our records", "Koti 300", "laskutus")

    def test_a_time_of_peace_is_seen(self) -> None:
        QuietPeriod.objects.create(customer=self.katja, reason="suru", set_by_room="customers")
        self.assertSays(self.page(), "Do not ask or offer anything now")

    def test_an_address_that_does_not_work_is_red(self) -> None:
        point = self.katja.contact_points.get()
        actions.mark_bouncing(contact_point=point, at=clock.now())
        self.assertSays(self.page(), "letters come back", "It works again")

    def test_a_first_visit_is_not_an_empty_page(self) -> None:
        Customer.objects.filter(pk=self.katja.pk).update(name="")
        self.assertSays(self.page(), "Name not known")

    def test_automatic_events_are_folded(self) -> None:
        self.assertSays(self.page(), "1 automatic event, folded", "Another team serves this customer")

    def test_older_events_are_a_page_of_their_own(self) -> None:
        for _ in range(31):
            events.record(
                "customer.admitted", subject=self.katja, customer_id=self.katja.pk, team_id=self.people.north.pk
            )
        first = self.page()
        self.assertRegex(first.content.decode(), r'href="\?before=\d+">Older events')

        before = first.context["timeline"].before
        self.assertSays(self.page(query=f"?before={before}"), "Newest first")

    def test_a_place_in_time_that_makes_no_sense_shows_the_newest(self) -> None:
        for before in ("x", "-1", "9" * 30, "١"):
            with self.subTest(before):
                self.assertEqual(self.page(query=f"?before={before}").status_code, 200)

    def test_another_team_s_events_are_not_told(self) -> None:
        events.record(
            "customer.admitted", subject=self.katja, customer_id=self.katja.pk, team_id=self.people.business.pk
        )
        self.assertSays(self.page(), "1 automatic event, folded")

    def test_higher_rooms_hang_their_panels_here(self) -> None:
        self.assertSays(self.page(), f'hx-get="/customers/{self.katja.pk}/cases/"', 'hx-target="#customer_panel"')

    def test_a_merged_record_leads_to_the_one_that_stands(self) -> None:
        other = actions.add_customer(name="K. Orlova", language="ru")
        actions.admit_team(customer=other, team=self.people.north)
        actions.merge(kept=self.katja, absorbed=other, by=self.people.aino, reason="sama numero")
        self.assertRedirects(self.page(other), f"/customers/{self.katja.pk}/", status_code=303)

    def test_a_long_life_costs_the_same(self) -> None:
        self.assertSameQueries(f"/customers/{self.katja.pk}/", grow=self.ten_more_events)

    def ten_more_events(self) -> None:
        for _ in range(10):
            events.record(
                "customer.admitted", subject=self.katja, customer_id=self.katja.pk, team_id=self.people.north.pk
            )
            number = next(_numbers)
            actions.add_contact_point(customer=self.katja, kind="email", value=f"katja{number}@posti.example")


class WhoLooksTests(CustomerPagesTestCase):
    def test_a_coach_reads_and_changes_nothing(self) -> None:
        self.log_in(self.people.liisa)
        page = self.page()
        self.assertSays(page, "Katja Orlova")
        self.assertSilentOn(page, 'action="/customers/', 'id="about"', "No longer theirs", "Write down a call")

    def test_strangers_cannot_tell_her_from_nobody(self) -> None:
        self.log_in(self.people.otto)
        self.assertEqual((self.page().status_code, self.client.get("/customers/99999/").status_code), (404, 404))

    def test_administrators_without_a_team_see_no_customers(self) -> None:
        self.log_in(self.people.outi)
        for address in ("/customers/", f"/customers/{self.katja.pk}/"):
            self.assertEqual(self.client.get(address).status_code, 404)

    def test_visitors_are_sent_to_the_login(self) -> None:
        self.client.logout()
        for address in ("/customers/", f"/customers/{self.katja.pk}/"):
            self.assertRedirects(self.client.get(address), f"/login/?next={address}", fetch_redirect_response=False)
