"""Letters that could not be read: seen, filed by hand, refused."""

from __future__ import annotations

from valtti.channels import ingest
from valtti.channels.forms.quarantine import NoteForm
from valtti.channels.models import Block, Filing, Quarantine
from valtti.channels.testing import ChannelsTestCase, written
from valtti.desk.models import Message


class QuarantinePagesTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.item = self.read(written(sender="Aino Korhonen <aino.korhonen@kaiku.example>", subject="Sisäinen"))
        self.row = self.item.quarantines.get()
        self.url = f"/quarantine/{self.row.pk}/"
        self.client.force_login(self.veikko)

    def test_the_lead_reads_why_and_what(self) -> None:
        self.assertContains(self.client.get("/quarantine/"), "Sisäinen")
        page = self.client.get(self.url)
        self.assertContains(page, "It comes from one of our own addresses.")
        self.assertContains(page, "Laskussa on väärä summa.")
        self.assertNotContains(page, "File it as a case")

    def test_a_letter_of_our_own_people_becomes_a_note(self) -> None:
        response = self.client.post(f"{self.url}note/", {"case": self.kettle.reference})

        self.assertEqual(response.status_code, 303)
        message = Message.objects.get(raw_item_id=self.item.pk)
        self.assertEqual((message.case, message.direction), (self.kettle, "note"))
        self.row.refresh_from_db()
        self.assertEqual((self.row.released_by, self.row.released_as), (self.veikko, "note"))
        self.assertEqual(ingest.balance(self.north_mailbox).filed, 1)

    def test_who_only_coaches_in_the_team_of_the_case_files_nothing_there(self) -> None:
        form = NoteForm({"case": self.kettle.reference}, user=self.liisa)

        self.assertEqual(form.errors["case"], ["There is no case of this number among those you can see."])

    def test_a_number_of_no_visible_case_is_said(self) -> None:
        response = self.client.post(f"{self.url}note/", {"case": "V-999999-X"})

        self.assertContains(response, "There is no case of this number among those you can see.", status_code=422)

    def test_it_never_becomes_a_customers_case(self) -> None:
        response = self.client.post(f"{self.url}case/")

        self.assertEqual(response.status_code, 409)
        self.assertFalse(Filing.objects.filter(raw_item=self.item).exists())

    def test_what_could_not_be_read_by_itself_is_filed_by_hand(self) -> None:
        item = self.read(written(subject="Vaikea"))
        item.filing.delete()
        Message.objects.filter(raw_item_id=item.pk).delete()
        row = Quarantine.objects.create(raw_item=item, why="reader_killed", interpreter="x")

        self.client.post(f"/quarantine/{row.pk}/case/")

        self.assertEqual(Message.objects.get(raw_item_id=item.pk).case.title, "Vaikea")
        self.assertTold("mail.released", row)

    def test_a_second_decision_hears_that_somebody_was_faster(self) -> None:
        self.client.post(f"{self.url}refusal/", {})

        self.assertEqual(self.client.post(f"{self.url}refusal/", {}).status_code, 409)
        self.assertEqual(self.item.refusal.rule, "by_hand")

    def test_a_blocked_sender_can_write_again_when_let(self) -> None:
        item = self.read(written(sender="roska@posti.example"))
        item.filing.delete()
        row = Quarantine.objects.create(
            raw_item=item, why="filing_failed", interpreter="x", shown={"sender": "roska@posti.example"}
        )
        self.client.post(f"/quarantine/{row.pk}/refusal/", {"block_sender": "on"})
        block = Block.objects.get()
        self.assertContains(self.client.get("/quarantine/"), "roska@posti.example")

        self.client.post(f"/blocks/{block.pk}/lifting/")

        block.refresh_from_db()
        self.assertEqual(block.lifted_by, self.veikko)

    def test_reading_again_keeps_what_still_cannot_be_filed(self) -> None:
        self.client.post(f"{self.url}reading/")

        self.row.refresh_from_db()
        self.assertIsNone(self.row.released_at)

    def test_otto_and_strangers_see_nothing(self) -> None:
        gets = [self.url, f"/raw/{self.item.pk}/", f"/raw/{self.item.pk}/letter.eml"]
        posts = [f"{self.url}{deed}/" for deed in ("case", "note", "refusal", "reading")]
        for stranger in (self.otto, self.aino, self.outi):
            self.client.force_login(stranger)
            for path in gets:
                self.assertEqual(self.client.get(path).status_code, 404, path)
            for path in posts:
                self.assertEqual(self.client.post(path).status_code, 404, path)
        self.client.logout()
        for path in ["/quarantine/", *gets]:
            self.assertRedirects(self.client.get(path), f"/login/?next={path}", fetch_redirect_response=False)

    def test_the_list_costs_the_same_for_more_letters(self) -> None:
        self.assertSameQueries("/quarantine/", grow=self.more)

    def more(self) -> None:
        for number in range(5):
            self.read(written(sender="aino.korhonen@kaiku.example", subject=f"Muistio {number}"))
