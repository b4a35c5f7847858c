"""Real letters from open collections: each is read, and read as its collection says."""

from __future__ import annotations

from valtti.channels.email.options import Options
from valtti.channels.email.parse.letter import parse_bytes
from valtti.channels.email.tests.expected import DIFFERS, Expected, cases
from valtti.channels.email.tests.testcase import OPEN, ReaderTestCase

MIKEL = OPEN / "mikel-mail" / "spec" / "fixtures" / "emails"
BODIES = OPEN / "zapier-email-reply-parser" / "test" / "emails"


class OpenSetTests(ReaderTestCase):
    def test_every_letter_is_read_and_nothing_of_it_is_lost(self) -> None:
        files = sorted(OPEN.rglob("*.eml"))
        for path in files:
            with self.subTest(letter=str(path.relative_to(OPEN))):
                found = parse_bytes(path.read_bytes(), file=path.name)
                self.assertSound(found)
                self.assertEqual(found["outcome"], "parsed")
        self.assertEqual(len(files), 216)

    def test_every_bare_body_is_read(self) -> None:
        files = sorted(BODIES.glob("*.txt"))
        for path in files:
            with self.subTest(body=path.name):
                found = parse_bytes(path.read_bytes(), options=Options(read_as="text"))
                self.assertSound(found)
                self.assertTrue(found["reply"]["visible"])
        self.assertEqual(len(files), 24)


class ExpectedValuesTests(ReaderTestCase):
    """The parser collection of Stalwart carries what each letter holds."""

    def compare(self, what: str) -> None:
        compared = 0
        for case in cases():
            with self.subTest(letter=case.name, what=what):
                wanted, got = getattr(case, what)()
                if (case.name, what) in DIFFERS:
                    self.assertNotEqual(wanted, got, "It agrees now: take it off the list.")
                elif wanted is not None:
                    self.assertEqual(got, wanted)
                    compared += 1
        self.assertGreater(compared, 60)

    def test_subjects(self) -> None:
        self.compare("subject")

    def test_who_wrote(self) -> None:
        self.compare("senders")

    def test_who_received(self) -> None:
        self.compare("recipients")

    def test_dates(self) -> None:
        self.compare("date")

    def test_names_of_files(self) -> None:
        self.compare("file_names")

    def test_sizes_of_files(self) -> None:
        self.compare("file_sizes")

    def test_text(self) -> None:
        self.compare("text")

    def test_the_list_of_differences_is_short_and_gives_reasons(self) -> None:
        self.assertLess(len({name for name, _ in DIFFERS}), 32)
        names = {case.name for case in cases()}
        for (name, what), reason in DIFFERS.items():
            self.assertIn(name, names)
            self.assertTrue(hasattr(Expected, what))
            self.assertGreater(len(reason.split()), 3)


class RubyLettersTests(ReaderTestCase):
    """Letters of the Ruby collection carry no values: these were read off by hand."""

    def test_a_japanese_letter_in_its_own_charset(self) -> None:
        found = parse_bytes((MIKEL / "multi_charset" / "japanese_iso_2022.eml").read_bytes())

        self.assertEqual(found["body"]["charset"], "iso-2022-jp")
        self.assertIn("すみません。", found["body"]["text"])

    def test_a_korean_charset_under_its_old_name(self) -> None:
        found = parse_bytes((MIKEL / "multi_charset" / "ks_c_5601-1987.eml").read_bytes())

        self.assertEqual(found["body"]["charset"], "cp949")
        self.assertIn("스티해", found["body"]["text"])

    def test_two_writers_and_the_first_is_the_author(self) -> None:
        found = parse_bytes((MIKEL / "plain_emails" / "raw_email_multiple_from.eml").read_bytes())

        self.assertEqual(len(found["headers"]["from"]), 2)
        assert found["author"]
        self.assertEqual(found["author"]["address"], found["headers"]["from"][0]["address"])

    def test_five_people_could_not_be_reached(self) -> None:
        found = parse_bytes((MIKEL / "multipart_report_emails" / "multi_address_bounce1.eml").read_bytes())

        assert found["report"]
        self.assertEqual(found["kind"], "bounce")
        self.assertEqual(len(found["report"]["recipients"]), 5)
        self.assertEqual({one["class"] for one in found["report"]["recipients"]}, {"user_unknown"})
        self.assertEqual(found["report"]["original"]["subject"], "Test of bounce email")

    def test_a_full_mailbox_is_a_delay(self) -> None:
        found = parse_bytes((MIKEL / "multipart_report_emails" / "report_422.eml").read_bytes())

        assert found["report"]
        self.assertEqual((found["kind"], found["report"]["recipients"][0]["class"]), ("delay", "mailbox_full"))

    def test_a_file_name_in_words_is_read(self) -> None:
        name = "attachment_emails/attachment_with_base64_encoded_name.eml"
        found = parse_bytes((MIKEL / name).read_bytes())

        self.assertEqual(found["attachments"][0]["name"], "This is a test.pdf")
