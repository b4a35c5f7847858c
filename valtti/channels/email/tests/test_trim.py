"""Replies as mail programs write them, in five languages: what is shown first, what is folded, what never is."""

from __future__ import annotations

from pathlib import Path

from valtti.channels.email.schema import Reply
from valtti.channels.email.tests.testcase import HERE, ReaderTestCase
from valtti.channels.email.trim.reply import MOST_LINES, trim

REPLIES = HERE / "replies"
QUOTE = "On Fri, May 3, 2024 at 10:23 AM Aino <aino@kirkaskoti.example> wrote:\n> How is the pump?\n"


def _parts(path: Path) -> tuple[list[str], str, str, str]:
    """Kinds, rule, what must be shown, what must be folded."""
    head, _, rest = path.read_text("utf-8").partition("---\n")
    shown, _, folded = rest.partition("=====\n")
    kinds, rule = (line.partition(": ")[2] for line in head.splitlines())
    return kinds.split(), rule, shown, folded


class TrimTestCase(ReaderTestCase):
    def kinds(self, reply: Reply) -> list[str]:
        return [one["kind"] for one in reply["hidden"]]

    def assertAllShown(self, text: str, *, inline: bool = False) -> None:
        reply = trim(text)
        self.assertEqual(reply["visible"], text.strip())
        self.assertEqual(reply["hidden"], [])
        self.assertEqual(reply["inline"], inline)


class ProgramsTests(TrimTestCase):
    def test_each_program_in_each_language(self) -> None:
        files = sorted(REPLIES.rglob("*.txt"))
        for path in files:
            with self.subTest(reply=f"{path.parent.name}/{path.stem}"):
                kinds, rule, shown, folded = _parts(path)
                text = f"{shown}\n{folded}"
                reply = trim(text)
                self.assertNothingLost(text, reply)
                self.assertEqual(reply["visible"], shown.strip())
                self.assertEqual(self.kinds(reply), kinds)
                self.assertIn(rule, {one["rule"] for one in reply["hidden"]})
        self.assertGreaterEqual(len(files), 51)

    def test_all_five_languages_have_the_usual_programs(self) -> None:
        for language in ("fi", "ru", "sv", "en", "de"):
            names = {path.stem for path in (REPLIES / language).glob("*.txt")}
            self.assertLessEqual({"gmail", "outlook", "outlook-mobile", "apple", "thunderbird", "forward"}, names)

    def test_a_mixed_thread_is_folded_at_its_newest_turn(self) -> None:
        reply = trim(f"Kiitos!\n\nAino kirjoitti 3.5.2024 klo 10.23:\n> Hei\n>\n> {QUOTE}")

        self.assertEqual(reply["visible"], "Kiitos!")
        self.assertEqual([one["rule"] for one in reply["hidden"]], ["R-fi", "R-any"])


class AnswersBelowTests(TrimTestCase):
    def test_an_answer_under_the_quotation_is_shown(self) -> None:
        reply = trim(f"{QUOTE}\nIt works, thank you.\n")

        self.assertEqual(reply["visible"], "It works, thank you.")
        self.assertEqual(self.kinds(reply), ["attribution", "quote"])

    def test_words_above_and_below_are_both_shown(self) -> None:
        reply = trim(f"Hello Aino,\n\n{QUOTE}\nIt works.\n\n-- \nJohn\n")

        self.assertEqual(reply["visible"].split(), ["Hello", "Aino,", "It", "works."])
        self.assertEqual(len(reply["ranges"]), 2)

    def test_answers_between_quoted_lines_hide_nothing(self) -> None:
        self.assertAllShown(
            "Aino kirjoitti 3.5.2024 klo 10.23:\n> Sopiiko maanantai?\n\nKyllä.\n\n> Ovikoodi?\n\n4471\n", inline=True
        )

    def test_a_short_answer_between_quoted_lines_counts_as_one(self) -> None:
        self.assertAllShown("> Sopiiko maanantai?\nEi.\n> Entä tiistai?\nEi.\n", inline=True)

    def test_a_citation_inside_a_letter_stays(self) -> None:
        self.assertAllShown("Your page says\n\n> Delivery in two days\n\nbut it took ten.", inline=True)

    def test_what_a_narrow_window_pushed_down_is_still_quotation(self) -> None:
        long = "> this is a quoted line so long that some window has broken it just\nhere again\n> and it goes on\n"
        reply = trim(f"Ok!\n\nOn 3 May 2024, at 10:23, Aino <a@b.example> wrote:\n{long}")

        self.assertFalse(reply["inline"])
        self.assertEqual(reply["visible"], "Ok!")


