"""Who wrote, where nobody has said yet whose matter it is: the letter's own name, with a doubt mark."""

from __future__ import annotations

from valtti.core import cast
from valtti.desk.actions import assignments
from valtti.desk.forms.deeds import PointChoice, WhoseForm
from valtti.desk.letter import Person
from valtti.desk.models import Case
from valtti.desk.queries.queue import queue_for
from valtti.desk.queries.talk import talk_of
from valtti.desk.testing import token_of
from valtti.desk.tests.desk_pages import PagesTestCase

KATYA = Person(cast.KATJA.address, cast.KATJA.address, "Катя Орлова")
DOUBT = "the name stands in the letter; nobody has confirmed it"


class DoubtfulTests(PagesTestCase):
    """Katja's address writes, and nothing proves that it was she."""

    def setUp(self) -> None:
        super().setUp()
        self.doubtful = self.write(KATYA, trust="unverified", subject="Где мастер?").case
        self.assertIsNone(self.doubtful.customer)

    def row_name(self, case: Case) -> tuple[str, bool]:
        row = next(row for row in queue_for(self.aino).rows if row.case.pk == case.pk)
        return row.who, row.is_doubtful

    def offered(self, case: Case) -> list[str]:
        point = WhoseForm(case=case).fields["point"]
        assert isinstance(point, PointChoice) and point.queryset is not None
        return [point.label_from_instance(row) for row in point.queryset]

    def test_the_queue_names_the_sender_and_doubts_it(self) -> None:
        self.assertSays(self.client.get("/cases/"), "Катя Орлова", DOUBT)
        self.assertEqual(self.row_name(self.doubtful), ("Катя Орлова", True))

    def test_a_customer_who_is_known_is_not_in_doubt(self) -> None:
        self.assertEqual(self.row_name(self.kettle), ("Katja Orlova", False))

    def test_the_card_says_so_too(self) -> None:
        page = self.client.get(f"/cases/{self.doubtful.pk}/")

        self.assertSays(page, "<h2>Катя Орлова</h2>", "So the letter says.")
        self.assertSilentOn(page, "Customer not known")

    def test_the_choice_of_whose_it_is_shows_the_name_beside_the_address(self) -> None:
        self.assertEqual(self.offered(self.doubtful), [f"Катя Орлова, {cast.KATJA.address}"])

    def test_a_letter_without_a_name_shows_its_address_once(self) -> None:
        case = self.write(Person(cast.KATJA.address, cast.KATJA.address, ""), trust="unverified").case

        self.assertEqual(self.offered(case), [KATYA.address])

    def test_beside_a_case_the_row_keeps_its_name(self) -> None:
        assignments.assign(case=self.doubtful, to=self.aino, by=self.aino)

        page = self.client.get(f"/cases/{self.kettle.pk}/").content.decode()

        queue = page[page.index('<aside class="queue"') : page.index("</aside>")]
        self.assertIn("Катя Орлова", queue)


class NamelessTests(PagesTestCase):
    """Real mail often has no display name."""

    def author_of_a_letter_from(self, address: str) -> str:
        point = self.katja.contact_points.get(kind="email")
        self.write(Person(address, address, ""), text="Есть новости?", token=token_of(self.kettle, point))
        return talk_of(self.kettle, self.aino)[-1].entries[-1].author

    def test_the_customers_letter_without_a_name_bears_hers(self) -> None:
        self.assertEqual(self.author_of_a_letter_from(cast.KATJA.address), "Katja Orlova")

    def test_somebody_elses_letter_without_a_name_bears_its_address(self) -> None:
        self.assertEqual(self.author_of_a_letter_from("igor@posti.example"), "igor@posti.example")
