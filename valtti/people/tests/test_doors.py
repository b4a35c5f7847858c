"""Every page of the room, for everybody who must not see it: the login for visitors, nothing at all for strangers."""

from __future__ import annotations

import re

from valtti.people.models import House, HouseRole, User
from valtti.people.testing import PeopleTestCase
from valtti.people.urls import urlpatterns

ADMINISTRATORS = {
    "/users/": "GET",
    "/users/new/": "GET POST",
    "/users/{aino}/": "GET",
    "/users/{aino}/details/": "POST",
    "/users/{aino}/roles/": "POST",
    "/users/{aino}/skills/": "POST",
    "/users/{aino}/invitation/": "POST",
    "/users/{aino}/factors/": "POST",
    "/users/{aino}/departure/": "POST",
    "/users/{aino}/return/": "POST",
    "/skills/": "GET POST",
    "/teams/": "GET",
    "/teams/new/": "GET POST",
    "/teams/{north}/": "GET POST",
    "/teams/{north}/retirement/": "POST",
    "/teams/{north}/reopening/": "POST",
    "/calendars/": "GET POST",
    "/calendars/{calendar}/": "GET POST",
    "/hours/1/withdrawal/": "POST",
    "/house/": "GET POST",
}
AUDITORS = {"/audit/": "GET"}
EVERYBODY = {
    "/settings/": "GET POST",
    "/settings/logins/": "POST",
    "/settings/logins/1/": "POST",
    "/account/password/": "GET POST",
    "/account/again/": "GET POST",
    "/account/factors/": "GET",
    "/account/factors/again/": "GET POST",
    "/account/app/": "GET POST",
    "/account/app/removal/": "GET POST",
    "/account/codes/": "GET",
    "/account/codes/new/": "GET POST",
    "/account/passkeys/": "GET",
    "/account/passkeys/new/": "GET POST",
    "/account/passkeys/again/": "GET POST",
    "/account/passkeys/1/": "GET POST",
    "/account/passkeys/1/removal/": "GET POST",
}


class DoorsTests(PeopleTestCase):
    def addresses(self, table: dict[str, str]) -> list[tuple[str, str]]:
        rows = {"aino": self.aino.pk, "north": self.north.pk, "calendar": self.north.calendar_id}
        return [(path.format(**rows), method) for path, methods in table.items() for method in methods.split()]

    def ask(self, path: str, method: str) -> int:
        return self.client.generic(method, path).status_code

    def test_a_visitor_is_sent_to_the_login(self) -> None:
        for path, method in self.addresses(ADMINISTRATORS | AUDITORS | EVERYBODY):
            with self.subTest(path=path, method=method):
                response = self.client.generic(method, path)
                self.assertRedirects(response, f"/login/?next={path}", fetch_redirect_response=False)

    def test_whoever_has_not_the_right_finds_nothing(self) -> None:
        for user in (self.otto, self.veikko, self.aino):
            self.login_proven(user)
            for path, method in self.addresses(ADMINISTRATORS | AUDITORS):
                with self.subTest(user=user.name, path=path, method=method):
                    self.assertEqual(self.ask(path, method), 404)

    def test_the_page_of_a_stranger_is_that_of_nobody(self) -> None:
        self.client.force_login(self.otto)

        pages = [self.client.get(f"/users/{pk}/").content.decode() for pk in (self.aino.pk, 999999)]

        real, none = (re.sub(r'nonce="[^"]*"|[0-9A-F]{3}-[0-9A-F]{3}', "", page) for page in pages)
        self.assertEqual(real.replace(f"/{self.aino.pk}/", "/999999/"), none)

    def test_an_auditor_reads_the_log_and_manages_nobody(self) -> None:
        User.objects.filter(pk=self.otto.pk).update(house_role=HouseRole.AUDITOR)
        self.login_proven(self.otto)

        self.assertEqual(self.ask("/audit/", "GET"), 200)
        self.assertEqual({self.ask(*where) for where in self.addresses(ADMINISTRATORS)}, {404})

    def test_an_administrator_sees_the_pages_and_not_the_log(self) -> None:
        self.login_proven(self.outi)

        pages = [(path, method) for path, method in self.addresses(ADMINISTRATORS) if method == "GET"]
        self.assertEqual({self.ask(*where) for where in pages}, {200})
        self.assertEqual(self.ask("/audit/", "GET"), 404)

    def test_looking_changes_nothing(self) -> None:
        self.login_proven(self.outi)
        before = list(User.objects.values()) + list(House.objects.values())

        for path, method in self.addresses(ADMINISTRATORS):
            if method == "GET":
                self.client.get(path)
                self.client.head(path)

        self.assertEqual(list(User.objects.values()) + list(House.objects.values()), before)

    def test_other_methods_are_refused(self) -> None:
        self.login_proven(self.outi)
        for path, methods in (*ADMINISTRATORS.items(), ("/settings/", "GET POST")):
            where = self.addresses({path: "PUT"})[0][0]
            with self.subTest(where):
                self.assertEqual(self.ask(where, "DELETE"), 405)
                self.assertEqual(self.ask(where, "GET") == 405, "GET" not in methods)

    def test_forms_without_their_token_are_refused(self) -> None:
        self.client.handler.enforce_csrf_checks = True
        self.client.force_login(self.outi)

        for path, method in self.addresses(ADMINISTRATORS | EVERYBODY):
            if method == "POST":
                self.assertEqual(self.ask(path, "POST"), 403, path)

    def test_our_public_pages_are_these_and_no_others(self) -> None:
        ours = [*urlpatterns[:-1], *urlpatterns[-1].url_patterns]
        public = {pattern.name for pattern in ours if not getattr(pattern.callback, "login_required", True)}

        door = {"account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn"}
        self.assertEqual(public, door | {"reset", "reset_sent", "choose_password"})
