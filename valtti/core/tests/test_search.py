from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from valtti.core import clock, search, search_index, search_text
from valtti.core.models import Event, SearchEntry
from valtti.core.search import Hint
from valtti.core.tests.dictionaries import built, with_dictionaries

NOON = datetime(2026, 9, 16, 12, tzinfo=UTC)
OURS, THEIRS = 1, 2


@dataclass(frozen=True)
class Person:
    """As much of a user as search asks for."""

    standing: frozenset[tuple[int, str]]
    id: int = 7
    is_authenticated: bool = True
    is_active: bool = True
    house_role: str = ""
    may_open: frozenset[int] = field(default_factory=frozenset)


AINO = Person(frozenset({(OURS, "agent")}))
OTTO = Person(frozenset({(THEIRS, "agent")}))
ANALYST = Person(frozenset({(OURS, "analyst")}))
NOBODY = Person(frozenset(), is_authenticated=False)


class Found(TestCase):
    """Letters of our team; their rows are their own ids."""

    def setUp(self) -> None:
        super().setUp()
        built()
        self.enterContext(with_dictionaries)
        self.enterContext(clock.at(NOON))
        for known in (search._kinds, search._operators):
            self.addCleanup(_put_back, known, dict(known))
        search._kinds.clear()
        search.register("letter", load=lambda ids: {pk: pk for pk in ids}, visible=_opened_singly)
        self.last = 0

    def letter(self, text: str, **columns: Any) -> int:
        """A letter in our team's index."""
        self.last += 1
        usual: dict[str, Any] = {"team_id": OURS, "at": NOON - timedelta(days=100), "language": "fi"}
        search.index_entry(subject_kind="letter", subject_id=self.last, text=text, **(usual | columns))
        return self.last

    def found(self, text: str, user: Any = AINO, **options: Any) -> list[int]:
        """Ids of the letters a search brings, in order."""
        return [hit.row for hit in search.search(user=user, text=text, **options).hits]


def _put_back(known: dict[str, Any], before: dict[str, Any]) -> None:
    known.clear()
    known.update(before)


def _opened_singly(user: Person) -> Any:
    """Any table will do for the rule of a room: here the rows are events."""
    return Event.objects.filter(pk__in=user.may_open)


class WordTests(Found):
    def test_all_words_in_any_form_and_order(self) -> None:
        both = self.letter("Laskutuksesta puuttuu punaisen keittimen hinta")
        self.letter("Punainen keitin")
        self.assertEqual(self.found("keitin laskutus"), [both])

    def test_case_and_accents_do_not_matter(self) -> None:
        cafe = self.letter("Tapaaminen kahvilassa Café Ёлка", language="ru")
        for typed in ("CAFE", "café", "елка", "Ёлка"):
            with self.subTest(typed=typed):
                self.assertEqual(self.found(typed), [cafe])

    def test_a_russian_and_an_english_word_in_another_form(self) -> None:
        chai = self.letter("Не работает кнопка чайника", language="ru")
        kettle = self.letter("Both kettles leak", language="en-gb")
        self.assertEqual(self.found("чайник"), [chai])
        self.assertEqual(self.found("kettle"), [kettle])

    def test_a_phrase_is_words_next_to_each_other_as_written(self) -> None:
        red = self.letter("punainen vedenkeitin rikki")
        self.letter("vedenkeitin punainen rikki")
        self.assertEqual(self.found('"punainen vedenkeitin"'), [red])
        self.assertEqual(self.found('"punaista vedenkeitin"'), [])

    def test_a_phrase_does_not_run_from_the_title_into_the_text(self) -> None:
        self.letter("kissa", title="punainen")
        self.assertEqual(self.found('"punainen kissa"'), [])

    def test_minus_takes_away(self) -> None:
        kept = self.letter("keitin rikki")
        self.letter("keitin rikki ja maksettu lasku")
        self.assertEqual(self.found("keitin -lasku"), [kept])
        self.assertEqual(self.found('keitin -"maksettu lasku"'), [kept])

    def test_only_minus_finds_nothing(self) -> None:
        self.letter("keitin")
        self.assertEqual(self.found("-lasku"), [])

    def test_numbers_phones_and_addresses(self) -> None:
        letter = self.letter("Numeroni on +358 40 123 4567, katja@example.org, tilaus 88123")
        for typed in ("040 123 4567", "0401234567", "katja@example.org", "88123", "Katja@Example.org"):
            with self.subTest(typed=typed):
                self.assertEqual(self.found(typed), [letter])
        self.assertEqual(self.found("pekka@example.org"), [])

    def test_nothing_asked_nothing_found(self) -> None:
        self.letter("keitin")
        for typed in ("", "   ", '""', "***", "!", "-"):
            self.assertEqual(self.found(typed), [])

    def test_signs_that_mean_something_to_a_database_mean_nothing_here(self) -> None:
        letter = self.letter("keitin")
        for typed in ("keitin')--", 'keitin" OR "x', "keitin & !x", "keitin:*", "NEAR(keitin", "keitin%", "keitin\\"):
            with self.subTest(typed=typed):
                self.assertIn(self.found(typed), ([letter], []))


