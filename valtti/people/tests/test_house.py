"""Teams, skills, opening hours and the house: what administrators set, and what they cannot set wrong."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import calendar as reckoning
from valtti.core import calendars, clock
from valtti.core.models import AuditEntry, Calendar, CalendarVersion
from valtti.people import queries, week
from valtti.people.models import House, Team
from valtti.people.testing import PeopleTestCase, stage_calendar
from valtti.ui import house as shells
from valtti.ui.tongues import ENGLISH, FINNISH, RUSSIAN

WEEK = {"day_0": "8–16", "day_1": "8-16", "day_2": "8.00 - 16.00", "day_3": "8–12, 13–17", "day_4": "8:30–16"}
TIMES = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


class TeamTests(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.outi)
        self.calendar = stage_calendar()

    def form(self, **fields: Any) -> dict[str, Any]:
        return {"name": "East", "calendar": self.calendar.pk, "undo_seconds": 20, "reopen_days": 7, **fields}

    def test_a_team_is_opened(self) -> None:
        self.client.post("/teams/new/", self.form())

        east = Team.objects.get(key="east")
        self.assertEqual((east.undo_seconds, east.reopen_days, east.sends_receipts), (20, 7, False))
        self.assertTold("team.made", east)

    def test_two_teams_of_one_name_are_two_teams(self) -> None:
        for _ in range(2):
            self.client.post("/teams/new/", self.form())

        self.assertEqual(sorted(Team.objects.filter(name="East").values_list("key", flat=True)), ["east", "east-2"])

    def test_a_name_without_latin_letters_gets_a_key_too(self) -> None:
        self.client.post("/teams/new/", self.form(name="Север"))

        self.assertTrue(Team.objects.get(name="Север").key)

    def test_a_team_is_renamed_and_keeps_its_key(self) -> None:
        self.client.post(f"/teams/{self.north.pk}/", self.form(name="Far North", sends_receipts="on"))

        north = Team.objects.get(pk=self.north.pk)
        self.assertEqual((north.name, north.key, north.sends_receipts), ("Far North", "north", True))
        self.assertTold("team.changed", north)

    def test_the_undo_span_ends_at_sixty_seconds(self) -> None:
        for seconds, status in ((60, 302), (61, 422), (-1, 422)):
            response = self.client.post(f"/teams/{self.north.pk}/", self.form(undo_seconds=seconds))
            self.assertEqual(response.status_code, status, seconds)

    def test_a_team_with_people_cannot_be_closed(self) -> None:
        response = self.client.post(f"/teams/{self.north.pk}/retirement/")

        self.assertContains(response, "There are still people in this team.", status_code=409)

    def test_an_empty_team_is_closed_and_stays_in_the_list(self) -> None:
        east = Team.objects.create(key="east", name="East", calendar=self.calendar)

        self.client.post(f"/teams/{east.pk}/retirement/")

        self.assertTold("team.retired", east)
        self.assertNotIn(east, Team.objects.active())
        self.assertContains(self.client.get("/teams/"), "East")

    def test_a_closed_team_may_be_opened_again(self) -> None:
        east = Team.objects.create(key="east", name="East", calendar=self.calendar)
        self.client.post(f"/teams/{east.pk}/retirement/")
        self.assertContains(self.client.get(f"/teams/{east.pk}/"), "Open the team again")

        self.assertRedirects(self.client.post(f"/teams/{east.pk}/reopening/"), f"/teams/{east.pk}/")

        self.assertTold("team.reopened", east)
        self.assertIn(east, Team.objects.active())

    def test_the_page_says_who_is_in_it(self) -> None:
        page = self.client.get(f"/teams/{self.north.pk}/").content.decode()

        for name in ("Aino Korhonen", "Veikko Mäkinen", "Liisa Virtanen"):
            self.assertIn(name, page)
        self.assertNotIn("Otto", page)

    def test_the_list_costs_the_same_for_ten_more(self) -> None:
        def grow() -> None:
            Team.objects.bulk_create(Team(key=f"t{n}", name=f"T {n}", calendar=self.calendar) for n in range(10))

        self.assertSameQueries("/teams/", grow)


class QueriesTests(PeopleTestCase):
    def test_members_are_told_once_each(self) -> None:
        self.aino.memberships.create(team=self.north, role="coach")

        self.assertEqual(list(queries.members_of(self.north)), [self.aino, self.liisa, self.veikko])
        self.assertEqual(list(queries.servers_of(self.north)), [self.aino, self.veikko])

    def test_whoever_has_left_is_no_member(self) -> None:
        self.aino.is_active = False
        self.aino.save()

        self.assertNotIn(self.aino, queries.members_of(self.north))

    def test_veikko_leads_two_teams_and_aino_none(self) -> None:
        self.assertEqual(list(queries.teams_led_by(self.veikko)), [self.north, self.south])
        self.assertEqual(list(queries.teams_led_by(self.aino)), [])


class CalendarTests(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.outi)
        self.client.post("/calendars/", {"title": "Fault line", "timezone": "Europe/Helsinki"})
        self.calendar = Calendar.objects.get(key="fault-line")

    def publish(self, **fields: Any) -> Any:
        return self.client.post(f"/calendars/{self.calendar.pk}/", {"valid_from": "2026-12-01", **WEEK, **fields})

    def test_what_is_written_is_what_stands(self) -> None:
        self.publish(
            holiday_region="fi",
            closed_days="2026-12-31\n2026-12-28\n",
            extra_open="2026-12-12 10–14",
            day_5="",
            day_6="–",
        )

        version = CalendarVersion.objects.get(calendar=self.calendar)
        self.assertEqual(version.valid_from, date(2026, 12, 1))
        self.assertEqual(version.week[3], [["08:00", "12:00"], ["13:00", "17:00"]])
        self.assertEqual((version.week[4], version.week[5]), ([["08:30", "16:00"]], []))
        self.assertEqual(version.closed_days, ["2026-12-28", "2026-12-31"])
        self.assertEqual(version.extra_open, [["2026-12-12", "10:00", "14:00"]])
        self.assertIn("2026-12-06", version.holidays)
        self.assertTold("calendar.hours_published", self.calendar)

    def test_the_clocks_follow(self) -> None:
        self.publish(holiday_region="FI")

        versions = calendars.versions_of(self.calendar)
        monday, holiday = datetime(2026, 12, 7, 8, tzinfo=UTC), datetime(2026, 12, 25, 8, tzinfo=UTC)
        self.assertTrue(reckoning.is_open(monday, versions))
        self.assertFalse(reckoning.is_open(holiday, versions))

    def test_a_later_version_leaves_the_earlier_one(self) -> None:
        self.publish()
        self.publish(valid_from="2027-01-01", day_0="10–12")

        self.assertEqual(self.calendar.versions.count(), 2)
        page = self.client.get(f"/calendars/{self.calendar.pk}/").content.decode()
        self.assertEqual(re.findall(r"<dd>(10–12|8–16)</dd>", page)[0], "10–12")

    def test_what_cannot_be_is_explained_and_nothing_is_kept(self) -> None:
        for fields, words in (
            ({"day_0": "from eight"}, "Write the hours like"),
            ({"day_0": "8–25"}, "Write the hours like"),
            ({"day_0": "13–17, 8–12"}, "Write the hours like"),
            ({"holiday_region": "Finland"}, "The holidays of this region are not known."),
            ({"holiday_region": "XX"}, "The holidays of this region are not known."),
            ({"closed_days": "24.12."}, "Write each day on a line of its own"),
            ({"extra_open": "2026-12-12"}, "Write each day on a line of its own"),
            ({f"day_{number}": "" for number in range(5)}, "nobody would ever be there"),
            ({"valid_from": "tomorrow"}, "valid date"),
        ):
            with self.subTest(fields):
                self.assertContains(self.publish(**fields), words, status_code=422)
        self.assertFalse(CalendarVersion.objects.filter(calendar=self.calendar).exists())

    def test_the_same_day_twice_is_explained(self) -> None:
        self.publish()

        self.assertContains(self.publish(), "There are hours from this day on already.", status_code=422)

    def test_hours_of_the_past_stay(self) -> None:
        self.publish()

        self.assertContains(self.publish(valid_from="2020-01-01"), "tomorrow at the earliest", status_code=422)

    def test_hours_that_have_not_begun_can_be_taken_back(self) -> None:
        self.publish(valid_from="2027-01-01")
        version = self.calendar.versions.get()

        self.assertRedirects(self.client.post(f"/hours/{version.pk}/withdrawal/"), f"/calendars/{self.calendar.pk}/")

        self.assertFalse(self.calendar.versions.exists())
        self.assertTold("calendar.hours_withdrawn", self.calendar)

    def test_hours_that_stand_cannot_be_taken_back(self) -> None:
        self.publish(valid_from="2026-01-01")
        version = self.calendar.versions.get()

        response = self.client.post(f"/hours/{version.pk}/withdrawal/")

        self.assertContains(response, "These hours stand already", status_code=409)
        self.assertTrue(self.calendar.versions.exists())

    def test_the_form_begins_with_the_hours_that_stand(self) -> None:
        self.publish()

        page = self.client.get(f"/calendars/{self.calendar.pk}/").content.decode()

        self.assertIn('value="8–12, 13–17"', page)

    def test_new_hours_are_offered_from_tomorrow(self) -> None:
        self.publish()
        with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
            self.client.force_login(self.outi)
            page = self.client.get(f"/calendars/{self.calendar.pk}/").content.decode()

        self.assertIn('value="2027-01-02"', page)

    def test_an_unknown_time_zone_is_refused(self) -> None:
        response = self.client.post("/calendars/", {"title": "Moon", "timezone": "Moon/Sea"})

        self.assertEqual(response.status_code, 422)


class WeekTests(SimpleTestCase):
    def test_hours_as_people_write_them(self) -> None:
        for written, read in (
            ("8–16", [["08:00", "16:00"]]),
            ("8.30-16", [["08:30", "16:00"]]),
            ("08:00 — 12:00; 13-24", [["08:00", "12:00"], ["13:00", "24:00"]]),
            ("22–6", [["22:00", "06:00"]]),
            ("", []),
            (" – ", []),
        ):
            with self.subTest(written):
                self.assertEqual(week.hours_in(written), read)

    def test_what_is_no_time_is_refused(self) -> None:
        for written in ("8", "8–8", "24–6", "8–16–18", "8–24.30", "8.75–9", "8–16,", "x", "8–16 x", "९–१६"):
            with self.subTest(written), self.assertRaises(week.BadLine):
                week.hours_in(written)

    @given(st.lists(TIMES, min_size=2, max_size=8, unique=True).map(sorted))
    def test_what_was_read_is_written_back_the_same(self, times: list[str]) -> None:
        spans = [list(pair) for pair in zip(times[::2], times[1::2], strict=False)]

        for words in (ENGLISH, FINNISH, RUSSIAN):
            self.assertEqual(week.hours_in(week.shown_hours(spans, words)), spans)

    def test_half_hours_are_written_as_the_language_writes_them(self) -> None:
        spans = [["08:30", "12:00"], ["22:05", "24:00"]]

        shown = [week.shown_hours(spans, words) for words in (ENGLISH, FINNISH, RUSSIAN)]

        self.assertEqual(shown, ["8:30–12, 22:05–24", "8.30–12, 22.05–24", "8:30–12, 22:05–24"])

    @given(st.lists(st.dates(date(2000, 1, 1), date(2100, 1, 1)), unique=True))
    def test_days_come_back_in_order(self, days: list[date]) -> None:
        written = "\n".join(day.isoformat() for day in days)

        self.assertEqual(week.days_in(written), sorted(day.isoformat() for day in days))
        self.assertEqual(week.shown_days(week.days_in(written)).splitlines(), sorted(written.split()))

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        for read in (week.hours_in, week.days_in, week.extra_in):
            with contextlib.suppress(week.BadLine):
                read(text)


class HouseTests(PeopleTestCase):
    def test_a_page_asks_once_how_the_house_is_called_and_coloured(self) -> None:
        House.objects.update_or_create(defaults={"name": "Kaiku Kuitu", "hue": 145})

        with self.assertNumQueries(1):
            face = shells.house()

        self.assertEqual((face.name, face.hue), ("Kaiku Kuitu", 145))

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.outi)

    def save(self, **fields: Any) -> Any:
        return self.client.post(
            "/house/", {"name": "Kaiku Kuitu", "hue": 145, "idle_minutes": 60, "day_hours": 8, **fields}
        )

    def test_the_name_stands_over_the_door(self) -> None:
        self.save()
        self.client.logout()

        self.assertContains(self.client.get("/login/"), "<h1>Kaiku Kuitu</h1>")

    def test_saving_twice_keeps_one_house(self) -> None:
        self.save()
        self.save(name="Kaiku")

        self.assertEqual(House.objects.get().name, "Kaiku")
        with self.assertRaises(IntegrityError), transaction.atomic():
            House.objects.create(name="Another")

    def test_bounds_are_kept(self) -> None:
        for field, good, bad in (
            ("idle_minutes", 5, 4),
            ("idle_minutes", 480, 481),
            ("day_hours", 24, 25),
            ("hue", 0, 360),
        ):
            self.assertEqual(self.save(**{field: good}).status_code, 302, field)
            self.assertEqual(self.save(**{field: bad}).status_code, 422, field)

    def test_it_is_written_down(self) -> None:
        self.save()

        self.assertEqual(AuditEntry.objects.get(what="house.changed").after, {"idle": 60, "day": 8})
