"""A share with its interval and the tick of its line or goal, in a row of a table (pure)."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 144.0
POINT = 3.0
AIM = 1.5
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of the drawing: where it begins and how broad it is."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """What is drawn. No value, no point; no interval, no range; the scale is always there."""

    scale: str
    range: Bar | None
    point: Bar | None
    aim: Bar | None


def gauge(value: float | None, low: float | None = None, high: float | None = None, aim: float | None = None) -> Gauge:
    """All shares lie between 0 and 1."""
    return Gauge(
        scale=_scale(),
        range=None if low is None or high is None else _bar(low * WIDTH, (high - low) * WIDTH),
        point=None if value is None else _bar(value * WIDTH - POINT / 2, POINT),
        aim=None if aim is None else _bar(aim * WIDTH - AIM / 2, AIM),
    )


def _scale() -> str:
    places = (min(max(WIDTH * number / TENTHS, 0.5), WIDTH - 0.5) for number in range(TENTHS + 1))
    ticks = (f"M{x:.1f} {'12v6' if number % 5 == 0 else '14v4'}" for number, x in enumerate(places))
    return f"M0 18.5H{WIDTH:g}" + "".join(ticks)


def _bar(x: float, width: float) -> Bar:
    return Bar(f"{x:.1f}", f"{width:.1f}")
