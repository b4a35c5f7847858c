"""How a due time is told in a short word: "25 min", "1 h 55", "20 min late", "Mon"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from valtti.ui import times
from valtti.ui.spoken import spoken

SOON = timedelta(hours=1)
_HOURS_TOLD = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Due:
    """When something falls due, seen from `now`. `kind` is promise, answer, turn or third_party."""

    kind: str
    at: datetime
    now: datetime

    @property
    def is_late(self) -> bool:
        """The time has passed."""
        return self.at <= self.now

    @property
    def is_soon(self) -> bool:
        """Within the next hour."""
        return not self.is_late and self.at - self.now <= SOON

    @property
    def tone(self) -> str:
        """bad, warn, live, calm or none: which colour the row wears."""
        if self.kind in {"turn", "third_party"}:
            return "calm"
        if self.is_late:
            return "bad"
        if self.is_soon:
            return "warn"
        return "live" if self.kind == "promise" else ""

    @property
    def left(self) -> str:
        """The time left or passed, as short as a column is wide."""
        if self.is_late:
            return _("%(time)s late") % {"time": span(self.now - self.at)}
        return moment(self.at, self.now)


def span(length: timedelta) -> str:
    """A stretch of time: minutes, hours and minutes, or days."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    if minutes < 24 * 60:
        return _("%(hours)s h %(minutes)s") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02}"}
    return _("%(days)s d") % {"days": minutes // (24 * 60)}


def moment(at: datetime, now: datetime) -> str:
    """A coming instant: as a stretch while it is near, then as a weekday, then as a date."""
    if at - now < _HOURS_TOLD:
        return span(at - now)
    return _day(at, now)


def since(at: datetime, now: datetime) -> str:
    """A past instant: "since Thu"."""
    if now - at < timedelta(minutes=1):
        return _("just now")
    if now - at < _HOURS_TOLD:
        return _("for %(time)s") % {"time": span(now - at)}
    return _("since %(day)s") % {"day": _day(at, now)}


def _day(at: datetime, now: datetime) -> str:
    """The weekday while it says which day is meant, else the date, as all of the house writes them."""
    return times.brief(timezone.localtime(at), timezone.localtime(now), spoken())
