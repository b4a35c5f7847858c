"""The pages of mailboxes: made, changed, kept from whoever may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import override_settings

from valtti.channels.models import Folder, Mailbox
from valtti.channels.testing import NORTH_ADDRESS, ChannelsTestCase, written
from valtti.channels.tests.mailbox_form import CANARY, SETTINGS
from valtti.core import clock, keys
from valtti.core.models import AuditEntry


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
