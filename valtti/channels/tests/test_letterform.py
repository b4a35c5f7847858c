"""Letters of ours as bytes: headers that keep a thread, two bodies, files, and nothing smuggled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.email.letterform import Attached, HeaderRefused, Parts, build
from valtti.channels.email.letterhtml import Board, page

LONG_ID = f"{'a' * 48}.{'b' * 16}@kaiku.example"
ANSWER = Parts(
    sender="asiakaspalvelu@kaiku.example",
    sender_name="Kaiku Kuitu Oy",
    to=("katja.orlova@posti.example",),
    subject="Re: Три аренды роутера в одном счёте",
    body="Катя, доброе утро!\n\nСчёт исправлен.\n\nОтвечает: Ирина",
    language="ru",
    message_id=LONG_ID,
    at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    loop_marker="0123abcd",
    in_reply_to="one@posti.example",
    references=("zero@posti.example", "one@posti.example"),
    words="Катя, доброе утро!\n\nСчёт исправлен.",
    writer="Отвечает: Ирина",
    board=Board("Далее", "1 декабря, 12:00", "Проверим счёт <b>", "Напишем вам."),
    foot=("Чтобы что-то добавить, ответьте на это письмо.", "Обращение V-1042-K"),
)


class LetterFormTests(TestCase):
    def test_the_customers_program_can_thread_it(self) -> None:
        letter = read(ANSWER)

        self.assertEqual(letter["Message-ID"], f"<{LONG_ID}>")
        self.assertEqual(letter["In-Reply-To"], "<one@posti.example>")
        self.assertEqual(letter["References"].split(), ["<zero@posti.example>", "<one@posti.example>"])

    def test_an_id_is_never_folded_into_an_encoded_word(self) -> None:
        raw = build(replace(ANSWER, references=tuple(f"{'r' * 90}{n}@posti.example" for n in range(40))))

        self.assertNotIn(b"=?", raw.partition(b"From:")[0])
        self.assertTrue(all(len(line) < 998 for line in raw.split(b"\r\n")))

    def test_a_foreign_id_that_would_break_a_header_is_left_out(self) -> None:
        letter = read(replace(ANSWER, references=("good@x.example", "bad id@x.example", "päivää@x.example", "<x>")))

        self.assertEqual(letter["References"], "<good@x.example>")

    def test_text_stands_first_and_html_beside_it(self) -> None:
        letter = read(ANSWER)

        self.assertEqual([part.get_content_type() for part in letter.walk()][1:], ["text/plain", "text/html"])
        self.assertIn("Счёт исправлен.", text_of(letter, "text/plain"))
        self.assertIn("1 декабря, 12:00", text_of(letter, "text/html"))
        self.assertIn('lang="ru"', text_of(letter, "text/html"))

    def test_words_are_escaped_in_html(self) -> None:
        letter = read(replace(ANSWER, words="a <script>alert(1)</script> & b"))

        html = text_of(letter, "text/html")
        self.assertNotIn("<script", html)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt; &amp; b", html)
        self.assertIn("Проверим счёт &lt;b&gt;", html)

    def test_an_automatic_letter_says_that_it_is_one(self) -> None:
        letter = read(replace(ANSWER, automatic=True))

        self.assertEqual(letter["Auto-Submitted"], "auto-replied")
        self.assertEqual(letter["X-Auto-Response-Suppress"], "All")
        self.assertIsNone(read(ANSWER)["Auto-Submitted"])

    def test_every_letter_carries_the_houses_mark(self) -> None:
        self.assertEqual(read(ANSWER)["X-Valtti-Loop"], "0123abcd")

    def test_files_go_with_it(self) -> None:
        files = (Attached("lasku ä.pdf", "application/pdf", b"%PDF"), Attached("x", "message/rfc822", b"raw"))

        attached = [part for part in read(replace(ANSWER, files=files)).walk() if part.get_filename()]

        self.assertEqual(
            [part.get_content_type() for part in attached], ["application/pdf", "application/octet-stream"]
        )
        self.assertEqual(attached[0].get_filename(), "lasku ä.pdf")
        self.assertEqual(attached[0].get_payload(decode=True), b"%PDF")

    def test_line_ends_in_a_header_are_refused_not_cleaned(self) -> None:
        evil = "x\r\nBcc: victim@posti.example"
        for change in ({"subject": evil}, {"to": (evil,)}, {"sender_name": evil}, {"reply_to": evil}):
            with self.subTest(change=change), self.assertRaises(HeaderRefused):
                build(replace(ANSWER, **change))
        with self.assertRaises(HeaderRefused):
            build(replace(ANSWER, files=(Attached(evil, "text/plain", b""),)))

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0")), st.text(st.characters(codec="utf-8")))
    def test_any_subject_and_text_make_a_letter_of_seven_bits(self, subject: str, body: str) -> None:
        raw = build(replace(ANSWER, subject=subject, body=body, words=body))

        self.assertTrue(raw.isascii())
        head = raw.partition(b"\r\n\r\n")[0]
        self.assertNotIn(b"\nBcc:", head)
        self.assertEqual(message_from_bytes(raw)["X-Valtti-Loop"], "0123abcd")

    def test_links_can_be_followed(self) -> None:
        html = page(
            language="en", title="t", text="See https://kaiku.example/a?b=1&c=2.", last_line="", board=None, foot=""
        )

        self.assertIn('<a href="https://kaiku.example/a?b=1&amp;c=2">', html)
        self.assertNotIn('class="board"><tr>', html)


def read(parts: Parts) -> Message:
    return message_from_bytes(build(parts))


def text_of(letter: Message, kind: str) -> str:
    part = next(part for part in letter.walk() if part.get_content_type() == kind)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8")


class SubjectTests(TestCase):
    def test_the_subject_is_read_as_it_was_written(self) -> None:
        self.assertEqual(str(make_header(decode_header(read(ANSWER)["Subject"]))), ANSWER.subject)
