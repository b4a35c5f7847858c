"""The team board's two drawings: the hours of the day and a colleague's cards (pure geometry)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CARD_WIDTH, CARD_HEIGHT, STEP_X, STEP_Y = 20, 28, 25, 34
KINDS = {"late": "over-due", "promised": "held", "owed": "owed", "ours": "owed", "theirs": "theirs"}


@dataclass(frozen=True, slots=True)
class Card:
    """One matter as a small card."""

    x: float
    y: float
    css: str


@dataclass(frozen=True, slots=True)
class Column:
    """One hour: its tick, its label, the cards above it."""

    x: float
    label: str
    cards: list[Card]

    @property
    def text_x(self) -> float:
        """Where its label begins: under its first card."""
        return self.x + 5


@dataclass(frozen=True, slots=True)
class HoursDrawing:
    """Today's hours side by side; `now_x` is None outside them."""

    width: int
    height: int
    base: int
    columns: list[Column]
    now_x: float | None


def hours_drawing(
    labels: Sequence[str], cards: Sequence[Sequence[str]], now_share: float | None, width: int = 1200
) -> HoursDrawing:
    """For each hour its label and kinds of cards; `now_share` is how far through them the day is, 0 to 1."""
    step = (width - 16) / max(1, len(labels))
    rows = max((-(-len(kinds) // _across(step)) for kinds in cards), default=1) or 1
    base = rows * STEP_Y + 8
    columns = [
        Column(8 + place * step, label, _stacked(8 + place * step + 5, base, _across(step), kinds))
        for place, (label, kinds) in enumerate(zip(labels, cards, strict=True))
    ]
    now_x = None if now_share is None else round(8 + now_share * (width - 16), 1)
    return HoursDrawing(width, base + 32, base + 8, columns, now_x)


def line_of_cards(kinds: Sequence[str]) -> list[Card]:
    """A colleague's matters in one line, 14 apart."""
    return [Card(0.75 + 14 * place, 0.75, KINDS[kind]) for place, kind in enumerate(kinds)]


def _across(step: float) -> int:
    return max(1, int((step - 5) // STEP_X))


def _stacked(left: float, base: int, across: int, kinds: Sequence[str]) -> list[Card]:
    return [
        Card(
            round(left + (place % across) * STEP_X, 1),
            base - STEP_Y * (place // across + 1) - 2,
            KINDS[kind],
        )
        for place, kind in enumerate(kinds)
    ]
