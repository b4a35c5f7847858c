"""Which parts are the text and which are files; names, sizes and hashes of what was sent along."""

from __future__ import annotations

import binascii
import hashlib

from valtti.channels.email.schema import Letter
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read

PNG = binascii.b2a_base64(b"\x89PNG\r\n\x1a\n" + b"\0" * 40).decode()


def part(body: str, *headers: str) -> str:
    return "\n".join([*headers, "", body])


def multipart(kind: str, *parts: str, boundary: str = "b", more: str = "") -> str:
    inside = "".join(f"--{boundary}\n{one}\n" for one in parts)
    return f"Content-Type: multipart/{kind}; boundary={boundary}{more}\n\n{inside}--{boundary}--\n"


def whole(kind: str, *parts: str, more: str = "") -> str:
    return letter("", "MIME-Version: 1.0").rstrip("\n") + "\n" + multipart(kind, *parts, more=more)


PLAIN = part("Hei maailma", "Content-Type: text/plain; charset=utf-8")
HTML = part("<p>Hei <b>maailma</b></p>", "Content-Type: text/html; charset=utf-8")
PICTURE = part(PNG, "Content-Type: image/png", "Content-ID: <p1>", "Content-Transfer-Encoding: base64")


class BodyTests(ReaderTestCase):
    def roles(self, found: Letter) -> list[str]:
        return [one["role"] for one in found["parts"]]

    def test_the_richest_is_chosen_and_the_plain_one_is_the_text(self) -> None:
        found = read(whole("alternative", PLAIN, HTML))

        self.assertEqual(found["body"]["chosen"], "text/html")
        self.assertEqual((found["body"]["text"].strip(), found["body"]["text_from"]), ("Hei maailma", "part"))
        self.assertEqual(found["body"]["html_safe"], "<p>Hei <b>maailma</b></p>")
        self.assertEqual(self.roles(found), ["container", "text", "html"])
        self.assertEqual(found["attachments"], [])

    def test_html_alone_gives_its_words(self) -> None:
        found = read(letter("<p>Hei</p><p>maailma</p>", "Content-Type: text/html"))
        self.assertEqual((found["body"]["text"], found["body"]["text_from"]), ("Hei\n\nmaailma", "html"))

    def test_an_empty_plain_side_gives_way_to_the_html(self) -> None:
        found = read(whole("alternative", part(" \n", "Content-Type: text/plain"), HTML))
        self.assertEqual((found["body"]["text"], found["body"]["text_from"]), ("Hei maailma", "html"))

    def test_texts_of_a_mixed_letter_are_joined_in_order(self) -> None:
        file = part("a;b", "Content-Type: text/csv", "Content-Disposition: attachment; filename=a.csv")
        found = read(whole("mixed", PLAIN, file, part("Loppu", "Content-Type: text/plain")))

        self.assertEqual(found["body"]["text"].split(), ["Hei", "maailma", "Loppu"])
        self.assertEqual([one["name"] for one in found["attachments"]], ["a.csv"])

    def test_apple_puts_a_file_between_two_halves_of_html(self) -> None:
        pdf = part("JVBERi0=", "Content-Type: application/pdf; name=a.pdf", "Content-Transfer-Encoding: base64")
        rich = multipart("mixed", HTML, pdf, HTML.replace("Hei", "Ja"), boundary="c")
        found = read(whole("alternative", PLAIN, rich))

        self.assertEqual(found["body"]["text"].strip(), "Hei maailma")
        self.assertIn("Ja <b>maailma</b>", found["body"]["html_safe"] or "")
        self.assertEqual([one["name"] for one in found["attachments"]], ["a.pdf"])

    def test_pictures_of_a_related_letter_are_inline_files(self) -> None:
        found = read(whole("related", part('<img src="cid:p1">', "Content-Type: text/html"), PICTURE))

        self.assertEqual([(one["content_id"], one["inline"]) for one in found["attachments"]], [("p1", True)])
        self.assertEqual(found["attachments"][0]["sniffed_type"], "image/png")
        self.assertEqual(found["body"]["html_safe"], '<img src="cid:p1">')

    def test_the_root_of_a_related_letter_may_stand_last(self) -> None:
        root = part("<p>Hei</p>", "Content-Type: text/html", "Content-ID: <root>")
        found = read(whole("related", PICTURE, root, more='; start="<root>"'))
        self.assertEqual(found["body"]["text"], "Hei")

    def test_a_calendar_beside_the_text_is_an_alternative(self) -> None:
        found = read(whole("alternative", PLAIN, part("BEGIN:VCALENDAR", "Content-Type: text/calendar")))
        self.assertEqual(self.roles(found), ["container", "text", "alternative"])

    def test_signed_and_encrypted_letters_are_kept_and_marked(self) -> None:
        signed = read(whole("signed", PLAIN, part("x", "Content-Type: application/pgp-signature; name=s.asc")))
        self.assertEqual([one["role"] for one in signed["parts"]], ["container", "text", "signature"])

        version = part("Version: 1", "Content-Type: application/pgp-encrypted")
        secret = part("-----BEGIN PGP MESSAGE-----", "Content-Type: application/octet-stream")
        found = read(whole("encrypted", version, secret))
        self.assertEqual({one["state"] for one in found["attachments"]}, {"encrypted"})
        self.assertEqual(found["body"]["chosen"], None)

    def test_there_is_no_placeholder_for_no_text(self) -> None:
        found = read(letter(PNG, "Content-Type: image/png", "Content-Transfer-Encoding: base64"))
        self.assertEqual(
            (found["body"]["text"], found["body"]["text_from"], found["body"]["chosen"]), ("", "none", None)
        )

    def test_a_multipart_without_parts_is_shown_as_text(self) -> None:
        found = read(letter("Hei vain", "Content-Type: multipart/mixed; boundary=zzz"))

        self.assertEqual(found["body"]["text"].strip(), "Hei vain")
        self.assertIn("boundary_missing", self.problem_codes(found))