class NeverFoldedTests(TrimTestCase):
    def test_somebody_who_tells_what_matti_wrote(self) -> None:
        self.assertAllShown("Hei\n\nMatti kirjoitti 3.5.2024 sähköpostissa seuraavaa:\nTulemme huomenna.\nEi tullut.")

    def test_somebody_who_tells_what_they_wrote(self) -> None:
        self.assertAllShown("Hello,\n\nOn 3 May 2024 at 10:00 I wrote:\nMy machine is broken.\n")

    def test_a_journey_is_no_header_block(self) -> None:
        self.assertAllShown("Hallo\n\nVon: Helsinki\nAn: Turku\nDatum: 3.5.2024 10:00\n\nBitte um Angebot.")

    def test_a_sentence_about_a_desk_is_no_device(self) -> None:
        self.assertAllShown("Here is another email\n\nSent from my desk, it is easier than by phone.")

    def test_an_afterthought_keeps_the_signature_open(self) -> None:
        self.assertAllShown("When?\n\nRegards\nMary\nPS. The door code is 4471, please use it.")

    def test_regards_to_somebody_are_no_signature(self) -> None:
        self.assertAllShown("The pump works.\nRegards to your wife and the whole team in Turku")

    def test_a_mailbox_file_escaped_the_word_from(self) -> None:
        self.assertAllShown("Hello\n\n>From the beginning it was noisy\nand it still is.")

    def test_only_a_quotation_is_shown(self) -> None:
        self.assertAllShown("> all of it quoted\n> nothing else")

    def test_only_a_signature_is_shown_and_history_still_folded(self) -> None:
        reply = trim("Terveisin\nMatti\n\nAino kirjoitti 3.5.2024 klo 10.23:\n> Kiitos tilauksesta")

        self.assertEqual(reply["visible"], "Terveisin\nMatti")
        self.assertEqual(self.kinds(reply), ["attribution", "quote"])

    def test_nothing_is_nothing(self) -> None:
        for text in ("", "\n \n"):
            self.assertEqual(trim(text)["visible"], "")
            self.assertEqual(trim(text)["ranges"], [])

    def test_a_text_of_endless_lines_is_shown_as_it_is(self) -> None:
        self.assertAllShown("> a\n" * (MOST_LINES + 1))


class SmallPrintTests(TrimTestCase):
    def test_the_signature_is_kept_as_found(self) -> None:
        reply = trim("Milloin?\n\nYstävällisin terveisin\n  Sari Niemelä\n  p. 040 123 4567\n")

        self.assertEqual(reply["signature"], "Ystävällisin terveisin\n  Sari Niemelä\n  p. 040 123 4567")

    def test_device_line_under_a_signature(self) -> None:
        reply = trim("Tulen.\n\nTerveisin\nMatti\n\nLähetetty iPhonesta\n")

        self.assertEqual(self.kinds(reply), ["signature", "device_line"])

    def test_a_list_footer_with_its_rule(self) -> None:
        reply = trim(f"Hello all\n\n{'_' * 40}\npump-users mailing list\npump-users@lists.example\n")

        self.assertEqual((reply["visible"], self.kinds(reply)), ("Hello all", ["list_footer"]))

    def test_small_print_in_five_languages(self) -> None:
        for words in (
            "Tämä viesti ja sen liitteet ovat luottamuksellisia ja tarkoitettu vain vastaanottajalle.",
            "Настоящее электронное сообщение содержит конфиденциальную информацию.",
            "Detta meddelande är konfidentiellt och avsett endast för mottagaren.",
            "This e-mail is confidential and intended only for the addressee.",
            "Diese E-Mail enthält vertrauliche Informationen.",
        ):
            with self.subTest(words=words):
                reply = trim(f"Sopimus on allekirjoitettu.\n\n{words}\n")
                self.assertEqual(self.kinds(reply), ["disclaimer"])

    def test_lines_that_ended_the_last_letters_too(self) -> None:
        text = "Uusi kysymys\n\nAsunto Oy Katajanokka\nHallitus\n"
        reply = trim(text, known_lines=["Asunto Oy Katajanokka", "Hallitus"])

        self.assertEqual((reply["visible"], self.kinds(reply)), ("Uusi kysymys", ["signature"]))
        self.assertEqual(trim(text)["hidden"], [])


class ForwardTests(TrimTestCase):
    def test_a_pure_forward_shows_the_forward(self) -> None:
        head = "---------- Forwarded message ---------\nFrom: Jane <jane@posti.example>\nDate: Thu, May 2, 2024\n"
        reply = trim(
            f"{head}Subject: Heat pump\nTo: John <john@posti.example>\n\nWhere did you buy it?\n\nRegards\nJane"
        )

        self.assertEqual(reply["visible"], "Where did you buy it?\n\nRegards\nJane")
        self.assertEqual(self.kinds(reply), ["header_block"])

    def test_a_forward_is_read_with_its_headers(self) -> None:
        kinds, _, shown, folded = _parts(REPLIES / "ru" / "forward.txt")
        forward = trim(f"{shown}\n{folded}")["forwards"][0]

        assert forward["from"]
        self.assertEqual(forward["from"]["address"], "olga@posti.example")
        self.assertEqual([one["address"] for one in forward["to"]], ["katja.orlova@posti.example"])
        self.assertEqual((forward["subject"], forward["text"]), ("Насос", "Катя, где ты заказывала насос?"))

    def test_an_answer_is_no_forward(self) -> None:
        _, _, shown, folded = _parts(REPLIES / "fi" / "outlook.txt")

        self.assertEqual(trim(f"{shown}\n{folded}")["forwards"], [])
        self.assertEqual(len(trim(f"{shown}\n{folded}", forwarded=True)["forwards"]), 1)

    def test_words_below_the_closing_line_are_shown(self) -> None:
        rule = "-------- {} пересылаемого сообщения --------"
        text = "Смотрите.\n\n-------- Пересылаемое сообщение --------\nОт кого: Ольга <o@posti.example>\nТема: Насос\n"
        reply = trim(f"{text}\nГде?\n{rule.format('Конец')}\nИ позвоните мне.")

        self.assertEqual(reply["visible"].split("\n")[-1], "И позвоните мне.")
        self.assertEqual(reply["forwards"][0]["text"], "Где?")

    def test_apple_begins_in_words(self) -> None:
        head = "From: Jane <jane@posti.example>\nSubject: Heat\nDate: 2 May 2024\nTo: John"
        reply = trim(f"FYI\n\nBegin forwarded message:\n\n{head}\n\nText here")

        self.assertEqual((reply["visible"], reply["forwards"][0]["text"]), ("FYI", "Text here"))
