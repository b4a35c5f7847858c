"""Headers as they come: encoded words, folds, parameters, addresses, dates and ids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import addresses, dates, encoded, ids, params
from valtti.channels.email.parse.params import parse as parse_params
from valtti.channels.email.schema import Address
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read
from valtti.core.subjects import is_forward, plain_subject


def one(text: str) -> Address:
    return addresses.parse(text)[0]


class WordTests(ReaderTestCase):
    def test_words_as_programs_write_them(self) -> None:
        for written, meant in (
            ("=?utf-8?Q?H=C3=A4t=C3=A4?=", "Hätä"),
            ("=?UTF-8?b?SMOkdMOk?=", "Hätä"),
            ("=?utf-8?B?SMOkdMO?= =?utf-8?B?k?=", "Hätä"),
            ("=?utf-8?Q?H=C3?= =?utf-8?Q?=A4t=C3=A4?=", "Hätä"),
            ("=?iso-8859-1?Q?H\u00e4t=E4?=", "Hätä"),
            ("=?utf-8*fi?Q?H=C3=A4t=C3=A4?=", "Hätä"),
            ('"=?utf-8?Q?H=C3=A4t=C3=A4?=" nyt', '"Hätä" nyt'),
            ("=?utf-8?Q?H=C3=A4t=C3=A4?= ja =?utf-8?Q?h=C3=A4t=C3=A4?=", "Hätä ja hätä"),
            ("=?utf-8?Q?a b c?=", "a b c"),
            ("=?x-no?Q?abc?=", "abc"),
            ("no words =? here", "no words =? here"),
            ("=?utf-8?Q?unclosed", "=?utf-8?Q?unclosed"),
        ):
            with self.subTest(written=written):
                self.assertEqual(encoded.decode(written), meant)

    @given(st.text(max_size=200))
    def test_any_text_is_read(self, text: str) -> None:
        self.assertIsInstance(encoded.decode(text), str)


class BlockTests(ReaderTestCase):
    def test_folds_with_tabs_become_one_space(self) -> None:
        found = read("Subject: Hei\n\tmaailma\n  taas\n\nx")
        self.assertEqual(found["headers"]["subject"], "Hei maailma taas")

    def test_headers_that_begin_late(self) -> None:
        found = read("\n\nFrom katja Fri May  3 10:23:00 2024\nSubject: Hei\n\nx")

        self.assertEqual(found["headers"]["subject"], "Hei")
        self.assertIn("header_late", self.problem_codes(found))

    def test_a_broken_line_between_headers_is_stepped_over(self) -> None:
        found = read("Subject: Hei\nthis is broken\nTo: a@posti.example\n\nx")

        self.assertEqual(found["headers"]["to"][0]["address"], "a@posti.example")
        self.assertIn("header_damaged", self.problem_codes(found))

    def test_a_body_without_headers_is_text(self) -> None:
        self.assertEqual(read("Moi vain kaikille\nja kiitos")["body"]["text"], "Moi vain kaikille\nja kiitos")

    def test_raw_eight_bit_headers_by_the_charset_of_the_body(self) -> None:
        raw = "Subject: Привет\nContent-Type: text/plain; charset=koi8-r\n\nМир".encode("koi8-r")
        self.assertEqual(read(raw)["headers"]["subject"], "Привет")

    def test_of_two_froms_the_first_wins_and_the_other_is_remembered(self) -> None:
        found = read("From: a@posti.example\nFrom: b@posti.example\n\nx")

        assert found["author"]
        self.assertEqual(found["author"]["address"], "a@posti.example")
        doubled = [problem for problem in found["problems"] if problem["code"] == "header_doubled"]
        self.assertEqual(doubled[0]["detail"], "b@posti.example")

    def test_every_header_is_kept_in_order(self) -> None:
        found = read("X-B: =?utf-8?Q?=C3=A4?=\nX-A: 2\n\nx")
        self.assertEqual(found["headers"]["all"], [["X-B", "ä"], ["X-A", "2"]])

    def test_a_missing_id_is_made_of_the_bytes(self) -> None:
        found = read("Subject: a\n\nx", host="kirkaskoti.example")

        self.assertTrue(found["headers"]["message_id_made"])
        self.assertEqual(found["headers"]["message_id"], f"made-{found['sha256']}@kirkaskoti.example")

    def test_list_language_priority_and_program(self) -> None:
        found = read(
            "List-Id: Pumput <pumput.lists.example>\nContent-Language: fi, sv\n"
            "X-Priority: 1 (Highest)\nUser-Agent: Mutt\n\nx"
        )

        headers = found["headers"]
        self.assertEqual((headers["list_id"], headers["languages"]), ("pumput.lists.example", ["fi", "sv"]))
        self.assertEqual((headers["priority"], headers["mailer"]), ("high", "Mutt"))

    def test_an_empty_return_path_is_one_entry_without_address(self) -> None:
        self.assertEqual(read("Subject: a\n\nx")["headers"]["return_path"], [])
        self.assertEqual([one["address"] for one in read("Return-Path: <>\n\nx")["headers"]["return_path"]], [None])


class SubjectTests(ReaderTestCase):
    def test_prefixes_of_five_languages_are_taken_off(self) -> None:
        for subject in (
            "VS: Lasku",
            "Re: VS: Lasku",
            "SV: Lasku",
            "AW: WG: Lasku",
            "Отв: Lasku",
            "RE[2]: Lasku",
            "Fwd: Lasku",
        ):
            with self.subTest(subject=subject):
                self.assertEqual(plain_subject(subject), "Lasku")

    def test_words_that_look_like_prefixes_stay(self) -> None:
        for subject in ("Retki: lasku", "Vastaanotto: ajat", "Reklamaatio: pumppu"):
            self.assertEqual(plain_subject(subject), subject)

    def test_forwards_are_told_apart(self) -> None:
        self.assertTrue(is_forward("VL: Lasku"))
        self.assertFalse(is_forward("VS: Lasku"))


class ParameterTests(ReaderTestCase):
    def test_names_of_files(self) -> None:
        for written, meant in (
            ('attachment; filename="a;b \\"c\\".txt"', 'a;b "c".txt'),
            ("attachment; filename*=utf-8''p%C3%A4iv%C3%A4.txt", "päivä.txt"),
            ("attachment; filename*0*=utf-8''p%C3%A4; filename*1=iv; filename*2=\".txt\"", "päiv.txt"),
            ('attachment; filename="=?utf-8?Q?p=C3=A4iv=C3=A4?=.txt"', "päivä.txt"),
            ("attachment; filename=plain.txt; filename*=utf-8''b%C3%A4tter.txt", "bätter.txt"),
            ("attachment; filename=first.txt; filename=second.txt", "first.txt"),
            ("attachment; filename*=broken", "broken"),
        ):
            with self.subTest(written=written):
                self.assertEqual(params.parse(written)[1]["filename"], meant)

    def test_a_forgotten_semicolon(self) -> None:
        self.assertEqual(parse_params('multipart/mixed boundary="b"'), ("multipart/mixed", {"boundary": "b"}))


class AddressTests(ReaderTestCase):
    def test_addresses_as_people_write_them(self) -> None:
        for written, name, address in (
            ("Matti <m@posti.example>", "Matti", "m@posti.example"),
            ("m@posti.example (Matti M)", "Matti M", "m@posti.example"),
            ("Virtanen, Matti <m@posti.example>", "Virtanen, Matti", "m@posti.example"),
            ('"Virtanen, Matti" <m@posti.example>', "Virtanen, Matti", "m@posti.example"),
            ("<> Matti <m@posti.example>", "Matti", "m@posti.example"),
            ("Matti m@posti.example", "Matti", "m@posti.example"),
            ("Matti <m@posti.example", "Matti", "m@posti.example"),
            ("=?utf-8?Q?M=C3=A4tti=2C_M?= <m@posti.example>", "Mätti, M", "m@posti.example"),
            ("<@a.example,@b.example:m@posti.example>", None, "m@posti.example"),
            ("mailto:m@posti.example", None, "m@posti.example"),
            ("'Matti' <M@POSTI.example>", "Matti", "M@posti.example"),
            ('"m m"@posti.example', None, '"m m"@posti.example'),
        ):
            with self.subTest(written=written):
                found = one(written)
                self.assertEqual((found["name"], found["address"], found["valid"]), (name, address, True))

    def test_groups(self) -> None:
        found = addresses.parse("Team: a@posti.example, B <b@posti.example>; c@posti.example, none:;")
        self.assertEqual(
            [(one["group"], one["address"]) for one in found][:2],
            [("Team", "a@posti.example"), ("Team", "b@posti.example")],
        )
        self.assertEqual((found[2]["group"], len(found)), (None, 3))

    def test_forgotten_commas(self) -> None:
        found = addresses.parse("a@posti.example b@posti.example")
        self.assertEqual([one["address"] for one in found], ["a@posti.example", "b@posti.example"])

    def test_domains_for_people_and_for_matching(self) -> None:
        for written in ("a@hyvää.example", "a@xn--hyv-slaa.example"):
            found = one(written)
            self.assertEqual((found["address"], found["ascii"]), ("a@hyvää.example", "a@xn--hyv-slaa.example"))

    def test_a_name_that_shows_another_address_deceives(self) -> None:
        self.assertTrue(one('"posti@kirkaskoti.example" <evil@posti.example>')["deceptive"])
        self.assertFalse(one('"Evil@Posti.example" <evil@posti.example>')["deceptive"])

    def test_what_is_no_address(self) -> None:
        for written in ("Matti", "Matti <>", "a@", "@b", "a b@@c", "a@-b-.example"):
            with self.subTest(written=written):
                self.assertFalse(one(written)["valid"])

    @given(st.text(alphabet='a@.,;:<>()"\\ =?bö', max_size=80))
    def test_any_text_is_scanned(self, text: str) -> None:
        for found in addresses.parse(text):
            self.assertIn(found["raw"], text)


class AuthorTests(ReaderTestCase):
    def test_sender_only_when_from_has_no_address(self) -> None:
        found = read("From: Matti\nSender: s@posti.example\nReply-To: r@posti.example\n\nx")

        assert found["author"]
        self.assertEqual(found["author"]["address"], "s@posti.example")
        self.assertEqual(found["answer_to"][0]["address"], "r@posti.example")

    def test_our_own_reply_to_is_no_answer(self) -> None:
        found = read(letter("x", "Reply-To: posti@kirkaskoti.example"), own_addresses=("posti@kirkaskoti.example",))

        self.assertEqual(found["answer_to"][0]["address"], "katja.orlova@posti.example")

    def test_nobody_wrote(self) -> None:
        found = read("Subject: a\n\nx")
        self.assertIsNone(found["author"])
        self.assertEqual(found["answer_to"], [])


class DateTests(ReaderTestCase):
    def test_moments(self) -> None:
        for written, iso, utc in (
            ("Fri, 03 May 2024 10:23:00 +0300", "2024-05-03T10:23:00+03:00", "2024-05-03T07:23:00Z"),
            ("Fri, 3 May 2024 10:23 EEST", "2024-05-03T10:23:00+03:00", "2024-05-03T07:23:00Z"),
            ("3 May 2024 10:23:00 GMT", "2024-05-03T10:23:00+00:00", "2024-05-03T10:23:00Z"),
            ("3 May 2024 10:23:00 -0000", "2024-05-03T10:23:00", None),
            ("3 May 2024 10:23:00", "2024-05-03T10:23:00", None),
            ("2024-05-03 10:23:00 +0300", "2024-05-03T10:23:00+03:00", "2024-05-03T07:23:00Z"),
            ("yesterday", None, None),
            ("Fri, 33 May 2024 10:23:00 +0300", None, None),
        ):
            with self.subTest(written=written):
                found = dates.read(written, Notes())
                self.assertEqual((found["iso"], found["utc"], found["raw"]), (iso, utc, written))

    @given(st.text(max_size=60))
    def test_any_text_is_a_date_or_none(self, text: str) -> None:
        dates.read(text, Notes())


class IdTests(ReaderTestCase):
    def test_ids_in_order_without_repeats(self) -> None:
        found = read(
            "References: <a@x> <b@x>\n\t<a@x>\nIn-Reply-To: Your message of Friday <b@x>\nMessage-ID: < c@x >\n\nx"
        )

        self.assertEqual(found["headers"]["references"], ["a@x", "b@x"])
        self.assertEqual(found["headers"]["in_reply_to"], ["b@x"])
        self.assertEqual(found["headers"]["message_id"], "c@x")

    def test_ids_without_brackets(self) -> None:
        self.assertEqual(ids.several(["a@x, b@x"]), ["a@x", "b@x"])
        self.assertEqual(ids.one("a@x"), "a@x")
        self.assertIsNone(ids.one("  "))
