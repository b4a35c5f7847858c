"""The catalogue of parts, the sheet of the house's hue, and the ear for the content policy."""

from __future__ import annotations

import re

from django.contrib.auth import get_user_model
from django.test import TestCase

from valtti.ui.tests.tiny import TinyHouse


class CatalogueTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.aino = get_user_model().objects.create_user(
            "aino@kaiku.example", "long enough to be a password", name="Aino"
        )

    def shown(self) -> str:
        self.client.force_login(self.aino)
        return self.client.get("/ui/").content.decode()

    def test_a_visitor_is_sent_to_the_door(self) -> None:
        answer = self.client.get("/ui/")

        self.assertEqual(answer.status_code, 302)
        self.assertIn("next=/ui/", answer["Location"])

    def test_a_colleague_sees_every_part(self) -> None:
        shown = self.shown()

        for part in (
            *("board", "board late", "state", "button danger", "button quiet", "field", "choice", "select", "tabs"),
            *(
                "pager",
                "menu",
                "toast",
                "alert bad",
                "dialog",
                "talk panel",
                "note",
                "gauge",
                "spark",
                "table",
                "card p3",
            ),
            *("rows panel", "route", "panel empty", "art", "diff", "progress", "pips", "discs", "drop"),
        ):
            with self.subTest(part):
                self.assertRegex(shown, rf'class="[^"]*\b{part}\b')

    def test_it_is_the_same_on_every_day(self) -> None:
        self.assertIn("3 h 25", self.shown())

    def test_nothing_in_it_is_styled_or_scripted_in_place(self) -> None:
        self.assertNotRegex(self.shown(), r"<[^>]*\s(style|on\w+)=|<style")

    def test_every_id_is_there_once(self) -> None:
        ids = re.findall(r'\sid="([^"]+)"', self.shown())

        self.assertEqual(sorted(ids), sorted(set(ids)))

    def test_every_label_belongs_to_a_control(self) -> None:
        shown = self.shown()

        for name in re.findall(r'<label[^>]* for="([^"]+)"', shown):
            self.assertIn(f'id="{name}"', shown)

    def test_only_reading_is_allowed(self) -> None:
        self.client.force_login(self.aino)

        self.assertEqual(self.client.post("/ui/").status_code, 405)

    def test_the_house_s_hue_is_a_sheet_of_one_line_for_everybody(self) -> None:
        answer = self.client.get("/ui/hue.css")

        self.assertRegex(answer.content.decode(), r"^:root \{ --hue: \d{1,3}; \}\n$")
        self.assertEqual(answer["Content-Type"], "text/css")


class ReportTests(TinyHouse):
    def test_what_the_policy_stopped_is_one_line_in_the_log(self) -> None:
        with self.assertLogs("valtti.ui", "WARNING") as told:
            answer = self.client.post("/csp/", b'{"csp-report": {"blocked-uri": "inline"}}', "application/csp-report")

        self.assertEqual(answer.status_code, 204)
        self.assertIn("blocked-uri", told.output[0])

    def test_a_flood_of_a_report_is_cut(self) -> None:
        with self.assertLogs("valtti.ui", "WARNING") as told:
            self.client.post("/csp/", b"x" * 100_000, "application/csp-report")

        self.assertLess(len(told.output[0]), 5000)

    def test_nobody_reads_reports_here(self) -> None:
        self.assertEqual(self.client.get("/csp/").status_code, 405)
