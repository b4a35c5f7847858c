"""Headers on every answer, and refusals in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from valtti.ui.csp import POLICY, policy
from valtti.ui.middleware import SAME_ON_ALL, HeadersMiddleware
from valtti.ui.tests.tiny import TinyHouse, request

MIDDLEWARE = [
    "valtti.ui.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "valtti.ui.middleware.ImpossibleMiddleware",
]
SESSION = {"session": "0123456789abcdef"}


@override_settings(MIDDLEWARE=MIDDLEWARE, SESSION_COOKIE_NAME="session")
class HeaderTests(TinyHouse):
    def test_pages_errors_refusals_and_files_carry_the_same_headers(self) -> None:
        self.client.raise_request_exception = False
        for where in ("/queue/", "/nowhere/", "/impossible/", "/broken/", "/ui/hue.css", "/static/ui/icons.svg"):
            with self.subTest(where):
                answer = self.client.get(where)
                for name in SAME_ON_ALL:
                    self.assertTrue(answer.get(name), f"{name} is missing")

    def test_a_page_carries_the_house_s_policy(self) -> None:
        said = self.client.get("/queue/")["Content-Security-Policy"]

        for words in (
            "default-src 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types htmx",
        ):
            self.assertIn(words, said)
        self.assertNotIn("unsafe", said)

    def test_a_part_carries_the_nonce_its_template_used(self) -> None:
        answer = self.client.get("/impossible/", headers={"HX-Request-Type": "partial"})

        self.assertIn("script-src 'self'", answer["Content-Security-Policy"])

    def test_a_file_may_do_nothing_at_all(self) -> None:
        self.assertEqual(
            self.client.get("/static/ui/favicon.svg")["Content-Security-Policy"],
            "default-src 'none'; frame-ancestors 'none'",
        )

    def test_what_a_colleague_was_shown_is_kept_by_no_cache(self) -> None:
        self.client.cookies.load(SESSION)

        self.assertEqual(self.client.get("/queue/")["Cache-Control"], "no-store")

    def test_a_visitor_s_page_may_be_kept(self) -> None:
        self.assertNotIn("Cache-Control", self.client.get("/queue/"))

    def test_a_page_behind_a_token_tells_no_other_site_its_address(self) -> None:
        answer = self.client.get("/s/abcdef/")

        self.assertEqual((answer["Referrer-Policy"], answer["Cache-Control"]), ("same-origin", "no-store"))

    def test_a_view_s_own_word_stands(self) -> None:
        def view(asked: HttpRequest) -> HttpResponse:
            return HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "max-age=9"})

        asked = request()
        asked.COOKIES = SESSION
        answer = HeadersMiddleware(view)(asked)

        self.assertEqual(
            (answer["Cross-Origin-Resource-Policy"], answer["Cache-Control"]), ("cross-origin", "max-age=9")
        )

    def test_only_passkeys_are_permitted(self) -> None:
        permissions = SAME_ON_ALL["Permissions-Policy"].split(", ")

        on = [word for word in permissions if not word.endswith("=()")]
        self.assertEqual(on, ["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"])


class PolicyTests(TinyHouse):
    def test_the_stream_s_address_is_added_when_it_is_not_our_own(self) -> None:
        self.assertEqual(policy("http://127.0.0.1:8001")["connect-src"], ["'self'", "http://127.0.0.1:8001"])
        self.assertEqual(POLICY["connect-src"], ["'self'"])

    def test_nothing_unsafe_is_allowed(self) -> None:
        self.assertNotIn("unsafe", str(policy("http://127.0.0.1:8001")))
        self.assertEqual(POLICY["default-src"], ["'none'"])


@override_settings(MIDDLEWARE=MIDDLEWARE)
class RefusedTests(TinyHouse):
    def test_what_cannot_be_done_is_said_as_a_page(self) -> None:
        self.assertContains(self.client.get("/impossible/"), "a moment ago", status_code=409)

    def test_what_cannot_be_done_is_said_beside_the_open_page(self) -> None:
        answer = self.client.get("/impossible/", headers={"HX-Request-Type": "partial"})

        self.assertEqual((answer.status_code, answer["HX-Retarget"]), (409, "#said"))

    def test_a_full_limit_says_when_there_is_room_again(self) -> None:
        answer = self.client.get("/often/")

        self.assertEqual((answer.status_code, answer["Retry-After"]), (429, "90"))

    def test_what_must_be_counted_and_cannot_be_is_not_let_in(self) -> None:
        self.assertEqual(self.client.get("/uncounted/").status_code, 503)

    def test_a_fault_of_ours_is_no_refusal(self) -> None:
        with self.assertRaisesMessage(RuntimeError, "a fault of ours"):
            self.client.get("/broken/")
