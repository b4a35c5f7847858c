"""The source of a letter, for those who may see it."""

from __future__ import annotations

from valtti.channels.testing import ChannelsTestCase, written
from valtti.core.models import AuditEntry
from valtti.desk.models import Case, Message


class SourcePageTests(ChannelsTestCase):
    def test_the_lead_reads_the_source_and_it_is_noted(self) -> None:
        item = self.read(written(subject="Lasku", headers=[("X-Odd", "<script>alert(1)</script>")]))
        self.client.force_login(self.veikko)

        page = self.client.get(f"/raw/{item.pk}/")

        self.assertContains(page, "It was filed as a message.")
        self.assertContains(page, "X-Odd: &lt;script&gt;alert(1)&lt;/script&gt;")
        self.assertContains(page, "text/plain")
        self.assertTrue(AuditEntry.objects.filter(what="source.read", subject_id=item.pk, who=self.veikko.pk).exists())

    def test_a_restricted_case_keeps_its_letters_from_who_is_not_let_in(self) -> None:
        item = self.read(written())
        case = Message.objects.get(raw_item_id=item.pk).case
        Case.objects.filter(pk=case.pk).update(restricted=True)
        self.client.force_login(self.veikko)

        self.assertEqual(self.client.get(f"/cases/{case.pk}/").status_code, 404)
        self.assertEqual(self.client.get(f"/raw/{item.pk}/").status_code, 404)
        self.assertEqual(self.client.get(f"/raw/{item.pk}/letter.eml").status_code, 404)

    def test_the_file_is_only_ever_a_download(self) -> None:
        item = self.read(written())
        self.client.force_login(self.veikko)

        answer = self.client.get(f"/raw/{item.pk}/letter.eml")

        self.assertEqual(answer.content, written())
        self.assertIn("attachment", answer["Content-Disposition"])
        self.assertIn("sandbox", answer["Content-Security-Policy"])

    def test_a_link_names_the_letter_held_already(self) -> None:
        first = self.read(written(message_id="x@posti.example"))
        again = self.read(written(message_id="x@posti.example"))
        self.client.force_login(self.veikko)

        self.assertContains(self.client.get(f"/raw/{again.pk}/"), f"/raw/{first.pk}/")
