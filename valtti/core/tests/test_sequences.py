"""Rows written with their own numbers, and the next one."""

from __future__ import annotations

import re
from pathlib import Path

from valtti.core.db.sequences import move_sequences_on
from valtti.core.models import Calendar
from valtti.core.testing import CastTestCase

HOUSE = Path(__file__).parents[2]
BY_HAND = re.compile(r"\.cursor\(|\.raw\(|\bRawSQL\b|\.extra\(")


class SequencesTests(CastTestCase):
    def test_the_next_row_comes_after_the_last_that_is_there(self) -> None:
        last = Calendar.objects.create(pk=4711, key="office", title="Office", timezone="Europe/Helsinki")

        move_sequences_on([Calendar])

        after = Calendar.objects.create(key="shop", title="Shop", timezone="Europe/Helsinki")
        self.assertGreater(after.pk, last.pk)


class ByHandTests(CastTestCase):
    def test_sql_is_written_by_hand_in_one_place(self) -> None:
        """Code of migrations and tests aside."""
        found = [path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*.py") if BY_HAND.search(path.read_text())]
        outside = [path for path in found if not re.search(r"^core/db/|/tests/|/migrations/", path)]

        self.assertIn("core/db/sequences.py", found)
        self.assertEqual(outside, [])
