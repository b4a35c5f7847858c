"""`valtti init`: the first administrator, on the machine and once."""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from valtti.core.models import AuditEntry, Calendar
from valtti.core.permissions import may
from valtti.core.testing import CastTestCase
from valtti.people.actions.teams import make_team
from valtti.people.models import House, Team, User
from valtti.people.testing import stage_calendar


class InitTests(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "password"

    def init(self, *more: str) -> str:
        said = io.StringIO()
        call_command("init", "--email", "Outi.Salo@kaiku.example", "--name", "Outi Salo", *more, stdout=said)
        return said.getvalue()

    def password_file(self, text: str, mode: int = 0o600) -> str:
        self.file.write_text(text, encoding="utf-8")
        self.file.chmod(mode)
        return str(self.file)

    def test_a_link_is_printed_and_opens_the_house(self) -> None:
        said = self.init("--house", "Kaiku Kuitu", "--team", "North")

        path = re.search(r"http://127\.0\.0\.1:8000(/password/\S+/)", said)
        assert path
        browser = Client()
        browser.post(path[1], {"password": "harbours by the quiet sea"})
        browser.post("/login/", {"login": "outi.salo@kaiku.example", "password": "harbours by the quiet sea"})
        self.assertEqual(browser.get("/users/").status_code, 200)

    def test_a_house_begins_with_a_name_hours_and_a_team(self) -> None:
        self.init("--house", "Kaiku Kuitu", "--team", "North")

        self.assertEqual(House.objects.get().name, "Kaiku Kuitu")
        self.assertEqual(Team.objects.get().calendar, Calendar.objects.get())
        self.assertEqual(Calendar.objects.get().versions.get().holiday_region, "FI")
        self.assertTrue(may(User.objects.get(), "users.manage"))

    def test_it_is_done_once(self) -> None:
        self.init()

        with self.assertRaises(CommandError) as refused:
            self.init()
        self.assertEqual(refused.exception.returncode, 3)
        self.assertEqual(User.objects.count(), 1)

    def test_a_password_may_come_from_a_file_of_one_s_own(self) -> None:
        said = self.init("--password-file", self.password_file("harbours by the quiet sea\n"))

        self.assertNotIn("/password/", said)
        self.assertTrue(User.objects.get().check_password("harbours by the quiet sea"))

    def test_a_file_others_can_read_is_refused(self) -> None:
        for path in (self.password_file("harbours by the quiet sea", 0o644), "/does/not/exist"):
            with self.assertRaises(CommandError):
                self.init("--password-file", path)
        self.assertFalse(User.objects.exists())

    def test_a_weak_password_is_refused_in_words(self) -> None:
        with self.assertRaisesRegex(CommandError, "12|name"):
            self.init("--password-file", self.password_file("outi salo 1"))
        self.assertFalse(User.objects.exists())

    def test_an_address_that_is_none_is_refused(self) -> None:
        with self.assertRaises(CommandError) as refused:
            call_command("init", "--email", "outi", "--name", "Outi Salo")
        self.assertEqual(refused.exception.returncode, 2)

    def test_what_was_not_given_is_asked_for(self) -> None:
        said, real = io.StringIO(), sys.stdin
        sys.stdin = io.StringIO("outi.salo@kaiku.example\nOuti Salo\n")
        self.addCleanup(setattr, sys, "stdin", real)

        call_command("init", stdout=said)

        self.assertEqual(User.objects.get().name, "Outi Salo")

    def test_where_nobody_answers_it_says_what_to_give(self) -> None:
        real, sys.stdin = sys.stdin, io.StringIO("")
        self.addCleanup(setattr, sys, "stdin", real)

        with self.assertRaisesRegex(CommandError, "--email and --name"):
            call_command("init")

    def test_the_first_deeds_are_written_down(self) -> None:
        self.init()

        kept = set(AuditEntry.objects.values_list("what", flat=True))
        self.assertLessEqual({"house.begun", "team.made", "calendar.hours"}, kept)

    def test_a_team_that_is_there_already_is_kept(self) -> None:
        stage = make_team(name="North", calendar=stage_calendar(), by=None)

        self.init("--team", "South")

        self.assertEqual(list(Team.objects.all()), [stage])
