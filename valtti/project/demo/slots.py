"""The slots of a conversation: one value each, kept through the thread."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from valtti.project.demo.customers import Invented

PRODUCTS = {
    "Kaiku Koti 100": ("100", "24,90"),
    "Kaiku Koti 300": ("300", "34,90"),
    "Kaiku Koti 1000": ("1000", "44,90"),
}
_SLOT = re.compile(r"\{([a-z]+)\}")
_DAYS = {"fi": "{0.day}.{0.month}.", "ru": "{0:%d.%m}", "en": "{0.day} {0:%B}", "sv": "{0.day}.{0.month}"}

type ShowDay = Callable[[date, str], str]


def day_in(day: date, language: str) -> str:
    """A day as people write it in a letter."""
    return _DAYS[language].format(day)


def values(
    chance: random.Random,
    customer: Invented,
    agent: str,
    begins: datetime,
    shift: str,
    show_day: ShowDay = day_in,
) -> dict[str, str]:
    """Every slot's value for one conversation that begins at `begins`."""
    product = chance.choice(list(PRODUCTS))
    speed, price = PRODUCTS[product]
    day = begins.date() + timedelta(days=int(shift.split()[0]) if shift else 9)
    return {
        "first": customer.first,
        "last": customer.last,
        "name": customer.name,
        "street": customer.street,
        "town": customer.town,
        "order": f"{chance.randint(20_000, 99_999)}",
        "invoice": f"{chance.randint(700_000, 799_999)}",
        "amount": f"{price} €",
        "date": show_day(_workday(day), customer.language),
        "time": chance.choice(["9.00", "10.00", "13.00", "14.00"]) if customer.language == "fi" else "10:00",
        "product": product,
        "speed": speed,
        "agent": agent,
        "phone": customer.phone,
    }


def fill(text: str, slots: dict[str, str]) -> str:
    """The text with its slots filled; an unknown slot is a mistake in the library."""
    return _SLOT.sub(lambda match: slots[match.group(1)], text)


def _workday(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
