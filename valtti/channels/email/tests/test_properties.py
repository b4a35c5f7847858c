"""What is true of every letter, however it is made."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from valtti.channels.email.options import Options
from valtti.channels.email.parse.letter import parse_bytes
from valtti.channels.email.tests.testcase import ReaderTestCase
from valtti.channels.email.trim.reply import trim

HEADERS = b"""From: a@posti.example
From: =?utf-8?q?=C3=A4?= <a@b>
To: x:a@b;, <
Subject: =?koi8-r?b?8A==?=
Date: x
Content-Type: multipart/mixed; boundary=b
Content-Type: multipart/alternative; boundary="b"
Content-Type: text/html
Content-Type: message/rfc822
Content-Type: multipart/report; report-type=delivery-status; boundary=b
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64
Content-Transfer-Encoding: x-uuencode
Content-Type: text/plain; charset=utf-16
Content-Disposition: attachment; filename*0*=utf-7''a
Return-Path: <>
 folded
broken

""".split(b"\n")
LINES = (
    [b"\xff\xfe\0", b"\r", b"-- "]
    + b"""--b
--b--
Hei maailma
> vanha
<p>x</p>
<blockquote type=cite>y</blockquote>
QUJD=
Aino kirjoitti 3.5.2024 klo 10.23:
begin 644 a
`
end
Action: failed
Final-Recipient: rfc822; a@b
Begin forwarded message:
Terveisin
Matti
""".split(b"\n")
)
TEXT_LINES = (
    ["-- ", " ", "x" * 70]
    + """Hei
> vanha
>> vanhempi
On 3 May 2024, at 10:23, Aino <a@b.example> wrote:
Aino kirjoitti 3.5.2024 klo 10.23:
03.05.2024, 10:23, "Aino" <a@b.example>:
-----Original Message-----
From: A <a@b.example>
Sent: Friday
To: B
Subject: C
Lähettäjä: A
Lähetetty: eilen
Aihe: C
Terveisin
Matti
Lähetetty iPhonesta
---------- Forwarded message ---------
________________________________
This e-mail is confidential.
""".split("\n")
)


class LetterProperties(ReaderTestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.binary(max_size=600))
    def test_any_bytes_are_a_letter(self, raw: bytes) -> None:
        found = parse_bytes(raw)
        self.assertSound(found)
        json.dumps(found, ensure_ascii=False).encode("utf-8")

    @settings(max_examples=250, deadline=None)
    @given(
        st.lists(st.sampled_from(HEADERS), max_size=6),
        st.lists(st.sampled_from([*LINES, *HEADERS]), max_size=25),
        st.sampled_from([b"\n", b"\r\n"]),
    )
    def test_any_pieces_are_a_letter(self, headers: list[bytes], lines: list[bytes], end: bytes) -> None:
        self.assertSound(parse_bytes(end.join([*headers, b"", *lines])))

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=300), st.sampled_from(["text", "html"]))
    def test_any_text_is_a_body(self, text: str, kind: str) -> None:
        found = parse_bytes(text.encode("utf-8", "replace"), options=Options(read_as=kind))  # type: ignore[arg-type]
        self.assertSound(found)

    @given(st.binary(max_size=200))
    def test_reading_twice_says_the_same(self, raw: bytes) -> None:
        first, second = parse_bytes(raw), parse_bytes(raw)
        first["limits"]["cpu_ms"] = second["limits"]["cpu_ms"] = 0
        self.assertEqual(first, second)


class TrimProperties(ReaderTestCase):
    @settings(max_examples=400, deadline=None)
    @given(st.lists(st.sampled_from(TEXT_LINES), max_size=25))
    def test_nothing_is_ever_lost(self, lines: list[str]) -> None:
        text = "\n".join(lines)
        reply = trim(text)
        self.assertNothingLost(text, reply)
        if text.strip():
            self.assertTrue(reply["visible"].strip())
        if reply["inline"]:
            self.assertEqual(reply["hidden"], [])
        for forward in reply["forwards"]:
            self.assertIn(forward["text"], text)

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=3))
    def test_wrappers_anywhere_lose_nothing(self, text: str, spans: list[tuple[int, int]]) -> None:
        self.assertNothingLost(text, trim(text, quoted=[(min(span), max(span)) for span in spans]))
