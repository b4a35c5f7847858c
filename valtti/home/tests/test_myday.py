"""My day: what comes first, what then, what came back, what went well."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import polib
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from valtti.core import cast, clock
from valtti.core.models import Event
from valtti.desk.actions import assignments, closures, promises
from valtti.home.tests.home_pages import HomeTestCase, Said
from valtti.people.models import Membership, User

_numbers = count(1)


class MyDayTests(HomeTestCase):
    def day(self) -> Said:
        return self.client.get("/")

    def test_what_is_owed_today_by_hour(self) -> None:
        page = self.day()
        self.assertSays(page, "Good morning, Aino", "Friday", "North", "13:12", "Чайник пришёл разбитым", "answer owed")
        self.assertSilentOn(page, "Väärä summa laskussa")

    def test_the_greeting_goes_by_the_clock_of_the_business(self) -> None:
        for hour, words in ((7, "Good morning"), (11, "Good day"), (13, "Good day"), (17, "Good evening")):
            with self.subTest(hour):
                self.set_clock(datetime(2026, 11, 20, hour - 2, tzinfo=UTC))
                self.log_in(self.aino)
                self.assertSays(self.day(), f"{words}, Aino")

    def test_a_promise_comes_first_and_is_not_repeated_below(self) -> None:
        self.promise(hours=2)
        page = self.day()
        self.assertSays(page, 'class="board"', "код отправки", "standing, promised to: Katja Orlova", "2 h left")
        self.assertSilentOn(page, ">Then<", "Чайник пришёл разбитым")

    def test_then_comes_what_falls_due_next(self) -> None:
        assignments.assign(case=self.invoice, to=self.aino, by=self.veikko)
        self.promise(hours=2)
        self.assertSays(self.day(), ">Then<", "Väärä summa laskussa")

    def test_a_promise_past_its_time_is_late_there_too(self) -> None:
        self.promise(hours=2)
        self.pass_time(hours=3)
        self.assertSays(self.day(), 'class="board late"', "late, promised to: Katja Orlova", "1 h late")

    def test_a_letter_that_did_not_arrive_stands_before_everything(self) -> None:
        self.promise(hours=2)
        self.refuse(self.accepted())

        page = self.day().content.decode()

        self.assertIn("Your letter did not reach the customer: Katja Orlova", page)
        self.assertLess(page.index("did not reach"), page.index('class="board'))

    def test_it_goes_away_when_another_letter_has_arrived(self) -> None:
        self.refuse(self.accepted())
        self.katja.contact_points.update(state="works")
        self.pass_time(minutes=5)
        self.accepted()
        self.assertSilentOn(self.day(), "did not reach")

    def test_whose_turn_it_is_elsewhere(self) -> None:
        self.accepted()
        page = self.day()
        self.assertSays(page, "The customer’s turn", "Katja Orlova", "Nobody waits for you")

    def test_what_nobody_has_yet(self) -> None:
        self.assertSays(self.day(), "1 case waits for somebody to take it.", "/cases/?who=nobody")
        assignments.assign(case=self.invoice, to=self.veikko, by=self.veikko)
        self.assertSilentOn(self.day(), "Nobody’s yet")

    def test_what_went_well_this_week(self) -> None:
        standing = self.promise()
        promises.keep(promise=standing, by=self.aino, call="Soitin koodin.")
        self.assertSays(self.day(), "This week", "1 of 1 promise kept in time", "1 answer has reached its customer")

    def test_a_promise_that_was_moved_is_said_beside(self) -> None:
        standing = self.promise(hours=2)
        due = datetime(2026, 11, 23, 10, tzinfo=UTC)
        moved = promises.move(promise=standing, due_at=due, by=self.aino, call="Soitin.", text="код")
        promises.keep(promise=moved, by=self.aino, call="Soitin taas.")
        self.assertSays(self.day(), "1 moved")

    def test_last_weeks_deeds_are_last_weeks(self) -> None:
        promises.keep(promise=self.promise(), by=self.aino, call="Soitin koodin.")
        self.pass_time(days=4)
        self.assertSilentOn(self.day(), "This week")

    def test_nothing_to_do_says_so_and_what_next(self) -> None:
        for case in (self.kettle, self.invoice):
            closures.close_case(case=case, closed_by=self.aino, outcome="solved")
        self.assertSays(self.day(), "Everyone has had an answer", "Take the next case", 'data-key="n"')

    def test_nobody_is_said_to_be_served_while_others_wait(self) -> None:
        closures.close_case(case=self.kettle, closed_by=self.aino, outcome="solved")
        page = self.day()
        self.assertSays(page, "Nobody waits for you", "late 0, without an owner 1", "Look at the queue")
        self.assertSilentOn(page, "Everyone has had an answer")

    def test_the_date_is_written_as_the_language_writes_it(self) -> None:
        self.assertSays(self.day(), "Friday, 20 November")
        for language, words in (("fi", "20. marraskuuta"), ("ru", "20 ноября")):
            texts = polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"))
            pattern = texts.find("j E", msgctxt="pattern of a day and its month")
            with self.subTest(language), translation.override(language):
                self.assertEqual(date_format(clock.now(), pattern.msgstr).casefold(), words)

    def test_the_day_comes_as_a_part_and_follows_by_itself(self) -> None:
        part = self.part("/")
        self.assertSays(part, 'id="day"', f'data-live-topic="user:{self.aino.pk}"')
        self.assertSilentOn(part, "<html")

    def test_looking_changes_nothing(self) -> None:
        before = Event.objects.count()
        self.day()
        self.assertEqual(Event.objects.count(), before)

    def test_ten_more_cases_cost_the_same(self) -> None:
        self.promise()
        self.assertSameQueries("/", grow=self.ten_more_cases)

    def ten_more_cases(self) -> None:
        cases = [self.write(cast.PEKKA, subject=f"Asia {next(_numbers)}").case for _ in range(10)]
        for case in cases:
            assignments.assign(case=case, to=self.aino, by=self.aino)
        self.promise(case=cases[0])


class OtherPeoplesDaysTests(HomeTestCase):
    def test_a_lead_has_a_day_of_their_own(self) -> None:
        self.log_in(self.veikko)
        page = self.client.get("/")
        self.assertSays(page, "Good morning, Veikko", "North", "South")
        self.assertSilentOn(page, "Чайник")

    def test_a_lead_hears_of_the_late_words_of_their_teams(self) -> None:
        self.promise(hours=1)
        self.pass_time(hours=2)
        self.log_in(self.veikko)
        page = self.client.get("/")
        self.assertSays(page, "late 1, without an owner 1", "Look at the team board", 'href="/team/"')
        self.assertSilentOn(page, "Everyone has had an answer")

    def test_a_coach_is_offered_no_deeds(self) -> None:
        self.log_in(self.liisa)
        page = self.client.get("/")
        self.assertSilentOn(page, "Next case", "New case", "Look at the team board")
        self.assertSays(page, "Look at the queue")

    def test_otto_hears_nothing_of_north(self) -> None:
        self.promise()
        self.log_in(self.otto)
        self.assertSilentOn(self.client.get("/"), "Katja", "Pekka", "North", "код отправки")

    def test_an_administrator_without_a_team_has_a_quiet_page(self) -> None:
        self.log_in(self.outi)
        page = self.client.get("/")
        self.assertEqual(page.status_code, 200)
        self.assertSilentOn(page, "Katja", "Everyone has had an answer", "Next case")
        self.assertSays(page, "What you look after", 'href="/health/"', 'href="/mailboxes/"', 'href="/users/"')

    def test_an_auditor_finds_the_log_there(self) -> None:
        User.objects.filter(pk=self.outi.pk).update(house_role="auditor")
        self.log_in(User.objects.get(pk=self.outi.pk))
        page = self.main(self.client.get("/"))
        self.assertIn('href="/audit/"', page)
        self.assertNotIn('href="/health/"', page)

    def test_an_analyst_is_told_what_the_role_opens(self) -> None:
        Membership.objects.filter(user=self.liisa).update(role="analyst")
        self.log_in(User.objects.get(pk=self.liisa.pk))
        self.assertSays(self.client.get("/"), "Your role opens no cases.")
        self.log_in(self.aino)
        self.assertSilentOn(self.client.get("/"), "Your role opens no cases.", "What you look after")

    @staticmethod
    def main(response: Said) -> str:
        """The page without the menus over it."""
        page: str = response.content.decode()
        return page[page.index('id="day"') :]

    def test_visitors_are_sent_to_the_login(self) -> None:
        self.client.logout()
        self.assertRedirects(self.client.get("/"), "/login/?next=/", fetch_redirect_response=False)
