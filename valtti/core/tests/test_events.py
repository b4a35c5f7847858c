"""The log: told once, heard once, read in commit order."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.test import SimpleTestCase, TransactionTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import events
from valtti.core.events import Cursor
from valtti.core.models import AuditEntry, Event, Task
from valtti.core.testing import CastTestCase

HEARD: list[str] = []
KINDS = ("tested.told", "tested.other")


def setUpModule() -> None:
    """These news exist only here."""
    events.declare(*KINDS, room="core")
    events.on("tested.told")(hear)
    events.on("tested.told", also_silent=True)(hear_even_silent)


def tearDownModule() -> None:
    for kind in KINDS:
        del events._kinds[kind]
    for reaction in events._reactions.pop("tested.told"):
        del events._by_name[reaction.name]


def hear(event: Event) -> None:
    """Safe twice: a list for the test."""
    HEARD.append(f"heard {event.facts['word']}")


def hear_even_silent(event: Event) -> None:
    """Safe twice: a list for the test."""
    HEARD.append(f"silently {event.facts['word']}")


def tell(word: str, **more: Any) -> Event:
    subject = AuditEntry.objects.create(what="row")
    return events.record("tested.told", subject=subject, facts={"word": word}, **more)


class RecordTests(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        HEARD.clear()

    def test_each_reaction_hears_it_once(self) -> None:
        tell("a")
        self.run_tasks()

        self.assertEqual(sorted(HEARD), ["heard a", "silently a"])

    def test_silent_news_is_heard_only_by_who_asked_for_it(self) -> None:
        tell("a", silent=True)
        self.run_tasks()

        self.assertEqual(HEARD, ["silently a"])

    def test_a_reaction_of_tomorrow_waits_for_tomorrows_version(self) -> None:
        event = tell("a")
        Task.objects.update(arguments={"args": [event.pk, "valtti.core.of_tomorrow@tested.told"], "kwargs": {}})

        self.run_tasks()

        self.assertEqual(HEARD, [])
        self.assertEqual(Task.objects.filter(finished_at=None, attempt=0).count(), 2)

    def test_news_nobody_declared_are_a_mistake(self) -> None:
        with self.assertRaises(AssertionError):
            events.record("tested.unheard_of", subject=AuditEntry.objects.create(what="row"))

    def test_a_kind_belongs_to_one_room(self) -> None:
        with self.assertRaises(AssertionError):
            events.declare("tested.told", room="desk")


class OutsideTests(TransactionTestCase):
    def test_news_outside_a_transaction_are_a_mistake(self) -> None:
        subject = AuditEntry.objects.create(what="row")

        with self.assertRaises(AssertionError):
            events.record("tested.other", subject=subject)


class CursorTests(SimpleTestCase):
    @given(st.integers(0, 10**17), st.integers(0, 10**17))
    def test_it_is_read_as_it_was_written(self, xid: int, number: int) -> None:
        self.assertEqual(Cursor.read(str(Cursor(xid, number))), Cursor(xid, number))

    @given(st.text(max_size=20))
    def test_anything_else_is_none_or_itself(self, text: str) -> None:
        cursor = Cursor.read(text)
        self.assertTrue(cursor is None or Cursor.read(str(cursor)) == cursor)

    def test_no_number_too_large_for_the_database(self) -> None:
        self.assertIsNone(Cursor.read("0.99999999999999999999"))
        self.assertIsNone(Cursor.read("0.٣"))


class SinceTests(TransactionTestCase):
    """Committed rows: on PostgreSQL a row counts once its transaction has ended."""

    def test_what_came_after_in_order_and_in_slices(self) -> None:
        begin = events.latest()
        for word in "abcde":
            with transaction.atomic():
                tell(word)

        first = events.since(begin, 3)
        rest = events.since(Cursor.of(first[-1]), 10)

        self.assertEqual("".join(row.facts["word"] for row in first + rest), "abcde")
        self.assertEqual(events.latest(), Cursor.of(rest[-1]))
        self.assertEqual(events.since(events.latest()), [])

    def test_each_row_knows_its_transaction_where_that_matters(self) -> None:
        with transaction.atomic():
            event = tell("a")
        event.refresh_from_db()

        self.assertEqual(event.xid > 0, connection.vendor == "postgresql")
