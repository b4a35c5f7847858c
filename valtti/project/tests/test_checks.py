"""`valtti check`: finds what must be put right before the house is opened."""

from __future__ import annotations

import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from valtti.customers.testing import stage_customers
from valtti.desk.models import Case
from valtti.desk.testing import stage_desk
from valtti.people.testing import stage_people
from valtti.project import checks, first_start
from valtti.project.checks import Finding


class CheckTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)
        (self.data / "keys").mkdir()
        self.key = self.data / "keys" / "secret.key"
        self.key.write_text("k" * 44)
        self.key.chmod(0o600)
        elsewhere = override_settings(DATA=self.data, FILES=self.data / "files")
        elsewhere.enable()
        self.addCleanup(elsewhere.disable)

    def errors(self) -> list[Finding]:
        return [finding for finding in checks.findings() if finding.level == "error"]

    def test_a_house_in_order_has_nothing_to_put_right(self) -> None:
        self.assertEqual(self.errors(), [])
        self.assertIn("database", {finding.about for finding in checks.findings()})

    def test_a_case_whose_columns_were_edited_by_hand(self) -> None:
        people = stage_people()
        kettle, _invoice = stage_desk(people, stage_customers())
        self.assertEqual(self.errors(), [])
        Case.objects.filter(pk=kettle.pk).update(turn="customer")

        (error,) = self.errors()

        self.assertEqual(error.about, "cases")
        self.assertIn("turn", error.words)

    def test_a_key_that_others_can_read(self) -> None:
        self.key.chmod(0o644)

        (error,) = self.errors()
        self.assertIn("secret.key", error.words)
        self.assertTrue(error.remedy)

    @override_settings(SECRET_KEYS=["short"])
    def test_a_key_too_short_to_be_one(self) -> None:
        self.assertEqual([error.about for error in self.errors()], ["keys"])

    @override_settings(CLOCK_SHIFT=-60)
    def test_a_clock_moved_on_purpose_is_no_fault(self) -> None:
        self.assertEqual(self.errors(), [])

    def test_the_kind_of_disk_is_found_by_the_longest_mount(self) -> None:
        self.assertNotIn(checks._file_system(self.data), checks.NETWORK_FILE_SYSTEMS)

    def test_a_fault_ends_with_one_and_each_line_says_what_to_do(self) -> None:
        self.key.chmod(0o644)
        out = StringIO()

        with self.assertRaisesMessage(CommandError, "1 thing"):
            call_command("check_house", stdout=out)

        self.assertIn("chmod 600", out.getvalue())

    def test_no_migration_is_missing_here(self) -> None:
        self.assertEqual(first_start.migrations_missing(), [])
