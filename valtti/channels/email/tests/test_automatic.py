"""Which letters no person wrote just now, by the table."""

from __future__ import annotations

from valtti.channels.email import automatic
from valtti.channels.email.schema import SCHEMA, Letter
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read

AWAY = {
    "fi": (
        "Automaattinen vastaus: Pumppu",
        "Olen lomalla 15.8. asti. Kiireellisissä asioissa ottakaa yhteyttä Liisaan.",
    ),
    "ru": ("Автоматический ответ: Насос", "Я нахожусь в отпуске до 15 августа. По срочным вопросам звоните Лизе."),
    "sv": ("Autosvar: Pump", "Jag är på semester till den 15 augusti. Vid brådskande ärenden ring Lisa."),
    "en": ("Automatic reply: Pump", "I am out of the office until 15 August. For urgent matters call Lisa."),
    "de": (
        "Automatische Antwort: Pumpe",
        "Ich bin bis 15. August nicht im Büro. In dringenden Fällen rufen Sie Lisa an.",
    ),
}
NO_REPLY = """no-reply noreply do-not-reply donotreply ala-vastaa alavastaa ei-vastausta ne-otvechat neotvechat
posti.noreply noreply-42 news-no-reply svara-inte nicht-antworten"""


def with_subject(subject: str, body: str, *headers: str) -> str:
    return letter(body, *headers).replace("Subject: Pumppu", f"Subject: {subject}")


class KindTests(ReaderTestCase):
    def assertKind(self, found: Letter, kind: str, rule: str = "") -> None:
        self.assertEqual(found["kind"], kind, found["reasons"])
        self.assertEqual(found["automatic"], kind not in {"person", "unsure"})
        self.assertEqual(found["may_answer_automatically"], kind == "person")
        if rule:
            self.assertIn(rule, [reason["rule"] for reason in found["reasons"]])

    def test_a_person(self) -> None:
        self.assertKind(read(letter("Pumppu ei käynnisty.")), "person")

    def test_single_headers(self) -> None:
        for header, kind, rule in (
            ("Auto-Submitted: auto-generated", "auto_reply", "A-auto-submitted"),
            ("Auto-Submitted: auto-replied (vacation)", "vacation", "A-auto-submitted-vacation-type"),
            ("X-Auto-Response-Suppress: All", "auto_reply", "A-suppress"),
            ("X-Auto-Response-Suppress: OOF, AutoReply", "auto_reply", "A-suppress"),
            ("X-Autoreply: yes", "vacation", "A-autoreply-header"),
            ("X-Autorespond: yes", "vacation", "A-autorespond-header"),
            ("Precedence: auto_reply", "auto_reply", "A-precedence-reply"),
            ("Precedence: bulk", "list", "A-precedence-list"),
            ("List-Id: <a.lists.example>", "list", "A-list-id"),
            ("List-Unsubscribe: <mailto:a@lists.example>", "list", "A-list-unsubscribe"),
            ("Feedback-ID: 1:2:3", "list", "A-feedback-id"),
            ("X-Cron-Env: <SHELL=/bin/sh>", "notification", "A-cron"),
            ("X-Valtti-Loop: kirkaskoti.example", "own_loop", "A-own-loop"),
        ):
            with self.subTest(header=header):
                self.assertKind(read(letter("Hei", header)), kind, rule)

    def test_headers_that_say_no_mean_no(self) -> None:
        for header in (
            "Auto-Submitted: no",
            "X-Autoreply: no",
            "Precedence: first-class",
            "X-Auto-Response-Suppress: DR, RN",
        ):
            with self.subTest(header=header):
                self.assertKind(read(letter("Hei", header)), "person")

    def test_absence_in_five_languages(self) -> None:
        for language, (subject, body) in AWAY.items():
            with self.subTest(language=language):
                marked = read(with_subject(subject, body, "Auto-Submitted: auto-replied"))
                self.assertKind(marked, "vacation", "A-auto-submitted-vacation")
                suppressed = read(with_subject(subject, body, "X-Auto-Response-Suppress: All"))
                self.assertKind(suppressed, "vacation", "A-suppress-vacation")

    def test_without_any_header_two_weak_signs_make_it_unsure(self) -> None:
        for language, (subject, body) in AWAY.items():
            with self.subTest(language=language):
                self.assertKind(read(with_subject(subject, body)), "unsure", "W-subject")
                self.assertKind(read(with_subject(subject, "Hei")), "person")

    def test_what_the_house_knows_counts_as_a_weak_sign(self) -> None:
        self.assertKind(read(letter("Kiitos"), known_signs=("fast",)), "person")
        self.assertKind(read(letter("Kiitos"), known_signs=("fast", "identical")), "unsure")

    def test_no_reply_addresses(self) -> None:
        for local in NO_REPLY.split():
            with self.subTest(local=local):
                found = read(letter("Hei").replace("katja.orlova@", f"{local}@"))
                self.assertKind(found, "notification", "A-no-reply")

    def test_people_whose_names_look_like_it(self) -> None:
        for local in ("noora.replyinen", "eino", "nora", "neonila", "alavainio"):
            with self.subTest(local=local):
                self.assertKind(read(letter("Hei").replace("katja.orlova@", f"{local}@")), "person")

    def test_the_stronger_kind_wins_and_all_reasons_are_told(self) -> None:
        found = read(letter("x", "List-Id: <a.lists.example>", "Auto-Submitted: auto-generated", "X-Valtti-Loop: x"))

        self.assertKind(found, "own_loop")
        self.assertEqual(
            {reason["rule"] for reason in found["reasons"]}, {"A-own-loop", "A-auto-submitted", "A-list-id"}
        )

    def test_the_marker_of_another_house_is_no_loop(self) -> None:
        text = letter("Hei", "X-Valtti-Loop: muukoti.example")

        self.assertKind(read(text, own_hosts=("kirkaskoti.example",)), "person")
        self.assertKind(read(text, own_hosts=("muukoti.example",)), "own_loop")

    def test_our_own_id_come_back(self) -> None:
        identifier = f"{'a' * 48}.{'b' * 16}@kirkaskoti.example"
        text = letter("Hei").replace("<1@posti.example>", f"<{identifier}>")

        self.assertKind(read(text, own_hosts=("kirkaskoti.example",)), "own_loop", "A-own-id")
        self.assertKind(read(text, own_hosts=("muukoti.example",)), "person")

    def test_an_empty_return_path_is_never_answered_by_itself(self) -> None:
        found = read(letter("Hei", "Return-Path: <>"))

        self.assertEqual(found["kind"], "person")
        self.assertFalse(found["may_answer_automatically"])

    def test_nobody_is_not_answered(self) -> None:
        self.assertFalse(read("Subject: a\n\nHei")["may_answer_automatically"])


class TableTests(ReaderTestCase):
    def test_every_row_has_its_own_id_and_a_known_kind(self) -> None:
        rows = automatic.table().rows
        self.assertEqual(len({row.id for row in rows}), len(rows))
        self.assertLessEqual({row.kind for row in rows}, {*automatic.table().order, "weak"})

    def test_the_schema_has_its_name(self) -> None:
        self.assertEqual(SCHEMA, "valtti.mail/1")
