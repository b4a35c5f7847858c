"""The write guard itself: what it stops, and what it lets pass."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.test import SimpleTestCase, TestCase

from valtti.core.testing_guard import ForeignWrite, written_table


def _as(module: str, statement: str) -> None:
    """Run a statement as if a function of that module had decided on it."""
    code = (
        "def write(connection, statement):\n    with connection.cursor() as cursor:\n        cursor.execute(statement)"
    )
    names: dict[str, object] = {"__name__": module}
    exec(code, names)
    names["write"](connection, statement)  # type: ignore[operator]


class WrittenTableTests(SimpleTestCase):
    def test_it_knows_which_table_a_statement_writes(self) -> None:
        for statement, table in [
            ('INSERT INTO "desk_case" ("id") VALUES (1)', "desk_case"),
            ("insert or ignore into desk_case values (1)", "desk_case"),
            ('UPDATE "desk_case" SET "id" = 1', "desk_case"),
            ("WITH old AS (SELECT 1) DELETE FROM desk_case", "desk_case"),
            ('SELECT * FROM "desk_case"', None),
            ('SAVEPOINT "x"', None),
        ]:
            with self.subTest(statement):
                self.assertEqual(written_table(statement), table)


class WriteGuardTests(TestCase):
    def setUp(self) -> None:
        self.table = apps.get_model("desk", "Case")._meta.db_table
        self.statement = f'DELETE FROM "{self.table}" WHERE id < 0'  # noqa: S608

    def test_a_higher_room_may_not_write_a_lower_room_s_table(self) -> None:
        with self.assertRaisesMessage(ForeignWrite, f"valtti.home.actions writes {self.table}"):
            _as("valtti.home.actions", self.statement)

    def test_a_room_writes_its_own_tables(self) -> None:
        _as("valtti.desk.actions.closures", self.statement)

    def test_a_test_stages_what_it_likes(self) -> None:
        _as("valtti.home.tests.test_my_day", self.statement)
