"""The limited child: it reads, it dies within its limits, and the next letter does not notice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from valtti.channels.email import child
from valtti.channels.email.child import BATCH, Allowed, Parser
from valtti.channels.email.extract import extract_parts
from valtti.channels.email.parse.letter import parse_bytes
from valtti.channels.email.schema import Letter
from valtti.channels.email.tests.testcase import ReaderTestCase, letter

GOOD = letter("Pumppu ei käynnisty.").encode()
SLOW = b"Content-Type: text/html\n\n<p " + b" ".join(b"a%d=b" % number for number in range(60_000)) + b">x"
FILES = b"""From: a@posti.example
Content-Type: multipart/mixed; boundary=b

--b

Hei
--b
Content-Type: image/png; name="../a.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
"""


def steady(found: Letter) -> Letter:
    found["limits"]["cpu_ms"] = 0
    return found


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


BROKEN_OFF = """
import sys; sys.path.insert(0, sys.argv[1])
from valtti.channels.email.child import Parser
def read():
    with Parser() as parser:
        while True:
            yield parser.parse(b"From: a@posti.example\\n\\nHei")
reading = read(); next(reading)
kept = Parser(); kept.parse(b"From: a@posti.example\\n\\nHei")
"""


class ChildTests(ReaderTestCase):
    def test_a_program_that_ends_in_the_middle_of_reading_leaves_neither_child_nor_complaint(self) -> None:
        root = str(Path(child.__file__).resolve().parents[3])
        command = [sys.executable, "-X", "dev", "-c", BROKEN_OFF, root]

        ended = subprocess.run(command, capture_output=True, text=True, check=True)

        self.assertEqual(ended.stderr, "")

    def test_the_child_reads_as_we_do(self) -> None:
        with Parser() as parser:
            for raw in (GOOD, FILES, b"", b"\0\xff\r"):
                self.assertEqual(steady(parser.parse(raw, file="x")), steady(parse_bytes(raw, file="x")))

    def test_it_starts_fast_and_knows_no_framework(self) -> None:
        code = (
            "import sys; sys.path.insert(0, sys.argv[1]);"
            "from valtti.channels.email import extract, child_main;"
            "from valtti.channels.email.parse.letter import parse_bytes; parse_bytes(b'Subject: a\\n\\nb');"
            "print([name for name in ('django', 'socket', 'sqlite3', 'ssl') if name in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-c", code, str(child._ROOT)], env={}, capture_output=True, text=True, check=True
        )
        self.assertEqual(json.loads(done.stdout.replace("'", '"')), [])

    def test_it_has_no_environment_and_its_own_session(self) -> None:
        with Parser() as parser:
            parser.parse(GOOD)
            assert parser._child
            pid = parser._child.process.pid
            self.assertEqual(Path(f"/proc/{pid}/environ").read_bytes(), b"")
            self.assertEqual(os.getsid(pid), pid)
            limits = Path(f"/proc/{pid}/limits").read_text()
            self.assertRegex(limits, r"Max open files\s+64\s")
            self.assertRegex(limits, r"Max core file size\s+0\s")
            self.assertRegex(limits, r"Max address space\s+536870912\s")
        self.assertFalse(is_running(pid))

    def test_a_fresh_child_after_a_hundred_letters(self) -> None:
        with Parser() as parser:
            parser.parse(GOOD)
            assert parser._child
            first = parser._child.process.pid
            parser._child.letters = BATCH
            parser.parse(GOOD)
            self.assertNotEqual(parser._child.process.pid, first)

    def test_a_letter_that_computes_too_long_is_limited_and_the_next_is_read(self) -> None:
        with Parser(allowed=Allowed(cpu_seconds=-1)) as parser:
            found = parser.parse(b"Subject: raskas\n" + SLOW * 3, file="x")
        self.assertEqual((found["outcome"], found["headers"]["subject"]), ("limited", "raskas"))
        self.assertEqual(found["limits"]["hit"], ["letter_cpu_seconds"])

        with Parser() as parser:
            self.assertEqual(parser.parse(GOOD)["outcome"], "parsed")

    def test_a_letter_that_takes_too_long_is_limited(self) -> None:
        began = time.monotonic()
        with Parser(allowed=Allowed(wall_seconds=0.01)) as parser:
            found = parser.parse(GOOD)

        self.assertEqual((found["outcome"], found["limits"]["hit"]), ("limited", ["letter_wall_seconds"]))
        self.assertEqual(found["headers"]["subject"], "Pumppu")
        self.assertLess(time.monotonic() - began, 5)

    def test_a_letter_that_needs_too_much_memory_is_limited(self) -> None:
        big = b"Subject: iso\nContent-Transfer-Encoding: base64\n\n" + b"QUFB" * 5_000_000
        with Parser(allowed=Allowed(memory_bytes=80 * 1024 * 1024)) as parser:
            found = parser.parse(big)
            self.assertEqual((found["limits"]["hit"], found["headers"]["subject"]), (["letter_memory_bytes"], "iso"))

    def test_an_answer_that_is_too_long_leaves_out_the_html_first(self) -> None:
        raw = letter("<p>Hei</p>" * 2_000, "Content-Type: text/html").encode()
        with Parser(allowed=Allowed(answer_bytes=60_000)) as parser:
            found = parser.parse(raw)
        self.assertSound(found)
        self.assertEqual((found["outcome"], found["body"]["html"]), ("limited", None))
        self.assertIn("letter_answer_bytes", found["limits"]["hit"])

        with Parser(allowed=Allowed(answer_bytes=5_000)) as parser:
            self.assertEqual(parser.parse(raw)["body"]["text"], "")

    def test_a_killed_child_is_replaced_and_the_letter_read(self) -> None:
        with Parser() as parser:
            parser.parse(GOOD)
            assert parser._child
            os.killpg(parser._child.process.pid, signal.SIGKILL)
            self.assertEqual(parser.parse(GOOD)["outcome"], "parsed")

    def test_a_letter_over_the_cap_is_not_even_sent(self) -> None:
        with Parser() as parser:
            found = parser.parse(b"Subject: valtava\n\n" + b"x" * (25 * 1024 * 1024))
            self.assertIsNone(parser._child)
        self.assertEqual((found["limits"]["hit"], found["headers"]["subject"]), (["letter_bytes"], "valtava"))


class ExtractTests(ReaderTestCase):
    def test_parts_are_written_under_the_hash_of_the_letter(self) -> None:
        with tempfile.TemporaryDirectory() as folder, Parser() as parser:
            found = parser.parse(FILES, extract_to=Path(folder))
            stored = found["attachments"][0]["stored"]

            self.assertEqual(stored, f"{found['sha256']}/2-a.png")
            self.assertEqual((Path(folder) / str(stored)).read_bytes(), b"\x89PNG\r\n\x1a\n")
            self.assertEqual([one["stored"] is None for one in found["parts"]], [True, False, False])

    def test_a_link_in_the_way_is_not_followed(self) -> None:
        with tempfile.TemporaryDirectory() as folder, Parser() as parser:
            home = Path(folder) / parse_bytes(FILES)["sha256"]
            home.mkdir()
            (home / "2-a.png").symlink_to(Path(folder) / "elsewhere")
            found = parser.parse(FILES, extract_to=Path(folder))

            self.assertIsNone(found["attachments"][0]["stored"])
            self.assertIn("not_stored", self.problem_codes(found))
            self.assertFalse((Path(folder) / "elsewhere").exists())

    def test_parts_can_be_taken_one_by_one(self) -> None:
        self.assertEqual(list(extract_parts(FILES)), [(1, b"Hei"), (2, b"\x89PNG\r\n\x1a\n")])
