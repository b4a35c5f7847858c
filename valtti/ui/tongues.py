"""How days, times and spans are written in each language of the interface: tables and small rules (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from datetime import time as Time


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. Patterns name what they take: day, weekday, clock, span."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    day_of_year: str
    colon: str
    today: str
    today_at: str
    weekday_at: str
    day_at: str
    weekday_day: str
    hours: str
    minutes: str
    days: str
    left: str
    late: str

    def clock(self, at: Time) -> str:
        """The time of day, without a leading zero."""
        return f"{at.hour}{self.colon}{at.minute:02}"

    def date(self, on: Date, this_year: int) -> str:
        """The day and month, with the year when it is another one."""
        pattern = self.day if on.year == this_year else self.day_of_year
        return pattern.format(day=on.day, number=on.month, month=self.months[on.month - 1], year=on.year)

    def weekday(self, on: Date) -> str:
        return self.weekdays[on.weekday()]

    def span(self, minutes: int) -> str:
        """A length of time in its two largest units at most; less than a minute counts as one."""
        if minutes >= 48 * 60:
            return self.days.format(minutes // (24 * 60))
        whole, rest = divmod(max(minutes, 1), 60)
        if not whole:
            return self.minutes.format(rest)
        return self.hours.format(whole) + (f" {rest:02}" if rest else "")


ENGLISH = Tongue(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    day="{day} {month}",
    day_of_year="{day} {month} {year}",
    colon=":",
    today="today",
    today_at="today {clock}",
    weekday_at="{weekday} {clock}",
    day_at="{weekday} {day}, {clock}",
    weekday_day="{weekday} {day}",
    hours="{} h",
    minutes="{} min",
    days="{} d",
    left="{span} left",
    late="{span} late",
)
FINNISH = Tongue(
    weekdays=("ma", "ti", "ke", "to", "pe", "la", "su"),
    months=("",) * 12,
    day="{day}.{number}.",
    day_of_year="{day}.{number}.{year}",
    colon=".",
    today="tänään",
    today_at="tänään klo {clock}",
    weekday_at="{weekday} klo {clock}",
    day_at="{weekday} {day} klo {clock}",
    weekday_day="{weekday} {day}",
    hours="{} h",
    minutes="{} min",
    days="{} pv",
    left="{span} jäljellä",
    late="{span} myöhässä",
)
RUSSIAN = Tongue(
    weekdays=("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    months=(
        *("янв.", "февр.", "марта", "апр.", "мая", "июня"),
        *("июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
    ),
    day="{day} {month}",
    day_of_year="{day} {month} {year} г.",
    colon=":",
    today="сегодня",
    today_at="сегодня, {clock}",
    weekday_at="{weekday} {clock}",
    day_at="{weekday} {day}, {clock}",
    weekday_day="{weekday} {day}",
    hours="{} ч",
    minutes="{} мин",
    days="{} дн.",
    left="осталось {span}",
    late="опоздание {span}",
)
_BY_CODE = {"en": ENGLISH, "fi": FINNISH, "ru": RUSSIAN}


def tongue(language: str) -> Tongue:
    """The tongue of a language code such as "fi" or "en-gb"; English when it is none of ours."""
    return _BY_CODE.get(language.partition("-")[0], ENGLISH)
