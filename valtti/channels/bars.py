"""Balance per day as a drawing: geometry only (pure). Each bar is filed below and set aside on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

TOP, BOTTOM, LEFT, RIGHT = 16.0, 150.0, 32.0, 928.0
NARROW_LEFT, NARROW_RIGHT = 28.0, 358.0


@dataclass(frozen=True, slots=True)
class Day:
    """What came in on one day."""

    on: date
    filed: int
    set_aside: int
    received: int
    quarantined: int
    refused: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One day's place in the drawing."""

    day: Day
    x: float
    middle: float
    width: float
    filed_y: float
    filed_height: float
    aside_y: float
    aside_height: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A level of the scale."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars and scale of one width."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    left: float
    right: float


def plot(days: Sequence[Day], *, narrow: bool = False) -> Plot:
    """Place the days side by side; a scale of at least one letter."""
    left, right = (NARROW_LEFT, NARROW_RIGHT) if narrow else (LEFT, RIGHT)
    step = nice_step(max([day.received for day in days], default=0))
    most = max(step, *(day.received for day in days)) if days else step
    unit = (BOTTOM - TOP) / most
    slot = (right - left) / max(1, len(days))
    bars = tuple(_bar(day, left + slot * number, slot, unit) for number, day in enumerate(days))
    lines = tuple(Line(value, _round(BOTTOM - value * unit)) for value in range(0, most + 1, step))
    return Plot(bars, lines, left, right)


def nice_step(most: int) -> int:
    """Between one and four lines: 1, 2 or 5 times a power of ten."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if most <= 4 * factor * size:
                return factor * size
        size *= 10


def _bar(day: Day, x: float, slot: float, unit: float) -> Bar:
    width = slot * 0.64
    filed, aside = day.filed * unit, day.set_aside * unit
    gap = 1.5 if filed and aside else 0.0
    aside_y = BOTTOM - filed - aside
    return Bar(
        day=day,
        x=_round(x + (slot - width) / 2),
        middle=_round(x + slot / 2),
        width=_round(width),
        filed_y=_round(BOTTOM - filed),
        filed_height=_round(filed),
        aside_y=_round(aside_y),
        aside_height=_round(max(0.0, aside - gap)),
        label_y=_round(aside_y - 4.5),
    )


def _round(value: float) -> float:
    return round(value, 1)
