"""The words of the five languages one by one: each is known where it should be, and only there."""

from __future__ import annotations

from django.test import SimpleTestCase

from valtti.channels.email.trim.attribution import at_end
from valtti.channels.email.trim.blocks import header_block, is_forward_end, opening
from valtti.channels.email.trim.ending import endings
from valtti.channels.email.trim.lines import split
from valtti.channels.email.trim.words import languages

ATTRIBUTIONS = {
    "R-fi": """
pe 3. toukok. 2024 klo 10.23 Aino Kallio (aino@kirkaskoti.example) kirjoitti:
perjantai 3. toukokuuta 2024 klo 10.23.11 Aino Kallio <aino@kirkaskoti.example> kirjoitti:
Aino Kallio <aino@kirkaskoti.example> kirjoitti 3.5.2024 kello 10.23:
Aino Kallio kirjoitti 3.5.2024 klo 10.23:
3.5.2024 klo 10.23, Aino Kallio kirjoitti:
3.5.2024 10.23, Kirkas Koti kirjoitti:
Kirkas Koti <asiakaspalvelu@kirkaskoti.example> kirjoitti pe 3. toukok. 2024 klo 10.23:
ti 7. toukok. 2024 klo 8.05 Kirkas Koti Oy <posti@kirkaskoti.example> kirjoitti:
""",
    "R-ru": """
пт, 3 мая 2024 г. в 10:23, Айно Каллио <aino@kirkaskoti.example>:
пт, 3 мая 2024 г. в 10:23, Kirkas Koti <posti@kirkaskoti.example>:
3 мая 2024 г., в 10:23, Айно Каллио <aino@kirkaskoti.example> написал(а):
3 мая 2024 г., в 10:23, Kirkas Koti <posti@kirkaskoti.example> написала:
Пятница, 3 мая 2024, 10:23 +03:00 от Kirkas Koti <posti@kirkaskoti.example>:
Пятница, 3 мая 2024, 10:23 +03:00 от "Kirkas Koti" <posti@kirkaskoti.example>:
03.05.2024, 10:23, "Kirkas Koti" <posti@kirkaskoti.example>:
03.05.2024 10:23, Айно Каллио пишет:
3 мая 2024 г. 10:23:11 GMT+03:00, Айно Каллио <aino@kirkaskoti.example> пишет:
Айно Каллио писал(а) 03.05.2024 10:23:
""",
    "R-sv": """
Den fre 3 maj 2024 kl 10:23 skrev Kirkas Koti <posti@kirkaskoti.example>:
Den 2024-05-03 kl. 10:23, skrev Aino Kallio:
Den 3 maj 2024 10:23 skrev "Kirkas Koti" <posti@kirkaskoti.example>:
3 maj 2024 kl. 10:23 skrev Kirkas Koti <posti@kirkaskoti.example>:
fre 3 maj 2024 kl. 10:23 skrev Aino Kallio <aino@kirkaskoti.example>:
Aino Kallio <aino@kirkaskoti.example> skrev den 3 maj 2024 10:23:
""",
    "R-en": """
On Fri, May 3, 2024 at 10:23 AM Kirkas Koti <posti@kirkaskoti.example> wrote:
On Fri, 3 May 2024 at 10:23, Kirkas Koti <posti@kirkaskoti.example> wrote:
On May 3, 2024, at 10:23 AM, Aino Kallio <aino@kirkaskoti.example> wrote:
On 3 May 2024, at 10:23, Aino Kallio <aino@kirkaskoti.example> wrote:
On 5/3/24 10:23, Aino Kallio wrote:
On 03/05/2024 10:23, Aino Kallio via Kirkas Koti wrote:
On Friday, May 3rd, 2024 at 10:23 AM, Kirkas Koti <posti@kirkaskoti.example> wrote:
On Friday, May 3, 2024 at 10:23:00 AM GMT+3, Kirkas Koti <posti@kirkaskoti.example> wrote:
On 2024-05-03 10:23, posti@kirkaskoti.example wrote:
Aino Kallio <aino@kirkaskoti.example> wrote on Friday, 3 May 2024 10:23 AM:
On Fri, May 03, 2024 at 10:23:11AM +0300, Aino Kallio wrote:
""",
    "R-de": """
Am Fr., 3. Mai 2024 um 10:23 Uhr schrieb Kirkas Koti <posti@kirkaskoti.example>:
Am 03.05.2024 um 10:23 schrieb Kirkas Koti <posti@kirkaskoti.example>:
Am 03.05.24 um 10:23 schrieb Aino Kallio:
Am 3. Mai 2024 10:23:11 MESZ schrieb Aino Kallio <aino@kirkaskoti.example>:
Am Freitag, 3. Mai 2024, 10:23:00 MESZ hat Aino <aino@kirkaskoti.example> geschrieben:
Aino Kallio <aino@kirkaskoti.example> schrieb am Fr., 3. Mai 2024, 10:23:
""",
}
SENTENCES = """
Matti kirjoitti 3.5.2024 sähköpostissa seuraavaa:
Asentaja kirjoitti laskuun klo 10.23 väärän summan, katsokaa itse:
Kirjoitin teille 3.5.2024 klo 10.23 seuraavasti:
Tässä osoitteeni:
Tilauksen 3.5.2024 tiedot:
Мастер написал мне 3 мая 2024 в 10:23, что приедет позже, вот его слова:
Заказ от 3 мая 2024 г.:
Я пишу вам 3 мая 2024 г. в 10:23 по следующему поводу:
Montören skrev den 3 maj 2024 kl 10:23 att han kommer senare, så här:
Jag skrev den 3 maj 2024 kl 10:23 till er:
The fitter wrote on 3 May 2024 at 10:23 that he would come later, as follows:
On 3 May 2024 at 10:23 I wrote:
On Monday at 10:23 we waited for:
Der Monteur schrieb am 3. Mai 2024 um 10:23, dass er später kommt, und zwar so:
Am 3. Mai 2024 um 10:23 haben wir auf Folgendes gewartet:
Hello:
"""
DEVICES = {
    "R-fi": """
Lähetetty iPhonesta
Lähetetty iPadista
Lähetetty puhelimestani
Lähetetty Samsung Galaxy -älypuhelimestani
Lähetetty Outlook for iOS:sta
Lähetetty Yahoo Mailista Androidilla
Lähetetty Huawei-puhelimestani.
Hanki Outlook for Android
Hanki Outlook iOS:lle<https://aka.ms/o0ukef>
""",
    "R-ru": """
Отправлено с iPhone
Отправлено с моего iPad
Отправлено из мобильной Яндекс Почты
Отправлено из Почты для Windows
Отправлено из Mail.ru для Android
Отправлено со смартфона Samsung Galaxy
Получить Outlook для iOS
Скачать Outlook для Android <https://aka.ms/ghei36>
""",
    "R-sv": """
Skickat från min iPhone
Skickat från min Samsung Galaxy-smartphone
Skickat från Outlook för Android
Skickat från E-post för Windows
Skickat från Yahoo Mail på Android
Hämta Outlook för iOS
Skaffa Outlook för Android<https://aka.ms/AAb9ysg>
""",
    "R-en": """
Sent from my iPhone
Sent from my Verizon Wireless BlackBerry
Sent from my Samsung Galaxy smartphone.
Sent from Outlook for Android
Sent from Mail for Windows
Sent from Yahoo Mail on Android
Sent from a magnificent torch of pixels
Sent via the Samsung Galaxy S21 5G
Sent with Proton Mail secure email.
Get Outlook for iOS<https://aka.ms/o0ukef>
""",
    "R-de": """
Von meinem iPhone gesendet
Von meinem Samsung Galaxy Smartphone gesendet.
Gesendet mit der mobilen Mail App
Gesendet von Outlook für Android
Gesendet von Mail für Windows
Diese Nachricht wurde von meinem Android-Mobiltelefon mit WEB.DE gesendet
Holen Sie sich Outlook für iOS<https://aka.ms/o0ukef>
""",
}
NO_DEVICES = """
Lähetetty viesti ei tullut perille.
Lähetetty eilen, eikö tullut?
Отправлено вчера в ваш офис, получили?
Отправлено.
Skickat i går till er adress
Sent from my desk, it is easier than from the phone
Sent yesterday by post
Von meinem Nachbarn habe ich gehört, dass es geht
Gesendet gestern Abend, bitte prüfen
"""
CLOSINGS = {
    "R-fi": """
Ystävällisin terveisin
Ystävällisesti
Parhain terveisin,
Terveisin Matti
Terveisin, Matti Meikäläinen
Terv. Matti
Kunnioittavasti
Kiittäen
Yst. terv.
t. Sari
Aurinkoisin terveisin
""",
    "R-ru": """
С уважением,
С уважением, Иван Петров
С наилучшими пожеланиями
С благодарностью,
Всего доброго!
Искренне Ваша
""",
    "R-sv": """
Med vänlig hälsning
Med vänliga hälsningar,
Vänliga hälsningar
Mvh
MVH Lisa
Hälsningar, Karl-Erik
Vänligen
""",
    "R-en": """
Kind regards,
Best regards
Regards, John
Yours sincerely
Yours faithfully,
Best wishes
Cheers,
BR
Best,
""",
    "R-de": """
Mit freundlichen Grüßen
Mit freundlichem Gruß
Viele Grüße
Beste Grüße,
Liebe Grüße
MfG
LG Heike
Hochachtungsvoll
""",
}
NO_CLOSINGS = """
Terveisin on aina mukava lopettaa
Ystävällisesti pyydän teitä soittamaan
С уважением отношусь к вашей работе
Hälsningar från Åbo och hela gänget
Regards to your wife and the children
Best solution would be a new pump
Viele Grüße an deine Frau
Cheers to the whole team
t-paita on väärää kokoa
"""
RULES = {
    "R-fi": """
-----Alkuperäinen viesti-----
---------- Välitetty viesti ---------
-------- Edelleenlähetetty viesti --------
Välitetty viesti alkaa:
""",
    "R-ru": """
-----Исходное сообщение-----
-------- Пересылаемое сообщение --------
---------- Forwarded message ---------
Начало переадресованного сообщения:
-------- Перенаправленное сообщение --------
""",
    "R-sv": """
-----Ursprungligt meddelande-----
---------- Vidarebefordrat meddelande ---------
Vidarebefordrat meddelande börjar:
""",
    "R-en": """
-----Original Message-----
---------- Forwarded message ---------
Begin forwarded message:
------------------ Original ------------------
-------- Original Message --------
""",
    "R-de": """
-----Ursprüngliche Nachricht-----
---------- Weitergeleitete Nachricht ---------
Anfang der weitergeleiteten Nachricht:
-------- Weitergeleitete Nachricht --------
""",
}
BLOCKS = {
    "R-fi": "Lähettäjä: A <a@b.example>|Lähetetty: eilen|Vastaanottaja: C|Kopio: D|Aihe: E",
    "R-ru": "От кого: A <a@b.example>|Кому: C|Дата: вчера|Тема: E",
    "R-sv": "Från: A <a@b.example>|Skickat: i går|Till: C|Ämne: E",
    "R-en": "*From:* A [mailto:a@b.example]|*Sent:* Friday|*To:* C|*Subject:* E",
    "R-de": "Von: A <a@b.example>|Gesendet: gestern|An: C|Betreff: E",
}


