"""`valtti mail parse`: one object a line, three exit codes, never a traceback, no database."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from valtti.channels.email.cli_parse import run
from valtti.channels.email.tests.conform import faults
from valtti.channels.email.tests.testcase import HERE, OPEN, ReaderTestCase, letter

EXAMPLE = OPEN / "mikel-mail" / "spec" / "fixtures" / "emails" / "rfc2822" / "example01.eml"
ROOT = HERE.parents[3]


class ParseCommandTests(ReaderTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.out, self.err = io.StringIO(), io.StringIO()

    def file(self, content: bytes | str, name: str = "a.eml") -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def run_it(self, *arguments: str) -> int:
        return run(list(arguments), self.out, self.err)

    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.getvalue().splitlines()]

    def test_one_object_for_each_file(self) -> None:
        code = self.run_it("--format", "json", str(EXAMPLE), self.file(letter("Hei")))

        self.assertEqual((code, self.err.getvalue()), (0, ""))
        first, second = self.objects()
        self.assertEqual((faults(first), faults(second)), ([], []))
        self.assertEqual((first["file"], first["headers"]["subject"]), (str(EXAMPLE), "Saying Hello"))

    def test_a_missing_file_is_an_object_too_and_the_rest_is_read(self) -> None:
        code = self.run_it("--format", "json", str(self.folder / "none.eml"), self.file(letter("Hei")))

        self.assertEqual(code, 1)
        first, second = self.objects()
        self.assertEqual((first["outcome"], second["outcome"]), ("unreadable", "parsed"))
        self.assertEqual(faults(first), [])
        self.assertIn("none.eml: No such file", self.err.getvalue())

    def test_a_folder_and_a_name_that_is_none(self) -> None:
        self.assertEqual(self.run_it("--format", "json", str(self.folder), "a\0b"), 1)
        self.assertEqual([one["outcome"] for one in self.objects()], ["unreadable", "unreadable"])

    def test_a_limited_letter_is_a_success(self) -> None:
        self.assertEqual(self.run_it("--format", "json", self.file(b"To: " + b"a" * 100_000)), 0)
        self.assertEqual(self.objects()[0]["outcome"], "limited")

    def test_wrong_usage(self) -> None:
        for arguments in ([], ["--format", "xml", "a"], ["--as", "pdf", "a"], ["--nothing", "a"]):
            with self.subTest(arguments=arguments):
                self.assertEqual(run(arguments, self.out, self.err), 2)

    def test_help_is_no_error(self) -> None:
        self.assertEqual(self.run_it("--help"), 0)

    def test_a_bare_body(self) -> None:
        name = self.file("Kiitos!\n\nAino kirjoitti 3.5.2024 klo 10.23:\n> Hei\n", "a.txt")
        self.run_it("--format", "json", "--as", "text", name)
        self.run_it("--format", "json", "--as", "html", self.file("<p>Kiitos!</p>", "a.html"))

        text, html = self.objects()
        self.assertEqual((text["reply"]["visible"], html["reply"]["visible"]), ("Kiitos!", "Kiitos!"))
        self.assertEqual((text["headers"]["all"], html["body"]["chosen"]), ([], "text/html"))

    def test_charset_and_language_of_the_caller(self) -> None:
        name = self.file("Здравствуйте".encode("koi8-r"), "a.txt")
        self.run_it("--format", "json", "--as", "text", "--charset", "koi8-r", name)
        self.run_it("--format", "json", "--as", "text", "--language", "ru", name)

        self.assertEqual([one["body"]["text"] for one in self.objects()], ["Здравствуйте", "Здравствуйте"])

    def test_the_trusted_server(self) -> None:
        head = "Authentication-Results: mx.example; dmarc=pass header.from=posti.example\n"
        self.run_it("--format", "json", "--trusted-authserv", "mx.example", self.file(head + letter("Hei")))

        self.assertEqual(self.objects()[0]["trust"]["result"], "verified")

    def test_parts_are_written_where_asked(self) -> None:
        self.run_it("--format", "json", "--extract", str(self.folder / "out"), self.file(letter("Hei")))

        found = self.objects()[0]
        self.assertEqual(found["parts"][0]["stored"], f"{found['sha256']}/0-part-0.txt")
        self.assertEqual((self.folder / "out" / found["parts"][0]["stored"]).read_bytes(), b"Hei")

    def test_a_folder_that_cannot_be_made_is_wrong_usage(self) -> None:
        self.assertEqual(self.run_it("--extract", self.file("x") + "/out", str(EXAMPLE)), 2)

    def test_for_people(self) -> None:
        text = letter("Kiitos!\n\nTerveisin\nKatja", "Auto-Submitted: auto-generated")
        self.assertEqual(self.run_it(self.file(text), str(self.folder / "none")), 1)

        shown = self.out.getvalue()
        for words in (
            "Katja Orlova <katja.orlova@posti.example>",
            "auto_reply A-auto-submitted",
            "Kiitos!",
            "Could not be read.",
        ):
            self.assertIn(words, shown)
        self.assertIn("[signature, R-fi: Terveisin]", shown)

    def test_it_needs_no_settings_and_takes_the_standard_input(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "valtti.channels.email.cli_parse", "--format", "json", "-"],
            input=letter("Hei").encode(),
            cwd=ROOT,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            check=True,
        )
        self.assertEqual(json.loads(done.stdout)["body"]["text"], "Hei")
        self.assertEqual(done.stderr, b"")
