"""The board's drawings: every matter is one card, no two cards lie on each other."""

from __future__ import annotations

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.home.drawing import CARD_HEIGHT, CARD_WIDTH, KINDS, Card, hours_drawing, line_of_cards

kinds = st.lists(st.sampled_from(["late", "promised", "owed"]), max_size=30)
days = st.lists(kinds, min_size=1, max_size=16)
widths = st.sampled_from([358, 1200])


def overlap(one: Card, other: Card) -> bool:
    return abs(one.x - other.x) < CARD_WIDTH and abs(one.y - other.y) < CARD_HEIGHT


class HoursTests(SimpleTestCase):
    @given(days, widths)
    def test_a_card_for_every_word_owed(self, day: list[list[str]], width: int) -> None:
        drawing = hours_drawing([str(hour) for hour in range(len(day))], day, None, width)
        for column, cards in zip(drawing.columns, day, strict=True):
            self.assertEqual([card.css for card in column.cards], [KINDS[kind] for kind in cards])

    @given(days, widths)
    def test_cards_stay_apart_and_inside(self, day: list[list[str]], width: int) -> None:
        drawing = hours_drawing([str(hour) for hour in range(len(day))], day, None, width)
        cards = [card for column in drawing.columns for card in column.cards]
        for number, card in enumerate(cards):
            self.assertGreaterEqual(card.y, 0)
            self.assertLessEqual(card.y + CARD_HEIGHT, drawing.base)
            self.assertFalse(any(overlap(card, other) for other in cards[number + 1 :]))

    @given(days, widths, st.floats(0, 1))
    def test_now_lies_within_the_day(self, day: list[list[str]], width: int, share: float) -> None:
        drawing = hours_drawing([str(hour) for hour in range(len(day))], day, share, width)
        assert drawing.now_x is not None
        self.assertTrue(8 <= drawing.now_x <= width - 8)

    def test_a_quiet_day_is_one_row_high(self) -> None:
        drawing = hours_drawing(["8", "9"], [[], []], None)
        self.assertEqual((drawing.width, drawing.base, drawing.height, drawing.now_x), (1200, 50, 74, None))

    def test_labels_stand_under_their_first_card(self) -> None:
        column = hours_drawing(["8"], [["late"]], None).columns[0]
        self.assertEqual((column.label, column.text_x), ("8", column.cards[0].x))


class LineTests(SimpleTestCase):
    def test_a_colleagues_matters_in_one_line(self) -> None:
        cards = line_of_cards(["late", "theirs"])
        self.assertEqual([(card.x, card.css) for card in cards], [(0.75, "over-due"), (14.75, "theirs")])