def rows(text: str) -> list[str]:
    return text.strip().split("\n")


class AttributionTests(SimpleTestCase):
    def test_each_is_known_without_any_quotation_sign(self) -> None:
        for rule, text in ATTRIBUTIONS.items():
            for row in rows(text):
                with self.subTest(row=row):
                    found = at_end(split(row), 0, next_quoted=False)
                    assert found
                    self.assertEqual((found.rule, found.strong), (rule, True))

    def test_each_is_known_when_it_wraps(self) -> None:
        for rule, text in ATTRIBUTIONS.items():
            for row in rows(text):
                words = row.split(" ")
                half = len(words) // 2
                wrapped = "Kiitos viestistä.\n\n" + " ".join(words[:half]) + "\n" + " ".join(words[half:])
                with self.subTest(row=wrapped):
                    found = at_end(split(wrapped), 3, next_quoted=True)
                    assert found
                    self.assertEqual((found.rule, found.end), (rule, 4))

    def test_sentences_of_people_are_none(self) -> None:
        for row in rows(SENTENCES):
            with self.subTest(row=row):
                found = at_end(split(row), 0, next_quoted=False)
                self.assertFalse(found and found.strong)


class EndingTests(SimpleTestCase):
    def found(self, row: str) -> list[tuple[str, str]]:
        lines = split(f"Pumppu on rikki.\n\n{row}")
        return [(one.kind, one.rule) for one in endings(lines, 0, len(lines), frozenset())]

    def test_lines_that_devices_write(self) -> None:
        for rule, text in DEVICES.items():
            for row in rows(text):
                with self.subTest(row=row):
                    self.assertEqual(self.found(row), [("device_line", rule)])

    def test_lines_that_people_write(self) -> None:
        for row in [*rows(NO_DEVICES), *rows(NO_CLOSINGS)]:
            with self.subTest(row=row):
                self.assertEqual(self.found(row), [])

    def test_closing_formulas(self) -> None:
        for rule, text in CLOSINGS.items():
            for row in rows(text):
                with self.subTest(row=row):
                    self.assertEqual(self.found(row), [("signature", rule)])
                    self.assertEqual(self.found(f"{row}\nMatti Meikäläinen\npuh. 050 555 1212"), [("signature", rule)])

    def test_a_formula_with_nine_lines_under_it_is_left_alone(self) -> None:
        self.assertEqual(self.found("Terveisin\n" + "rivi\n" * 8), [("signature", "R-fi")])
        self.assertEqual(self.found("Terveisin\n" + "rivi\n" * 9), [])

    def test_a_sentence_under_a_formula_is_no_signature(self) -> None:
        self.assertEqual(self.found("Terveisin\nMatti\nVoitteko vielä soittaa minulle huomenna kello kymmenen?"), [])

    def test_a_mark_that_is_not_exact_needs_a_short_signature(self) -> None:
        self.assertEqual(self.found("—\nMatti"), [("signature", "R-any")])
        self.assertEqual(self.found("—\n" + "rivi tekstiä\n" * 20), [])


