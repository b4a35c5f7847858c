"""`valtti mail ingest | replay`: one line that adds up, whatever lies in the files."""

from __future__ import annotations

import json
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from valtti.channels import ingest
from valtti.channels.models import Mailbox, RawItem
from valtti.channels.testing import ChannelsTestCase, written
from valtti.core.models import OutgoingPost
from valtti.desk.models import Case, Message

OPEN_SETS = Path(__file__).parents[1] / "email" / "tests" / "open"
KEYS = {
    *("schema", "mailbox", "run", "received", "filed", "quarantined", "refused", "waiting"),
    *("already_held", "items"),
}
ADDRESS = "arkisto@kaiku.example"


class CommandTestCase(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def lay(self, name: str, raw: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(raw)
        return path

    def mail(self, *arguments: object) -> dict[str, Any]:
        out, self.said = StringIO(), StringIO()
        call_command("mail", *map(str, arguments), "--format", "json", stdout=out, stderr=self.said)
        lines = out.getvalue().splitlines()
        self.assertEqual(len(lines), 1)
        line: dict[str, Any] = json.loads(lines[0])
        self.assertEqual(set(line), KEYS)
        self.assertEqual(line["received"], line["filed"] + line["quarantined"] + line["refused"] + line["waiting"])
        return line


class IngestTests(CommandTestCase):
    def test_a_letter_becomes_a_case_and_the_line_adds_up(self) -> None:
        self.lay("one.eml", written(subject="Lasku"))
        self.lay("notes.txt", b"not a letter")

        line = self.mail("ingest", "--mailbox", ADDRESS, "--team", "north", "--items", self.folder)

        self.assertEqual((line["schema"], line["received"], line["filed"]), ("valtti.mail.balance/1", 1, 1))
        self.assertEqual(line["items"][0]["case"], Case.objects.latest("pk").reference)
        self.assertIn("notes.txt", self.said.getvalue())
        self.assertEqual(Mailbox.objects.get(address=ADDRESS).team, self.north)

    def test_the_second_run_changes_nothing_and_says_so(self) -> None:
        path = self.lay("one.eml", written())
        self.mail("ingest", "--mailbox", ADDRESS, path)

        line = self.mail("ingest", "--mailbox", ADDRESS, path)

        self.assertEqual((line["received"], line["filed"], line["already_held"]), (1, 1, 1))
        self.assertEqual(line["items"], [])
        self.assertEqual(RawItem.objects.filter(source=ADDRESS).count(), 1)

    def test_a_bare_body_given_by_name_is_taken(self) -> None:
        path = self.lay("reply.txt", b"Hei,\n\nmiss\xc3\xa4 reititin on?\n")

        line = self.mail("ingest", "--mailbox", ADDRESS, path)

        self.assertEqual(line["filed"], 1)
        self.assertIn("missä reititin on?", Message.objects.latest("pk").text)

    def test_old_mail_sends_nothing(self) -> None:
        before = OutgoingPost.objects.count()

        self.mail("ingest", "--mailbox", ADDRESS, "--silent", self.lay("one.eml", written()))
        self.run_tasks()

        self.assertEqual(OutgoingPost.objects.count(), before)

    def test_wrong_usage_is_said_in_words(self) -> None:
        with self.assertRaisesMessage(CommandError, "There is no file or folder"):
            self.mail("ingest", "--mailbox", ADDRESS, self.folder / "missing.eml")
        with self.assertRaisesMessage(CommandError, "There is no team"):
            self.mail("ingest", "--mailbox", ADDRESS, "--team", "nowhere", self.folder)

    def test_people_get_lines_to_read(self) -> None:
        out = StringIO()
        path = self.lay("one.eml", written())

        call_command("mail", "ingest", "--mailbox", ADDRESS, "--items", str(path), stdout=out)

        self.assertIn("one.eml · filed · message", out.getvalue())
        self.assertIn(f"{ADDRESS}: received 1, filed 1, quarantined 0", out.getvalue())

    def test_every_letter_of_the_open_sets_comes_in_and_the_balance_is_even(self) -> None:
        letters = [path for path in sorted(OPEN_SETS.rglob("*")) if path.suffix == ".eml"]
        bodies = sorted((OPEN_SETS / "zapier-email-reply-parser").rglob("*.txt"))
        self.assertGreater(len(letters), 50)

        line = self.mail("ingest", "--mailbox", ADDRESS, OPEN_SETS, *bodies)

        self.assertEqual(line["received"], len(letters) + len(bodies))
        self.assertEqual(line["waiting"], 0)
        self.assertLess(line["quarantined"], 3)
        self.assertEqual(ingest.balance(Mailbox.objects.get(address=ADDRESS)).waiting, 0)


class ReplayTests(CommandTestCase):
    def test_replay_changes_no_count_and_makes_no_second_message(self) -> None:
        for number in range(3):
            self.lay(f"{number}.eml", written(subject=f"Asia {number}"))
        self.lay("staff.eml", written(sender="aino.korhonen@kaiku.example"))
        first = self.mail("ingest", "--mailbox", ADDRESS, self.folder)
        messages, posts = Message.objects.count(), OutgoingPost.objects.count()

        again = self.mail("replay", "--mailbox", ADDRESS)

        counts = ("received", "filed", "quarantined", "refused")
        self.assertEqual([again[name] for name in counts], [first[name] for name in counts])
        self.assertEqual((Message.objects.count(), OutgoingPost.objects.count()), (messages, posts))

    def test_what_is_derived_is_brought_up_to_date_and_listed(self) -> None:
        self.mail("ingest", "--mailbox", ADDRESS, self.lay("one.eml", written(text="Hei!\n\nUusi teksti.")))
        message = Message.objects.latest("pk")
        Message.objects.filter(pk=message.pk).update(text="stale", ranges=[])

        looked = self.mail("replay", "--mailbox", ADDRESS, "--dry-run", "--items")
        message.refresh_from_db()
        self.assertEqual(message.text, "stale")
        done = self.mail("replay", "--mailbox", ADDRESS, "--items")

        message.refresh_from_db()
        self.assertIn("Uusi teksti.", message.text)
        self.assertEqual(looked["items"][0]["differences"], done["items"][0]["differences"])
        self.assertIn("text", done["items"][0]["differences"])

    def test_only_the_wanted_state_is_read(self) -> None:
        self.lay("one.eml", written())
        self.lay("staff.eml", written(sender="aino.korhonen@kaiku.example"))
        self.mail("ingest", "--mailbox", ADDRESS, self.folder)

        line = self.mail("replay", "--state", "quarantined", "--since", "2026-01-01")

        self.assertEqual((line["received"], line["quarantined"], line["mailbox"]), (1, 1, None))

    def test_a_quarantined_letter_that_can_be_filed_now_is_filed(self) -> None:
        self.mail("ingest", "--mailbox", ADDRESS, self.lay("one.eml", written(sender="aino.korhonen@kaiku.example")))
        self.aino.__class__.objects.filter(pk=self.aino.pk).update(is_active=False)

        line = self.mail("replay", "--mailbox", ADDRESS)

        self.assertEqual((line["filed"], line["quarantined"]), (1, 0))

    def test_a_date_that_is_none_is_said(self) -> None:
        with self.assertRaisesMessage(CommandError, "is not a date"):
            self.mail("replay", "--since", "yesterday")
