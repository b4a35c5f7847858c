"""Opening hours as people write them, read and written back: "8–12, 13–17" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from valtti.ui.tongues import Tongue

type Pair = list[str]

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
_SPAN = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?\s*[-–—]\s*([0-9]{1,2})(?:[.:]([0-9]{2}))?")


class BadLine(ValueError):
    """These hours or days cannot be read."""


def hours_in(text: str) -> list[Pair]:
    """The spans of one day: "8–12, 13.30–17" is two; nothing or a dash is closed."""
    text = text.strip()
    if text in {"", "-", "–", "—"}:
        return []
    spans = [_span(part.strip()) for part in re.split(r"[,;]", text)]
    for earlier, later in zip(spans, spans[1:], strict=False):
        if later[0] < earlier[1]:
            raise BadLine(text)
    return spans


def days_in(text: str) -> list[str]:
    """ISO dates, one a line, each once, in order."""
    return sorted({_day(line).isoformat() for line in text.splitlines() if line.strip()})


def extra_in(text: str) -> list[list[str]]:
    """[day, opens, closes] for lines like "2026-12-12 10–14"."""
    found: list[list[str]] = []
    for line in filter(str.strip, text.splitlines()):
        day, _space, hours = line.strip().partition(" ")
        spans = hours_in(hours)
        if not spans:
            raise BadLine(line)
        found += [[_day(day).isoformat(), *span] for span in spans]
    return sorted(found)


def shown_hours(spans: Iterable[Sequence[str]], words: Tongue) -> str:
    """One day as it is written: 8–12, 13:30–17; empty when closed."""
    return ", ".join(f"{_short(opens, words)}–{_short(closes, words)}" for opens, closes in spans)


def shown_days(days: Iterable[str]) -> str:
    return "\n".join(days)


def shown_extra(extra: Iterable[Sequence[str]], words: Tongue) -> str:
    return "\n".join(f"{day} {shown_hours([(opens, closes)], words)}" for day, opens, closes in extra)


def _span(text: str) -> Pair:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise BadLine(text)
    opens, closes = _time(found[1], found[2]), _time(found[3], found[4])
    if opens == closes or opens == "24:00":
        raise BadLine(text)
    return [opens, closes]


def _time(hour: str, minute: str | None) -> str:
    written = f"{int(hour):02}:{minute or '00'}"
    if int(hour) > 24 or int(minute or 0) > 59 or (int(hour) == 24 and written != "24:00"):
        raise BadLine(written)
    return written


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise BadLine(text) from wrong


def _short(written: str, words: Tongue) -> str:
    """24:00 is no time of a day, but always a full hour."""
    hour, minute = written.split(":")
    return str(int(hour)) if minute == "00" else words.clock(time.fromisoformat(written))
