"""Two transactions at once: ids are handed out before commit, and still no news is missed."""

from __future__ import annotations

import json
from typing import Any
from unittest import skipUnless

from django.db import connection
from django.test import TransactionTestCase

from valtti.core import audit, events
from valtti.core.events import Cursor
from valtti.core.live.feed import missed
from valtti.core.models import AuditEntry, Event


class Writer:
    """Another process that writes news, slowly."""

    def __init__(self, case: TransactionTestCase) -> None:
        import psycopg

        known = connection.get_connection_params()
        self.line = psycopg.connect(**{key: known[key] for key in ("host", "port", "user", "dbname") if known.get(key)})
        case.addCleanup(self.line.close)

    def tell(self, word: str) -> None:
        self.line.execute(
            "INSERT INTO core_event (kind, at, subject_kind, subject_id, facts, silent)"
            " VALUES ('case.moved', now(), 'desk.case', 1, %s, false)",
            [json.dumps({"word": word})],
        )

    def note(self, what: str) -> None:
        self.line.execute(
            "INSERT INTO core_auditentry"
            " (what, as_role, subject_kind, why, request, address, at, previous_hash, own_hash)"
            " VALUES (%s, '', '', '', '', '', now(), '', '')",
            [what],
        )

    def commit(self) -> None:
        self.line.commit()


def words(rows: list[Event]) -> str:
    return "".join(row.facts["word"] for row in rows)


@skipUnless(connection.vendor == "postgresql", "SQLite has one writer at a time")
class CommitOrderTests(TransactionTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.slow, self.quick = Writer(self), Writer(self)
        self.begin = events.latest()

    def test_quick_news_wait_for_slow_news_that_began_before_them(self) -> None:
        self.slow.tell("a")
        self.quick.tell("b")
        self.quick.commit()

        self.assertEqual(words(events.since(self.begin)), "")
        self.slow.commit()

        self.assertEqual(words(events.since(self.begin)), "ab")

    def test_a_page_that_read_between_them_misses_nothing_and_hears_nothing_twice(self) -> None:
        heard, cursor = "", self.begin
        steps: list[Any] = [
            lambda: self.slow.tell("a"),
            lambda: self.quick.tell("b"),
            self.quick.commit,
            lambda: self.quick.tell("c"),
            lambda: self.slow.tell("d"),
            self.quick.commit,
            self.slow.commit,
            lambda: self.quick.tell("e"),
            self.quick.commit,
        ]
        for step in steps:
            step()
            rows = events.since(cursor)
            heard += words(rows)
            cursor = Cursor.of(rows[-1]) if rows else cursor

        self.assertEqual(sorted(heard), list("abcde"))

    def test_after_a_drop_the_gap_is_told_whole(self) -> None:
        self.slow.tell("a")
        self.quick.tell("b")
        self.quick.commit()
        seen = events.latest()
        self.slow.tell("c")
        self.slow.commit()

        self.assertEqual(len(missed(seen, events.latest()).hints), 3)

    def test_a_transaction_given_up_holds_nothing_up(self) -> None:
        self.slow.tell("a")
        self.slow.line.rollback()
        self.quick.tell("b")
        self.quick.commit()

        self.assertEqual(words(events.since(self.begin)), "b")

    def test_the_audit_log_is_chained_in_the_same_order(self) -> None:
        self.slow.note("began first")
        self.quick.note("ended first")
        self.quick.commit()
        self.assertEqual(audit.seal(), 0)
        self.slow.commit()

        self.assertEqual(audit.seal(), 2)

        order = AuditEntry.objects.order_by("seq").values_list("what", flat=True)
        self.assertEqual(list(order), ["began first", "ended first"])
        self.assertIsNone(audit.verify().broken_at)
