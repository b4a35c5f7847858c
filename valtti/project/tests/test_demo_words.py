"""The demo's words: slots are filled, due times follow the words, letters are as mail programs send them."""

from __future__ import annotations

import email
import random
from datetime import UTC, date, datetime
from email.policy import default
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase

from valtti.core.hours import Hours, hours
from valtti.project.demo import slots
from valtti.project.demo.customers import CAST, People
from valtti.project.demo.due import due_at
from valtti.project.demo.house import WEEK, ZONE
from valtti.project.demo.library import seconds, threads
from valtti.project.demo.post import Letter

HOURS: list[Hours] = [hours(valid_from=date(2026, 1, 1), timezone=ZONE, week=WEEK)]


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 on the firm's wall."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ZONE))


class LibraryTests(SimpleTestCase):
    def test_every_conversation_has_all_its_slots_filled(self) -> None:
        people = People(random.Random(1))
        for thread in threads():
            values = slots.values(
                random.Random(2), people.for_thread(thread), "Aino", local(17, 9), thread.date, slots.day_in
            )
            for turn in thread.turns:
                filled = slots.fill(f"{turn.subject} {turn.text} {turn.promise.text if turn.promise else ''}", values)
                self.assertNotRegex(filled, r"\{[a-z]+\}", thread.id)

    def test_an_unknown_slot_is_a_mistake(self) -> None:
        with self.assertRaises(KeyError):
            slots.fill("{nobody}", {})

    def test_every_due_time_can_be_read(self) -> None:
        made = local(17, 9)
        promises = [turn.promise for thread in threads() for turn in thread.turns if turn.promise]

        self.assertGreater(len(promises), 60)
        for promise in promises:
            self.assertGreater(due_at(promise.due, made, HOURS), made, promise)

    def test_spans_are_working_time(self) -> None:
        self.assertEqual([seconds("70 min"), seconds("2 h"), seconds("1 d")], [4200, 7200, 36_000])


class DueTests(SimpleTestCase):
    def test_due_words(self) -> None:
        for words, made, due in [
            ("today 18:00", local(17, 9), local(17, 18)),
            ("today 16:00", local(17, 15, 50), local(18, 16)),
            ("today 16:00", local(20, 15, 50), local(23, 16)),
            ("next workday 12:00", local(17, 9), local(18, 12)),
            ("next workday 12:00", local(20, 9), local(23, 12)),
            ("3 workdays", local(19, 9), local(24, 16)),
            ("slot", local(16, 9), local(23, 16)),
            ("2 working hours", local(17, 17), local(18, 9)),
        ]:
            with self.subTest(words=words, made=made):
                self.assertEqual(due_at(words, made, HOURS), due)


class SlotTests(SimpleTestCase):
    def test_a_day_is_written_as_people_write_it(self) -> None:
        days = {language: slots.day_in(date(2026, 12, 6), language) for language in ("fi", "ru", "en", "sv")}

        self.assertEqual(days, {"fi": "6.12.", "ru": "06.12", "en": "6 December", "sv": "6.12"})

    def test_a_visit_is_never_on_a_weekend(self) -> None:
        shown: list[date] = []

        def show(day: date, _language: str) -> str:
            shown.append(day)
            return ""

        for day in range(1, 28):
            invented = People(random.Random(1)).for_thread(threads()[0])
            slots.values(random.Random(day), invented, "Aino", local(day, 9), "+9 d", show)

        self.assertEqual(len(shown), 27)
        self.assertLess(max(day.weekday() for day in shown), 5)


class PeopleTests(SimpleTestCase):
    def test_the_cast_are_the_same_people_whoever_draws_them(self) -> None:
        cast = [thread for thread in threads() if thread.customer]
        first, second = People(random.Random(1)), People(random.Random(99), phones=range(5_000, 5_500))

        for thread in cast:
            self.assertEqual(first.for_thread(thread), second.for_thread(thread))
        self.assertEqual({thread.customer for thread in cast}, set(CAST))

    def test_no_address_and_no_phone_is_given_twice(self) -> None:
        people = People(random.Random(1))
        drawn = [people.for_thread(thread) for thread in threads() if not thread.customer]

        self.assertEqual(len({one.address for one in drawn}), len(drawn))
        self.assertEqual(len({one.phone for one in drawn}), len(drawn))

    def test_who_is_taken_is_not_drawn_again(self) -> None:
        first = People(random.Random(1))
        taken = {first.for_thread(thread).address for thread in threads() if not thread.customer}
        again = People(random.Random(1), taken=taken)

        drawn = {again.for_thread(thread).address for thread in threads() if not thread.customer}

        self.assertFalse(taken & drawn)

    def test_all_addresses_lie_where_no_letter_can_arrive(self) -> None:
        people = People(random.Random(3))
        for thread in threads():
            address = people.for_thread(thread).address
            self.assertRegex(address, r"^[a-z.'-]+@[a-z]+\.example$")

    def test_somebody_of_a_team_lives_in_one_of_its_towns(self) -> None:
        people = People(random.Random(4))
        thread = next(thread for thread in threads() if not thread.customer and thread.language == "fi")

        self.assertEqual({people.for_thread(thread, "north").team for _ in range(10)}, {"north"})


class LetterTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.letter = Letter(
            name="Катя Орлова",
            address="katja.orlova@posti.example",
            to="vantaa@kaiku.example",
            subject="Роутер снова не работает, и это уже второй раз за один месяц, так нельзя",
            text="Добрый день.\n\nОн не включается.",
            number="abc123@posti.example",
            answers=("first@kaiku.example", "second@kaiku.example"),
        )
        self.raw = self.letter.sent(datetime(2026, 11, 17, 7, 0, tzinfo=UTC))

    def test_a_letter_reads_as_it_was_written(self) -> None:
        read = email.message_from_bytes(self.raw, policy=default)

        self.assertEqual(read["subject"], self.letter.subject)
        self.assertEqual(read["from"].addresses[0].display_name, "Катя Орлова")
        self.assertEqual(read["date"].datetime, datetime(2026, 11, 17, 7, 0, tzinfo=UTC))
        self.assertEqual(read["message-id"], "<abc123@posti.example>")
        self.assertEqual(read.get_content().replace("\r\n", "\n").strip(), self.letter.text)

    def test_it_names_the_letters_it_answers(self) -> None:
        read = email.message_from_bytes(self.raw, policy=default)

        self.assertEqual(read["in-reply-to"], "<second@kaiku.example>")
        self.assertEqual(read["references"].split(), ["<first@kaiku.example>", "<second@kaiku.example>"])

    def test_every_line_ends_as_on_the_wire(self) -> None:
        self.assertEqual(self.raw.count(b"\n"), self.raw.count(b"\r\n"))

    def test_the_same_letter_is_the_same_bytes(self) -> None:
        self.assertEqual(self.raw, self.letter.sent(datetime(2026, 11, 17, 7, 0, tzinfo=UTC)))
