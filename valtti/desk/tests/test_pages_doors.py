"""Doors of the desk: who is let in where, and that looking changes nothing."""

from __future__ import annotations

import re

from valtti.core import cast
from valtti.desk.models import Message, Participant
from valtti.desk.testing import token_of
from valtti.desk.tests.desk_pages import PagesTestCase, news

STRANGER = cast.Person("igor", "Igor Orlov", "igor@posti.example", "ru", "")


class DoorsTestCase(PagesTestCase):
    """Everything that has an address: a case, a promise, a letter, a file, a sender, thanks."""

    def setUp(self) -> None:
        super().setUp()
        self.standing = self.promise()
        token = token_of(self.kettle, self.katja.contact_points.get(kind="email"))
        self.write(STRANGER, text="Это мой чайник.", token=token)
        self.sender = Participant.objects.get(contact_point__value="igor@posti.example")
        self.reply(uploads=[self.a_file()])
        self.answered = self.written()
        self.file = self.answered.files.get()

    def pages(self) -> list[str]:
        """What can be looked at of North's."""
        promise = f"/promises/{self.standing.pk}"
        return [
            f"/cases/{self.kettle.pk}/",
            f"/customers/{self.katja.pk}/cases/",
            f"/customers/{self.katja.pk}/cases/new/",
            *(f"{promise}/{how}/" for how in ("keeping", "moving", "withdrawal")),
            f"/files/{self.file.download_id}/",
        ]

    def deeds(self) -> list[str]:
        """What can be done to North's."""
        case, promise = f"/cases/{self.kettle.pk}", f"/promises/{self.standing.pk}"
        words = ("replies", "notes", "draft", "draft/discarding", "calls", "closure", "reopening", "assignment")
        return [
            *(f"{case}/{word}/" for word in (*words, "topic", "tags", "customer")),
            *(f"{promise}/{how}/" for how in ("keeping", "moving", "withdrawal", "giving-up")),
            f"/messages/{self.answered.pk}/undoing/",
            f"/senders/{self.sender.pk}/decision/",
            f"/thanks/{self.kettle.encounters.get().pk}/decision/",
        ]


class StrangerTests(DoorsTestCase):
    def test_otto_gets_404_everywhere(self) -> None:
        self.log_in(self.otto)
        for address in self.pages():
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)
        for address in [*self.deeds(), f"/cases/{self.kettle.pk}/presence/"]:
            with self.subTest(address):
                before = news()
                self.assertEqual(self.send(address, part=True).status_code, 404)
                self.assertNothingHappened(before)

    def test_otto_cannot_tell_a_case_from_none(self) -> None:
        self.log_in(self.otto)
        theirs, nothing = (self.client.get(f"/cases/{number}/") for number in (self.kettle.pk, 987_654))
        self.assertEqual(_plain(theirs.content), _plain(nothing.content))

    def test_administrators_without_a_team_read_no_letters(self) -> None:
        self.log_in(self.outi)
        for address in ["/cases/", "/promises/", "/senders/", "/thanks/", "/cases/new/", *self.pages()]:
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_visitors_are_sent_to_the_login(self) -> None:
        self.client.logout()
        for address in ["/cases/", "/cases/new/", "/promises/", "/senders/", "/thanks/", *self.pages()]:
            with self.subTest(address):
                self.assertRedirects(self.client.get(address), f"/login/?next={address}", fetch_redirect_response=False)
        for address in ["/cases/next/", *self.deeds()]:
            with self.subTest(address):
                self.assertEqual(self.send(address).status_code, 302)


class CoachAtTheDoorTests(DoorsTestCase):
    def test_a_coach_does_nothing(self) -> None:
        self.log_in(self.liisa)
        before = news()
        for address in ["/cases/next/", "/cases/new/", *self.deeds()]:
            with self.subTest(address):
                self.assertEqual(self.send(address, text="Hei", seen_event=self.seen()).status_code, 404)
        self.assertNothingHappened(before)

    def test_a_coach_reads(self) -> None:
        self.log_in(self.liisa)
        addresses = [self.pages()[0], self.pages()[1], f"/files/{self.file.download_id}/", "/cases/", "/promises/"]
        for address in addresses:
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)


class LookingTests(DoorsTestCase):
    def test_looking_changes_nothing(self) -> None:
        before, letters = news(), Message.objects.count()
        drafts, presences = self.kettle.drafts.count(), self.kettle.presences.count()
        for address in ["/cases/", "/cases/new/", "/promises/?who=all", "/senders/", "/thanks/", *self.pages()]:
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)
        self.assertNothingHappened(before)
        self.assertEqual(Message.objects.count(), letters)
        self.assertEqual((self.kettle.drafts.count(), self.kettle.presences.count()), (drafts, presences))

    def test_a_deed_is_not_done_by_looking(self) -> None:
        shown = {f"/promises/{self.standing.pk}/{how}/" for how in ("keeping", "moving", "withdrawal")}
        for address in [*self.deeds(), f"/cases/{self.kettle.pk}/presence/"]:
            if address not in shown:
                with self.subTest(address):
                    self.assertEqual(self.client.get(address).status_code, 405)

    def test_pages_are_kept_by_nobody(self) -> None:
        for address in ("/cases/", f"/cases/{self.kettle.pk}/", "/promises/"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).headers["Cache-Control"], "no-store")

    def test_page_and_part_are_never_taken_for_each_other(self) -> None:
        self.assertIn("HX-Request-Type", self.client.get("/cases/").headers["Vary"])

    def test_no_page_holds_a_script_or_style_of_its_own(self) -> None:
        for address in ("/cases/", f"/cases/{self.kettle.pk}/", "/cases/new/", "/promises/", "/senders/"):
            with self.subTest(address):
                page = self.client.get(address).content.decode()
                self.assertNotRegex(page, r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)")


def _plain(page: bytes) -> bytes:
    """Without what differs on every page by itself."""
    return re.sub(rb'(nonce|data-live|value)="[^"]*"|/cases/\d+/', b"", page)
