"""Wall time counted from one Monday, so that weekdays and opening hours hold wherever the Monday is put (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Anchor:
    """A Monday at midnight in one time zone. What lies before it counts negative."""

    monday: date
    zone: str

    @classmethod
    def of(cls, at: datetime, zone: str) -> Anchor:
        """The Monday of the week in which `at` lies there."""
        day = at.astimezone(ZoneInfo(zone)).date()
        return cls(day - timedelta(days=day.weekday()), zone)

    @cached_property
    def _midnight(self) -> datetime:
        return datetime.combine(self.monday, time())

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def begins(self) -> datetime:
        """The instant itself."""
        return self.moment(0)

    def seconds(self, at: datetime) -> float:
        """How far the clock on the wall has gone from the anchor to `at`; whole where it is whole."""
        passed = (at.astimezone(self._zone).replace(tzinfo=None) - self._midnight) / timedelta(microseconds=1)
        return int(passed // 1_000_000) if passed % 1_000_000 == 0 else passed / 1_000_000

    def local(self, seconds: float) -> datetime:
        """The instant at which that clock has gone so far, as it is written there.

        An hour that a spring night leaves out is told an hour later.
        """
        wall = self._midnight + timedelta(microseconds=round(seconds * 1_000_000))
        return wall.replace(tzinfo=self._zone)

    def moment(self, seconds: float) -> datetime:
        """The same in UTC."""
        return self.local(seconds).astimezone(UTC)

    def days(self, day: date) -> int:
        """How many days after the Monday."""
        return (day - self.monday).days

    def day(self, days: int) -> date:
        """The day so many days after the Monday."""
        return self.monday + timedelta(days=days)
