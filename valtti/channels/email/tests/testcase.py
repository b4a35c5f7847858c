"""What the tests of the reader share: letters from text, and the promises every letter must keep."""

from __future__ import annotations

from pathlib import Path

from django.test import SimpleTestCase

from valtti.channels.email.options import Options
from valtti.channels.email.parse.letter import parse_bytes
from valtti.channels.email.schema import Letter, Reply
from valtti.channels.email.tests.conform import faults

HERE = Path(__file__).parent
OPEN = HERE / "open"


def read(text: str | bytes, **options: object) -> Letter:
    """The letter of this text; line feeds become CRLF as on the wire."""
    raw = text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()
    return parse_bytes(raw, options=Options(**options))  # type: ignore[arg-type]


def letter(body: str, *headers: str) -> str:
    """A letter from Katja with these headers more."""
    first = ("From: Katja Orlova <katja.orlova@posti.example>", "To: posti@kirkaskoti.example", "Subject: Pumppu")
    return "\n".join([*first, "Message-ID: <1@posti.example>", *headers, "", body])


class ReaderTestCase(SimpleTestCase):
    """Asserts what is true of every letter."""

    def assertSound(self, found: Letter) -> None:
        """The object conforms, and nothing of its text is lost."""
        self.assertEqual(faults(found), [])
        self.assertNothingLost(found["body"]["text"], found["reply"])

    def assertNothingLost(self, text: str, reply: Reply) -> None:
        """Ranges lie in the text, joined they are what is visible; with what is hidden they are the whole text."""
        ranges = reply["ranges"]
        self.assertEqual("".join(text[start:end] for start, end in ranges), reply["visible"])
        pieces = sorted([(start, end) for start, end in ranges] + [(h["start"], h["end"]) for h in reply["hidden"]])
        at = 0
        for start, end in pieces:
            self.assertLessEqual(at, start)
            self.assertLess(start, end)
            self.assertEqual(text[at:start].strip(), "")
            at = end
        self.assertLessEqual(at, len(text))
        self.assertEqual(text[at:].strip(), "")

    def problem_codes(self, found: Letter) -> list[str]:
        """The codes of what was odd."""
        return [problem["code"] for problem in found["problems"]]
