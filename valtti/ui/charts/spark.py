"""A row of values over time, small enough for a cell (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 112.0
HEIGHT = 24.0
MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Spark:
    """A line with its gaps, and where it ends. Without a value there is neither."""

    path: str
    end: tuple[str, str] | None


def spark(values: Sequence[float | None]) -> Spark:
    """None is a gap in the line, not a zero. The last value of all carries the dot."""
    known = [value for value in values if value is not None]
    if not known:
        return Spark("", None)
    low, reach = min(known), (max(known) - min(known)) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    path, pen, end = "", "M", None
    for number, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        y = HEIGHT - MARGIN - (value - low) / reach * (HEIGHT - 2 * MARGIN)
        end = (f"{MARGIN + number * step:.1f}", f"{y:.1f}")
        path += f"{pen}{end[0]} {end[1]}"
        pen = "L"
    return Spark(path, end)
