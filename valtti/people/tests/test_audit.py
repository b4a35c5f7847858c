"""The audit log on its page: everything in order, nothing to change."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from valtti.core import clock
from valtti.core.audit_marks import forget
from valtti.core.models import AuditEntry
from valtti.people import auditing, log
from valtti.people.actions.users import change_details
from valtti.people.models import HouseRole, Team, User
from valtti.people.testing import PeopleTestCase

NOON = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


class AuditPageTests(PeopleTestCase):
    def setUp(self) -> None:
        super().setUp()
        User.objects.filter(pk=self.otto.pk).update(house_role=HouseRole.AUDITOR)
        self.client.force_login(self.otto)
        AuditEntry.objects.all().delete()

    def entries(self, count: int, what: str = "user.roles") -> None:
        for number in range(count):
            with clock.at(NOON + timedelta(minutes=number)):
                log.note(what, by=self.outi, subject=self.aino, before=number, after={"house": "auditor"})

    def test_an_entry_says_who_what_whom_and_how(self) -> None:
        self.entries(1)

        page = self.client.get("/audit/").content.decode()

        for words in (
            "Outi Salo",
            "Roles of a user changed",
            "Aino Korhonen",
            "0 → role in the house: Auditor",
            "waits",
        ):
            self.assertIn(words, page)

    def test_codes_are_words_and_only_what_differs_is_shown(self) -> None:
        team = Team.objects.first()
        assert team is not None
        log.note("team.changed", by=self.outi, subject=team, before={"name": "North", "calendar": 1},
                 after={"name": "Pohjoinen", "calendar": 1})  # fmt: skip

        page = self.client.get("/audit/").content.decode()

        for words in ("Team changed", f"<td>{team.name}</td>", "name: North → Pohjoinen"):
            self.assertIn(words, page)
        for code in ("people.team", "opening hours: 1", "{&quot;"):
            self.assertNotIn(code, page)
        self.assertIn('<option value="team.changed">Team changed</option>', page)

    def test_a_new_address_can_be_read_until_the_person_is_forgotten(self) -> None:
        change_details(user=self.aino, name=self.aino.name, called="", email="aino@uusi.example", by=self.outi)
        self.assertIn("address: no longer known → aino@uusi.example", self.client.get("/audit/").content.decode())

        forget("people.user", self.aino.pk)

        page = self.client.get("/audit/").content.decode()
        self.assertIn("address: no longer known → no longer known", page)
        self.assertNotIn("uusi.example", page)

    def test_it_goes_on_page_by_page_and_leaves_nothing_out(self) -> None:
        self.entries(120)
        seen, address = [], "/audit/"
        while address:
            page = self.client.get(address).content.decode()
            seen += re.findall(r"<td>(\d+) →", page)
            older = re.search(r'href="(\?[^"]*before=\d+)"', page)
            address = "/audit/" + older[1].replace("&amp;", "&") if older else ""

        self.assertEqual(seen, [str(number) for number in reversed(range(120))])

    def test_it_can_be_narrowed(self) -> None:
        self.entries(2)
        self.entries(2, "login")
        for query, count in (
            ("what=login", 2),
            ("who=outi", 4),
            ("who=aino", 0),
            ("since=2026-11-20&until=2026-11-20", 4),
            ("since=2026-11-21", 0),
            ("until=2026-11-19", 0),
            ("what=login&who=outi", 2),
        ):
            page = self.client.get(f"/audit/?{query}").content.decode()
            self.assertEqual(len(re.findall(r"<td>\d+ →", page)), count, query)

    def test_nonsense_is_left_out(self) -> None:
        for query in (
            "before=x",
            "before=²",
            "before=99999999999999999999",
            "since=yesterday",
            "until=0001-01-01",
            "what=%00",
        ):
            self.assertEqual(self.client.get(f"/audit/?{query}").status_code, 200, query)

    def test_it_costs_the_same_for_ten_more(self) -> None:
        self.entries(3)

        self.assertSameQueries("/audit/", lambda: self.entries(10))

    def test_nobody_writes_through_it(self) -> None:
        self.assertEqual(self.client.post("/audit/").status_code, 405)

    def test_the_log_carries_the_filter_to_the_next_page(self) -> None:
        asked = auditing.wanted({"what": "login", "who": "Outi & co", "since": "2026-11-01"})

        self.assertEqual(asked.address(5), "?what=login&who=Outi+%26+co&since=2026-11-01&before=5")


class WhatIsWrittenTests(PeopleTestCase):
    def test_a_login_and_its_failures(self) -> None:
        self.log_in(self.aino, "not the password", REMOTE_ADDR="203.0.113.5")
        self.log_in(self.aino, REMOTE_ADDR="203.0.113.5")

        kept = list(AuditEntry.objects.order_by("pk").values_list("what", "subject_id", "address"))
        self.assertEqual(kept, [("login.failed", self.aino.pk, "203.0.113.5"), ("login", self.aino.pk, "203.0.113.5")])

    def test_an_address_that_is_nobody_s_is_not_kept(self) -> None:
        self.client.post("/login/", {"login": "stranger@elsewhere.example", "password": "not the password"})

        entry = AuditEntry.objects.get()
        self.assertEqual((entry.what, entry.subject_id), ("login.failed", None))
        self.assertNotIn("stranger", str(AuditEntry.objects.values()))
