"""Own settings: how the pages look and speak to their user."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from valtti.people.middleware import OwnSettingsMiddleware
from valtti.people.models import User
from valtti.people.testing import PASSWORD, PeopleTestCase


class SettingsTests(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.aino)

    def save(self, **fields: Any) -> Any:
        form = {"called": "", "language": "en-gb", "time_zone": "", "theme": "", "keys_on": "on", "undo_seconds": ""}
        return self.client.post("/settings/", form | fields)

    def mine(self) -> User:
        return User.objects.get(pk=self.aino.pk)

    def test_what_is_chosen_is_kept(self) -> None:
        chosen = {
            "called": "Aino K.",
            "language": "ru",
            "time_zone": "Europe/Riga",
            "theme": "dark",
            "undo_seconds": "0",
        }

        self.assertRedirects(self.save(**chosen, keys_on=""), "/settings/")

        me = self.mine()
        self.assertEqual((me.called, me.language, me.time_zone, me.theme), ("Aino K.", "ru", "Europe/Riga", "dark"))
        self.assertEqual((me.undo_seconds, me.keys_on), (0, False))

    def test_the_undo_span_goes_from_nothing_to_a_minute(self) -> None:
        for seconds, status in (("0", 302), ("60", 302), ("61", 422), ("-1", 422), ("", 302)):
            self.assertEqual(self.save(undo_seconds=seconds).status_code, status, seconds)
        self.assertIsNone(self.mine().undo_seconds)

    def test_what_is_not_offered_is_refused(self) -> None:
        for field, value in (("language", "tlh"), ("time_zone", "Moon/Sea"), ("theme", "neon"), ("called", "A" * 61)):
            self.assertEqual(self.save(**{field: value}).status_code, 422, field)

    def test_nobody_gives_oneself_a_role_or_another_s_address(self) -> None:
        self.save(house_role="administrator", email=self.otto.email, is_active="", password="x", name="Root")

        me = self.mine()
        self.assertEqual((me.house_role, me.email, me.name), ("", self.aino.email, "Aino Korhonen"))
        self.assertTrue(me.check_password(PASSWORD))

    def test_the_page_is_in_the_chosen_theme_and_without_keys(self) -> None:
        self.save(theme="dark", keys_on="")

        page = self.client.get("/settings/").content.decode()

        self.assertIn('data-theme="dark"', page)
        self.assertIn('data-keys="off"', page)


class TonguesTests(PeopleTestCase):
    """The user's own → what was asked for at the door → what the browser prefers → the house's."""

    def language(self, accepted: str) -> str:
        """The language a page of ours is in."""
        address = "/settings/" if "_auth_user_id" in self.client.session else "/login/"
        return str(self.client.get(address, headers={"Accept-Language": accepted})["Content-Language"])

    def test_the_own_choice_comes_first(self) -> None:
        User.objects.filter(pk=self.aino.pk).update(language="ru")
        self.client.force_login(self.aino)

        self.assertEqual(self.language("fi"), "ru")

    def test_then_the_browser_then_the_house(self) -> None:
        for asked, told in (
            ("ru-RU,ru;q=0.9", "ru"),
            ("en-US", "en-gb"),
            ("en", "en-gb"),
            ("sv, fi;q=0.5", "fi"),
            ("tlh", "fi"),
            ("", "fi"),
        ):
            self.assertEqual(self.language(asked), told, asked)

    def test_without_a_choice_the_browser_counts_inside_too(self) -> None:
        User.objects.filter(pk=self.aino.pk).update(language="")
        self.client.force_login(self.aino)

        self.assertEqual(self.language("ru"), "ru")

    def test_a_choice_at_the_door_is_remembered_by_the_browser(self) -> None:
        self.assertEqual(self.client.get("/login/?language=ru")["Content-Language"], "ru")

        self.assertEqual(self.language("en"), "ru")
        self.assertTrue(self.client.cookies["language"]["httponly"])

    def test_a_language_we_do_not_speak_changes_nothing(self) -> None:
        response = self.client.get("/login/?language=../../etc", headers={"Accept-Language": "ru"})

        self.assertEqual(response["Content-Language"], "ru")
        self.assertNotIn("language", self.client.cookies)

    def test_a_later_visitor_of_the_same_thread_gets_the_house_s_language(self) -> None:
        self.client.get("/login/?language=ru")

        self.assertNotEqual(translation.get_language(), "ru")


class TimesTests(PeopleTestCase):
    def clock_of(self, time_zone: str) -> str:
        """What the clock on a page shows at noon in Greenwich."""
        self.aino.time_zone = time_zone
        shown = []

        def view(request: HttpRequest) -> HttpResponse:
            shown.append(timezone.localtime(datetime(2026, 1, 15, 12, tzinfo=UTC)).strftime("%H:%M"))
            return HttpResponse()

        request = RequestFactory().get("/")
        request.user, request.session = self.aino, {}  # type: ignore[assignment]
        OwnSettingsMiddleware(view)(request)
        return shown[0]

    def test_pages_show_the_user_s_time(self) -> None:
        self.assertEqual(self.clock_of("Asia/Tokyo"), "21:00")

    def test_without_a_choice_they_show_the_house_s(self) -> None:
        self.assertEqual(self.clock_of(""), "14:00")

    def test_a_zone_that_is_no_more_shows_the_house_s(self) -> None:
        self.assertEqual(self.clock_of("Europe/Atlantis"), "14:00")
