"""A colleague's first page of the day, the lead's board, a search: what the page says."""

from __future__ import annotations

from datetime import datetime
from html import unescape
from typing import Any

from valtti.desk.testing import DeskTestCase
from valtti.people.models import User

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}

type Said = Any
"""An answer of the test client."""


class HomeTestCase(DeskTestCase):
    """Friday morning; Aino is logged in."""

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
        return self.client.get(address, headers=PART)

    def assertSays(self, response: Said, *words: str) -> None:
        """The page says these words."""
        page = unescape(response.content.decode())
        self.assertEqual([word for word in words if word not in page], [], "the page does not say it")

    def assertSilentOn(self, response: Said, *words: str) -> None:
        """The page does not say them."""
        page = unescape(response.content.decode())
        self.assertEqual([word for word in words if word in page], [], "the page says it")
