"""From bytes to text under true, wrong, odd and missing names."""

from __future__ import annotations

from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.email.parse import charset
from valtti.channels.email.parse.text import clean, unflow
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read

RU = "Здравствуйте, когда приедет мастер? Ждём вас с утра."
FI = "Hyvää päivää, tilaukseni ei ole vieläkään täällä. Älkää unohtako."


def raw(text: str, codec: str, content_type: str = "text/plain") -> bytes:
    head = letter("", f"Content-Type: {content_type}", "Content-Transfer-Encoding: 8bit")
    return head.replace("\n", "\r\n").encode() + text.encode(codec)


class DeclaredTests(ReaderTestCase):
    def test_names_as_senders_write_them(self) -> None:
        for name, codec, shown in (
            ("koi8-r", "koi8-r", "koi8-r"),
            ("KOI8_R", "koi8-r", "koi8-r"),
            ("windows-1251", "cp1251", "windows-1251"),
            ("win-1251", "cp1251", "windows-1251"),
            ("cp-1251", "cp1251", "windows-1251"),
            ("ISO-8859-5", "iso-8859-5", "iso-8859-5"),
            ("utf8", "utf-8", "utf-8"),
            ("IBM866", "cp866", "cp866"),
        ):
            with self.subTest(name=name):
                found = read(raw(RU, codec, f"text/plain; charset={name}"))
                self.assertEqual(found["body"]["text"], RU)
                self.assertEqual((found["body"]["charset"], found["body"]["charset_by"]), (shown, "declared"))

    def test_gb2312_letters_hold_gb18030_signs(self) -> None:
        found = read(raw("朱镕基 𠮷野家", "gb18030", "text/plain; charset=gb2312"))

        self.assertEqual((found["body"]["text"], found["body"]["charset"]), ("朱镕基 𠮷野家", "gb18030"))

    def test_latin_1_with_bytes_that_only_windows_has(self) -> None:
        for name in ("iso-8859-1", "us-ascii", "latin1"):
            with self.subTest(name=name):
                found = read(raw("“Hinta” – 5 €", "cp1252", f"text/plain; charset={name}"))
                self.assertEqual(found["body"]["text"], "“Hinta” – 5 €")
                self.assertEqual(found["body"]["charset"], "windows-1252")

    def test_the_five_empty_places_of_windows_1252_never_raise(self) -> None:
        self.assertEqual(charset.decode(b"a\x81\x8d\x8f\x90\x9d", "windows-1252", language=None).text[0], "a")

    def test_an_unknown_name_is_noted_and_the_bytes_are_read(self) -> None:
        found = read(raw(FI, "utf-8", "text/plain; charset=x-klingon"))

        self.assertEqual((found["body"]["text"], found["body"]["charset_by"]), (FI, "utf8"))
        self.assertIn("charset_unknown", self.problem_codes(found))

    def test_a_lying_name_is_noted(self) -> None:
        found = read(raw(RU, "cp1251", "text/plain; charset=utf-8"), language="ru")

        self.assertEqual((found["body"]["text"], found["body"]["charset"]), (RU, "windows-1251"))
        self.assertIn("charset_wrong", self.problem_codes(found))

    def test_one_broken_sign_does_not_change_the_charset(self) -> None:
        data = raw(FI, "utf-8", "text/plain; charset=utf-8") + b"\xc3"
        found = read(data)

        self.assertEqual(found["body"]["charset"], "utf-8")
        self.assertIn("charset_damaged", self.problem_codes(found))

    def test_codecs_that_are_no_charset_are_never_used(self) -> None:
        for name in ("rot13", "zlib", "idna", "punycode", "unicode_escape", "undefined", "base64"):
            with self.subTest(name=name):
                self.assertIsNone(charset.codec_of(name))


class UndeclaredTests(ReaderTestCase):
    def test_utf_8_needs_no_name(self) -> None:
        self.assertEqual(read(raw(RU, "utf-8"))["body"]["charset_by"], "utf8")

    def test_russian_is_told_apart(self) -> None:
        for codec, shown in (("koi8-r", "koi8-r"), ("cp1251", "windows-1251"), ("cp866", "cp866")):
            with self.subTest(codec=codec):
                found = read(raw(RU, codec), language="ru")
                self.assertEqual((found["body"]["text"], found["body"]["charset"]), (RU, shown))
                self.assertEqual(found["body"]["charset_by"], "detected")

    def test_finnish_is_windows_1252(self) -> None:
        found = read(raw(FI, "latin-1"), language="fi")

        self.assertEqual((found["body"]["text"], found["body"]["charset"]), (FI, "windows-1252"))

    def test_estonian_has_its_own(self) -> None:
        found = read(raw("Šokolaad ja žürii, öö ja õun", "cp1257"), language="et")

        self.assertEqual(found["body"]["text"], "Šokolaad ja žürii, öö ja õun")

    def test_a_mark_goes_before_every_name(self) -> None:
        found = read(raw("\ufeffHyvää", "utf-8", "text/plain; charset=iso-8859-1"))

        self.assertEqual((found["body"]["text"], found["body"]["charset_by"]), ("Hyvää", "bom"))

    def test_html_may_name_its_own(self) -> None:
        found = read(raw(f'<meta charset="windows-1251"><p>{RU}</p>', "cp1251", "text/html"))

        self.assertEqual((found["body"]["text"], found["body"]["charset_by"]), (RU, "meta"))

    def test_the_caller_may_name_one(self) -> None:
        found = read(RU.encode("koi8-r"), read_as="text", charset="koi8-r")

        self.assertEqual(found["body"]["text"], RU)

    @given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "us-ascii", "gb2312", "utf-7", "utf-16", "x-no"]))
    def test_no_bytes_and_no_name_raise(self, data: bytes, name: str | None) -> None:
        found = charset.decode(data, name, language="fi", html=True)
        self.assertIsInstance(clean(found.text).encode("utf-8"), bytes)


class CleanTests(ReaderTestCase):
    def test_line_ends_nul_and_form(self) -> None:
        self.assertEqual(clean("a\r\nb\rc\0d a\u0308"), "a\nb\ncd ä")

    def test_a_tower_of_marks_keeps_its_form(self) -> None:
        tower = "a" + "\u0301\u0323" * 1000
        self.assertEqual(clean(tower), tower)

    def test_flowed_lines_are_joined_and_the_signature_mark_is_not(self) -> None:
        self.assertEqual(unflow("Yksi \nkaksi\n> a \n> b\n-- \nMatti", False), "Yksi kaksi\n> a b\n-- \nMatti")

    def test_flowed_with_its_space_deleted(self) -> None:
        self.assertEqual(unflow("漢 \n字", True), "漢字")

    def test_a_flowed_letter(self) -> None:
        found = read(letter("Tämä rivi \njatkuu.", "Content-Type: text/plain; charset=utf-8; format=flowed"))

        self.assertEqual(found["body"]["text"], "Tämä rivi jatkuu.")

    def test_what_the_library_writes_we_read(self) -> None:
        for codec in ("utf-8", "koi8-r", "windows-1251"):
            message = EmailMessage()
            message["Subject"] = RU
            message.set_content(RU, charset=codec)
            found = read(message.as_bytes())
            self.assertEqual((found["headers"]["subject"], found["body"]["text"].strip()), (RU, RU))
