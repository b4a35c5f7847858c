"""The MIME tree: boundaries as senders place, lose, repeat and nest them."""

from __future__ import annotations

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import tree
from valtti.channels.email.parse.tree import Part

OUTER = "Content-Type: multipart/mixed; boundary="


def split(text: str) -> tuple[Part, Notes]:
    notes = Notes()
    return tree.split(text.encode(), notes), notes


def codes(notes: Notes) -> list[str]:
    return [problem["code"] for problem in notes.problems]


class SplitTests(SimpleTestCase):
    def leaves(self, text: str) -> list[str]:
        root, _ = split(text)
        return [part.raw.decode() for part in root.walk() if not part.is_container]

    def test_the_line_break_before_a_boundary_belongs_to_it(self) -> None:
        self.assertEqual(self.leaves(f"{OUTER}b\n\n--b\n\nyksi\n\n--b\n\nkaksi\n--b--\n"), ["yksi\n", "kaksi"])

    def test_line_ends_of_the_wire_and_of_old_machines(self) -> None:
        text = f"{OUTER}b\n\n--b\n\nyksi\n--b--\n"
        self.assertEqual(self.leaves(text.replace("\n", "\r\n")), ["yksi"])
        self.assertEqual(self.leaves(text.replace("\n", "\r")), ["yksi"])

    def test_preamble_and_epilogue_are_no_parts(self) -> None:
        self.assertEqual(self.leaves(f"{OUTER}b\n\nesipuhe\n--b\n\nyksi\n--b--\njälkipuhe\n"), ["yksi"])

    def test_a_boundary_in_the_middle_of_a_line_is_text(self) -> None:
        self.assertEqual(self.leaves(f"{OUTER}b\n\n--b\n\na --b\n--bc\n--b--\n"), ["a --b\n--bc"])

    def test_spaces_behind_a_boundary(self) -> None:
        self.assertEqual(self.leaves(f"{OUTER}b\n\n--b  \n\nyksi\n--b-- \t\n"), ["yksi"])

    def test_the_outer_boundary_ends_the_inner_part(self) -> None:
        text = f"{OUTER}a\n\n--a\n{OUTER}b\n\n--b\n\nyksi\n--a\n\nkaksi\n--a--\n"
        root, notes = split(text)

        self.assertEqual(self.leaves(text), ["yksi", "kaksi"])
        self.assertEqual([part.path for part in root.walk()], ["", "1", "1.1", "2"])
        self.assertIn("boundary_unclosed", codes(notes))

    def test_an_inner_part_with_the_boundary_of_the_outer(self) -> None:
        self.assertEqual(
            self.leaves(f"{OUTER}a\n\n--a\n{OUTER}a\n\n--a\n\nyksi\n--a--\n--a\n\nkaksi\n--a--\n"), ["yksi", "kaksi"]
        )

    def test_one_boundary_may_begin_like_another(self) -> None:
        text = f"{OUTER}a\n\n--a\n{OUTER}ab\n\n--ab\n\nyksi\n--ab--\n--a--\n"
        self.assertEqual(self.leaves(text), ["yksi"])

    def test_quoted_and_odd_boundaries(self) -> None:
        for boundary in ("a b", "=_a:b", "a'b", "----", "a--"):
            with self.subTest(boundary=boundary):
                text = f'{OUTER}"{boundary}"\n\n--{boundary}\n\nyksi\n--{boundary}--\n'
                self.assertEqual(self.leaves(text), ["yksi"])

    def test_nothing_after_the_last_boundary_is_no_part(self) -> None:
        self.assertEqual(self.leaves(f"{OUTER}b\n\n--b\n\nyksi\n--b\n"), ["yksi"])

    def test_a_part_without_headers_and_one_without_body(self) -> None:
        root, _ = split(f"{OUTER}b\n\n--b\n\nyksi\n--b\nContent-Type: image/png\n--b--\n")
        self.assertEqual([part.media_type for part in root.children], ["text/plain", "image/png"])

    def test_types_that_are_none(self) -> None:
        for written, meant in (
            ("", "text/plain"),
            ("text", "text/plain"),
            ("nonsense", "text/plain"),
            ("Text/HTML", "text/html"),
        ):
            with self.subTest(written=written):
                self.assertEqual(split(f"Content-Type: {written}\n\nx")[0].media_type, meant)
        root, _ = split(f"{OUTER}b\n\n--b\nContent-Type: nonsense; name=a.bin\n\nx\n--b--\n")
        self.assertEqual(root.children[0].media_type, "application/octet-stream")

    def test_the_caps_stop_the_pass(self) -> None:
        root, notes = split(f"{OUTER}b\n\n" + "--b\n\nx\n" * 600)
        self.assertEqual((len(root.walk()), notes.hits), (500, ["letter_parts"]))

        root, notes = split("".join(f"{OUTER}b{at}\n\n--b{at}\n" for at in range(60)) + "\nx")
        self.assertEqual((max(part.depth for part in root.walk()), notes.hits), (50, ["letter_depth"]))

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(
            st.sampled_from(["--a", "--b", "--a--", "--b--", "", "x", f"{OUTER}a", f"{OUTER}b", " y"]), max_size=30
        )
    )
    def test_every_tree_is_numbered_and_its_bytes_are_in_the_letter(self, lines: list[str]) -> None:
        text = "\n".join([f"{OUTER}a", *lines])
        root, _ = split(text)
        parts = root.walk()
        self.assertEqual([part.index for part in parts], list(range(len(parts))))
        for part in parts:
            self.assertIn(part.raw, text.encode())
            self.assertTrue(part.is_container or part.main != "multipart")
