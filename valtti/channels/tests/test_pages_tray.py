"""The tray: our letters, and letters written as a customer."""

from __future__ import annotations

from django.test import override_settings

from valtti.channels.models import RawItem
from valtti.channels.testing import BUSINESS_ADDRESS, ChannelsTestCase, written
from valtti.desk.models import Message


class TrayTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.case = Message.objects.get(raw_item_id=self.read(written()).pk).case
        self.post = self.post_of(self.settled(self.answer(case=self.case)))

    def test_administrators_see_what_would_have_left(self) -> None:
        self.client.force_login(self.outi)

        self.assertContains(self.client.get("/tray/"), "pekka.lehtonen@posti.example")
        self.assertContains(self.client.get(f"/tray/{self.post.pk}/"), "sandbox")
        frame = self.client.get(f"/tray/{self.post.pk}/html/")
        self.assertContains(frame, "Новый чайник уйдёт завтра.")
        self.assertIn("default-src 'none'", frame["Content-Security-Policy"])

    @override_settings(LETTERS="smtps://post.kaiku.example")
    def test_a_house_whose_letters_leave_has_no_tray_to_look_into(self) -> None:
        self.client.force_login(self.outi)

        self.assertNotContains(self.client.get("/outbox/"), "/tray/")
        for path in ("/tray/", f"/tray/{self.post.pk}/", f"/tray/{self.post.pk}/html/", "/tray/write/"):
            self.assertEqual(self.client.get(path).status_code, 404, path)

    def test_outside_the_demo_nobody_else_does(self) -> None:
        paths = ["/tray/", f"/tray/{self.post.pk}/", f"/tray/{self.post.pk}/html/", "/tray/write/"]
        for user in (self.aino, self.otto, self.veikko):
            self.client.force_login(user)
            for path in paths:
                self.assertEqual(self.client.get(path).status_code, 404, path)
        self.client.force_login(self.outi)
        self.assertEqual(self.client.get("/tray/write/").status_code, 404)
        self.client.logout()
        self.assertEqual(self.client.get("/tray/").status_code, 302)

    @override_settings(DEMO=True)
    def test_in_the_demo_a_letter_written_here_takes_the_whole_road(self) -> None:
        self.client.force_login(self.aino)

        response = self.client.post(
            "/tray/write/",
            {
                "customer": "katja.orlova@posti.example",
                "mailbox": self.north_mailbox.pk,
                "subject": "Роутер",
                "text": "Где мой роутер?",
            },
        )

        item = RawItem.objects.latest("pk")
        self.assertEqual((response.status_code, response["Location"]), (303, f"/tray/written/{item.pk}/"))
        self.assertContains(self.client.get(f"/tray/written/{item.pk}/"), "It is kept and is being read.")
        self.run_tasks()
        case = Message.objects.get(raw_item_id=item.pk).case
        self.assertEqual(case.customer, self.katja)
        self.assertContains(self.client.get(f"/tray/written/{item.pk}/"), f"/cases/{case.pk}/")
        self.client.force_login(self.otto)
        self.assertNotContains(self.client.get(f"/tray/written/{item.pk}/"), f"/cases/{case.pk}/")

    @override_settings(DEMO=True)
    def test_an_answer_written_here_joins_its_case(self) -> None:
        self.client.force_login(self.aino)
        url = f"/tray/write/?answer={self.post.pk}"
        begun = self.client.get(url)
        self.assertContains(begun, "Re: ")
        self.assertContains(begun, "&gt; ")
        writer = begun.context["form"].initial
        self.assertIn("pekka.lehtonen@posti.example", (writer["customer"], writer["address"]))
        self.assertIn("", (writer["customer"], writer["address"]), "one writer, named once")

        self.client.post(
            url,
            {
                "customer": writer["customer"],
                "address": writer["address"],
                "mailbox": self.north_mailbox.pk,
                "subject": "Re: Lasku on väärin",
                "text": "Kiitos!\n\n> vanha",
            },
        )
        self.run_tasks()

        self.assertEqual(Message.objects.get(raw_item_id=RawItem.objects.latest("pk").pk).case, self.case)

    @override_settings(DEMO=True)
    def test_an_address_that_was_typed_is_the_writer_whoever_stands_chosen(self) -> None:
        self.client.force_login(self.aino)
        letter = {
            "customer": "katja.orlova@posti.example",
            "name": "Sisko Salo",
            "address": "sisko.salo@posti.example",
            "mailbox": self.north_mailbox.pk,
            "subject": "Reititin",
            "text": "Missä reitittimeni viipyy?",
        }

        self.client.post("/tray/write/", letter)
        self.run_tasks()

        customer = Message.objects.get(raw_item_id=RawItem.objects.latest("pk").pk).case.customer
        assert customer is not None
        self.assertEqual(customer.name, "Sisko Salo")
        amiss = self.client.post("/tray/write/", letter | {"address": "sisko.salo"})
        self.assertEqual(amiss.status_code, 422)
        self.assertNotContains(amiss, "Choose a customer or write an address.", status_code=422)

    @override_settings(DEMO=True)
    def test_a_letter_without_a_writer_is_not_sent(self) -> None:
        self.client.force_login(self.aino)

        response = self.client.post("/tray/write/", {"subject": "x", "text": "y", "mailbox": self.north_mailbox.pk})

        self.assertContains(response, "Choose a customer or write an address.", status_code=422)
        self.assertNotIn(BUSINESS_ADDRESS, str(list(RawItem.objects.values_list("source", flat=True))))
