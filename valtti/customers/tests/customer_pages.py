"""A clerk at the customers' pages: Katja is North's, Pekka is nobody's yet."""

from __future__ import annotations

from html import unescape
from typing import Any, ClassVar

from valtti.core.models import Event
from valtti.core.testing import CastTestCase
from valtti.customers import actions
from valtti.customers.models import Customer
from valtti.customers.testing import stage_customers
from valtti.people.models import User
from valtti.people.testing import People, stage_people

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}

type Said = Any
"""An answer of the test client."""


class CustomerPagesTestCase(CastTestCase):
    people: ClassVar[People]
    katja: ClassVar[Customer]
    pekka: ClassVar[Customer]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.people = stage_people()
        cls.katja, cls.pekka = stage_customers()
        actions.admit_team(customer=cls.katja, team=cls.people.north)

    def setUp(self) -> None:
        super().setUp()
        self.log_in(self.people.aino)

    def log_in(self, user: User) -> None:
        self.client.force_login(user)

    def page(self, customer: Customer | None = None, query: str = "") -> Said:
        return self.client.get(f"/customers/{(customer or self.katja).pk}/{query}")

    def send(self, what: str, /, **typed: Any) -> Said:
        """Press a button on Katja's page."""
        return self.client.post(f"/customers/{self.katja.pk}/{what}/", typed)

    def assertBackAtKatja(self, response: Said) -> None:
        self.assertRedirects(response, f"/customers/{self.katja.pk}/", status_code=303)

    def assertSays(self, response: Said, *words: str) -> None:
        """The page says these words."""
        page = unescape(response.content.decode())
        self.assertEqual([word for word in words if word not in page], [], "the page does not say it")

    def assertSilentOn(self, response: Said, *words: str) -> None:
        """The page does not say them."""
        page = unescape(response.content.decode())
        self.assertEqual([word for word in words if word in page], [], "the page says it")

    def assertRefused(self, what: str, *words: str, **typed: Any) -> Said:
        """422 with what was typed; nothing has happened."""
        before = news()
        response = self.send(what, **typed)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(news(), before)
        self.assertSays(response, "Not saved yet. Correct this first:", *words)
        return response


def news() -> int:
    """How much has happened to customers so far."""
    return Event.objects.filter(customer_id__isnull=False).count()
