"""Logins: a row each, ended by age, by hand, by number and by change; useless to whoever reads the table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, SimpleTestCase

from valtti.core import clock
from valtti.people import devices
from valtti.people.actions import sessions
from valtti.people.models import House, Session
from valtti.people.testing import PASSWORD, PeopleTestCase


class SessionTests(PeopleTestCase):
    def another_login(self, **extra: Any) -> Client:
        client = Client(**extra)
        client.force_login(self.aino)
        return client

    def is_in(self, client: Client | None = None) -> bool:
        return (client or self.client).get("/settings/").status_code == 200

    def test_two_hours_without_a_request_end_it(self) -> None:
        self.client.force_login(self.aino)

        with clock.at(clock.now() + timedelta(hours=1, minutes=59)):
            self.assertTrue(self.is_in())
        with clock.at(clock.now() + timedelta(hours=3, minutes=58)):
            self.assertTrue(self.is_in())
        with clock.at(clock.now() + timedelta(hours=5, minutes=59)):
            self.assertFalse(self.is_in())

    def test_twelve_hours_end_it_however_busy_it_was(self) -> None:
        self.client.force_login(self.aino)
        begun = clock.now()

        for hour in range(1, 12):
            with clock.at(begun + timedelta(hours=hour)):
                self.assertTrue(self.is_in())
        with clock.at(begun + timedelta(hours=12, seconds=1)):
            self.assertFalse(self.is_in())

    def test_what_a_page_asks_by_itself_keeps_no_login_alive(self) -> None:
        self.client.force_login(self.aino)
        begun = clock.now()

        for minutes in range(10, 121, 10):
            with clock.at(begun + timedelta(minutes=minutes)):
                self.client.get("/settings/", headers={"X-By-Itself": "1"})

        with clock.at(begun + timedelta(minutes=121)):
            self.assertFalse(self.is_in())

    def test_the_house_may_set_other_times(self) -> None:
        House.objects.create(idle_minutes=5, day_hours=1)
        self.client.force_login(self.aino)

        with clock.at(clock.now() + timedelta(minutes=6)):
            self.assertFalse(self.is_in())

    def test_its_last_use_is_written_once_a_minute_at_most(self) -> None:
        self.client.force_login(self.aino)
        first = Session.objects.get().seen_at

        with clock.at(first + timedelta(seconds=59)):
            self.client.get("/settings/")
        self.assertEqual(Session.objects.get().seen_at, first)

        with clock.at(first + timedelta(seconds=61)):
            self.client.get("/settings/")
        self.assertEqual(Session.objects.get().seen_at, first + timedelta(seconds=61))

    def test_the_eleventh_login_ends_the_one_unused_longest(self) -> None:
        clients = []
        for minutes in range(11):
            with clock.at(clock.now() + timedelta(minutes=minutes)):
                client = Client()
                client.post("/login/", {"login": self.aino.email, "password": PASSWORD})
                clients.append(client)

        self.assertFalse(self.is_in(clients[0]))
        self.assertTrue(all(self.is_in(client) for client in clients[1:]))
        self.assertTold("session.ended", why="oldest", user_id=self.aino.pk)

    def test_another_s_logins_do_not_count(self) -> None:
        self.log_in(self.otto)
        for _ in range(12):
            Client().post("/login/", {"login": self.aino.email, "password": PASSWORD})

        self.assertTrue(self.is_in())

    def test_the_key_changes_at_login_and_when_one_proves_again(self) -> None:
        visit = self.client.session
        visit["asked"] = 1
        visit.save()
        keys = [self.client.cookies[settings.SESSION_COOKIE_NAME].value]
        self.log_in(self.aino)
        keys.append(self.client.cookies[settings.SESSION_COOKIE_NAME].value)
        row = Session.objects.alive().get(user=self.aino)

        self.prove()

        keys.append(self.client.cookies[settings.SESSION_COOKIE_NAME].value)
        self.assertEqual(len(set(keys)), 3)
        self.assertEqual(Session.objects.alive().get(user=self.aino).pk, row.pk)
        self.assertTrue(self.is_in())

    def test_an_old_key_opens_nothing(self) -> None:
        self.log_in(self.aino)
        old = Client()
        old.cookies[settings.SESSION_COOKIE_NAME] = self.client.cookies[settings.SESSION_COOKIE_NAME].value

        self.client.post("/logout/")

        self.assertFalse(self.is_in(old))

    def test_a_key_somebody_made_up_is_not_taken_over(self) -> None:
        self.client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

        self.log_in(self.aino)

        self.assertNotEqual(self.client.cookies[settings.SESSION_COOKIE_NAME].value, "a" * 32)

    def test_whoever_reads_the_table_can_use_nothing_of_it(self) -> None:
        self.log_in(self.aino)
        key = self.client.cookies[settings.SESSION_COOKIE_NAME].value

        with connection.cursor() as cursor:
            cursor.execute("SELECT key_hash, contents FROM people_session")
            table = str(cursor.fetchall())

        self.assertNotIn(key, table)
        self.assertNotIn("_auth_user", table)
        self.assertNotIn(self.aino.email, table)

    def test_a_row_that_was_altered_is_an_empty_visit(self) -> None:
        self.client.force_login(self.aino)
        Session.objects.update(contents="x.y")

        self.assertFalse(self.is_in())

    def test_a_login_that_ended_does_not_come_back_by_a_late_request(self) -> None:
        self.client.force_login(self.aino)
        store = self.client.session

        sessions.end_sessions(user=self.aino, why="by_hand")
        with self.assertRaises(Exception) as refused:
            store.save()

        self.assertEqual(type(refused.exception).__name__, "UpdateError")
        self.assertFalse(self.is_in())

    def test_rows_are_forgotten_a_day_after_their_end(self) -> None:
        self.another_login()
        sessions.end_sessions(user=self.aino, why="by_hand")

        with clock.at(clock.now() + timedelta(hours=23)):
            self.assertEqual(sessions.forget_ended(), 0)
        with clock.at(clock.now() + timedelta(hours=25)):
            self.assertEqual(sessions.forget_ended(), 1)


class OwnLoginsTests(PeopleTestCase):
    def test_the_list_shows_where_i_am_logged_in(self) -> None:
        agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        self.log_in(self.aino, headers={"User-Agent": agent})

        page = self.client.get("/settings/").content.decode()

        self.assertIn("Firefox, Linux", page)
        self.assertIn("this one", page)

    def test_one_may_end_another_of_the_own_logins(self) -> None:
        phone = Client()
        phone.force_login(self.aino)
        row = Session.objects.get(user=self.aino)
        self.client.force_login(self.aino)

        response = self.client.post(f"/settings/logins/{row.pk}/")

        self.assertRedirects(response, "/settings/")
        self.assertEqual(phone.get("/settings/").status_code, 302)
        self.assertTold("session.ended", row, why="by_hand", session_id=row.pk)

    def test_all_others_end_with_one_click_and_this_one_stays(self) -> None:
        others = [Client() for _ in range(3)]
        for client in others:
            client.force_login(self.aino)
        self.client.force_login(self.aino)

        self.client.post("/settings/logins/")

        self.assertEqual({client.get("/settings/").status_code for client in others}, {302})
        self.assertEqual(self.client.get("/settings/").status_code, 200)

    def test_otto_cannot_end_aino_s_login(self) -> None:
        Client().force_login(self.aino)
        row = Session.objects.get()
        self.client.force_login(self.otto)

        self.assertEqual(self.client.post(f"/settings/logins/{row.pk}/").status_code, 404)
        self.assertIsNone(Session.objects.get(pk=row.pk).ended_at)

    def test_looking_ends_nothing(self) -> None:
        self.client.force_login(self.aino)

        self.assertEqual(self.client.get("/settings/logins/").status_code, 405)
        self.assertEqual(self.client.get(f"/settings/logins/{Session.objects.get().pk}/").status_code, 405)


class DeviceTests(SimpleTestCase):
    def test_the_common_ones_are_told_apart(self) -> None:
        for sent, told in (
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
            ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Safari/604.1", "Safari, iPhone"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15", "Safari, macOS"),
            ("curl/8.14", ""),
            ("", ""),
        ):
            with self.subTest(sent):
                self.assertEqual(devices.told(sent), told)
