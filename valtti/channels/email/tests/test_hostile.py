"""Letters made to hurt: each is read or limited in little time, and its neighbours are on time."""

from __future__ import annotations

import time

from valtti.channels.email.child import Parser
from valtti.channels.email.schema import Letter
from valtti.channels.email.tests.testcase import ReaderTestCase, letter

SECONDS = 8
"""Alone each takes well under two; a busy machine may be slower."""


def page(body: bytes) -> bytes:
    return b"From: a@posti.example\nContent-Type: text/html; charset=utf-8\n\n" + body


def nested(depth: int) -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))
    return b"".join(levels) + b"\n\nHei"


class HostileTests(ReaderTestCase):
    parser: Parser

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.parser = cls.enterClassContext(Parser())

    def read(self, raw: bytes) -> Letter:
        began = time.monotonic()
        found = self.parser.parse(raw)
        self.assertLess(time.monotonic() - began, SECONDS)
        self.assertSound(found)
        return found

    def assertLimited(self, found: Letter, *caps: str) -> None:
        self.assertEqual(found["outcome"], "limited")
        self.assertLessEqual(set(caps), set(found["limits"]["hit"]))

    def test_fifty_thousand_quotes_as_receiver(self) -> None:
        self.read(b"To: " + b'"' * 50_000 + b"\n\nHei")

    def test_a_header_of_five_megabytes(self) -> None:
        self.assertLimited(self.read(b"To: " + b'"' * 5_000_000 + b"\n\nHei"), "letter_header_bytes")

    def test_two_hundred_thousand_references(self) -> None:
        references = b" ".join(b"<%d@posti.example>" % at for at in range(200_000))
        found = self.read(b"Subject: Hei\nReferences: " + references + b"\n\nHei")

        self.assertLimited(found, "letter_header_bytes", "letter_references")
        self.assertEqual((found["headers"]["subject"], found["body"]["text"]), ("Hei", "Hei"))

    def test_twenty_thousand_parts(self) -> None:
        found = self.read(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000)

        self.assertLimited(found, "letter_parts")
        self.assertEqual(len(found["parts"]), 500)

    def test_three_thousand_levels(self) -> None:
        found = self.read(nested(3_000))

        self.assertLimited(found, "letter_depth")
        self.assertEqual(found["limits"]["depth"], 50)

    def test_two_hundred_thousand_nested_blocks(self) -> None:
        found = self.read(page(b"<div>" * 200_000 + b"Hei"))

        self.assertLimited(found, "letter_html_tags")
        self.assertEqual(found["body"]["text"], "Hei")

    def test_a_hundred_thousand_attributes(self) -> None:
        attributes = b" ".join(b"a%d=b" % at for at in range(100_000))
        self.assertEqual(self.read(page(b"<p " + attributes + b">Hei</p>"))["body"]["html_safe"], "<p>Hei</p>")

    def test_two_thousand_open_formats(self) -> None:
        self.read(page(b"<b><i>" * 2_000 + b"Hei"))

    def test_letters_in_letters_without_end(self) -> None:
        inner = b"Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=c\n\n"
        body = b"".join(b"--b\n" + inner + b"--c\n\nx\n" * 100 + b"--c--\n" for _ in range(100))
        found = self.read(b"Content-Type: multipart/mixed; boundary=b\n\n" + body)

        self.assertLimited(found, "letter_parts")

    def test_more_than_a_hundred_files(self) -> None:
        body = b"--b\nContent-Type: image/png\n\nx\n" * 150
        found = self.read(b"Content-Type: multipart/mixed; boundary=b\n\n" + body + b"--b--\n")

        self.assertLimited(found, "files_per_message")
        self.assertEqual([one["state"] for one in found["attachments"]].count("withheld"), 50)

    def test_long_texts(self) -> None:
        for line in (
            b"Hei maailma\n",
            b"> a\n",
            b"\n",
            b"-- \n",
            b"a:\n",
            b"Von: x\n\n",
            b"On 3 May 2024 wrote:\n",
            b"x" * 99,
        ):
            with self.subTest(line=line[:20]):
                found = self.read(b"Subject: Hei\n\n" + line * (3_000_000 // len(line)))
                self.assertLimited(found, "letter_text_bytes")

    def test_odd_runs_of_signs(self) -> None:
        for body in (b"\0" * 500_000, b"\r" * 500_000, b"begin 644 a\n" * 50_000, "a\u0301\u0323".encode() * 200_000):
            with self.subTest(body=body[:10]):
                self.read(b"Subject: Hei\n\n" + body)

    def test_odd_runs_in_headers(self) -> None:
        for value in (
            b"(" * 60_000,
            b"<" * 60_000,
            b"=?" * 30_000,
            b"=?utf-8?q?a?= " * 4_000,
            b",a" * 30_000,
            b"a*0=b;" * 9_000,
        ):
            for name in (b"To", b"Subject", b"References", b"Content-Type", b"Date", b"Authentication-Results"):
                with self.subTest(name=name, value=value[:10]):
                    self.read(name + b": " + value + b"\n\nHei")

    def test_a_hundred_letters_and_one_of_them_poison(self) -> None:
        good = letter("Pumppu ei käynnisty.").encode()
        outcomes = [self.parser.parse(nested(3_000) if at == 50 else good)["outcome"] for at in range(100)]

        self.assertEqual((outcomes.count("parsed"), outcomes[50]), (99, "limited"))
