"""Raw first: what comes in is kept, read, and ends in exactly one fate."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from django.db import OperationalError, connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from valtti.channels import ingest
from valtti.channels.actions import quarantine as deeds
from valtti.channels.email.child import Allowed, Parser
from valtti.channels.ingest import reading
from valtti.channels.models import Filing, Quarantine, RawItem, Refusal
from valtti.channels.testing import BUSINESS_ADDRESS, NORTH_ADDRESS, ChannelsTestCase, written
from valtti.core import clock, files
from valtti.core.models import OutgoingPost
from valtti.desk.models import Case, Message


class KeepingTests(ChannelsTestCase):
    def test_bytes_are_kept_before_anything_looks_inside(self) -> None:
        raw = b"\xff\x00 not a letter at all"

        item = self.arrives(raw)

        self.assertEqual(files.read(item.sha256), raw)
        self.assertEqual((item.message_id, item.body_sha256), ("", ""))
        self.assertEqual(ingest.balance(self.north_mailbox).waiting, 1)

    def test_the_same_letter_five_times_is_one_message(self) -> None:
        raw = written(message_id="lasku-1@posti.example")

        kept = [self.arrives(raw, external_id="7:42") for _time in range(5)]
        self.run_tasks()

        self.assertEqual([item.already_held for item in kept], [False, True, True, True, True])
        self.assertEqual(Message.objects.filter(message_id="lasku-1@posti.example").count(), 1)
        self.assertEqual(ingest.balance(self.north_mailbox).received, 1)

    def test_reading_twice_changes_nothing(self) -> None:
        item = self.read(written())

        again = ingest.interpret(item)

        self.assertEqual(again, item.filing)
        self.assertEqual(Message.objects.filter(raw_item_id=item.pk).count(), 1)


class FatesTests(ChannelsTestCase):
    def test_a_customers_letter_becomes_a_case_of_the_mailboxs_team(self) -> None:
        item = self.read(written(subject="Lasku on väärin"))

        message = Message.objects.get(raw_item_id=item.pk)
        self.assertEqual(item.filing.as_what, "message")
        self.assertEqual(item.filing.subject_id, message.pk)
        self.assertEqual((message.case.team, message.case.title), (self.north, "Lasku on väärin"))
        self.assertEqual(message.mailbox, NORTH_ADDRESS)
        self.assertTold("message.received", message)

    def test_a_letter_under_a_new_number_is_linked(self) -> None:
        raw = written(message_id="one@posti.example")
        first = self.read(raw, external_id="1:7")

        again = self.read(raw, external_id="2:1")

        self.assertEqual((again.filing.as_what, again.filing.same_as), ("link", first))
        self.assertEqual(Message.objects.filter(message_id="one@posti.example").count(), 1)

    def test_the_same_letter_at_two_of_our_addresses_is_one_message(self) -> None:
        raw = written(message_id="both@posti.example", to=f"{NORTH_ADDRESS}, {BUSINESS_ADDRESS}")
        first = self.read(b"Received: by north\r\n" + raw)

        second = self.read(b"Received: by business\r\n" + raw, self.business_mailbox)

        self.assertEqual((second.filing.as_what, second.filing.same_as), ("link", first))

    def test_a_letter_of_our_own_people_waits_for_a_person(self) -> None:
        item = self.read(written(sender="Aino Korhonen <aino.korhonen@kaiku.example>"))

        row = item.quarantines.get()
        self.assertEqual((row.why, row.shown["sender"]), ("own_staff", "aino.korhonen@kaiku.example"))
        self.assertTold("mail.quarantined", row)
        self.assertFalse(Message.objects.filter(raw_item_id=item.pk).exists())

    def test_a_letter_of_our_other_mailbox_waits_too(self) -> None:
        item = self.read(written(sender=BUSINESS_ADDRESS))

        self.assertEqual(item.quarantines.get().why, "own_staff")

    def test_our_own_letter_that_comes_back_is_refused(self) -> None:
        answer = self.settled(self.answer(case=self.pekkas_case()))
        post = self.post_of(answer)

        item = self.read(files.read(post.letter_sha256))

        self.assertEqual(item.refusal.rule, "own_loop")
        self.assertEqual(ingest.balance(self.north_mailbox).refused, 1)

    def test_another_houses_mark_is_no_loop_of_ours(self) -> None:
        item = self.read(written(headers=[("X-Valtti-Loop", "f" * 32)]))

        self.assertFalse(Refusal.objects.filter(raw_item=item).exists())

    def test_a_blocked_sender_is_refused_by_name_of_the_rule(self) -> None:
        first = self.read(written(sender="aino.korhonen@kaiku.example"))
        Quarantine.objects.filter(raw_item=first).update(shown={"sender": "pekka.lehtonen@posti.example"})
        deeds.refuse_letter(quarantine=first.quarantines.get(), by=self.veikko, block_sender=True)

        item = self.read(written())

        self.assertEqual(item.refusal.rule, "blocked")

    def test_a_poisoned_letter_among_a_hundred_delays_no_other(self) -> None:
        letters = [self.arrives(written(subject=f"Lasku {number}"), later=False) for number in range(99)]
        letters.insert(50, self.arrives(written(subject="Myrkky"), later=False))

        with failing_inserts(lambda params: "Myrkky" in str(params), ValueError("broken")):
            fates = list(ingest.interpret_many(letters))

        self.assertEqual(sum(isinstance(fate, Filing) for fate in fates), 99)
        poisoned = letters[50].quarantines.get()
        self.assertEqual((poisoned.why, poisoned.detail), ("filing_failed", "ValueError"))
        self.assertEqual(ingest.balance(self.north_mailbox).waiting, 0)

    def test_a_letter_that_ends_its_reader_waits_for_a_person_and_the_next_is_filed(self) -> None:
        reading._idle.clear()
        reading._spare(Parser(allowed=Allowed(wall_seconds=0)))
        item, following = (self.arrives(written(subject=words), later=False) for words in ("Raskas", "Kevyt"))

        ingest.interpret(item)
        reading._idle.clear()
        ingest.interpret(following)

        row = item.quarantines.get()
        self.assertEqual((row.why, row.shown["subject"]), ("reader_killed", "Raskas"))
        self.assertEqual(following.filing.as_what, "message")

    def test_a_letter_over_a_cap_is_a_case_with_a_notice_and_never_dropped(self) -> None:
        item = self.read(written(subject="Pitkä", headers=[("X-Long", "y" * 70_000)]))

        self.assertEqual(Message.objects.get(raw_item_id=item.pk).notice, "not_shown_safely")

    def test_files_and_html_are_stored_by_their_hash(self) -> None:
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"], letter["Subject"] = "pekka.lehtonen@posti.example", NORTH_ADDRESS, "Kuva"
        letter.set_content("Katso liite.")
        letter.add_alternative("<p onclick='x()'>Katso <b>liite</b>.</p><script>x()</script>", subtype="html")
        letter.add_attachment(b"%PDF-1.4 lasku", maintype="application", subtype="pdf", filename="lasku.pdf")

        message = Message.objects.get(raw_item_id=self.read(letter.as_bytes()).pk)

        file = message.files.get()
        self.assertEqual((file.name, files.read(file.sha256)), ("lasku.pdf", b"%PDF-1.4 lasku"))
        html = files.read(message.html_sha256)
        self.assertIn(b"<b>liite</b>", html)
        self.assertNotIn(b"x()", html)

    def test_a_database_that_is_away_is_no_fault_of_the_letter(self) -> None:
        item = self.arrives(written(), later=False)

        with self.assertRaises(OperationalError), failing_inserts(lambda _params: True, OperationalError("locked")):
            ingest.interpret(item)

        self.assertEqual(ingest.balance(self.north_mailbox).waiting, 1)

    def test_a_nul_anywhere_stops_no_database(self) -> None:
        raw = written(headers=[("X-Odd", "a\0b")]).replace(b"Lasku", b"La\0sku")

        item = self.read(raw)

        self.assertEqual(item.filing.as_what, "message")
        self.assertEqual(files.read(item.sha256), raw)
        self.assertNotIn("\0", Message.objects.get(raw_item_id=item.pk).subject)

    def test_old_mail_is_taken_silently(self) -> None:
        with clock.at(clock.now() - timedelta(days=900)):
            raw = written(subject="Vanha asia")

        item = self.read(raw, silent=True)
        self.run_tasks()

        message = Message.objects.get(raw_item_id=item.pk)
        self.assertEqual(message.at.year, 2024)
        self.assertFalse(OutgoingPost.objects.filter(facts__case_id=message.case_id).exists())

    def pekkas_case(self) -> Case:
        return Message.objects.get(raw_item_id=self.read(written()).pk).case


class BalanceTests(ChannelsTestCase):
    def test_received_is_filed_and_quarantined_and_refused(self) -> None:
        dice = random.Random(7)
        kinds = [
            lambda n: written(subject=f"Asia {n}"),
            lambda n: written(subject=f"Muistio {n}", sender="aino.korhonen@kaiku.example"),
            lambda n: written(message_id="same@posti.example"),
            lambda n: bytes(dice.randrange(256) for _ in range(200)),
            lambda n: b"",
        ]
        for number in range(60):
            item = self.arrives(dice.choice(kinds)(number), later=dice.random() < 0.5)
            if dice.random() < 0.5:
                ingest.interpret(item)
        RawItem.objects.update(received_at=clock.now() - timedelta(hours=1))
        from valtti.channels.tasks import sweep

        sweep.call()

        count = ingest.balance(self.north_mailbox)
        self.assertEqual(count.received, 60)
        self.assertEqual(count.waiting, 0)
        self.assertEqual(count.received, count.filed + count.quarantined + count.refused)

    def test_a_day_is_counted_apart(self) -> None:
        self.read(written(subject="Tänään"))
        with clock.at(clock.now() - timedelta(days=1)):
            self.read(written(subject="Eilen"))

        days = ingest.balance_per_day(self.north_mailbox, since=clock.now() - timedelta(days=3))

        self.assertEqual([(str(day.on), day.filed) for day in days], [("2026-11-19", 1), ("2026-11-20", 1)])


class DryRunTests(ChannelsTestCase):
    def test_a_look_writes_nothing_even_of_what_stands_in_quarantine(self) -> None:
        item = self.read(written(sender="aino.korhonen@kaiku.example", message_id="staff@kaiku.example"))
        RawItem.objects.filter(pk=item.pk).update(message_id="", body_sha256="")

        ingest.replay(items=RawItem.objects.filter(pk=item.pk), dry_run=True)

        item.refresh_from_db()
        self.assertEqual((item.message_id, item.body_sha256), ("", ""))


@contextmanager
def failing_inserts(when: Callable[[Any], bool], fault: Exception) -> Iterator[None]:
    """While it lasts the database does not take some of what the desk writes."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "desk_message"') and when(params):
            raise fault
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