class OpeningTests(SimpleTestCase):
    def test_rules_between_dashes(self) -> None:
        for rule, text in RULES.items():
            for row in rows(text):
                with self.subTest(row=row):
                    found = opening(split(f"{row}\n\nHei"), 0)
                    assert found
                    self.assertIn(found.rule, {rule, "R-en"})

    def test_the_words_without_dashes_are_words(self) -> None:
        for row in ("Alkuperäinen viesti", "Original message", "Исходное сообщение", "the original message was late"):
            self.assertIsNone(opening(split(f"{row}\n\nHei"), 0))

    def test_header_blocks(self) -> None:
        for rule, text in BLOCKS.items():
            with self.subTest(block=text):
                block = header_block(split(text.replace("|", "\n") + "\n\nHei"), 0)
                assert block
                self.assertTrue(block.is_sure)
                self.assertEqual((block.language.rule, block.end), (rule, text.count("|") + 1))
                self.assertEqual(block.values["subject"], "E")

    def test_a_long_receiver_wraps(self) -> None:
        wrapped = "From: A <a@b.example>\nSent: Friday\nTo: B <b@b.example>; C\n <c@b.example>\nSubject: E"
        block = header_block(split(f"{wrapped}\n\nHei"), 0)
        assert block
        self.assertEqual((block.end, block.values["to"]), (5, "B <b@b.example>; C <c@b.example>"))

    def test_blank_lines_between_headers(self) -> None:
        block = header_block(split("From: A <a@b.example>\n\nSent: Friday\n\nTo: B\n\nSubject: E\n\nHei"), 0)
        assert block
        self.assertEqual(block.end, 7)

    def test_two_names_are_not_enough(self) -> None:
        for text in (
            "From: Helsinki\nTo: Turku\n\nHei",
            "Aihe: pumppu\nPäivämäärä: 3.5.2024\n\nHei",
            "Subject: maths\nDate: today",
        ):
            block = header_block(split(text), 0)
            self.assertFalse(block and block.is_sure)

    def test_closing_lines_of_forwards(self) -> None:
        for row in ("-------- Конец пересылаемого сообщения --------", "----- End forwarded message -----"):
            self.assertTrue(is_forward_end(split(row)[0]))

    def test_every_language_is_whole(self) -> None:
        self.assertEqual([language.code for language in languages()], ["fi", "ru", "sv", "en", "de"])
        for language in languages():
            self.assertEqual(set(language.roles.values()), {"from", "sent", "to", "cc", "subject", "other"})
