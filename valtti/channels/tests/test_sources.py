"""Letters in files: what is taken, what is left out and said."""

from __future__ import annotations

import mailbox
import tempfile
from pathlib import Path
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.commandline.sources import is_bare, letters, split_mbox

LETTER = b"From: pekka.lehtonen@posti.example\nSubject: Lasku\n\nHei!\nFrom the beginning it was wrong.\n"


class SourcesTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.said: list[str] = []

    def taken(self, *paths: Path) -> list[tuple[str, bytes]]:
        return [(Path(found.path).name, found.raw) for found in letters(list(paths), self.said.append)]

    def test_a_folder_is_walked_for_letters_and_others_are_named(self) -> None:
        (self.folder / "b").mkdir()
        (self.folder / "b" / "one.eml").write_bytes(LETTER)
        (self.folder / "notes.txt").write_bytes(b"not a letter")

        self.assertEqual(self.taken(self.folder), [("one.eml", LETTER)])
        self.assertEqual(len(self.said), 1)
        self.assertIn("notes.txt", self.said[0])

    def test_a_file_given_by_name_is_always_taken(self) -> None:
        bare = self.folder / "reply.txt"
        bare.write_bytes(b"Just a body.\n\nOn Monday you wrote:\n> x\n")

        found = list(letters([bare], self.said.append))

        self.assertEqual([(one.raw, one.bare) for one in found], [(bare.read_bytes(), True)])

    def test_a_letter_with_headers_is_not_bare(self) -> None:
        self.assertFalse(is_bare(LETTER))
        self.assertFalse(is_bare(b"\n\nFrom x Mon\nTo: y\n\nz"))
        self.assertTrue(is_bare(b"Hello there, I have a question\nFrom: where?\n"))

    def test_an_mbox_is_parted_as_the_standard_library_parts_it(self) -> None:
        path = self.folder / "old.mbox"
        box = mailbox.mbox(path)
        box.add(LETTER)
        box.add(LETTER.replace(b"Hei!", b"Moi!"))
        box.close()

        found = [raw for _path, raw in self.taken(path)]

        self.assertEqual(found, [LETTER, LETTER.replace(b"Hei!", b"Moi!")])

    def test_a_maildir_inside_a_folder_is_read(self) -> None:
        top = self.folder / "Maildir"
        mailbox.Maildir(top, create=True).add(LETTER)

        self.assertEqual([raw for _path, raw in self.taken(self.folder)], [LETTER])
        self.assertEqual([raw for _path, raw in self.taken(top)], [LETTER])

    @given(st.binary(max_size=2000))
    def test_any_bytes_are_parted_without_an_exception(self, data: bytes) -> None:
        pieces = list(split_mbox(b"From x Mon Jan 1 00:00:00 2026\n" + data))

        self.assertGreaterEqual(len(pieces), 1)
        self.assertIn(is_bare(data), {True, False})
