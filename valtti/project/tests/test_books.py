"""`valtti check` counts the letters and works the cases out anew."""

from __future__ import annotations

from io import StringIO

from django.core.management import CommandError, call_command

from valtti.channels.models import Folder, RawItem
from valtti.channels.testing import NORTH_ADDRESS, ChannelsTestCase, written
from valtti.desk.models import Case
from valtti.project import books, checks


class BooksTests(ChannelsTestCase):
    def test_books_that_agree_say_so(self) -> None:
        self.read(written())

        self.assertEqual([*books.letters_adrift(), *books.columns_apart()], [])
        said = {(finding.about, finding.level) for finding in checks.findings()}
        self.assertLessEqual({("mailboxes", "ok"), ("cases", "ok")}, said)

    def test_a_letter_nobody_read_is_counted_at_its_mailbox(self) -> None:
        self.read(written())
        self.arrives(written(subject="Toinen"), later=False)
        self.assertEqual(list(books.letters_adrift()), [])

        self.pass_time(minutes=11)

        ((mailbox, words),) = books.letters_adrift()
        self.assertEqual(mailbox, NORTH_ADDRESS)
        self.assertIn("received: 2, filed: 1, quarantined: 0, refused: 0, without a fate for ten minutes", words)
        self.assertEqual(RawItem.objects.waiting().count(), 1)

    def test_a_letter_left_at_the_server_is_told(self) -> None:
        Folder.objects.create(mailbox=self.north_mailbox, name="Arkisto", missing_here=3)

        ((mailbox, words),) = books.letters_adrift()

        self.assertEqual((mailbox, words), (NORTH_ADDRESS, "Letters on the server that are not here: 3."))

    def test_a_column_written_past_the_house_ends_the_check_with_a_fault(self) -> None:
        Case.objects.filter(pk=self.kettle.pk).update(turn="closed")
        out = StringIO()

        with self.assertRaises(CommandError):
            call_command("check_house", stdout=out)

        self.assertRegex(out.getvalue(), f"error +cases: Case {self.kettle.pk}: turn is 'closed', its rows say '")

    def test_a_flood_of_differences_is_cut_and_counted(self) -> None:
        self.addCleanup(setattr, books, "MOST_SHOWN", books.MOST_SHOWN)
        books.MOST_SHOWN = 1
        Case.objects.filter(pk__in=[self.kettle.pk, self.invoice.pk]).update(turn="closed")

        self.assertEqual(list(books.columns_apart())[1:], ["Further differences: 1."])
