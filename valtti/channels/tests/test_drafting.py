"""From a read letter to what the desk is told: who wrote, what is proven, what is missing."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from django.test import override_settings

from valtti.channels import ingest
from valtti.channels.email import drafting, thread
from valtti.channels.email.secrets import loop_marker, reply_keys
from valtti.channels.ingest.reading import Readers
from valtti.channels.models import Mailbox, RawItem
from valtti.channels.testing import NORTH_ADDRESS, ChannelsTestCase, written
from valtti.core import clock, files
from valtti.desk.letter import Letter
from valtti.desk.models import Message


class DraftingTestCase(ChannelsTestCase):
    def letter(self, raw: bytes, **more: Any) -> Letter:
        item = self.arrives(raw, later=False, **more)
        item = RawItem.objects.select_related("mailbox__team").get(pk=item.pk)
        with Readers() as readers, readers.read(item) as reading:
            return drafting.letter(item, reading)

    def token(self, *, expires_in: int = 400, case_id: int | None = None) -> str:
        point = self.katja.contact_points.get(kind="email")
        return thread.make_token(
            case_id=case_id or self.kettle.pk,
            contact_point_id=point.pk,
            expires_on=(clock.now() + timedelta(days=expires_in)).date(),
            keys=reply_keys(),
        )


class LetterTests(DraftingTestCase):
    def test_the_writer_is_matched_in_one_form_and_shown_as_written(self) -> None:
        letter = self.letter(written(sender="Matti Meikäläinen <Matti@POSTI.example>"))

        assert letter.sender is not None
        self.assertEqual((letter.sender.address, letter.sender.shown), ("matti@posti.example", "Matti@posti.example"))
        self.assertEqual(letter.sender.name, "Matti Meikäläinen")

    def test_the_writer_is_never_who_is_to_be_answered(self) -> None:
        raw = written(headers=[("Reply-To", "other@posti.example")])

        sender = self.letter(raw).sender

        assert sender is not None
        self.assertEqual(sender.address, "pekka.lehtonen@posti.example")

    def test_everybody_addressed_is_named(self) -> None:
        raw = written(to=f"{NORTH_ADDRESS}, Isäntä <isanta@posti.example>", headers=[("Cc", "emanta@posti.example")])

        letter = self.letter(raw)

        self.assertEqual([person.address for person in letter.to], [NORTH_ADDRESS, "isanta@posti.example"])
        self.assertEqual([person.address for person in letter.cc], ["emanta@posti.example"])

    def test_a_name_that_looks_like_another_address_is_marked(self) -> None:
        sender = self.letter(written(sender='"pankki@iso.example" <huijari@posti.example>')).sender

        assert sender is not None
        self.assertTrue(sender.deceptive)

    def test_a_letter_without_a_writer_has_none(self) -> None:
        letter = self.letter(b"Subject: Kuka?\r\n\r\nEi nimea.\r\n")

        self.assertIsNone(letter.sender)
        self.assertEqual(letter.text.strip(), "Ei nimea.")

    def test_old_quotes_are_folded_and_nothing_is_lost(self) -> None:
        raw = written(
            text="Kiitos!\n\nTi 3.11.2026 klo 9.12 Aino <a@kaiku.example> kirjoitti:\n> Hei,\n> lasku on korjattu.\n"
        )

        letter = self.letter(raw)

        shown = "".join(letter.text[start:end] for start, end in letter.ranges)
        self.assertIn("Kiitos!", shown)
        self.assertNotIn("korjattu", shown)
        self.assertIn("korjattu", letter.text)
        self.assertTrue(all(set(stretch) == {"kind", "start", "end", "rule"} for stretch in letter.hidden))

    def test_the_nearest_letter_of_a_thread_comes_first(self) -> None:
        raw = written(headers=[("References", "<a@x.example> <b@x.example>"), ("In-Reply-To", "<b@x.example>")])

        self.assertEqual(self.letter(raw).earlier_ids, ("b@x.example", "a@x.example"))

    def test_an_automatic_letter_is_known_and_not_answered(self) -> None:
        letter = self.letter(written(headers=[("Auto-Submitted", "auto-replied")]))

        self.assertTrue(letter.is_automatic)
        self.assertFalse(letter.may_be_answered_automatically)

    def test_trust_is_read_from_the_one_server_the_mailbox_names(self) -> None:
        claim = ("Authentication-Results", "mx.kaiku.example; dmarc=pass header.from=posti.example")
        self.assertEqual(self.letter(written(headers=[claim])).trust, "unknown")
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(authserv_id="mx.kaiku.example")

        self.assertEqual(self.letter(written(headers=[claim])).trust, "verified")
        self.assertEqual(self.letter(written()).trust, "unverified")

    def test_old_mail_from_files_counts_from_the_day_it_names(self) -> None:
        with clock.at(clock.now() - timedelta(days=700)):
            raw = written()

        self.assertEqual(self.letter(raw, silent=True).received_at, clock.now() - timedelta(days=700))
        self.assertEqual(self.letter(raw).received_at, clock.now())

    def test_a_date_in_the_future_is_not_believed(self) -> None:
        with clock.at(clock.now() + timedelta(days=700)):
            raw = written()

        self.assertEqual(self.letter(raw, silent=True).received_at, clock.now())

    def test_files_are_kept_before_the_desk_hears_of_them(self) -> None:
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"], letter["Subject"] = "pekka.lehtonen@posti.example", NORTH_ADDRESS, "Kuva"
        letter.set_content("Liitteenä.")
        letter.add_attachment(
            b"\x89PNG\r\n\x1a\n" + b"0" * 20, maintype="image", subtype="png", filename="../../kuva.png"
        )

        file = self.letter(letter.as_bytes()).files[0]

        self.assertEqual(files.read(file.sha256)[:4], b"\x89PNG")
        self.assertNotIn("/", file.safe_name)
        self.assertEqual((file.sniffed_type, file.state), ("image/png", "ok"))


class TokenTests(DraftingTestCase):
    def seen(self, token: str, where: str = "References") -> Letter:
        identifier = f"<{thread.message_id(token, 'kaiku.example')}>"
        return self.letter(written(headers=[(where, identifier)]))

    def test_a_true_token_names_its_case_and_recipient(self) -> None:
        letter = self.seen(self.token())

        assert letter.token is not None
        self.assertEqual(
            (letter.token.case_id, letter.token.expired, letter.token_broken), (self.kettle.pk, False, False)
        )

    def test_the_reply_address_carries_it_too(self) -> None:
        address = thread.reply_address("posti@kaiku.example", self.token())

        letter = self.letter(written(to=str(address)))

        assert letter.token is not None
        self.assertEqual(letter.token.case_id, self.kettle.pk)

    def test_an_expired_token_says_so(self) -> None:
        letter = self.seen(self.token(expires_in=-1))

        assert letter.token is not None
        self.assertTrue(letter.token.expired)

    def test_a_token_changed_by_one_sign_is_broken(self) -> None:
        token = self.token()
        changed = token[:20] + ("a" if token[20] != "a" else "b") + token[21:]

        letter = self.seen(changed)

        self.assertEqual((letter.token, letter.token_broken), (None, True))

    @override_settings(SECRET_KEYS=["another key of another house"])
    def foreign(self) -> str:
        return self.token()

    def test_a_token_of_another_house_is_broken(self) -> None:
        letter = self.seen(self.foreign())

        self.assertEqual((letter.token, letter.token_broken), (None, True))

    def test_a_token_signed_before_a_new_key_still_verifies(self) -> None:
        from django.conf import settings

        token = self.token()
        with override_settings(SECRET_KEYS=["a newer key", *settings.SECRET_KEYS]):
            letter = self.seen(token)

        assert letter.token is not None
        self.assertEqual(letter.token.case_id, self.kettle.pk)

    def test_a_stranger_with_a_true_token_waits_to_be_let_in(self) -> None:
        identifier = f"<{thread.message_id(self.token(), 'kaiku.example')}>"
        item = self.read(written(sender="vieras@muu.example", headers=[("References", identifier)]))

        message = Message.objects.get(raw_item_id=item.pk)
        self.assertEqual((message.case, message.pending), (self.kettle, True))

    def test_a_case_number_alone_threads_nothing(self) -> None:
        item = self.read(written(subject=f"Re: {self.kettle.reference}", sender="katja.orlova@posti.example"))

        self.assertNotEqual(Message.objects.get(raw_item_id=item.pk).case, self.kettle)

    def test_the_houses_mark_is_the_same_each_time_and_tells_nothing(self) -> None:
        self.assertEqual(loop_marker(), loop_marker())
        with override_settings(SECRET_KEYS=["another"]):
            other = loop_marker()
        self.assertNotEqual(loop_marker(), other)


class NoticeTests(DraftingTestCase):
    def test_what_is_missing_is_said(self) -> None:
        whole = self.read(written())
        left = self.read(written(subject="Iso"), envelope={"left_on_server": True, "uid": 5})

        notices = {item: Message.objects.get(raw_item_id=item.pk).notice for item in (whole, left)}

        self.assertEqual(list(notices.values()), ["", "left_on_server"])
        self.assertEqual(ingest.balance(self.north_mailbox).filed, 2)