class PartTests(Found):
    def test_a_star_finds_parts_of_words_at_its_place(self) -> None:
        bill, electric = self.letter("laskuri"), self.letter("sähkölasku")
        for typed, ids in [("lasku*", [bill]), ("*lasku", [electric]), ("*lasku*", [electric, bill]), ("la*", [bill])]:
            with self.subTest(typed=typed):
                self.assertEqual(sorted(self.found(typed)), sorted(ids))

    def test_few_hits_bring_longer_words_too_and_later(self) -> None:
        electric, bill = self.letter("sähkölaskussa", at=NOON), self.letter("lasku")
        self.assertEqual(self.found("lasku"), [bill, electric])

    def test_many_hits_bring_no_others(self) -> None:
        self.letter("sähkölasku")
        bills = [self.letter("lasku") for _each in range(search.FEW)]
        self.assertCountEqual(self.found("lasku"), bills)

    def test_without_dots_the_dotted_word_is_found(self) -> None:
        user = self.letter("Käyttäjä ei pääse sisään")
        toy = self.letter("мой чайник", language="ru")
        self.assertEqual(self.found("kayttaja paase"), [user])
        self.assertEqual(self.found("мои"), [toy])

    def test_parts_from_different_words_do_not_make_a_word(self) -> None:
        self.letter("laskos askel kuskus sku")
        self.assertEqual(self.found("*lasku*"), [])


class PermissionTests(Found):
    def setUp(self) -> None:
        super().setUp()
        self.ours = self.letter("keitin salaisuus")
        self.theirs = self.letter("keitin salaisuus", team_id=THEIRS)
        self.restricted = self.letter("keitin salaisuus", restricted=True)
        self.teamless = self.letter("keitin salaisuus", team_id=None)

    def test_each_sees_the_letters_of_the_own_team(self) -> None:
        self.assertEqual(self.found("keitin", AINO), [self.ours])
        self.assertEqual(self.found("keitin", OTTO), [self.theirs])

    def test_otto_learns_nothing_from_counts_and_parts_either(self) -> None:
        SearchEntry.objects.filter(team_id=THEIRS).delete()
        for typed in ("keitin", "keit*", "salaisuu", '"keitin salaisuus"', "channel:email", "-x keitin"):
            with self.subTest(typed=typed):
                results = search.search(user=OTTO, text=typed)
                self.assertEqual((results.hits, results.count, results.many), ([], 0, False))

    def test_a_role_without_the_right_and_no_user_see_nothing(self) -> None:
        for user in (ANALYST, NOBODY):
            self.assertEqual(self.found("keitin", user), [])

    def test_restricted_and_teamless_letters_open_by_the_rule_of_their_room(self) -> None:
        for number in (self.restricted, self.teamless, self.theirs):
            Event.objects.create(pk=number, kind="x", subject_kind="x", subject_id=1)
        liisa = Person(AINO.standing, may_open=frozenset({self.restricted, self.teamless, self.theirs}))
        self.assertCountEqual(self.found("keitin", liisa), [self.ours, self.restricted, self.teamless])

    def test_a_kind_that_nobody_registered_is_not_found(self) -> None:
        search.index_entry(subject_kind="diary", subject_id=1, at=NOON, text="keitin", team_id=OURS)
        self.assertEqual(self.found("keitin", AINO), [self.ours])

    def test_a_case_that_moves_moves_its_entries(self) -> None:
        moved = self.letter("muutto", case_id=5)
        search.update_case(5, team_id=THEIRS)
        self.assertEqual((self.found("muutto", AINO), self.found("muutto", OTTO)), ([], [moved]))

    def test_permission_stands_in_the_statement_and_before_the_limit(self) -> None:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            search.search(user=AINO, text="keitin", limit=1)
        limited = [sql for query in asked.captured_queries if "limit" in (sql := query["sql"].lower())]
        self.assertNotEqual(limited, [])
        for sql in limited:
            self.assertLess(sql.index("team_id"), sql.rindex("limit"))


