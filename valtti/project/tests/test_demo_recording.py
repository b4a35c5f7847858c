"""The recorded past: a text that fits the tables, made the same twice, told again around any Monday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from unittest import skipUnless

from django.db import connection, transaction
from django.test import SimpleTestCase, TestCase

from valtti.channels import ingest
from valtti.channels.models import RawItem
from valtti.core import files
from valtti.core.models import Event, OutgoingPost
from valtti.desk.models import Case, Message
from valtti.desk.queries.facts import check_cases
from valtti.people.models import Team, User
from valtti.project.demo import marks, recording, tables
from valtti.project.demo.anchor import Anchor
from valtti.project.demo.house import ZONE
from valtti.project.demo.record import BASE, record
from valtti.project.demo.recording import DoesNotFit, Recording
from valtti.project.demo.restore import restore
from valtti.project.demo.staff import STAFF

PASSWORDS = {one.login: "!" for one in STAFF}


class Undone(Exception):
    """Ends a block whose writes are not to stay."""


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens inside stays."""
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def recorded(count: int) -> Recording:
    """So many stories lived and kept; the database is as it was."""
    with undone():
        return record(lambda _line: None, count=count)


class FileTests(SimpleTestCase):
    def test_the_file_fits_the_tables(self) -> None:
        """When this fails: run bin/valtti demo-record and commit the file."""
        recording.read(recording.PATH.read_text(encoding="ascii")).refuse_other(tables.shape())

    def test_the_file_is_small_and_of_plain_lines(self) -> None:
        text = recording.PATH.read_text(encoding="ascii")

        self.assertLess(len(text), 1_500_000)
        self.assertLessEqual(max(map(len, text.splitlines())), recording.LINE)

    def test_no_password_and_no_day_of_the_recording_is_in_it(self) -> None:
        kept = recording.read(recording.PATH.read_text(encoding="ascii"))

        self.assertNotIn("password", kept.tables["people.user"])
        values = [value for columns in kept.tables.values() for column in columns.values() for value in column]
        texts = [str(value) for value in values if isinstance(value, (str, list, dict))]
        self.assertEqual([text for text in texts if re.search(r"\b2026\b", text)], [])

    def test_the_same_recording_is_the_same_text(self) -> None:
        made = Recording(20, ZONE, {"desk.case": {"id": [1, 2], "title": ["ä", None]}}, {"raw_item": [], "letter": []})

        self.assertEqual(recording.written(made), recording.written(made))
        self.assertEqual(recording.read(recording.written(made)), made)
        self.assertEqual(made.rows("desk.case"), [(1, "ä"), (2, None)])

    def test_other_tables_are_refused_in_words(self) -> None:
        made = Recording(20, ZONE, {"desk.case": {"id": [], "gone": []}}, {"raw_item": [], "letter": []})

        with self.assertRaisesMessage(DoesNotFit, "desk.case -gone +title. Run bin/valtti demo-record."):
            made.refuse_other({"desk.case": ["id", "title"]})


@skipUnless(connection.vendor == "sqlite", "a past is recorded on SQLite, whose numbers begin anew")
class RecordTests(TestCase):
    made: Recording

    @classmethod
    def setUpTestData(cls) -> None:
        cls.made = recorded(10)

    def test_the_past_is_recorded_the_same_twice(self) -> None:
        self.assertEqual(recording.written(recorded(10)), recording.written(self.made))

    def test_told_around_its_own_monday_it_is_what_was_lived(self) -> None:
        with undone():
            record(lambda _line: None, count=10)
            lived = marks.everywhere(self.rows(), lambda text: marks.shown(text, BASE))
        restore(self.made, BASE, PASSWORDS)

        self.assertEqual(self.rows(), lived)

    def test_told_across_a_spring_night_and_another_year_every_case_adds_up(self) -> None:
        for monday in (date(2027, 4, 5), date(2027, 1, 11)):
            with self.subTest(monday=monday), undone():
                restore(self.made, Anchor(monday, ZONE), PASSWORDS)

                self.assertEqual(list(check_cases()), [])
                self.assertEqual(
                    [one for one in ingest.replay(items=RawItem.objects.all(), dry_run=True) if one.differences], []
                )

    def test_every_letter_is_in_its_place(self) -> None:
        restore(self.made, Anchor(date(2027, 4, 5), ZONE), PASSWORDS)

        for item in RawItem.objects.all():
            self.assertEqual(len(files.read(item.sha256)), item.size)
            self.assertIn(f"Message-ID: <{item.message_id}>".encode(), files.read(item.sha256))
        for post in OutgoingPost.objects.all():
            self.assertTrue(files.read(post.letter_sha256).startswith(f"Message-ID: <{post.message_id}>".encode()))

    def test_teams_are_called_as_the_firm_calls_them_now(self) -> None:
        teams = self.made.tables["people.team"]
        older = replace(self.made, tables=self.made.tables | {"people.team": teams | {"name": ["A", "B", "C"]}})

        restore(older, BASE, PASSWORDS)

        self.assertEqual(set(Team.objects.values_list("name", flat=True)), {"Pohjoinen", "Etelä", "Yritykset"})

    def test_new_rows_come_after_the_old_ones(self) -> None:
        restore(self.made, BASE, PASSWORDS)

        user = User.objects.create_user("new@kaiku.example", None, name="New")

        self.assertEqual(User.objects.filter(pk__gt=user.pk).count(), 0)

    def rows(self) -> dict[str, list[Any]]:
        """What people see of the past."""
        return {
            "cases": list(Case.objects.order_by("pk").values("title", "opened_at", "closed_at", "last_at", "turn")),
            "messages": list(Message.objects.order_by("pk").values("text", "at", "language", "accepted_at")),
            "news": list(Event.objects.order_by("pk").values("kind", "at", "actor_id", "facts")),
            "posts": list(OutgoingPost.objects.order_by("pk").values("body", "to", "state_at")),
        }
