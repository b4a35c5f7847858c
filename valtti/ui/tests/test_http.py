"""How a view answers: a part or the page, a deed, a refusal."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import SimpleTestCase, override_settings

from valtti.core.impossible import Impossible
from valtti.ui import http
from valtti.ui.tests.tiny import Nobody, TinyHouse, request, templates

CASE = '<main id="whole">{% partialdef state inline %}<p id="state">{{ word }}</p>{% endpartialdef %}</main>'


@override_settings(TEMPLATES=templates(case=CASE), ROOT_URLCONF="valtti.ui.tests.tiny")
class AnswerTests(SimpleTestCase):
    def test_a_whole_page_is_answered_to_an_ordinary_request(self) -> None:
        answer = http.page(request(), "case.html#state", {"word": "open"})

        self.assertEqual(answer.content, b'<main id="whole"><p id="state">open</p></main>')

    def test_only_the_part_is_answered_to_a_request_for_a_part(self) -> None:
        answer = http.page(request(part=True), "case.html#state", {"word": "open"})

        self.assertEqual(answer.content, b'<p id="state">open</p>')

    def test_going_back_in_history_gets_the_whole_page(self) -> None:
        asked = request(part=True, headers={"HX-History-Restore-Request": "true"})

        self.assertIn(b'id="whole"', http.page(asked, "case.html#state", {}).content)

    def test_a_request_for_the_whole_body_gets_the_whole_page(self) -> None:
        asked = request(headers={"HX-Request": "true", "HX-Request-Type": "full"})

        self.assertIn(b'id="whole"', http.page(asked, "case.html#state", {}).content)

    def test_a_template_without_a_part_is_always_whole(self) -> None:
        self.assertIn(b'id="whole"', http.page(request(part=True), "case.html", {}).content)

    def test_caches_are_told_that_there_are_two_answers(self) -> None:
        for asked in (request(), request(part=True)):
            vary = http.page(asked, "case.html#state", {})["Vary"]
            self.assertIn("HX-Request-Type", vary)
            self.assertIn("HX-History-Restore-Request", vary)

    def test_a_form_with_errors_comes_back_as_422(self) -> None:
        self.assertEqual(http.page(request(), "case.html#state", {}, status=422).status_code, 422)

    def test_a_deed_answers_its_part(self) -> None:
        answer = http.done(request(part=True), "case.html#state", {"word": "closed"}, to="/queue/")

        self.assertEqual((answer.status_code, answer.content), (200, b'<p id="state">closed</p>'))

    def test_a_deed_without_scripts_goes_on_with_303(self) -> None:
        answer = http.done(request(), "case.html#state", {}, to="/queue/")

        self.assertEqual((answer.status_code, answer["Location"]), (303, "/queue/"))

    def test_a_deed_may_lead_to_a_row_or_a_name(self) -> None:
        class Row:
            def get_absolute_url(self) -> str:
                return "/queue/42/"

        self.assertEqual(http.leave(request(), Row())["Location"], "/queue/42/")
        self.assertEqual(http.leave(request(), "queue")["Location"], "/queue/")

    def test_leaving_from_a_part_is_said_in_htmx_s_own_word(self) -> None:
        answer = http.leave(request(part=True), "/queue/")

        self.assertEqual((answer.status_code, answer["HX-Redirect"]), (200, "/queue/"))
        self.assertNotIn("Location", answer)


class RefusalTests(TinyHouse):
    def test_a_refusal_is_a_page_that_says_what_to_do_next(self) -> None:
        answer = http.refuse(request(), Nobody())

        self.assertEqual(answer.status_code, 409)
        self.assertContains(answer, "<h1>Somebody closed this case a moment ago.</h1>", status_code=409)
        self.assertContains(answer, "Read what they wrote.", status_code=409)

    def test_a_refusal_beside_an_open_page_leaves_what_was_typed(self) -> None:
        answer = http.refuse(request(part=True), Nobody())

        self._is_said(answer, 409)
        self.assertNotContains(answer, "<html", status_code=409)

    def test_an_impossible_without_words_of_its_own_still_speaks(self) -> None:
        self.assertContains(http.refuse(request(), Impossible()), "<h1>", status_code=409)

    def test_slow_down_says_when_to_try_again(self) -> None:
        for seconds, words in ((20, "1 "), (60, "1 "), (61, "2 "), (600, "10 ")):
            with self.subTest(seconds):
                answer = http.slow_down(request(), seconds)
                self.assertEqual((answer.status_code, answer["Retry-After"]), (429, str(seconds)))
                self.assertContains(answer, words, status_code=429)

    def test_slow_down_beside_an_open_page(self) -> None:
        self._is_said(http.slow_down(request(part=True), 30), 429)

    def test_resting_says_that_nothing_was_changed(self) -> None:
        answer = http.resting(request(), 30)

        self.assertEqual((answer.status_code, answer["Retry-After"]), (503, "30"))
        self._is_said(http.resting(request(part=True)), 503)

    def test_words_of_a_refusal_are_escaped(self) -> None:
        answer = http.say(request(), status=409, reason="<b>Bakery</b>", remedy="")

        self.assertContains(answer, "&lt;b&gt;Bakery&lt;/b&gt;", status_code=409)

    def _is_said(self, answer: HttpResponse, status: int) -> None:
        self.assertEqual(answer.status_code, status)
        self.assertEqual((answer["HX-Retarget"], answer["HX-Reswap"]), ("#said", "innerHTML"))
