"""The shape of a read letter: types, shipped JSON Schema and real letters agree."""

from __future__ import annotations

import json

from valtti.channels.email import schema_json
from valtti.channels.email.options import Options
from valtti.channels.email.parse.letter import parse_bytes, parse_head, unreadable
from valtti.channels.email.tests.conform import faults
from valtti.channels.email.tests.testcase import ReaderTestCase, letter

KEYS = """schema file size sha256 outcome problems headers author answer_to body reply parts attachments embedded kind
automatic reasons may_answer_automatically report trust tokens limits""".split()


class SchemaTests(ReaderTestCase):
    def test_the_shipped_schema_is_the_one_of_the_types(self) -> None:
        self.assertEqual(schema_json.FILE.read_text("utf-8"), schema_json.text())

    def test_every_key_is_always_present(self) -> None:
        for found in (parse_bytes(b""), parse_head(b"", cap="letter_bytes"), unreadable("a", "gone")):
            self.assertEqual(list(found), KEYS)
            self.assertEqual(faults(found), [])

    def test_the_checker_sees_what_is_wrong(self) -> None:
        found = json.loads(json.dumps(parse_bytes(letter("Hei").encode())))
        changes: list[dict[str, object]] = [
            {"kind": "human"},
            {"size": "1"},
            {"size": True},
            {"tokens": {}},
            {"extra": 1},
            {"author": 1},
        ]
        for change in changes:
            with self.subTest(change=change):
                self.assertNotEqual(faults({**found, **change}), [])

    def test_options_travel_as_json(self) -> None:
        options = Options(language="ru", own_hosts=("a.example",), known_signs=("fast",))
        travelled = json.loads(json.dumps(options.as_json())) | {"unknown": 1}
        self.assertEqual(Options.from_json(travelled), options)
