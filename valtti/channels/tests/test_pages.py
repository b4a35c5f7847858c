"""Pages of the channels: who sees what, what they say, what their buttons do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import override_settings

from valtti.channels import ingest
from valtti.channels.actions.mailboxes import keep_findings
from valtti.channels.forms.quarantine import NoteForm
from valtti.channels.models import Block, Filing, Folder, Mailbox, MailboxCheck, Quarantine, RawItem
from valtti.channels.testing import BUSINESS_ADDRESS, NORTH_ADDRESS, ChannelsTestCase, written
from valtti.channels.tests.servers import HERE, Script, SmtpServer, free_port
from valtti.core import clock, keys
from valtti.core.models import AuditEntry
from valtti.desk.models import Case, Message

CANARY = "canary-91b2-password"
SETTINGS = {
    "address": "uusi@kaiku.example",
    "sender_name": "Kaiku Kuitu Oy",
    "language": "fi",
    "imap_host": "imap.kaiku.example",
    "imap_port": "993",
    "imap_security": "tls",
    "imap_user": "valtti",
    "imap_password": CANARY,
    "folders": "INBOX; Arkisto",
    "smtp_host": "tray",
    "smtp_port": "465",
    "smtp_security": "tls",
    "after_commit": "nothing",
    "after_commit_days": "30",
    "active": "on",
}


class MailboxPagesTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.url = f"/mailboxes/{self.north_mailbox.pk}/"

    def given(self, **changes: Any) -> dict[str, Any]:
        return SETTINGS | {"team": str(self.north.pk)} | changes

    def test_the_administrator_sets_a_mailbox_up(self) -> None:
        self.client.force_login(self.outi)

        response = self.client.post("/mailboxes/new/", self.given())

        mailbox = Mailbox.objects.get(address="uusi@kaiku.example")
        self.assertEqual((response.status_code, response["Location"]), (303, f"/mailboxes/{mailbox.pk}/"))
        self.assertEqual(list(mailbox.folders.values_list("name", flat=True).order_by("pk")), ["INBOX", "Arkisto"])
        self.assertEqual(keys.decrypt(mailbox.imap_password), CANARY)
        self.assertTold("mailbox.made", mailbox)
        self.assertEqual(mailbox.checks.get().asked_by, self.outi)
        self.assertContains(self.client.get(f"/mailboxes/{mailbox.pk}/"), "The servers are being tried.")

    @override_settings(LETTERS="smtps://post.kaiku.example")
    def test_a_house_whose_letters_leave_has_no_tray_to_choose(self) -> None:
        self.client.force_login(self.outi)
        self.assertNotContains(self.client.get("/mailboxes/new/"), "tray")

        for written_so in ("tray", " Tray "):
            response = self.client.post("/mailboxes/new/", self.given(smtp_host=written_so))
            self.assertContains(response, "write the name of the outgoing server", status_code=422)

        self.assertFalse(Mailbox.objects.filter(address="uusi@kaiku.example").exists())
        with override_settings(DEMO=True):
            self.assertEqual(self.client.post("/mailboxes/new/", self.given(smtp_host="TRAY")).status_code, 303)
        self.assertTrue(Mailbox.objects.get(address="uusi@kaiku.example").uses_tray)

    def test_a_password_is_never_shown_back_and_an_empty_one_keeps_it(self) -> None:
        self.client.force_login(self.outi)
        self.client.post("/mailboxes/new/", self.given())
        mailbox = Mailbox.objects.get(address="uusi@kaiku.example")

        page = self.client.get(f"/mailboxes/{mailbox.pk}/settings/")
        self.assertContains(page, "Set on")
        self.assertNotContains(page, CANARY)
        self.client.post(f"/mailboxes/{mailbox.pk}/settings/", self.given(imap_password="", sender_name="Kaiku"))

        mailbox.refresh_from_db()
        self.assertEqual((mailbox.sender_name, keys.decrypt(mailbox.imap_password)), ("Kaiku", CANARY))
        told = str(list(AuditEntry.objects.values())) + str(self.assertTold("mailbox.changed", mailbox).facts)
        self.assertNotIn(CANARY, told)

    def test_what_cannot_be_saved_is_said_at_the_field(self) -> None:
        self.client.force_login(self.outi)

        for change, words in [
            ({"address": NORTH_ADDRESS.upper()}, "There is a mailbox of this address already."),
            ({"after_commit": "move"}, "Name the folder letters are moved to."),
            ({"imap_user": "a\r\nb"}, "Write this on one line."),
        ]:
            with self.subTest(change=change):
                response = self.client.post("/mailboxes/new/", self.given(**change))
                self.assertContains(response, words, status_code=422)

    def test_the_page_says_that_every_letter_is_accounted_for(self) -> None:
        self.client.force_login(self.veikko)
        self.read(written())
        self.read(written(sender="aino.korhonen@kaiku.example"))

        response = self.client.get(self.url)

        self.assertContains(response, "Every letter is accounted for")
        self.assertContains(response, "2 letters in two weeks: filed 1, quarantined 1, refused 0, waiting 0.")

    def test_the_page_says_what_is_wrong_in_words(self) -> None:
        self.client.force_login(self.veikko)
        since = clock.now() - timedelta(minutes=20)
        Folder.objects.create(
            mailbox=self.north_mailbox, last_error="login", error_since=since, missing_here=3, on_server=9
        )

        response = self.client.get(self.url)

        self.assertContains(response, "The server does not take this user name and password.")
        self.assertContains(response, "3 letters on the server are missing here")
        self.assertContains(self.client.get("/mailboxes/"), "cannot be read")

    def test_a_lead_sees_the_page_and_changes_nothing(self) -> None:
        self.client.force_login(self.veikko)

        self.assertNotContains(self.client.get(self.url), "Change the settings")
        self.assertEqual(self.client.get(f"{self.url}settings/").status_code, 404)
        self.assertEqual(self.client.get("/mailboxes/new/").status_code, 404)

    def test_otto_and_strangers_see_nothing(self) -> None:
        paths = ["/mailboxes/", self.url, f"{self.url}settings/", f"{self.url}check/", "/mailboxes/new/"]
        self.client.force_login(self.otto)
        for path in paths:
            self.assertEqual(self.client.get(path).status_code, 404, path)
        self.client.logout()
        for path in paths:
            self.assertRedirects(self.client.get(path), f"/login/?next={path}", fetch_redirect_response=False)

    def test_the_list_costs_the_same_for_more_mailboxes(self) -> None:
        self.client.force_login(self.outi)
        self.assertSameQueries("/mailboxes/", grow=self.ten_more)

    def ten_more(self) -> None:
        for number in range(10):
            mailbox = Mailbox.objects.create(address=f"m{number}@kaiku.example", team=self.north, imap_host="x")
            mailbox.folders.create()


@override_settings(REACH=["127.0.0.0/8"])
class CheckTests(ChannelsTestCase):
    def check(self, **fields: Any) -> str:
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(**fields)
        self.client.force_login(self.veikko)
        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/checks/")
        self.run_tasks()
        return self.client.get(f"/mailboxes/{self.north_mailbox.pk}/check/").content.decode()

    def test_the_button_queues_a_try_and_the_page_waits_for_it(self) -> None:
        self.client.force_login(self.veikko)

        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/checks/")

        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/")
        self.assertContains(page, "The servers are being tried.")
        self.pass_time(minutes=5)
        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/")
        self.assertContains(page, "No worker has taken up the check")

    def test_a_host_that_does_not_exist_is_named(self) -> None:
        self.assertIn("There is no server of this name: nope.invalid.", self.check(imap_host="nope.invalid"))

    def test_a_port_where_nobody_answers_is_named(self) -> None:
        port = free_port()

        page = self.check(imap_host=HERE, imap_port=port, imap_security="none")

        self.assertIn(f"{HERE} takes no connection at port {port}.", page)

    def test_an_outgoing_server_that_works_lets_waiting_letters_go(self) -> None:
        with SmtpServer(Script()) as server:
            page = self.check(smtp_host=HERE, smtp_port=server.port, smtp_security="none")

        self.assertIn("letters leave", page)

    def test_a_wrong_password_of_the_outgoing_server_is_named(self) -> None:
        with SmtpServer(Script(password="right")) as server:
            page = self.check(smtp_host=HERE, smtp_port=server.port, smtp_security="none", smtp_user="kaiku")

        self.assertIn("The server does not take this user name and password.", page)

    def test_a_line_without_tls_is_refused_before_the_password_leaves(self) -> None:
        with SmtpServer(Script()) as server:
            page = self.check(smtp_host=HERE, smtp_port=server.port, smtp_security="starttls")

        self.assertIn("offers no STARTTLS", page)

    def try_with_a_letter(self, told: Script) -> str:
        with SmtpServer(told) as server:
            fields = {"smtp_host": HERE, "smtp_port": server.port, "smtp_security": "none"}
            Mailbox.objects.filter(pk=self.north_mailbox.pk).update(**fields)
            self.client.force_login(self.outi)
            self.client.post(f"/mailboxes/{self.north_mailbox.pk}/trials/", {"to": "katja.orlova@posti.example"})
            self.run_tasks()
        return self.client.get(f"/mailboxes/{self.north_mailbox.pk}/check/").content.decode()

    def test_the_administrator_gets_a_test_letter_and_nobody_else_does(self) -> None:
        told = Script(["250 2.0.0 Ok: queued as 4XyZ9"])

        page = self.try_with_a_letter(told)

        ((sender, recipients, raw),) = told.letters
        self.assertEqual((sender, recipients), (NORTH_ADDRESS, [self.outi.email]))
        self.assertIn(f"A test letter of {NORTH_ADDRESS}".encode(), raw)
        self.assertIn("The server said: 250 2.0.0 Ok: queued as 4XyZ9", page)
        self.client.get(f"/mailboxes/{self.north_mailbox.pk}/check/")
        self.assertEqual(len(told.letters), 1)

    def test_a_refusal_of_the_test_letter_is_shown_in_the_servers_words(self) -> None:
        for told in (
            Script(["550 5.7.1 sender not allowed"]),
            Script(refuse={self.outi.email: "550 5.7.1 sender not allowed"}),
        ):
            page = self.try_with_a_letter(told)
            self.assertIn("It said: 550 5.7.1 sender not allowed", page)
        self.assertIn("broke", self.try_with_a_letter(Script(["drop"])))

    def test_a_mailbox_of_the_tray_sends_no_test_letter(self) -> None:
        self.client.force_login(self.outi)
        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/trials/")
        self.run_tasks()

        codes = [found["code"] for found in MailboxCheck.objects.get().findings]
        self.assertEqual(codes, ["not_fetched", "tray"])

    def test_test_letters_are_for_administrators(self) -> None:
        url = f"/mailboxes/{self.north_mailbox.pk}/trials/"
        for user in (self.veikko, self.aino, self.otto):
            self.client.force_login(user)
            self.assertEqual(self.client.post(url).status_code, 404)
        self.client.force_login(self.veikko)
        self.assertNotContains(self.client.get(f"/mailboxes/{self.north_mailbox.pk}/"), "test letter")
        self.client.logout()
        self.assertEqual(self.client.post(url).status_code, 302)
        self.assertFalse(MailboxCheck.objects.exists())

    def test_each_step_says_which_of_the_two_servers_was_tried(self) -> None:
        self.client.force_login(self.outi)
        self.client.post(f"/mailboxes/{self.north_mailbox.pk}/checks/")
        self.run_tasks()
        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/").content.decode()
        self.assertLess(page.index("<b>Incoming:</b> No incoming server"), page.index("<b>Outgoing:</b> The outgoing"))

    def test_a_mailbox_that_cannot_be_read_is_not_said_to_be_in_order(self) -> None:
        self.north_mailbox.folders.create(name="INBOX", error_since=clock.now(), last_error="login")
        self.client.force_login(self.veikko)
        page = self.client.get(f"/mailboxes/{self.north_mailbox.pk}/")
        self.assertContains(page, "The mailbox cannot be read just now")
        self.assertNotContains(page, "Every letter is accounted for")

    def test_findings_are_words_in_the_readers_language(self) -> None:
        check = MailboxCheck.objects.create(mailbox=self.north_mailbox, asked_by=self.veikko)
        keep_findings(check=check, findings=[{"code": "idle", "state": "good", "facts": {}, "ms": 64}])
        self.client.force_login(self.veikko)

        self.assertContains(self.client.get(f"/mailboxes/{self.north_mailbox.pk}/"), "IDLE, renewed every 9 minutes")


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


class OutboxPageTests(ChannelsTestCase):
    def setUp(self) -> None:
        super().setUp()
        case = Message.objects.get(raw_item_id=self.read(written()).pk).case
        self.run_tasks()
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(smtp_host=HERE, smtp_port=1, smtp_security="none")
        self.post = self.post_of(self.settled(self.answer(case=case)))

    def test_post_of_a_restricted_case_is_not_listed_for_who_is_not_let_in(self) -> None:
        self.client.force_login(self.veikko)
        self.assertContains(self.client.get("/outbox/"), "delayed")
        Case.objects.filter(messages__post=self.post).update(restricted=True)

        self.assertNotContains(self.client.get("/outbox/"), "delayed")
        self.assertEqual(self.client.post(f"/outbox/{self.post.pk}/trying/").status_code, 404)

    def test_the_lead_sees_what_has_not_left_and_tries_again(self) -> None:
        self.client.force_login(self.veikko)
        self.assertContains(self.client.get("/outbox/"), "delayed")
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(smtp_host="tray")

        self.client.post(f"/outbox/{self.post.pk}/trying/")
        self.pass_time(minutes=5)
        self.run_tasks()

        self.post.refresh_from_db()
        self.assertEqual(self.post.state, "accepted")
        self.assertEqual(self.client.post(f"/outbox/{self.post.pk}/trying/").status_code, 409)
        self.assertEqual(AuditEntry.objects.get(what="post.tried_again").who, self.veikko.pk)

    def test_a_waiting_letter_can_be_stopped(self) -> None:
        self.client.force_login(self.veikko)

        self.client.post(f"/outbox/{self.post.pk}/stopping/")

        self.post.refresh_from_db()
        self.assertEqual(self.post.state, "cancelled")
        self.assertEqual(AuditEntry.objects.get(what="post.stopped").who, self.veikko.pk)
        self.assertEqual(self.assertTold("post.cancelled", self.post).actor_id, self.veikko.pk)

    def test_who_wrote_a_stopped_letter_gets_the_words_back_and_the_customer_still_waits(self) -> None:
        self.client.force_login(self.veikko)
        self.client.post(f"/outbox/{self.post.pk}/stopping/")
        self.run_tasks()

        message = Message.objects.get(post=self.post)
        self.assertIsNotNone(message.undone_at)
        self.assertEqual(message.case.drafts.get(author=self.aino).text, message.text)
        self.assertEqual(self.assertTold("message.undone", message).actor_id, self.veikko.pk)
        self.assertIsNotNone(message.case.waiting_since)

    def test_otto_and_strangers_see_nothing(self) -> None:
        self.client.force_login(self.otto)
        self.assertEqual(self.client.get("/outbox/").status_code, 404)
        self.assertEqual(self.client.post(f"/outbox/{self.post.pk}/stopping/").status_code, 404)
        self.client.force_login(self.outi)
        self.assertNotContains(self.client.get("/outbox/"), "pekka.lehtonen")
        self.client.logout()
        self.assertEqual(self.client.get("/outbox/").status_code, 302)


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

        self.client.post(
            url,
            {
                "customer": "",
                "address": "pekka.lehtonen@posti.example",
                "mailbox": self.north_mailbox.pk,
                "subject": "Re: Lasku on väärin",
                "text": "Kiitos!\n\n> vanha",
            },
        )
        self.run_tasks()

        self.assertEqual(Message.objects.get(raw_item_id=RawItem.objects.latest("pk").pk).case, self.case)

    @override_settings(DEMO=True)
    def test_a_letter_without_a_writer_is_not_sent(self) -> None:
        self.client.force_login(self.aino)

        response = self.client.post("/tray/write/", {"subject": "x", "text": "y", "mailbox": self.north_mailbox.pk})

        self.assertContains(response, "Choose a customer or write an address.", status_code=422)
        self.assertNotIn(BUSINESS_ADDRESS, str(list(RawItem.objects.values_list("source", flat=True))))
