"""The lead's board: what is late, when it gets tight, who has what."""

from __future__ import annotations

from itertools import count

from valtti.core import cast
from valtti.desk.actions import assignments, closures
from valtti.desk.letter import Person
from valtti.desk.models import Case
from valtti.home.tests.home_pages import HomeTestCase, Said

_numbers = count(1)


class TeamBoardTests(HomeTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.log_in(self.veikko)

    def board(self, query: str = "") -> Said:
        return self.client.get(f"/team/{query}")

    def test_the_headline_says_what_is_late_and_what_comes(self) -> None:
        self.assertSays(self.board(), "Nothing is late. 0 words fall due within two hours.")
        self.promise(hours=1)
        self.assertSays(self.board(), "Nothing is late. 1 word falls due within two hours.")
        self.pass_time(hours=3)
        self.assertSays(self.board(), "1 word is late. 1 word falls due within two hours.")

    def test_owed_hour_by_hour_in_a_drawing_a_sentence_and_a_table(self) -> None:
        self.promise(hours=2)
        page = self.board()
        self.assertSays(page, 'class="plot broad-plot"', 'class="plot narrow"', 'role="img"', "As a table")
        self.assertSays(page, "Still owed today: promises 1, answers 1.")
        self.assertRegex(
            page.content.decode(),
            r'<th scope="row">11</th><td class="num">0</td><td class="num">1</td><td class="num">0',
        )

    def test_an_evening_with_nothing_owed(self) -> None:
        for case in (self.kettle, self.invoice):
            closures.close_case(case=case, closed_by=self.veikko, outcome="solved")
        self.assertSays(self.board(), "Nothing more is owed today.", "Every case has an owner.")

    def test_who_has_what_in_alphabetical_order(self) -> None:
        page = self.board().content.decode()
        self.assertLess(page.index("Aino Korhonen"), page.index("Veikko Mäkinen"))
        self.assertIn("13:12", page)
        self.assertIn(f"/cases/?who={self.aino.pk}&amp;team={self.north.pk}", page)
        self.assertIn("nothing due", page)

    def test_only_those_who_serve_have_a_line(self) -> None:
        self.assertSilentOn(self.board(), "Liisa", "Otto")

    def test_late_now_names_the_matter_and_its_owner(self) -> None:
        self.promise(hours=1)
        self.pass_time(hours=5)
        page = self.board()
        self.assertSays(page, "Late now", "Чайник пришёл разбитым", "promise, 4 h 00 late, Aino", "answer, 1 h 00 late")
        self.assertRegex(page.content.decode(), r'Late now <span class="count">2</span>')

    def test_what_nobody_has_yet(self) -> None:
        self.assertSays(self.board(), "Väärä summa laskussa", "Pekka Lehtonen")

    def test_a_sender_whom_nobody_has_named_stands_there_in_doubt(self) -> None:
        writer = Person(cast.KATJA.address, cast.KATJA.address, "Катя Орлова")
        self.write(writer, trust="unverified", subject="Где мастер?")

        self.assertSays(self.board(), "Катя Орлова", "the name stands in the letter; nobody has confirmed it")

    def test_one_team_at_a_time_and_it_stands_in_the_address(self) -> None:
        south = self.board(f"?team={self.south.pk}")
        self.assertSays(south, "South", 'aria-current="true">South</a>')
        self.assertSilentOn(south, "Чайник")
        self.assertSays(self.board(), 'aria-current="true">North</a>')

    def test_a_team_one_does_not_lead_is_not_shown(self) -> None:
        for team in (str(self.business.pk), "x", "0"):
            with self.subTest(team):
                page = self.board(f"?team={team}")
                self.assertSays(page, 'aria-current="true">North</a>')
                self.assertSilentOn(page, "Business")

    def test_the_board_comes_as_a_part_and_follows_its_team(self) -> None:
        part = self.client.get("/team/", headers={"HX-Request-Type": "partial"})
        self.assertSays(part, 'id="board"', f'data-live-topic="team:{self.north.pk}"')
        self.assertSilentOn(part, "<html")

    def test_many_matters_shrink_and_stay_in_their_column(self) -> None:
        for _ in range(13):
            assignments.assign(case=self.new_case(), to=self.aino, by=self.veikko)
        self.assertSays(self.board(), 'viewBox="0 0 196 17"')

    def test_ten_more_cases_cost_the_same(self) -> None:
        self.assertSameQueries("/team/", grow=self.ten_more_cases)

    def ten_more_cases(self) -> None:
        for number in range(10):
            assignments.assign(case=self.new_case(), to=(self.aino, self.veikko)[number % 2], by=self.veikko)

    def new_case(self) -> Case:
        return self.write(cast.PEKKA, subject=f"Asia {next(_numbers)}").case


class WhoSeesTheBoardTests(HomeTestCase):
    def test_leads_only(self) -> None:
        for user in (self.aino, self.liisa, self.otto, self.outi):
            with self.subTest(user.first_name):
                self.log_in(user)
                self.assertEqual(self.client.get("/team/").status_code, 404)
                self.assertSilentOn(self.client.get("/"), 'href="/team/"')

    def test_a_lead_finds_it_in_the_menu(self) -> None:
        self.log_in(self.veikko)
        self.assertSays(self.client.get("/"), 'href="/team/"')

    def test_visitors_are_sent_to_the_login(self) -> None:
        self.client.logout()
        self.assertRedirects(self.client.get("/team/"), "/login/?next=/team/", fetch_redirect_response=False)

    def test_nothing_is_sent_to_it(self) -> None:
        self.log_in(self.veikko)
        self.assertEqual(self.client.post("/team/").status_code, 405)
