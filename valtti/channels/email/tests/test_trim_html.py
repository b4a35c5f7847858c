"""Replies that came as HTML only: known wrappers mark the quotation, then the same rules as for text."""

from __future__ import annotations

from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read

OUTER = "Content-Type: text/html; charset=utf-8"
OLD = "Sopiiko keskiviikko?"
WRAPPERS = {
    "gmail": '<div>Sopii.</div><br><div class="gmail_quote"><div class="gmail_attr">pe 3. toukok. 2024 klo 10.23 Aino '
    f'&lt;aino@kirkaskoti.example&gt; kirjoitti:<br></div><blockquote class="gmail_quote">{OLD}</blockquote></div>',
    "apple": '<div>Sopii.</div><div><blockquote type="cite"><div>Aino &lt;a@kirkaskoti.example&gt; kirjoitti 3.5.2024 '
    f"kello 10.23:</div><br><div>{OLD}</div></blockquote></div>",
    "thunderbird": '<p>Sopii.</p><div class="moz-cite-prefix">Aino kirjoitti 3.5.2024 klo 10.23:</div>'
    f'<blockquote type="cite" cite="mid:1@x"><p>{OLD}</p></blockquote>',
    "outlook": '<p>Sopii.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm"><p><b>Lähettäjä:'
    "</b> Aino &lt;aino@kirkaskoti.example&gt;<br><b>Lähetetty:</b> perjantai 3. toukokuuta 2024 10.23<br><b>"
    f"Vastaanottaja:</b> Pekka<br><b>Aihe:</b> Aika</p></div><p>{OLD}</p>",
    "outlook on the web": '<div>Sopii.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Från:</b> Aino '
    f"&lt;a@kirkaskoti.example&gt;<br><b>Skickat:</b> den 3 maj 2024<br><b>Ämne:</b> Tid</div><div>{OLD}</div>",
    "yahoo": '<div>Sopii.</div><div class="yahoo_quoted"><div>On Friday, May 3, 2024, 10:23 AM, Aino '
    f"&lt;a@kirkaskoti.example&gt; wrote:</div><div>{OLD}</div></div>",
    "proton": '<div>Sopii.</div><div class="protonmail_quote">On Friday, May 3rd, 2024 at 10:23 AM, Aino '
    f'&lt;a@kirkaskoti.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">{OLD}</blockquote></div>',
    "mail.ru": '<div>Sopii.</div><blockquote cite="1@x">Пятница, 3 мая 2024, 10:23 +03:00 от Aino '
    f"&lt;a@kirkaskoti.example&gt;:<br><div>{OLD}</div></blockquote>",
    "yandex": '<div>Sopii.</div><div>03.05.2024, 10:23, "Aino" &lt;a@kirkaskoti.example&gt;:</div>'
    f"<blockquote><div>{OLD}</div></blockquote>",
}


class WrapperTests(ReaderTestCase):
    def test_each_wrapper_is_folded_and_nothing_else(self) -> None:
        for name, html in WRAPPERS.items():
            with self.subTest(program=name):
                found = read(letter(f"<html><body>{html}</body></html>", OUTER))
                self.assertSound(found)
                self.assertEqual(found["body"]["text_from"], "html")
                self.assertIn(OLD, found["body"]["text"])
                self.assertEqual(found["reply"]["visible"], "Sopii.")

    def test_a_plain_side_is_trimmed_when_there_is_one(self) -> None:
        plain = "Kyllä.\n\nAino kirjoitti 3.5.2024 klo 10.23:\n> Sopiiko?\n"
        both = f"--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n{WRAPPERS['gmail']}\n--b--\n"
        found = read(letter(both, "Content-Type: multipart/alternative; boundary=b"))

        self.assertEqual(found["body"]["text_from"], "part")
        self.assertEqual(found["reply"]["visible"], "Kyllä.")

    def test_an_answer_between_two_quotations_hides_nothing(self) -> None:
        quote = '<blockquote type="cite">{}</blockquote>'
        html = f"{quote.format('Sopiiko keskiviikko?')}<div>Sopii.</div>{quote.format('Ovikoodi?')}<div>4471</div>"
        found = read(letter(html, OUTER))

        self.assertTrue(found["reply"]["inline"])
        self.assertEqual(found["reply"]["hidden"], [])

    def test_signs_of_our_own_marks_in_a_letter_mark_nothing(self) -> None:
        found = read(letter("<p>Moi \ue0f0salaa\ue0f1 \ue0f2tässä</p>", OUTER))

        self.assertEqual(found["reply"]["visible"], "Moi salaa tässä")
