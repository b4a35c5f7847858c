"""A restricted case is nowhere for whoever has not been let in: one table of every place where a case shows."""

from __future__ import annotations

from html import unescape

from valtti.channels.models import Mailbox
from valtti.channels.testing import ChannelsTestCase, written
from valtti.core import search
from valtti.core.live.hints import hints_of
from valtti.core.models import Event
from valtti.customers.timeline import for_customer
from valtti.desk.actions import restrictions
from valtti.desk.models import Case, Message, MessageFile, Promise
from valtti.desk.queries import counts_for, my_day, team_board
from valtti.desk.testing import fresh
from valtti.people.models import Membership, User

HERE = "127.0.0.1"
TITLE = "Zebraraita"


class RestrictedEverywhereTests(ChannelsTestCase):
    """Otto leads North too, and restricts a case in which there is everything; Veikko is not let in."""

    case: Case

    def setUp(self) -> None:
        super().setUp()
        Membership.objects.create(user=self.otto, team=self.north, role="lead")
        self.raw = self.read(written(subject=TITLE, text="Zebraraita ruudulla.", message_id="zebra@posti.example"))
        self.letter = Message.objects.get(raw_item_id=self.raw.pk)
        self.case = self.letter.case
        self.file = MessageFile.objects.create(message=self.letter, sha256="0" * 64, safe_name="zebra.png", size=1)
        self.run_tasks()
        Mailbox.objects.filter(pk=self.north_mailbox.pk).update(smtp_host=HERE, smtp_port=1, smtp_security="none")
        due = {"next_step": "promise", "promise_text": "Zebra pois", "promise_due": self.pass_time(hours=1)}
        self.pass_time(hours=-1)
        self.answered = self.settled(self.answer(case=self.case, author=self.otto, **due))
        self.promise_row = Promise.objects.get(case=self.case)

    def restrict(self) -> None:
        restrictions.restrict_case(case=fresh(self.case), by=self.otto, reason="Oma perhe.")
        self.run_tasks()

    def shows(self, user: User, address: str, word: str) -> bool:
        """The page is there and has the word."""
        self.client.force_login(user)
        response = self.client.get(address)
        self.assertIn(response.status_code, {200, 404}, address)
        return response.status_code == 200 and (not word or word in unescape(response.content.decode()))

    def places(self) -> list[tuple[str, str]]:
        """Every address at which something of the case is read, and the word that shows it."""
        customer = self.case.customer_id
        return [
            ("/cases/", TITLE),
            ("/cases/?state=all", TITLE),
            (f"/cases/{self.case.pk}/", TITLE),
            ("/promises/?who=all", "Zebra pois"),
            *((f"/promises/{self.promise_row.pk}/{how}/", "Zebra pois") for how in ("keeping", "moving", "withdrawal")),
            (f"/customers/{customer}/", TITLE),
            (f"/customers/{customer}/cases/", TITLE),
            ("/search/?q=zebraraita", f"/cases/{self.case.pk}/"),
            ("/team/", self.case.get_absolute_url()),
            ("/outbox/", "delayed"),
            (f"/raw/{self.raw.pk}/", "Zebraraita"),
        ]

    def test_no_page_shows_it(self) -> None:
        before = {address: self.shows(self.veikko, address, word) for address, word in self.places()}
        self.assertEqual([address for address, shown in before.items() if not shown], [])

        self.restrict()

        for address, word in self.places():
            with self.subTest(address):
                self.assertFalse(self.shows(self.veikko, address, word))
                self.assertTrue(self.shows(self.otto, address, word))

    def test_no_file_and_no_frame_opens(self) -> None:
        self.restrict()
        self.client.force_login(self.veikko)
        for address in (
            f"/files/{self.file.download_id}/",
            f"/raw/{self.raw.pk}/letter.eml",
            f"/messages/{self.letter.pk}/letter/",
        ):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_no_deed_is_done_to_it(self) -> None:
        self.restrict()
        self.client.force_login(self.veikko)
        case = f"/cases/{self.case.pk}"
        words = (
            "replies notes draft calls closure reopening assignment restriction restriction/lifting topic tags presence"
        )
        for address in (
            *(f"{case}/{word}/" for word in words.split()),
            f"/promises/{self.promise_row.pk}/giving-up/",
            f"/messages/{self.answered.pk}/undoing/",
            f"/outbox/{self.answered.post_id}/trying/",
        ):
            with self.subTest(address):
                self.assertEqual(self.client.post(address, {"reason": "x"}).status_code, 404)

    def test_it_is_in_no_count(self) -> None:
        def counts() -> tuple[int, ...]:
            board = team_board(self.north, self.veikko)
            hours = sum(hour.total for hour in board.hours)
            return counts_for(self.veikko).open, board.total, hours, my_day(self.veikko).nobody

        before = counts()
        self.restrict()
        self.assertEqual(counts(), (before[0] - 1, before[1] - 1, before[2] - 1, before[3]))

    def test_the_search_forgets_it_in_the_same_moment(self) -> None:
        self.assertTrue(search.search(user=self.veikko, text="zebraraita").count)
        restrictions.restrict_case(case=fresh(self.case), by=self.otto, reason="Oma perhe.")
        for text in ("zebraraita", "zebra*", f"ref:{self.case.reference}"):
            with self.subTest(text):
                self.assertEqual(search.search(user=self.veikko, text=text).count, 0)
        self.assertTrue(search.search(user=self.otto, text="zebraraita").count)

    def test_the_timeline_and_the_live_hints_are_silent(self) -> None:
        self.restrict()
        lines = for_customer(self.case.customer, self.veikko).lines if self.case.customer else []
        self.assertNotIn(self.case.get_absolute_url(), [line.url for line in lines])
        news = Event.objects.filter(facts__case_id=self.case.pk)
        heard = {f"team:{self.north.pk}", f"user:{self.veikko.pk}"}
        self.assertEqual([hint for hint in hints_of(news) if hint.subjects_for(heard)], [])

    def test_lifted_it_is_everywhere_again(self) -> None:
        self.restrict()
        restrictions.lift_restriction(case=fresh(self.case), by=self.otto, reason="Selvisi.")
        self.run_tasks()
        for address, word in self.places():
            with self.subTest(address):
                self.assertTrue(self.shows(self.veikko, address, word))