class FaultsTests(HypothesisTestCase, ChannelsTestCase):
    @settings(max_examples=25)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["person", "staff", "same", "bytes", "empty", "loop"]),
                st.sampled_from(["", "read", "die", "twice", "again"]),
            ),
            max_size=12,
        )
    )
    def test_the_balance_is_even_after_any_faults(self, turns: list[tuple[str, str]]) -> None:
        for number, (kind, deed) in enumerate(turns):
            item = self.arrives(self.letter(kind, number), external_id=f"9:{number}", later=False)
            match deed:
                case "read" | "twice":
                    ingest.interpret(item)
                case "die":
                    with suppress(OperationalError), failing_inserts(lambda _p: True, OperationalError("locked")):
                        ingest.interpret(item)
                case "again":
                    self.arrives(self.letter(kind, number), external_id=f"9:{number}", later=False)
            if deed == "twice":
                ingest.interpret(item)
        list(ingest.interpret_many(RawItem.objects.waiting().select_related("mailbox__team")))
        before = ingest.balance(self.north_mailbox)
        ingest.replay(items=RawItem.objects.all())

        self.assertEqual(before, ingest.balance(self.north_mailbox))
        self.assertEqual((before.received, before.waiting), (len(turns), 0))

    def letter(self, kind: str, number: int) -> bytes:
        match kind:
            case "staff":
                return written(sender="aino.korhonen@kaiku.example", subject=f"Muistio {number}")
            case "same":
                return written(message_id="same@posti.example")
            case "bytes":
                return bytes((number * 37 + place * 91) % 256 for place in range(300))
            case "empty":
                return b""
            case "loop":
                return written(headers=[("X-Valtti-Loop", f"{'0' * 32}@kaiku.example")])
            case _:
                return written(subject=f"Asia {number}")
