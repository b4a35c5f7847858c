"""Search: words in all their forms, operators, and nobody else's letters."""

from __future__ import annotations

from itertools import count

from valtti.core import cast, search
from valtti.core.models import Event
from valtti.core.tests import dictionaries
from valtti.desk.actions import topics
from valtti.home.found import find
from valtti.home.tests.home_pages import HomeTestCase, Said

_numbers = count(1)


@dictionaries.with_dictionaries
class SearchTests(HomeTestCase):
    def setUp(self) -> None:
        super().setUp()
        dictionaries.built()
        self.write(cast.PEKKA, subject="Keitin", text="Kahvinkeittimet menivät rikki ukkosella.")
        self.run_tasks()
        search.refresh()

    def search(self, text: str, **more: str) -> Said:
        return self.client.get("/search/", {"q": text, **more})

    def test_before_anything_is_typed_it_says_what_can_be(self) -> None:
        page = self.client.get("/search/")
        self.assertSays(page, "Words are found in all their forms", "is:unanswered", "has:file", "autofocus")

    def test_a_word_in_another_form(self) -> None:
        page = self.search("kahvinkeitin")
        self.assertSays(page, "1 found in", "Keitin", "Pekka Lehtonen", "<mark>Kahvinkeittimet</mark>")

    def test_a_russian_word_in_another_form(self) -> None:
        self.assertSays(self.search("чайники"), "Чайник пришёл разбитым", "Katja Orlova")

    def test_customers_are_found_by_name(self) -> None:
        page = self.search("orlova")
        self.assertSays(page, f'href="/customers/{self.katja.pk}/"', "Russian")

    def test_words_of_customers_are_guests(self) -> None:
        self.assertRegex(self.search("kahvinkeitin").content.decode(), r'<p class="guest" lang="fi">[^<]*<mark>')

    def test_our_own_words_are_not(self) -> None:
        self.accepted(text="Новый самовар уйдёт завтра.")
        self.run_tasks()
        page = self.search("самовар").content.decode()
        self.assertRegex(page, r'<p lang="ru">[^<]*<mark>самовар</mark>')

    def test_operators_narrow(self) -> None:
        topics.add_tag(case=self.kettle, name="särö", by=self.aino)
        self.run_tasks()
        for text, found, silent in (
            ("mine:yes", "Чайник", "Väärä summa"),
            ("is:unanswered", "Väärä summa", "Nothing has"),
            ("customer:orlova", "Чайник", "Väärä summa"),
            ("team:north", "Чайник", "Nothing has"),
        ):
            with self.subTest(text):
                page = self.search(text)
                self.assertSays(page, found)
                self.assertSilentOn(page, silent)

    def test_an_operator_that_is_none_is_a_word_and_that_is_said(self) -> None:
        self.assertSays(self.search("hinta:halpa"), "“hinta” is not an operator here; it was looked for as a word.")

    def test_a_value_that_names_nothing_is_said_too(self) -> None:
        self.assertSays(self.search("turn:somebody kahvinkeitin"), "names nothing that you can see")

    def test_nothing_found_says_what_to_try(self) -> None:
        self.assertSays(self.search("zzzz"), "Nothing has “zzzz”", "0 found", "router*")

    def test_newest_first_is_a_choice_in_the_address(self) -> None:
        page = self.search("kahvinkeitin", order="newest")
        self.assertRegex(page.content.decode(), r'order=newest" aria-current="true"')

    def test_more_results_are_a_page_of_their_own(self) -> None:
        self.many_letters(51)
        page = self.search("ukkonen")
        self.assertSays(page, "More results", "q=ukkonen&start=50")
        self.assertSilentOn(self.search("ukkonen", start="50"), "More results")

    def test_nonsense_in_the_address_is_no_obstacle(self) -> None:
        for start in ("x", "-5", "9" * 30, "١"):
            with self.subTest(start):
                self.assertEqual(self.search("kahvinkeitin", start=start).status_code, 200)

    def test_what_was_typed_is_never_markup(self) -> None:
        page = self.search('"><script>alert(1)</script>').content.decode()
        self.assertNotIn("<script>alert", page)

    def test_the_finds_come_as_a_part(self) -> None:
        part = self.part("/search/?q=kahvinkeitin")
        self.assertSays(part, 'id="finds"')
        self.assertSilentOn(part, "<html", "big-seek")

    def test_looking_is_no_news(self) -> None:
        before = Event.objects.count()
        self.search("kahvinkeitin")
        self.assertEqual(Event.objects.count(), before)

    def test_more_hits_cost_the_same(self) -> None:
        self.many_letters(10)
        self.assertSameQueries("/search/?q=ukkonen", grow=self.ten_more)

    def ten_more(self) -> None:
        self.many_letters(10)

    def many_letters(self, many: int) -> None:
        for _ in range(many):
            self.write(cast.PEKKA, subject=f"Asia {next(_numbers)}", text="Taas ukkosen jälkeen.")
        self.run_tasks()


class WhoFindsTests(HomeTestCase):
    def test_otto_finds_nothing_of_north(self) -> None:
        self.log_in(self.otto)
        for text in ("чайник", "orlova", "lasku", "customer:orlova", self.kettle.reference or ""):
            with self.subTest(text):
                page = self.client.get("/search/", {"q": text})
                self.assertSilentOn(page, "Чайник", "Katja", "Väärä")

    def test_a_coach_finds_what_she_reads(self) -> None:
        self.log_in(self.liisa)
        self.assertSays(self.client.get("/search/", {"q": "чайник"}), "Чайник пришёл разбитым")

    def test_too_many_searches_have_to_wait(self) -> None:
        answers = [self.client.get("/search/", {"q": "чайник"}).status_code for _ in range(200)]
        self.assertIn(429, answers)
        self.assertEqual(self.client.get("/search/").status_code, 200)

    def test_visitors_are_sent_to_the_login(self) -> None:
        self.client.logout()
        response = self.client.get("/search/?q=x")
        self.assertRedirects(response, "/login/?next=/search/%3Fq%3Dx", fetch_redirect_response=False)


class FoundTests(HomeTestCase):
    def test_hits_are_gathered_by_case_and_its_own_title_is_no_place_in_its_words(self) -> None:
        self.katja_writes("Чайник, чайник!")
        self.run_tasks()

        found = find(self.aino, "чайник")

        self.assertEqual([matter.case for matter in found.matters], [self.kettle])
        self.assertEqual([hit.row.text for hit in found.matters[0].words], ["Чайник, чайник!", "Что теперь делать?"])

    def test_where_the_next_page_begins(self) -> None:
        self.assertIsNone(find(self.aino, "чайник").next_start)
