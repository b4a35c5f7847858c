"""How every page of the room is built: one heading, named controls, no script or style inside, three languages."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from django.test import Client

from valtti.people.actions import passwords
from valtti.people.models import HouseRole, OneTimeLink, Purpose, Skill, User
from valtti.people.testing import PeopleTestCase

VOID = {"input", "img", "br", "hr", "link", "meta", "use", "path", "rect", "circle"}
DOOR = ("/login/", "/reset/", "/reset/sent/", "/account/closed/", "/logout/")
OWN = (
    "/settings/",
    "/account/password/",
    "/account/factors/",
    "/account/app/",
    "/account/passkeys/",
    "/account/passkeys/new/",
    "/account/again/",
)
ADMINISTRATION = ("/users/", "/users/new/", "/skills/", "/teams/", "/teams/new/", "/calendars/", "/house/")


class Page(HTMLParser):
    """What a page consists of, as a browser would read it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.title = self.heading = ""
        self.unclosed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title += data
        if "h1" in self.open:
            self.heading += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


class PagesTestCase(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        Skill.objects.create(key="routers", title="Routers & cables")
        User.objects.filter(pk=self.otto.pk).update(house_role=HouseRole.AUDITOR)

    def every_page(self) -> list[tuple[str, str]]:
        """Address and text of each page, seen by somebody who may."""
        _link, token = passwords.make_link(user=self.liisa, purpose=Purpose.INVITATION, made_by=self.outi)
        visitor = [*DOOR[:-1], f"/password/{token}/"]
        people = [f"/users/{self.aino.pk}/", f"/teams/{self.north.pk}/", f"/calendars/{self.north.calendar_id}/"]
        found = [(path, self.read(Client(), path)) for path in visitor]
        self.login_proven(self.outi)
        found += [(path, self.read(self.client, path)) for path in (*OWN, "/logout/", *ADMINISTRATION, *people)]
        auditor = Client()
        auditor.force_login(User.objects.get(pk=self.otto.pk))
        return [*found, ("/audit/", self.read(auditor, "/audit/"))]

    def read(self, client: Client, path: str) -> str:
        response = client.get(path)
        self.assertEqual(response.status_code, 200, path)
        return response.content.decode()


class MarkupTests(PagesTestCase):
    def test_each_has_one_heading_and_a_title_that_begins_with_it(self) -> None:
        for path, text in self.every_page():
            page = Page(text)
            with self.subTest(path):
                self.assertEqual(len(page.all("h1")), 1)
                self.assertTrue(page.title.strip().split(" · ")[0])

    def test_each_is_well_formed(self) -> None:
        for path, text in self.every_page():
            page = Page(text)
            with self.subTest(path):
                self.assertEqual((page.unclosed, page.open), ([], []))

    def test_every_control_has_a_name_to_be_read_aloud(self) -> None:
        for path, text in self.every_page():
            page = Page(text)
            labelled = {label.get("for") for label in page.all("label")}
            for control in page.all("input", "select", "textarea"):
                if control.get("type") in {"hidden", "checkbox", "radio"} or "hidden" in control:
                    continue
                with self.subTest(path=path, control=control.get("name")):
                    self.assertTrue(control.get("aria-label") or control.get("id") in labelled)

    def test_no_id_is_used_twice(self) -> None:
        for path, text in self.every_page():
            ids = Counter(attributes["id"] for _tag, attributes in Page(text).tags if "id" in attributes)
            with self.subTest(path):
                self.assertEqual([name for name, count in ids.items() if count > 1], [])

    def test_nothing_runs_or_paints_inside_the_page(self) -> None:
        for path, text in self.every_page():
            page = Page(text)
            with self.subTest(path):
                self.assertEqual(page.all("style"), [])
                self.assertFalse([one for _tag, one in page.tags if "style" in one or any(k[:2] == "on" for k in one)])
                scripts = [one for one in page.all("script") if one.get("type") != "application/json"]
                self.assertTrue(all(str(one.get("src", "")).startswith("/static/") for one in scripts))

    def test_every_form_that_changes_something_carries_its_token(self) -> None:
        for path, text in self.every_page():
            page = Page(text)
            forms = [form for form in page.all("form") if form.get("method") == "post"]
            tokens = [one for one in page.all("input") if one.get("name") == "csrfmiddlewaretoken"]
            with self.subTest(path):
                self.assertEqual(len(tokens), len(forms))

    def test_every_page_works_without_scripts(self) -> None:
        for path, text in self.every_page():
            for form in Page(text).all("form"):
                with self.subTest(path):
                    self.assertTrue("method" in form or "action" in form)

    def test_what_people_type_is_shown_as_text(self) -> None:
        bad = "<img src=x onerror=alert(1)>"
        User.objects.filter(pk=self.aino.pk).update(name=bad, called=bad)
        Skill.objects.update(title=bad)
        self.north.name = bad
        self.north.save()

        for path, text in self.every_page():
            with self.subTest(path):
                self.assertNotIn(bad, text)


class HeadersTests(PagesTestCase):
    def test_each_forbids_what_is_not_ours(self) -> None:
        self.login_proven(self.outi)
        for path in (*DOOR[:3], *OWN, *ADMINISTRATION):
            policy = (
                self.client.get(path)["Content-Security-Policy"]
                if path != "/login/"
                else Client().get(path)["Content-Security-Policy"]
            )
            with self.subTest(path):
                for word in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "style-src 'self'"):
                    self.assertIn(word, policy)
                self.assertNotIn("unsafe", policy)

    def test_nothing_behind_the_login_is_kept_by_caches(self) -> None:
        self.login_proven(self.outi)
        for path in (*OWN, *ADMINISTRATION):
            self.assertIn("no-store", self.client.get(path)["Cache-Control"], path)

    def test_the_cookies_are_for_this_house_only(self) -> None:
        self.log_in(self.aino)

        for name in ("session", "csrf"):
            cookie = self.client.cookies[name]
            self.assertEqual((cookie["httponly"], cookie["samesite"], cookie["domain"]), (True, "Lax", ""), name)