class OperatorTests(Found):
    def setUp(self) -> None:
        super().setUp()
        search.operator("tag", lambda value, user: Q(case_id=5) if value == "kiire" else None)
        search.operator("mine", lambda value, user: Q(customer_id=user.id))
        self.mail = self.letter("keitin", channel="email", case_id=5)
        self.phone = self.letter("keitin", channel="phone", customer_id=7, at=NOON - timedelta(days=5))

    def test_core_and_room_operators_with_and_without_words(self) -> None:
        for typed, ids in [
            ("keitin channel:email", [self.mail]),
            ("channel:phone", [self.phone]),
            ("-channel:phone", [self.mail]),
            ("after:2026-09-11", [self.phone]),
            ("before:2026-09-11", [self.mail]),
            ("tag:kiire", [self.mail]),
            ("-tag:kiire keitin", [self.phone]),
            ("mine:", [self.phone]),
            ("keitin after:2026-01-01 -mine: tag:kiire", [self.mail]),
        ]:
            with self.subTest(typed=typed):
                self.assertEqual(self.found(typed), ids)

    def test_after_includes_the_day_in_the_houses_time(self) -> None:
        early = self.letter("aamu", at=datetime(2026, 9, 13, 21, 30, tzinfo=UTC))
        with self.settings(TIME_ZONE="Europe/Helsinki"):
            self.assertEqual(self.found("aamu after:2026-09-14"), [early])
            self.assertEqual(self.found("aamu before:2026-09-14"), [])

    def test_what_is_not_understood_is_said_and_the_rest_is_searched(self) -> None:
        results = search.search(user=AINO, text="keitin tag:olematon before:eilen colour:x")
        self.assertEqual(
            results.hints,
            (
                Hint("unknown_operator", "colour"),
                Hint("unknown_value", "tag:olematon"),
                Hint("unknown_value", "before:eilen"),
            ),
        )


class OrderTests(Found):
    def test_own_number_then_as_written_then_other_forms(self) -> None:
        other_form = self.letter("laskut V-104317-F", at=NOON)
        as_written = self.letter("lasku V-104317-F", at=NOON - timedelta(days=2000))
        self.assertEqual(self.found("lasku"), [as_written, other_form])
        own = self.letter("muuta", title="Keitin", reference="V-104317-F", at=NOON - timedelta(days=3000))
        self.assertEqual(self.found("V-104317-F")[0], own)
        self.assertEqual(self.found("ref:104317 keitin"), [own])

    def test_title_and_freshness_count_together(self) -> None:
        old_title = self.letter("x", title="keitin", at=NOON - timedelta(days=3000))
        fresh = self.letter("keitin", at=NOON)
        fresh_title = self.letter("x", title="keitin", at=NOON - timedelta(days=1))
        old = self.letter("keitin", at=NOON - timedelta(days=3001))
        self.assertEqual(self.found("keitin"), [fresh_title, fresh, old_title, old])

    def test_newest_first_when_wished(self) -> None:
        title = self.letter("x", title="keitin", at=NOON - timedelta(days=2))
        newest = self.letter("keitimessä keitin", at=NOON - timedelta(days=1))
        self.assertEqual(self.found("keitin", newest_first=True), [newest, title])

    def test_pages_follow_each_other(self) -> None:
        letters = [self.letter("keitin", at=NOON - timedelta(days=n)) for n in range(25)]
        pages = [self.found("keitin", start=start, limit=10) for start in (0, 10, 20)]
        self.assertEqual([letter for page in pages for letter in page], letters)
        self.assertEqual(search.search(user=AINO, text="keitin", limit=10).count, 25)

    def test_the_index_of_words_leads_and_not_the_list_of_a_kind(self) -> None:
        self.letter("keitin")
        with CaptureQueriesContext(connection) as asked:
            self.found("keitin lasku* -uuni")
        statements = [query["sql"] for query in asked.captured_queries if "MATCH" in query["sql"]]
        with connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), [])
                self.assertIn("INTEGER PRIMARY KEY (rowid=?)", str(cursor.fetchall()))
        self.assertEqual(bool(statements), connection.vendor == "sqlite")

    def test_ten_and_twenty_hits_cost_the_same(self) -> None:
        costs = []
        for _round in range(2):
            for _each in range(10):
                self.letter("keitin")
            with CaptureQueriesContext(connection) as asked:
                self.found("keitin")
            costs.append(len(asked))
        self.assertEqual(costs[0], costs[1])


