"""Files and letters as they look: what leaves with an answer, what may be downloaded, what a frame may do."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from valtti.core import caps, files
from valtti.desk.forms.fields import check_files
from valtti.desk.letter import LetterFile
from valtti.desk.models import Message
from valtti.desk.tests.desk_pages import PICTURE, PagesTestCase

HTML = '<p>Вот фото: <img src="cid:foto@posti" alt=""> <img src="cid:lost@posti" alt=""></p>'


class UploadTests(PagesTestCase):
    def test_files_leave_with_the_answer(self) -> None:
        self.reply(uploads=[self.a_file("kuva.png"), self.a_file("lasku.txt", b"Lasku 781336")])

        picture, bill = self.written().files.order_by("pk")
        self.assertEqual(
            (picture.safe_name, picture.sniffed_type, picture.size), ("kuva.png", "image/png", len(PICTURE))
        )
        self.assertEqual(files.read(bill.sha256), b"Lasku 781336")
        self.assertSays(self.client.get(f"/cases/{self.kettle.pk}/"), "kuva.png", f"/files/{picture.download_id}/")

    def test_a_name_that_lies_is_made_safe(self) -> None:
        self.reply(uploads=[self.a_file("../../kuva\u202egnp.exe")])

        file = self.written().files.get()

        self.assertNotIn("/", file.safe_name)
        self.assertNotIn("\u202e", file.safe_name)

    def test_too_many_files_are_refused(self) -> None:
        self.reply(next_step="", uploads=[self.a_file("a.png")])
        waiting = self.kettle.drafts.get().files[0]["sha256"]

        response = self.reply(attached=waiting, uploads=[self.a_file(f"{n}.txt", b"x") for n in range(100)])

        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "Send at most 100 files.")

    def test_files_that_wait_count_too(self) -> None:
        self.reply(next_step="", uploads=[self.a_file("a.png")])
        waiting = self.kettle.drafts.get()
        waiting.files[0]["size"] = caps.LETTER_BYTES
        waiting.save(update_fields=["files"])

        response = self.reply(attached=waiting.files[0]["sha256"], uploads=[self.a_file("b.txt", b"b")])

        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "The files are too large for a letter.")

    def test_files_grow_by_a_third_on_their_way(self) -> None:
        check_files([caps.LETTER_BYTES * 2 // 3])
        with self.assertRaisesMessage(ValidationError, "too large for a letter"):
            check_files([caps.LETTER_BYTES * 2 // 3, 1])

    def test_more_files_than_a_letter_may_have_are_refused_in_words(self) -> None:
        response = self.reply(text="Вот снимки.", uploads=[self.a_file(f"{number}.png") for number in range(101)])

        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "Send at most 100 files.", "Вот снимки.</textarea>")

    def test_an_empty_file_is_no_file(self) -> None:
        response = self.reply(uploads=[self.a_file("tyhja.png", b"")])
        self.assertEqual(response.status_code, 422)
        self.assertSays(response, "The submitted file is empty.")


class DownloadTests(PagesTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.reply(uploads=[self.a_file("kuva.png")])
        self.file = self.written().files.get()

    def test_a_file_is_always_a_download_and_never_runs(self) -> None:
        response = self.client.get(f"/files/{self.file.download_id}/")

        self.assertEqual(response.getvalue(), PICTURE)
        self.assertEqual(response.headers["Content-Disposition"], 'attachment; filename="kuva.png"')
        self.assertEqual(response.headers["Content-Type"], "application/octet-stream")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(response.headers["Content-Security-Policy"], "sandbox; default-src 'none'")
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_a_page_of_html_is_a_download_as_well(self) -> None:
        self.reply(uploads=[self.a_file("sivu.html", b"<script>alert(1)</script>")])
        response = self.client.get(f"/files/{self.written().files.get().download_id}/")
        self.assertEqual(response.headers["Content-Type"], "application/octet-stream")
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_a_name_in_any_language_survives(self) -> None:
        self.reply(uploads=[self.a_file("счёт ноябрь.pdf", b"%PDF-1.7 x")])
        response = self.client.get(f"/files/{self.written().files.get().download_id}/")
        self.assertIn("filename*=utf-8''%D1%81%D1%87", response.headers["Content-Disposition"])

    def test_strangers_cannot_tell_it_from_nothing(self) -> None:
        self.log_in(self.otto)
        theirs = self.client.get(f"/files/{self.file.download_id}/")
        nothing = self.client.get("/files/nothing-at-all/")
        self.assertEqual((theirs.status_code, nothing.status_code), (404, 404))

    def test_the_number_of_its_bytes_opens_nothing(self) -> None:
        self.assertEqual(self.client.get(f"/files/{self.file.sha256}/").status_code, 404)


class LetterFrameTests(PagesTestCase):
    def laid_out(self, html: str = HTML, picture: bytes = PICTURE) -> Message:
        foto = LetterFile(
            sha256=files.keep(picture),
            name="foto.png",
            safe_name="foto.png",
            media_type="image/png",
            sniffed_type="image/png",
            size=len(picture),
            content_id="foto@posti",
            inline=True,
        )
        return self.katja_writes("Вот фото", html_sha256=files.keep(html.encode()), files=(foto,))

    def test_the_frame_may_do_nothing_but_show(self) -> None:
        message = self.laid_out()

        response = self.client.get(f"/messages/{message.pk}/letter/")

        policy = response.headers["Content-Security-Policy"]
        self.assertTrue(policy.startswith("sandbox allow-popups"), policy)
        self.assertNotIn("allow-scripts", policy)
        self.assertNotIn("allow-same-origin", policy)
        for words in ("default-src 'none'", "img-src data:", "style-src 'unsafe-inline'", "frame-ancestors 'self'"):
            self.assertIn(words, policy)
        self.assertEqual(response.headers["X-Frame-Options"], "SAMEORIGIN")
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_the_letters_own_pictures_stand_in_it_as_data(self) -> None:
        page = self.client.get(f"/messages/{self.laid_out().pk}/letter/").content.decode()
        self.assertIn('src="data:image/png;base64,', page)
        self.assertIn('src="cid:lost@posti"', page)

    def test_pictures_beyond_the_cap_are_left_out(self) -> None:
        message = self.laid_out(picture=PICTURE + bytes(caps.LETTER_PICTURES_BYTES))
        page = self.client.get(f"/messages/{message.pk}/letter/").content.decode()
        self.assertNotIn("data:", page)

    def test_a_drawing_that_could_run_is_not_shown(self) -> None:
        message = self.laid_out()
        message.files.update(sniffed_type="image/svg+xml")
        self.assertNotIn("data:", self.client.get(f"/messages/{message.pk}/letter/").content.decode())

    def test_the_page_holds_it_in_a_sandbox_without_scripts(self) -> None:
        message = self.laid_out()
        page = self.client.get(f"/cases/{self.kettle.pk}/").content.decode()
        self.assertIn(
            f'sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/{message.pk}/letter/"', page
        )

    def test_a_letter_of_words_alone_has_no_frame(self) -> None:
        message = self.katja_writes("Просто слова")
        self.assertEqual(self.client.get(f"/messages/{message.pk}/letter/").status_code, 404)

    def test_strangers_see_no_letter(self) -> None:
        message = self.laid_out()
        self.log_in(self.otto)
        self.assertEqual(self.client.get(f"/messages/{message.pk}/letter/").status_code, 404)
