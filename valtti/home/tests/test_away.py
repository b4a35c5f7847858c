"""Who is away, on the lead's pages."""

from __future__ import annotations

from itertools import count

from valtti.core import cast
from valtti.desk.actions import assignments
from valtti.desk.actions.availability import set_availability
from valtti.home.tests.home_pages import HomeTestCase

_numbers = count(1)


class AwayTests(HomeTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.promise(hours=3)
        set_availability(user=self.aino, state="away")
        self.log_in(self.veikko)

    def more_promises(self) -> None:
        """Three more matters that Aino has promised something in."""
        for _ in range(3):
            case = self.write(cast.PEKKA, subject=f"Asia {next(_numbers)}").case
            assignments.assign(case=case, to=self.aino, by=self.veikko)
            self.promise(hours=2, case=case)

    def test_the_lead_finds_the_promise_on_the_own_day(self) -> None:
        page = self.client.get("/")
        self.assertSays(
            page, "Promises whose owner is not here", "код отправки", "Aino", self.kettle.get_absolute_url()
        )
        self.log_in(self.aino)
        self.assertSilentOn(self.client.get("/"), "Promises whose owner is not here")

    def test_the_team_board_says_who_is_away(self) -> None:
        self.assertSays(self.client.get("/team/"), '<span class="soft">away</span>')
        set_availability(user=self.aino, state="free")
        self.assertSilentOn(self.client.get("/team/"), '<span class="soft">away</span>')

    def test_both_cost_the_same_for_more(self) -> None:
        self.more_promises()
        self.assertSameQueries("/", grow=self.more_promises)
        self.assertSameQueries("/team/", grow=self.more_promises)
