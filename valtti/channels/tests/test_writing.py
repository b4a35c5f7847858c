"""Writing as a customer: the bytes are a real letter, and nothing typed becomes a header."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header

from django.test import override_settings

from valtti.channels.actions.writing import write_as_customer
from valtti.channels.models import RawItem
from valtti.channels.queries import tray
from valtti.channels.testing import ChannelsTestCase, written
from valtti.core import files
from valtti.core.models import OutgoingPost
from valtti.desk.models import Message


class WritingTests(ChannelsTestCase):
    def writes(self, answer_to: OutgoingPost | None = None, **changes: str) -> RawItem:
        given = {"name": "Pekka Lehtonen", "address": "pekka.lehtonen@posti.example", "subject": "Hei", "text": "Moi"}
        return write_as_customer(mailbox=self.north_mailbox, answer_to=answer_to, **(given | changes))

    def answered(self) -> OutgoingPost:
        case = Message.objects.get(raw_item_id=self.read(written()).pk).case
        return self.post_of(self.settled(self.answer(case=case)))

    def test_it_is_a_letter_like_any_other(self) -> None:
        letter = message_from_bytes(files.read(self.writes().sha256))

        self.assertEqual(letter["To"], self.north_mailbox.address)
        self.assertRegex(letter["Message-ID"], r"^<[0-9a-f]{24}@posti\.example>$")
        self.assertIsNone(letter["In-Reply-To"])

    def test_an_answer_names_the_letter_it_answers(self) -> None:
        post = self.answered()

        letter = message_from_bytes(files.read(self.writes(post).sha256))

        self.assertEqual(letter["In-Reply-To"], f"<{post.message_id}>")
        self.assertIn(f"<{post.message_id}>", letter["References"].split())

    def test_names_in_any_script_come_through(self) -> None:
        item = self.writes(name="Катя Орлова", subject="Роутер 📦", text="Где он?")
        self.run_tasks()

        message = Message.objects.get(raw_item_id=item.pk)
        self.assertEqual((message.author_name, message.subject), ("Катя Орлова", "Роутер 📦"))

    def test_two_letters_of_one_moment_are_two(self) -> None:
        self.assertNotEqual(self.writes().external_id, self.writes().external_id)

    def test_the_letter_answered_is_quoted_below(self) -> None:
        post = self.answered()

        begun = tray.answer_begun(post)

        self.assertEqual(begun["customer"], "pekka.lehtonen@posti.example")
        self.assertEqual(begun["subject"][:4], "Re: ")
        self.assertTrue(all(line.startswith(">") for line in begun["text"].strip().splitlines()))
        self.assertEqual(tray.answer_begun(None), {})

    @override_settings(DEMO=True)
    def test_a_line_end_in_a_field_is_no_new_header(self) -> None:
        self.client.force_login(self.aino)
        given = {"customer": "", "address": "a@posti.example", "mailbox": self.north_mailbox.pk, "text": "x"}

        for name in ("subject", "name"):
            with self.subTest(name=name):
                posted = {"subject": "Hei", **given, name: "x\r\nBcc: victim@posti.example"}
                self.assertContains(
                    self.client.post("/tray/write/", posted), "Write this on one line.", status_code=422
                )
        self.assertFalse(RawItem.objects.exists())

    def test_a_line_separator_is_a_blank(self) -> None:
        letter = message_from_bytes(files.read(self.writes(subject="yksi\u2028kaksi", name="a\x0cb").sha256))

        self.assertEqual(str(make_header(decode_header(letter["Subject"]))), "yksi kaksi")

    @override_settings(DEMO=True)
    def test_an_address_that_is_none_is_said(self) -> None:
        self.client.force_login(self.aino)
        given = {"customer": "", "address": "not an address", "subject": "x", "text": "y"}

        response = self.client.post("/tray/write/", given | {"mailbox": self.north_mailbox.pk})

        self.assertEqual(response.status_code, 422)

    def test_a_letter_not_built_yet_has_no_html(self) -> None:
        self.assertEqual(tray.html_of(OutgoingPost()), "")

    @override_settings(DEMO=True)
    def test_the_tray_is_paged_by_number(self) -> None:
        self.client.force_login(self.outi)
        post = self.answered()

        self.assertContains(self.client.get(f"/tray/?before={post.pk + 1}"), "pekka.lehtonen@posti.example")
        self.assertNotContains(self.client.get(f"/tray/?before={post.pk}"), "Re: Lasku")
        self.assertEqual(self.client.get("/tray/?before=x'--").status_code, 200)