class KeepingTests(Found):
    def test_a_changed_letter_is_found_by_its_new_words_only(self) -> None:
        self.letter("keitin")
        self.last = 0
        again = self.letter("uuni")
        self.assertEqual((self.found("keitin"), self.found("uuni")), ([], [again]))
        self.assertEqual(SearchEntry.objects.count(), 1)

    def test_a_removed_letter_is_not_found(self) -> None:
        gone, kept = self.letter("keitin"), self.letter("keitin")
        search.remove("letter", gone)
        self.assertEqual(self.found("keitin"), [kept])

    def test_a_letter_whose_row_is_gone_is_left_out(self) -> None:
        self.letter("keitin")
        search.register("letter", load=lambda ids: {})
        self.assertEqual(self.found("keitin"), [])

    def test_entries_made_before_the_dictionaries_are_made_again(self) -> None:
        with self.settings(CACHE_FOLDER=search_index.settings.CACHE_FOLDER / "nowhere"):
            early = self.letter("Laskutuksesta")
            self.assertEqual(self.found("laskutus -x"), [])
        self.assertEqual(SearchEntry.objects.get().normaliser_version, search_text.version(None))

        self.assertEqual((search.refresh(), search.refresh()), (1, 0))

        self.assertEqual(self.found("laskutus"), [early])

    def test_a_worker_prepares_what_search_needs(self) -> None:
        self.letter("Laskutuksesta")
        SearchEntry.objects.update(normaliser_version="")
        self.assertEqual([search.prepare_search.call(), search.prepare_search.call()], [1, 0])

    def test_a_very_long_letter_is_found_by_its_beginning(self) -> None:
        letter = self.letter("alku " + "täyte " * 40_000 + "loppu")
        self.assertEqual(self.found("alku"), [letter])
        self.assertEqual(self.found("loppu"), [])


class ExcerptTests(Found):
    def marked(self, typed: str) -> list[str]:
        (hit,) = search.search(user=AINO, text=typed).hits
        return [piece.text for piece in hit.pieces if piece.marked]

    def test_the_words_found_are_marked_in_whatever_form(self) -> None:
        self.letter("Hei! " + "täyte " * 50 + "Punaisen\n\nvedenkeittimen lasku <b>x</b> " + "loppu " * 50)
        (hit,) = search.search(user=AINO, text="vedenkeitin lasku").hits
        whole = "".join(piece.text for piece in hit.pieces)
        self.assertEqual([piece.text for piece in hit.pieces if piece.marked], ["vedenkeittimen", "lasku"])
        self.assertTrue(whole.startswith("… ") and whole.endswith(" …") and "<b>" in whole)
        self.assertLess(len(whole), 400)

    def test_parts_and_words_without_dots_are_marked_too(self) -> None:
        self.letter("Käyttäjän sähkölasku")
        self.assertEqual(self.marked("*lasku"), ["sähkölasku"])
        self.assertEqual(self.marked("kayttaja"), ["Käyttäjän"])


class LikeTests(PropertyTestCase):
    """Whatever is written and asked: a word found is a word that stands there."""

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.text("abä1о й", max_size=12), min_size=1, max_size=5), st.text("abä1о й", max_size=5))
    def test_single_words_against_plain_python(self, texts: list[str], typed: str) -> None:
        self.addCleanup(_put_back, search._kinds, dict(search._kinds))
        search._kinds.clear()
        search.register("property", load=lambda ids: {pk: pk for pk in ids})
        for number, text in enumerate(texts):
            search.index_entry(subject_kind="property", subject_id=number, at=NOON, text=text, team_id=OURS)

        found = {hit.row for hit in search.search(user=AINO, text=f'"{typed}"').hits}

        wanted = search_text.tokens("", typed, "", None).exact.split()[1:]
        lines = [search_text.tokens("", text, "", None).exact.split()[1:] for text in texts]
        expected = {
            number
            for number, line in enumerate(lines)
            if wanted and any(line[at : at + len(wanted)] == wanted for at in range(len(line)))
        }
        self.assertEqual(found, expected)
