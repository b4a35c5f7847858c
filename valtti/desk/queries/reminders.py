"""When a customer who has the turn is to be reminded."""

from __future__ import annotations

from datetime import datetime

from valtti.core.calendars import versions_of
from valtti.desk.models import Case
from valtti.desk.queries.offers import REMIND_AFTER_DAYS, after_working_days


def reminder_day(case: Case, asked_at: datetime) -> datetime | None:
    """Three working days after we asked; None where the office never opens."""
    return after_working_days(asked_at, REMIND_AFTER_DAYS, versions_of(case.team.calendar))
