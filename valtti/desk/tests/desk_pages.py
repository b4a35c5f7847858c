"""A colleague at the desk's pages: what they send, and what the page says back."""

from __future__ import annotations

import uuid
from datetime import datetime
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from valtti.core.models import Event
from valtti.desk.models import Case, Message
from valtti.desk.testing import DeskTestCase, fresh
from valtti.people.models import User

PICTURE = b"\x89PNG\r\n\x1a\n" + b"kettle" * 20

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
"""What the browser sends when it asks for one part of a page it shows already."""

type Said = Any
"""An answer of the test client."""


class PagesTestCase(DeskTestCase):
    """Aino is logged in and looks at her kettle."""

    def setUp(self) -> None:
        super().setUp()
        self.log_in(self.aino)

    def log_in(self, user: User) -> None:
        self.reader = user
        self.client.force_login(user)

    def pass_time(self, **span: float) -> datetime:
        """Business time goes on; whoever looks at the page has logged in again."""
        now = super().pass_time(**span)
        self.log_in(self.reader)
        return now

    def part(self, address: str) -> Said:
        """One part of a page."""
        return self.client.get(address, headers=PART)

    def send(self, address: str, /, *, part: bool = False, **typed: Any) -> Said:
        """Press a button of a form that says `typed`."""
        return self.client.post(address, typed, headers=PART if part else {})

    def reply(self, case: Case | None = None, /, *, part: bool = False, **typed: Any) -> Said:
        """Send an answer; by default in the kettle, leaving the turn to the customer."""
        case = case or self.kettle
        fields: dict[str, Any] = {
            "text": "Новый чайник уйдёт завтра.",
            "next_step": "customer",
            "outcome": "solved",
            "key": str(uuid.uuid4()),
            "seen_event": str(fresh(case).last_event),
        }
        return self.send(f"/cases/{case.pk}/replies/", part=part, **fields | typed)

    def seen(self, case: Case | None = None) -> str:
        """What the page of a case has shown so far."""
        return str(fresh(case or self.kettle).last_event)

    @staticmethod
    def a_file(name: str = "kuva.png", data: bytes = PICTURE) -> SimpleUploadedFile:
        """A file as a browser sends it."""
        return SimpleUploadedFile(name, data, "image/png")

    def written(self, case: Case | None = None) -> Message:
        """The last message of a case."""
        message = (case or self.kettle).messages.order_by("pk").last()
        assert message is not None
        return message

    def assertSays(self, response: Said, *words: str) -> None:
        """The page says these words."""
        page = unescape(response.content.decode())
        self.assertEqual([word for word in words if word not in page], [], "the page does not say it")

    def assertSilentOn(self, response: Said, *words: str) -> None:
        """The page does not say them."""
        page = unescape(response.content.decode())
        self.assertEqual([word for word in words if word in page], [], "the page says it")

    def assertPart(self, response: Said, part: str) -> None:
        """One part came, whose element bears its name, and nothing of the shell."""
        self.assertSays(response, f'id="{part}"')
        self.assertSilentOn(response, "<html")

    def assertNothingHappened(self, before: int) -> None:
        """No news since."""
        self.assertEqual(news(), before)


def news() -> int:
    """How much has happened so far."""
    return Event.objects.count()
