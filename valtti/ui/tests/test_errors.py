"""What a page says when something went wrong, in three languages and without scripts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.utils import translation

from valtti.core.requests import set_request_id
from valtti.ui import errors, links
from valtti.ui.context import incident
from valtti.ui.tests.tiny import TinyHouse, request

CALM = {
    400: lambda asked: errors.bad_request(asked, SuspiciousOperation()),
    403: lambda asked: errors.forbidden(asked, PermissionDenied()),
    404: lambda asked: errors.not_found(asked, Http404()),
    500: errors.broken,
}


class ErrorTests(TinyHouse):
    def setUp(self) -> None:
        super().setUp()
        set_request_id("7f321096abcdef00")
        self.addCleanup(set_request_id, "")

    def test_each_says_what_happened_and_what_to_do(self) -> None:
        for status, answer in CALM.items():
            with self.subTest(status):
                page = answer(request("/cases/42/"))
                self.assertEqual(page.status_code, status)
                self.assertContains(page, "<h1>", status_code=status)
                self.assertContains(page, 'href="/"', status_code=status)

    def test_beside_an_open_page_each_is_said_in_its_own_place(self) -> None:
        for status, answer in CALM.items():
            with self.subTest(status):
                part = answer(request(part=True))
                self.assertEqual((part.status_code, part["HX-Retarget"]), (status, "#said"))
                self.assertNotContains(part, "<html", status_code=status)

    def test_none_of_them_needs_scripts(self) -> None:
        for status, answer in CALM.items():
            self.assertNotContains(answer(request()), "<script", status_code=status)

    def test_each_is_said_in_the_reader_s_language(self) -> None:
        for language in ("fi", "ru", "en-gb"):
            with translation.override(language):
                self.assertContains(errors.not_found(request(), Http404()), f'<html lang="{language}"', status_code=404)

    def test_a_stranger_s_page_and_an_empty_address_look_the_same(self) -> None:
        here, nowhere = (errors.not_found(request("/cases/42/"), fault) for fault in (Http404("Case"), Http404()))

        self.assertEqual(here.content, nowhere.content)

    def test_the_search_is_offered_where_there_is_one(self) -> None:
        links.hang("search", "queue", "Search")

        self.assertContains(errors.not_found(request(), Http404()), 'href="/queue/"', status_code=404)

    def test_a_form_that_stood_open_too_long(self) -> None:
        self.assertEqual(errors.form_too_old(request(), "no cookie").status_code, 403)


class BrokenTests(TinyHouse):
    def test_an_incident_has_a_number_one_can_read_out(self) -> None:
        set_request_id("7f321096abcdef00")
        self.addCleanup(set_request_id, "")

        self.assertContains(errors.broken(request()), "7F3-210", status_code=500)

    def test_a_number_is_six_signs_or_none(self) -> None:
        self.assertEqual((incident("7f321096ab"), incident(""), incident("abc")), ("7F3-210", "", ""))

    def test_it_offers_the_same_page_again(self) -> None:
        self.assertContains(errors.broken(request("/cases/?q=1&b=2")), 'href="/cases/?q=1&amp;b=2"', status_code=500)

    def test_a_deed_is_not_offered_again(self) -> None:
        asked = request("/cases/")
        asked.method = "POST"

        self.assertNotContains(errors.broken(asked), 'href="/cases/"', status_code=500)

    def test_it_stands_without_a_user_and_without_the_database(self) -> None:
        asked = request()
        del asked.user

        self.assertEqual(errors.broken(asked).status_code, 500)

    def test_the_site_answers_with_it(self) -> None:
        self.client.raise_request_exception = False
        with self.settings(MIDDLEWARE=[]):
            self.assertContains(self.client.get("/broken/"), "<h1>", status_code=500)