class AttachmentTests(ReaderTestCase):
    def test_a_file_is_counted_by_its_decoded_bytes(self) -> None:
        file = part("YQ0KYg==", "Content-Type: text/x; name=ab.txt", "Content-Transfer-Encoding: base64")
        one = read(whole("mixed", PLAIN, file))["attachments"][0]

        self.assertEqual((one["name"], one["size"]), ("ab.txt", 4))
        self.assertEqual(one["sha256"], hashlib.sha256(b"a\r\nb").hexdigest())
        self.assertEqual(one["sha256_lf"], hashlib.sha256(b"a\nb").hexdigest())

    def test_a_file_without_name_has_none(self) -> None:
        one = read(whole("mixed", PLAIN, part("x", "Content-Type: application/pdf")))["attachments"][0]
        self.assertEqual((one["name"], one["safe_name"]), (None, "part-2.pdf"))

    def test_names_are_made_safe(self) -> None:
        for name, safe in (
            ("../../etc/passwd", "passwd"),
            ("a\u202egpj.exe", "agpj.exe"),
            ("\u200b.htaccess", "htaccess"),
        ):
            header = (
                f"Content-Disposition: attachment; filename*=utf-8''{''.join(f'%{byte:02X}' for byte in name.encode())}"
            )
            one = read(whole("mixed", PLAIN, part("x", "Content-Type: image/png", header)))["attachments"][0]
            self.assertEqual(one["safe_name"], safe)

    def test_a_lying_type_is_found_out(self) -> None:
        file = part("TVqQAAMAAAA=", "Content-Type: image/png; name=a.png", "Content-Transfer-Encoding: base64")
        one = read(whole("mixed", PLAIN, file))["attachments"][0]
        self.assertEqual((one["media_type"], one["sniffed_type"]), ("image/png", "application/x-msdownload"))

    def test_a_uuencoded_file_in_the_text(self) -> None:
        data = bytes(range(100))
        lines = "".join(binascii.b2a_uu(data[at : at + 45]).decode() for at in range(0, 100, 45))
        found = read(letter(f"Hei\n\nbegin 644 kuva.bin\n{lines}`\nend\nMoi\n"))

        self.assertEqual(found["body"]["text"], "Hei\n\nMoi\n")
        one = found["attachments"][0]
        self.assertEqual((one["name"], one["source"], one["part"]), ("kuva.bin", "uuencode", None))
        self.assertEqual(one["sha256"], hashlib.sha256(data).hexdigest())

    def test_the_word_begin_is_no_file(self) -> None:
        found = read(letter("begin 644 times\nand end\n"))
        self.assertEqual((found["attachments"], found["body"]["text"]), ([], "begin 644 times\nand end\n"))

    def test_damaged_base64_keeps_what_is_whole(self) -> None:
        file = part("YWJj\n(list footer)", "Content-Type: image/png", "Content-Transfer-Encoding: base64")
        found = read(whole("mixed", PLAIN, file))

        self.assertEqual(found["attachments"][0]["size"], 3)
        self.assertIn("base64_damaged", self.problem_codes(found))

    def test_an_attached_letter_is_a_file_and_is_read(self) -> None:
        inner = part("Subject: Sisällä\n\nTerve", "Content-Type: message/rfc822")
        found = read(whole("mixed", PLAIN, inner))

        self.assertEqual(found["parts"][2]["role"], "message")
        self.assertEqual(found["embedded"][0]["file"], "2")
        self.assertEqual(found["embedded"][0]["headers"]["subject"], "Sisällä")

    def test_letters_inside_letters_are_read_three_deep(self) -> None:
        text = "Content-Type: message/rfc822\n\n" * 6 + "Subject: deepest\n\nx"
        found, depth = read(text), 0
        while found["embedded"]:
            found, depth = found["embedded"][0], depth + 1
        self.assertEqual(depth, 3)

    def test_a_digest_holds_letters(self) -> None:
        found = read(whole("digest", "\nSubject: Yksi\n\nx", "\nSubject: Kaksi\n\ny"))
        self.assertEqual([one["headers"]["subject"] for one in found["embedded"]], ["Yksi", "Kaksi"])

    def test_paths_are_numbered_as_servers_do(self) -> None:
        found = read(whole("mixed", multipart("alternative", PLAIN, HTML, boundary="c"), PICTURE))
        self.assertEqual([one["path"] for one in found["parts"]], ["", "1", "1.1", "1.2", "2"])
        self.assertEqual([one["index"] for one in found["parts"]], [0, 1, 2, 3, 4])


class LanguageTests(ReaderTestCase):
    def test_the_language_of_the_visible_words(self) -> None:
        for text, code in (
            ("Hei, missä tilaukseni oikein viipyy?", "fi"),
            ("Здравствуйте, где мой заказ?", "ru"),
            ("Hej, var är min beställning?", "sv"),
            ("Hello, where is my order now?", "en"),
            ("Guten Tag, wo bleibt meine Bestellung?", "de"),
            ("Ok kiitos", None),
        ):
            with self.subTest(text=text):
                self.assertEqual(read(letter(text))["body"]["language"], code)
