"""The words of the interface are found, kept and checked."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polib
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.project.messages import catalogue
from valtti.project.messages.sources import Unreadable, Words, of_python, of_template, words_of

CLOSE = Words("Close the case")
OPEN = Words("Open", context="state of a case")
CASES = Words("%(count)s case", plural="%(count)s cases")


def _catalogue(*entries: polib.POEntry) -> polib.POFile:
    found = polib.POFile()
    found.extend(entries)
    return found


class WordsInPythonTests(SimpleTestCase):
    def test_each_way_of_saying_is_found(self) -> None:
        for source, words in [
            ("gettext('Close the case')", CLOSE),
            ("pgettext('state of a case', 'Open')", OPEN),
            ("ngettext('%(count)s case', '%(count)s cases', n)", CASES),
            ("npgettext('queue', 'one', 'many', n)", Words("one", context="queue", plural="many")),
            ("translation.gettext_lazy('Close ' 'the case')", CLOSE),
        ]:
            with self.subTest(source):
                self.assertEqual(list(of_python(source, "x.py")), [words])

    def test_the_name_it_was_imported_under_does_not_matter(self) -> None:
        source = "from django.utils.translation import gettext_lazy as _, pgettext_lazy as said\n_('Close the case')"
        self.assertEqual(list(of_python(source + "\nsaid('state of a case', 'Open')", "x.py")), [CLOSE, OPEN])

    def test_an_underscore_that_is_no_translation_is_left_alone(self) -> None:
        self.assertEqual(list(of_python("_ = print\n_('Close the case')", "x.py")), [])

    def test_a_text_put_together_while_running_is_refused(self) -> None:
        for source in ("gettext(f'Close {case}')", "gettext('Close ' + name)", "gettext(name)"):
            with self.subTest(source), self.assertRaises(Unreadable):
                list(of_python(source, "x.py"))


class WordsInTemplatesTests(SimpleTestCase):
    def test_each_tag_is_found(self) -> None:
        for source, words in [
            ('{% translate "Close the case" %}', CLOSE),
            ('{% translate "Open" context "state of a case" %}', OPEN),
            (
                "{% blocktranslate count count=n %}{{ count }} case{% plural %}{{ count }} cases"
                "{% endblocktranslate %}",
                CASES,
            ),
            ('{% field form.text label=_("Close the case") %}', CLOSE),
            ("{% blocktranslate trimmed %}\n  Close\n  the case\n{% endblocktranslate %}", CLOSE),
            ('{% translate "Somebody\'s case" %}', Words("Somebody's case")),
        ]:
            with self.subTest(source):
                self.assertEqual(list(of_template(source, "x.html")), [words])


class WordsOfTheHouseTests(SimpleTestCase):
    def test_tests_and_files_beside_the_templates_say_nothing(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            room = Path(name) / "valtti" / "desk"
            for file in ("views.py", "tests/test_views.py", "templates/desk/case.html", "notes/case.html"):
                (room / file).parent.mkdir(parents=True, exist_ok=True)
                said = 'gettext("Close the case")' if file.endswith(".py") else '{% translate "Close the case" %}'
                (room / file).write_text(said)

            found = words_of(room.parent)

        self.assertEqual(found, {CLOSE: ["valtti/desk/templates/desk/case.html", "valtti/desk/views.py"]})


class CatalogueTests(SimpleTestCase):
    def faults(self, *entries: polib.POEntry, language: str = "fi") -> list[str]:
        """What is wrong with a catalogue of these entries, in a house that says what they translate."""
        said = {Words(entry.msgid, entry.msgctxt, entry.msgid_plural or None): ["x.py"] for entry in entries}
        return list(catalogue.faults(_catalogue(*entries), said, language))

    def test_a_translated_text_is_in_order(self) -> None:
        self.assertEqual(self.faults(polib.POEntry(msgid="Close the case", msgstr="Sulje asia")), [])

    def test_an_empty_and_a_doubtful_text_are_faults(self) -> None:
        self.assertIn("not translated", self.faults(polib.POEntry(msgid="Close", msgstr=""))[0])
        self.assertIn("fuzzy", self.faults(polib.POEntry(msgid="Close", msgstr="Sulje", flags=["fuzzy"]))[0])

    def test_a_text_nobody_wrote_down_and_one_nobody_says_are_faults(self) -> None:
        leftover = _catalogue(polib.POEntry(msgid="Shut", msgstr="Sulje"))

        found = list(catalogue.faults(leftover, {CLOSE: ["desk/views.py"]}, "fi"))

        self.assertEqual(len(found), 2)
        self.assertIn("not in the catalogue: 'Close the case' (desk/views.py)", found[0])
        self.assertIn("nobody says it any more: 'Shut'", found[1])

    def test_russian_counts_in_three_ways(self) -> None:
        two = {0: "%(count)s обращение", 1: "%(count)s обращения"}
        entry = polib.POEntry(msgid=CASES.text, msgid_plural=str(CASES.plural), msgstr_plural=two)
        self.assertIn("not translated", self.faults(entry, language="ru")[0])

        entry.msgstr_plural = two | {2: "%(count)s обращений"}
        self.assertEqual(self.faults(entry, language="ru"), [])

    def test_a_placeholder_neither_disappears_nor_is_made_up(self) -> None:
        for translated in ("Vastaaja", "Vastaaja: %(name)s"):
            entry = polib.POEntry(msgid="Answered by %(agent)s", msgstr=translated)
            self.assertIn("placeholders differ", self.faults(entry)[0])
        self.assertEqual(self.faults(polib.POEntry(msgid="Answered by %(agent)s", msgstr="Vastaaja: %(agent)s")), [])

    def test_one_may_be_said_without_its_number(self) -> None:
        forms = {0: "yksi asia", 1: "%(count)s asiaa"}
        entry = polib.POEntry(msgid=CASES.text, msgid_plural=str(CASES.plural), msgstr_plural=forms)
        self.assertEqual(self.faults(entry), [])


class InStepTests(SimpleTestCase):
    def test_new_words_come_in_empty_old_ones_keep_their_translation_and_leftovers_go(self) -> None:
        old = _catalogue(
            polib.POEntry(msgid="Close the case", msgstr="Sulje asia", tcomment="button"),
            polib.POEntry(msgid="Shut", msgstr="Sulje"),
        )

        new = catalogue.in_step(old, {OPEN: ["b.py"], CLOSE: ["a.py"]}, "fi")

        self.assertEqual(
            [(entry.msgid, entry.msgstr) for entry in new], [("Close the case", "Sulje asia"), ("Open", "")]
        )
        self.assertEqual(new[0].tcomment, "button")

    def test_the_same_english_in_two_contexts_is_two_texts(self) -> None:
        words = {OPEN: ["a.py"], Words("Open", context="button"): ["b.py"]}
        self.assertEqual(len(catalogue.in_step(polib.POFile(), words, "ru")), 2)

    @given(st.dictionaries(st.builds(Words, st.text(min_size=1)), st.just(["a.py"]), max_size=8))
    def test_bringing_in_step_twice_changes_nothing(self, words: dict[Words, list[str]]) -> None:
        once = catalogue.in_step(polib.POFile(), words, "fi")
        self.assertEqual(str(catalogue.in_step(once, words, "fi")), str(once))

    def test_what_is_written_is_read_back(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "django.po"
            catalogue.in_step(polib.POFile(), {CLOSE: ["a.py"], CASES: ["a.py"]}, "ru").save(str(path))
            self.assertEqual(len(catalogue.read(path)), 2)
            self.assertEqual(len(catalogue.read(path)[0].msgstr_plural), 3)