class TonguesTests(PagesTestCase):
    def test_every_page_says_which_language_it_is_in(self) -> None:
        for language in ("fi", "ru", "en-gb"):
            User.objects.update(language=language)
            for row in (self.outi, self.otto):
                row.refresh_from_db()
            self.login_proven(self.outi)
            for path in (*OWN, *ADMINISTRATION):
                with self.subTest(path=path, language=language):
                    html = Page(self.read(self.client, path)).all("html")[0]
                    self.assertEqual(html["lang"], language)

    def test_the_door_speaks_three_languages_and_says_which_is_on(self) -> None:
        for language, lang in (("fi", "fi"), ("ru", "ru"), ("en-gb", "en")):
            page = Page(self.read(Client(), f"/login/?language={language}"))
            here = [one for one in page.all("a") if one.get("aria-current") == "true"]
            self.assertEqual([one["lang"] for one in here], [lang])

    def test_a_used_link_is_explained_in_the_visitor_s_language(self) -> None:
        _link, token = passwords.make_link(user=self.liisa, purpose=Purpose.RESET, made_by=None)
        OneTimeLink.objects.update(used_at="2026-01-01T00:00:00Z")

        response = self.client.get(f"/password/{token}/?language=en-gb")

        self.assertContains(response, "This link opens nothing", status_code=404)


class MenuTests(PagesTestCase):
    """The menu offers what a person may follow, and nothing else."""

    def menu_of(self, user: User) -> set[str]:
        self.client.force_login(User.objects.get(pk=user.pk))
        page = Page(self.read(self.client, "/settings/"))
        ours = {"/users/", "/teams/", "/skills/", "/calendars/", "/house/", "/audit/"}
        return {str(link["href"]) for link in page.all("a") if link.get("href") in ours}

    def test_an_agent_is_offered_no_administration(self) -> None:
        self.assertEqual(self.menu_of(self.aino), set())

    def test_an_auditor_is_offered_the_log(self) -> None:
        self.assertEqual(self.menu_of(self.otto), {"/audit/"})

    def test_an_administrator_is_offered_all_but_the_log(self) -> None:
        self.assertEqual(self.menu_of(self.outi), {"/users/", "/teams/", "/skills/", "/calendars/", "/house/"})

    def test_logging_out_is_a_button(self) -> None:
        self.client.force_login(self.aino)
        page = Page(self.read(self.client, "/settings/"))

        self.assertIn({"method": "post", "action": "/logout/"}, page.all("form"))
