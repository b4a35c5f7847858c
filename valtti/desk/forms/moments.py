"""The field for a moment to come, with the times that are promised most often ready to be chosen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from valtti.core import clock
from valtti.ui import times
from valtti.ui.spoken import spoken

WRITTEN = "%Y-%m-%dT%H:%M"
TODAY, NEXT_DAY, LATER_DAY = 16, 10, 12
SATURDAY = 5


class MomentInput(forms.DateTimeInput):
    """The browser's own picker; what it offers is a list that a browser may leave out."""

    template_name = "desk/moment.html"

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format=WRITTEN)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"]["list"] = f"{widget['attrs'].get('id', name)}_offers"
        now, words = timezone.localtime(clock.now()), spoken()
        widget["offers"] = [(at.strftime(WRITTEN), times.full(at, now, words)) for at in offers(now)]
        return context


def offers(now: datetime) -> list[datetime]:
    """This afternoon while there is an hour left till then, the next working day's morning, noon of the one after."""
    today = now.replace(hour=TODAY, minute=0, second=0, microsecond=0)
    following = _working_day_after(today)
    coming = [following.replace(hour=NEXT_DAY), _working_day_after(following).replace(hour=LATER_DAY)]
    is_near = now.weekday() < SATURDAY and today - now >= timedelta(hours=1)
    return [today, *coming] if is_near else coming


def _working_day_after(day: datetime) -> datetime:
    day += timedelta(days=1)
    return _working_day_after(day) if day.weekday() >= SATURDAY else day
