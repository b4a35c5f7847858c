"""Log lines: one object a line, whatever is in it, and never a secret."""

from __future__ import annotations

import json
import logging
import sys

from django.test import SimpleTestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import logs
from valtti.core.requests import set_request_id


def record(words: str = "said", *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("valtti.test", logging.INFO, __file__, 1, words, args, None)
    made.__dict__.update(extra)
    return made


class JsonLineTests(SimpleTestCase):
    def line(self, words: str = "said", *args: object, **extra: object) -> dict[str, object]:
        text = logs.JsonLines().format(record(words, *args, **extra))
        self.assertNotIn("\n", text)
        return dict(json.loads(text))

    def test_what_a_line_says(self) -> None:
        line = self.line("a %s", "word", facts={"route": "desk:case", "status": 200})

        self.assertEqual((line["level"], line["event"]), ("info", "valtti.test: a word"))
        self.assertEqual((line["route"], line["status"]), ("desk:case", 200))
        self.assertRegex(str(line["at"]), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_facts_that_are_not_in_the_list_are_left_out(self) -> None:
        line = self.line(facts={"body": "Katja wrote", "address": "katja@posti.example", "ms": 3})

        self.assertNotIn("body", line)
        self.assertNotIn("address", line)
        self.assertEqual(line["ms"], 3)

    @given(st.text(max_size=200))
    def test_a_line_stays_a_line(self, words: str) -> None:
        for written in (logs.JsonLines(), logs.PlainLines()):
            text = written.format(record("%s", words))
            self.assertEqual(len(text.splitlines()), 1)
            self.assertTrue(text.isprintable() or isinstance(written, logs.JsonLines))

    def test_what_is_bound_is_on_every_line_until_it_is_not(self) -> None:
        with logs.bound(task="react"), logs.bound(attempt=2):
            inside = self.line()
        self.assertEqual((inside["task"], inside["attempt"]), ("react", 2))
        self.assertNotIn("task", self.line())

    def test_the_request_that_caused_it_is_named(self) -> None:
        set_request_id("abc12345")
        self.addCleanup(set_request_id, "")

        self.assertEqual(self.line()["request"], "abc12345")

    @override_settings(SECRET_KEYS=["a-very-secret-key"], FIELD_KEYS=["another-secret"], METRICS_TOKEN="metrics-token")
    def test_secrets_are_nowhere(self) -> None:
        words = "a-very-secret-key and another-secret, metrics-token, postgresql://valtti:" + "hunter2@db/valtti"

        event = str(self.line(words)["event"])

        for secret in ("a-very-secret-key", "another-secret", "metrics-token", "hunter2"):
            self.assertNotIn(secret, event)
        self.assertIn("postgresql://valtti:" + "[secret]@db", event)

    def test_a_fault_is_named_by_kind_and_place_and_not_by_what_a_person_wrote(self) -> None:
        try:
            raise ValueError("Katja wrote: my card is 1234")
        except ValueError:
            line = self.line(exc_info=sys.exc_info())

        self.assertIn("ValueError", str(line["fault"]))
        self.assertIn("test_logs.py", str(line["fault"]))
        self.assertNotIn("Katja", str(line))


class ConfigureTests(SimpleTestCase):
    def test_a_second_start_does_not_double_the_lines(self) -> None:
        root = logging.getLogger()
        before, level = list(root.handlers), root.level
        try:
            for _ in range(2):
                logs.configure({"format": "json", "level": "info"})
            ours = [handler for handler in root.handlers if isinstance(handler.formatter, logs.JsonLines)]
            self.assertEqual(len(ours), 1)
        finally:
            root.handlers[:] = before
            root.setLevel(level)
