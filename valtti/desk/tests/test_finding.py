"""Cases and messages in the search, with permission inside."""

from __future__ import annotations

from valtti.core import cast, search
from valtti.desk.actions import assignments, closures, notes, replies, topics
from valtti.desk.letter import LetterFile
from valtti.desk.models import Case
from valtti.desk.testing import DeskTestCase
from valtti.people.models import User


class FindingTests(DeskTestCase):
    def found(self, text: str, user: User | None = None) -> set[str]:
        self.run_tasks()
        results = search.search(user=user or self.aino, text=text)
        return {f"{hit.entry.subject_kind}:{hit.entry.case_id}" for hit in results.hits}

    @property
    def case(self) -> str:
        return f"desk.case:{self.kettle.pk}"

    @property
    def message(self) -> str:
        return f"desk.message:{self.kettle.pk}"

    def test_by_title_words_number_and_customer(self) -> None:
        for text in ("чайник", self.kettle.reference or "", "Orlova"):
            with self.subTest(text):
                self.assertIn(self.case, self.found(text))
        self.assertIn(self.message, self.found("делать"))

    def test_by_a_tag_in_plain_words_while_the_case_bears_it(self) -> None:
        row = topics.add_tag(case=self.kettle, name="Rikkoutunut toimitus", by=self.aino)
        for text in ("rikkoutunut", "toimitus", "чайник toimitus", '"rikkoutunut toimitus"'):
            with self.subTest(text):
                self.assertIn(self.case, self.found(text))
        self.assertEqual(self.found("toimitus", self.otto), set())

        topics.remove_tag(case=self.kettle, tag=row.tag, by=self.aino)

        self.assertEqual(self.found("rikkoutunut"), set())
        self.assertIn(self.case, self.found("чайник"))

    def test_by_the_name_of_a_file(self) -> None:
        file = LetterFile("c" * 64, "kuitti-marraskuu.pdf", "k.pdf", "application/pdf", "application/pdf", 1)
        self.katja_writes(files=(file,))
        self.assertIn(self.message, self.found("marraskuu"))

    def test_quoted_history_is_not_searched(self) -> None:
        text = "Uusi sana.\n> vanhaa jankutusta"
        self.katja_writes(text, ranges=((0, 10),))
        self.assertIn(self.message, self.found("sana"))
        self.assertEqual(self.found("jankutusta"), set())

    def test_otto_finds_nothing(self) -> None:
        notes.note(case=self.kettle, author=self.aino, text="salaisuus")
        for text in ("чайник", "salaisuus", self.kettle.reference or "", "Orlova", "is:open"):
            with self.subTest(text):
                self.assertEqual(self.found(text, self.otto), set())

    def test_moved_cases_are_found_by_their_new_team_only(self) -> None:
        assignments.move_team(case=self.kettle, team=self.business, by=self.veikko)
        self.assertEqual(self.found("чайник"), set())
        self.assertIn(self.case, self.found("чайник", self.otto))

    def test_an_undone_answer_is_found_no_more(self) -> None:
        message = self.answer(text="hapankaali", hold_seconds=10)
        self.assertIn(self.message, self.found("hapankaali"))
        replies.undo(message=message, by=self.aino)
        self.assertEqual(self.found("hapankaali"), set())

    def test_restricted_cases_are_for_those_on_them(self) -> None:
        Case.objects.filter(pk=self.kettle.pk).update(restricted=True)
        search.update_case(self.kettle.pk, restricted=True)
        self.assertEqual(self.found("чайник", self.veikko), set())
        self.assertIn(self.case, self.found("чайник"))

    def test_operators(self) -> None:
        topics.add_tag(case=self.kettle, by=self.aino, name="rikki")
        closures.close_case(case=self.invoice, closed_by=self.aino, outcome="solved")
        self.promise(hours=1)
        self.pass_time(hours=2)
        invoice = f"desk.case:{self.invoice.pk}"
        for text, here in (
            ("is:promise-late", self.case),
            ("is:closed", invoice),
            ("tag:rikki", self.case),
            ("mine:yes", self.case),
            ("team:North", self.case),
            ("turn:ours", self.case),
            (f"from:{cast.KATJA.address}", self.message),
            ("customer:orlova", self.case),
        ):
            with self.subTest(text):
                self.assertIn(here, self.found(text))
        self.assertNotIn(self.case, self.found("is:closed"))
        self.assertNotIn(invoice, self.found("is:promise-late"))
