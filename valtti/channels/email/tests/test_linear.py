"""No pattern and no scanner takes more than linear time: each is run on a hundred kilobytes of what it likes least."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from django.test import SimpleTestCase

from valtti.channels.email import automatic, trust
from valtti.channels.email.bounces import classes, spoken, standard
from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import addresses, dates, encoded, headers, htmltext, ids, params
from valtti.channels.email.parse.charset import decode
from valtti.channels.email.thread import token_of_id
from valtti.channels.email.trim.reply import trim
from valtti.channels.email.trim.words import languages
from valtti.core import subjects

SIZE = 100_000
SECONDS = 2.0
UNITS = [*'a<>(\\,;:-_*=\n\u0301ä"']
UNITS += [
    "a ",
    "a@",
    "<a@b",
    "=?",
    "=?utf-8?q?",
    "--a ",
    "a:",
    "1.",
    "1.1.",
    "wrote ",
    "kirjoitti ",
    "от ",
    "on ",
    "den ",
]
UNITS += ["re: ", "a\n", "> a\n", "On a wrote:\n", "From: a\n", "-- \n", "550 ", "5.1.1 ", "user ", "mailbox ", "host "]
UNITS += ["message ", "delivery ", "<!--", "<a ", "&amp"]


class LinearTests(SimpleTestCase):
    def assertLinear(self, scan: Callable[[str], object], size: int = SIZE) -> None:
        for unit in UNITS:
            text = unit * (size // len(unit))
            began = time.process_time()
            scan(text)
            self.assertLess(time.process_time() - began, SECONDS, f"{unit!r}")

    def test_scanners_of_headers(self) -> None:
        scans: tuple[Callable[[str], object], ...] = (
            lambda text: addresses.parse(text, Notes()),
            encoded.decode,
            params.parse,
            lambda text: ids.several([text]),
            ids.one,
            dates.moment,
            subjects.plain_subject,
            token_of_id,
            lambda text: headers.read(text.encode(), 0, SIZE, Notes()),
            lambda text: trust.results([headers.Field("Authentication-Results", b"mx; " + text.encode())], "mx"),
        )
        for number, scan in enumerate(scans):
            with self.subTest(scan=number):
                self.assertLinear(scan)

    def test_scanners_of_texts(self) -> None:
        scans: tuple[Callable[[str], object], ...] = (
            trim,
            htmltext.rough_text,
            htmltext.text_of,
            classes.by_text,
            classes.status_in,
            classes.reply_in,
            spoken.says_failed,
            spoken.says_delayed,
            spoken.returned,
            lambda text: spoken.recipients(text, set()),
            standard._group,
            lambda text: decode(text.encode(), None, language=None, html=True),
        )
        for number, scan in enumerate(scans):
            with self.subTest(scan=number):
                self.assertLinear(scan)

    def test_patterns_of_the_tables_on_as_much_as_they_are_given(self) -> None:
        patterns: list[re.Pattern[str]] = [sign.pattern for row in automatic.table().rows for sign in row.signs]
        patterns += [automatic.table().away_subject, automatic.table().away_words]
        patterns += [row.pattern for row in classes.phrases()]
        for language in languages():
            patterns += [language.wrote, language.header, language.original, language.forward, language.device]
            patterns += [language.closing, language.disclaimer, language.list_footer]
        for pattern in patterns:
            with self.subTest(pattern=pattern.pattern[:60]):
                self.assertLinear(pattern.search, 2_000)
