"""What a case is about, its tags, and whose it is."""

from __future__ import annotations

import re
from typing import Any

from valtti.core import cast
from valtti.core.models import Event
from valtti.customers.actions import add_contact_point
from valtti.desk.actions import intake
from valtti.desk.impossible import CustomerIsKnown
from valtti.desk.models import Tag, Topic
from valtti.desk.testing import fresh
from valtti.desk.tests.desk_pages import PagesTestCase, Said


class TopicTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.repair = Topic.objects.create(key="repair", title={"en": "Repair", "fi": "Huolto", "ru": "Ремонт"})

    def test_a_topic_is_set_and_seen(self) -> None:
        response = self.send(f"/cases/{self.kettle.pk}/topic/", topic=self.repair.pk)

        self.assertRedirects(response, f"/cases/{self.kettle.pk}/", status_code=303)
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "Repair")
        self.assertTold("case.topic_set", self.kettle, to=self.repair.pk)

    def test_it_can_be_taken_off_again(self) -> None:
        self.send(f"/cases/{self.kettle.pk}/topic/", topic=self.repair.pk)
        self.send(f"/cases/{self.kettle.pk}/topic/", topic="")
        self.assertIsNone(fresh(self.kettle).topic_id)

    def test_a_retired_topic_is_no_choice(self) -> None:
        Topic.objects.update(retired_at=self.kettle.opened_at)
        self.assertEqual(self.send(f"/cases/{self.kettle.pk}/topic/", topic=self.repair.pk).status_code, 422)

    def test_the_part_shows_it_at_once(self) -> None:
        response = self.send(f"/cases/{self.kettle.pk}/topic/", part=True, topic=self.repair.pk)
        self.assertPart(response, "main")
        self.assertSays(response, "Repair")


class TagTests(PagesTestCase):
    def tag(self, *, part: bool = False, **typed: Any) -> Said:
        return self.send(f"/cases/{self.kettle.pk}/tags/", part=part, **typed)

    def test_a_new_tag_belongs_to_the_team(self) -> None:
        self.tag(name="  särö   keitin ")

        tag = Tag.objects.get()
        self.assertEqual((tag.name, tag.team), ("särö keitin", self.north))
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), f'tag={tag.pk}">särö keitin</a>')

    def test_a_tag_leads_to_everything_that_bears_it(self) -> None:
        self.tag(name="särö")
        found = re.search(
            r'<a class="tag" href="([^"]+)"', self.client.get(f"/cases/{self.kettle.pk}/").content.decode()
        )
        assert found is not None

        page = self.client.get(found[1].replace("&amp;", "&"))

        self.assertSays(page, self.kettle.title, "särö")
        self.assertSilentOn(page, self.invoice.title)

    def test_a_known_tag_is_used_however_it_is_written(self) -> None:
        Tag.objects.create(name="Särö")
        self.tag(name="särö")
        self.assertEqual(Tag.objects.count(), 1)

    def test_a_tag_is_taken_off_and_was_there(self) -> None:
        self.tag(name="särö")
        response = self.tag(part=True, remove=Tag.objects.get().pk)
        self.assertPart(response, "main")
        self.assertFalse(self.kettle.tag_rows.filter(removed_at=None).exists())
        self.assertTrue(self.kettle.tag_rows.exists())

    def test_nothing_typed_is_nothing_done(self) -> None:
        self.assertEqual(self.tag(name="   ").status_code, 303)
        self.assertFalse(Tag.objects.exists())

    def test_the_house_and_ones_team_are_offered(self) -> None:
        Tag.objects.create(name="talon")
        Tag.objects.create(name="pohjoisen", team=self.north)
        Tag.objects.create(name="yritysten", team=self.business)

        page = self.client.get(f"/cases/{self.kettle.pk}/")

        self.assertSays(page, '<option value="talon">', '<option value="pohjoisen">')
        self.assertSilentOn(page, "yritysten")


class WhoseTests(PagesTestCase):
    """A letter whose address anybody could have written: a colleague says whose matter it is."""

    def setUp(self) -> None:
        super().setUp()
        add_contact_point(customer=self.pekka, kind="email", value="perhe@posti.example", shared=True)
        family = cast.Person("perhe", "Lehtoset", "perhe@posti.example", "fi", "")
        self.case = self.write(family, subject="Laskusta", subject_plain="Laskusta").case

    def test_the_page_asks_and_names_the_address_alone(self) -> None:
        page = self.client.get(f"/cases/{self.case.pk}/")
        self.assertSays(page, "The address alone does not say whose matter this is.", "perhe@posti.example")
        self.assertSilentOn(page, "Pekka")

    def test_the_customer_is_named(self) -> None:
        point = self.pekka.contact_points.get(value="perhe@posti.example")

        response = self.send(f"/cases/{self.case.pk}/customer/", point=point.pk)

        self.assertRedirects(response, f"/cases/{self.case.pk}/", status_code=303)
        self.assertEqual(self.again(self.case).customer, self.pekka)
        self.assertSilentOn(self.client.get(f"/cases/{self.case.pk}/"), "The address alone")

    def test_what_one_colleague_has_said_another_does_not_overwrite(self) -> None:
        intake.confirm_customer(case=self.case, customer=self.pekka, by=self.veikko)
        with self.assertRaises(CustomerIsKnown):
            intake.confirm_customer(case=self.case, customer=self.katja, by=self.aino)
        self.assertEqual(self.again(self.case).customer, self.pekka)
        intake.confirm_customer(case=self.case, customer=self.pekka, by=self.aino)
        self.assertEqual(Event.objects.filter(kind="case.customer_set").count(), 1)

    def test_only_who_has_written_can_be_named(self) -> None:
        elsewhere = self.katja.contact_points.get(kind="email")
        response = self.send(f"/cases/{self.case.pk}/customer/", point=elsewhere.pk)
        self.assertEqual(response.status_code, 422)
        self.assertIsNone(self.again(self.case).customer)

    def test_a_customer_who_is_known_stays(self) -> None:
        point = self.pekka.contact_points.get(value="perhe@posti.example")
        self.send(f"/cases/{self.kettle.pk}/customer/", point=point.pk)
        self.assertEqual(self.again(self.kettle).customer, self.katja)
