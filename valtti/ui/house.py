"""What the house is called and which hue it wears, as a higher room tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PETROL = 222


@dataclass(frozen=True, slots=True)
class House:
    """One organisation: the name customers know, and the hue that drives accent and board."""

    name: str = "Valtti"
    hue: int = PETROL


_told: list[Callable[[], House]] = []


def tell(source: Callable[[], House]) -> None:
    """Let `source` say how the house is called and coloured; the last one told counts."""
    _told.append(source)


def house() -> House:
    """This house."""
    return _told[-1]() if _told else House()
