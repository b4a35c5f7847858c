"""The audit log in words: whatever is written down anywhere has a name."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import TestCase

from valtti.core import audit_words

ROOMS = Path(__file__).parents[2]
NOTED = re.compile(r'(?:audit|log)\.note\(\s*"([a-z_.]+)"|"((?:login|password|factor)\.[a-z_]+)"')


class AuditWordsTests(TestCase):
    def test_every_deed_that_is_noted_has_words(self) -> None:
        sources = [path.read_text("utf-8") for path in ROOMS.glob("*/**/*.py") if "tests" not in path.parts]
        codes = {one or other for text in sources for one, other in NOTED.findall(text)}

        self.assertGreater(len(codes), 25)
        self.assertEqual([code for code in sorted(codes) if audit_words.deed(code) == code], [])

    def test_what_nobody_has_named_stands_for_itself(self) -> None:
        self.assertEqual((audit_words.deed("x.y"), audit_words.kind("x.z")), ("x.y", "x.z"))

    def test_of_two_sets_only_the_difference_is_told(self) -> None:
        for before, after, words in (
            ({"a": 1, "b": True}, {"a": 2, "b": True}, "a: 1 → 2"),
            ({"a": ""}, {"a": "x", "c": [1, 2]}, "a: – → x; c: – → 1, 2"),
            ({"a": 1}, {"a": 1}, ""),
            (None, {"a": "x", "b": ""}, "a: x"),
            (3, 0, "3 → 0"),
            (None, None, ""),
        ):
            with self.subTest(words):
                self.assertEqual(audit_words.changed(before, after), words)
