"""Transfer encodings as they come: whole, damaged, misnamed."""

from __future__ import annotations

import base64
import binascii
import quopri

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.channels.email.parse import transfer


def uuencoded(name: str, data: bytes) -> bytes:
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    return b"begin 644 " + name.encode() + b"\n" + lines + b"`\nend\n"


class NameTests(SimpleTestCase):
    def test_names_however_dressed(self) -> None:
        for written, name in (
            ("base64", "base64"),
            (" BASE64 ", "base64"),
            ('"base64"', "base64"),
            ("base64;", "base64"),
            ("quoted-printable; charset=utf-8", "quoted-printable"),
            ("7bit (really)", "7bit"),
            ("", ""),
        ):
            with self.subTest(written=written):
                self.assertEqual(transfer.name_of(written), name)

    def test_plain_ones_change_nothing(self) -> None:
        for name in ("", "7bit", "8bit", "binary", "7-bit", "none"):
            self.assertEqual(transfer.decode(b"=C3=A4\n", name), (b"=C3=A4\n", None))

    def test_an_unknown_one_is_noted_and_the_bytes_are_kept(self) -> None:
        self.assertEqual(transfer.decode(b"abc", "x-gzip64"), (b"abc", "encoding_unknown"))


class Base64Tests(SimpleTestCase):
    def test_damages(self) -> None:
        for written, data, is_whole in (
            (b"SGVp", b"Hei", True),
            (b"SGVp\r\n", b"Hei", True),
            (b"SG\nVp", b"Hei", True),
            (b"SGU=", b"He", True),
            (b"SGU", b"He", False),
            (b"SGVpS", b"Hei", False),
            (b"SGVp\n--\nlist footer", b"Hei", False),
            (b"SGU=\nmore", b"He", False),
            (b"no base64 here!", b"no base64 here!", False),
            (b"", b"", True),
        ):
            with self.subTest(written=written):
                self.assertEqual(transfer.base64(written), (data, is_whole))

    def test_loose_decoding_takes_padding_in_the_middle(self) -> None:
        self.assertEqual(transfer.loose_base64(b"SGVp*SGVp"), b"HeiHei")

    @given(st.binary(max_size=300))
    def test_what_is_encoded_comes_back(self, data: bytes) -> None:
        self.assertEqual(transfer.decode(base64.encodebytes(data), "base64"), (data, None))

    @given(st.binary(max_size=200))
    def test_anything_is_decoded_to_something(self, data: bytes) -> None:
        for name in ("base64", "quoted-printable", "x-uuencode"):
            self.assertIsInstance(transfer.decode(data, name)[0], bytes)


class QuotedPrintableTests(SimpleTestCase):
    def test_soft_breaks_and_wrong_escapes(self) -> None:
        self.assertEqual(transfer.quoted_printable(b"a=\r\nb =C3=A4 =ZZ 100=\n"), b"ab \xc3\xa4 =ZZ 100")

    @given(st.text(max_size=100))
    def test_what_is_encoded_comes_back(self, text: str) -> None:
        data = text.encode("utf-8", "replace").replace(b"\r", b"")
        self.assertEqual(transfer.quoted_printable(quopri.encodestring(data)), data)


class UuencodeTests(SimpleTestCase):
    def test_two_files_in_one_text(self) -> None:
        text = b"Hei\n" + uuencoded("a.bin", b"abc" * 40) + b"ja\n" + uuencoded("b c.bin", b"x")
        found = transfer.uu_files(text)

        self.assertEqual([(one.name, one.data) for one in found], [(b"a.bin", b"abc" * 40), (b"b c.bin", b"x")])
        self.assertEqual(text[: found[0].start] + text[found[0].end : found[1].start], b"Hei\nja\n")

    def test_line_ends_of_the_wire(self) -> None:
        found = transfer.uu_files(uuencoded("a", b"Hei maailma").replace(b"\n", b"\r\n"))
        self.assertEqual(found[0].data, b"Hei maailma")

    def test_lines_whose_spaces_were_cut(self) -> None:
        data = b"\0" * 45
        cut = uuencoded("a", data).replace(b"`", b" ").replace(b" " * 60, b"").replace(b" \nend", b"`\nend")
        self.assertEqual(transfer.uu_files(cut)[0].data, data)

    def test_without_an_end_there_is_no_file(self) -> None:
        self.assertEqual(transfer.uu_files(uuencoded("a", b"Hei").removesuffix(b"end\n")), [])
        self.assertEqual(transfer.decode(b"no file", "uuencode"), (b"no file", "uuencode_damaged"))

    @given(st.binary(max_size=300))
    def test_what_is_encoded_comes_back(self, data: bytes) -> None:
        self.assertEqual(transfer.decode(uuencoded("a", data), "x-uuencode"), (data, None))
