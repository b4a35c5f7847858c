"""Each request has a number, and one line in the log that tells its route and nothing of its address."""

from __future__ import annotations

from contextvars import Context
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase

from valtti.core.models import AuditEntry
from valtti.core.requests import RequestMiddleware, current_request_id, set_request_id


class RequestTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(set_request_id, "")

    def answer(self, **meta: Any) -> HttpResponse:
        def view(request: HttpRequest) -> HttpResponse:
            self.seen = current_request_id()
            AuditEntry.objects.count()
            return HttpResponse("ok")

        return RequestMiddleware(view)(RequestFactory().get("/m/a-secret-token/", **meta))

    def test_it_is_numbered_and_says_its_number(self) -> None:
        response = self.answer()

        self.assertRegex(response["X-Request-ID"], r"^[0-9a-f]{32}$")
        self.assertEqual(self.seen, response["X-Request-ID"])

    def test_a_number_from_the_door_is_kept_if_it_is_one(self) -> None:
        self.assertEqual(self.answer(**{"valtti.request_id": "abcdef-12345"})["X-Request-ID"], "abcdef-12345")
        for wrong in ("short", "A" * 20, "a" * 65, "abcdef12\nInjected: yes"):
            with self.subTest(wrong):
                self.assertNotEqual(self.answer(**{"valtti.request_id": wrong})["X-Request-ID"], wrong)

    def test_a_header_of_that_name_is_not_the_door(self) -> None:
        self.assertNotEqual(self.answer(HTTP_X_REQUEST_ID="abcdef-12345")["X-Request-ID"], "abcdef-12345")

    def test_its_line_tells_status_and_statements_and_no_address(self) -> None:
        with self.assertLogs("valtti.requests", "INFO") as said:
            self.answer()

        facts = said.records[0].__dict__["facts"]
        self.assertEqual((facts["status"], facts["queries"], facts["method"]), (200, 1, "GET"))
        self.assertNotIn("a-secret-token", str(facts) + said.output[0])


class NoRequestTests(SimpleTestCase):
    def test_outside_a_request_there_is_no_number(self) -> None:
        self.assertEqual(Context().run(current_request_id), "")
