"""A time outside opening hours may be promised, but whoever types it is asked first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valtti.core import calendar, clock
from valtti.core.calendars import versions_of
from valtti.desk.forms.moments import WRITTEN
from valtti.people.models import Team
from valtti.ui import times
from valtti.ui.spoken import spoken

CHOICE = "settled_due"


class PromisingForm(forms.Form):
    """A form in which something is promised.

    The answer to the question is the time itself, so that a time typed anew is asked about anew.
    """

    def ask_if_closed(self, cleaned: dict[str, Any], team: Team | None, name: str = "promise_due") -> None:
        """Put the time that was settled on into `cleaned`, or an error beside the field and both times to choose."""
        due = cleaned.get(name)
        opens = next_open(team, due) if team and due else None
        if due is None or opens is None:
            return
        settled = self.data.get(self.add_prefix(CHOICE), "")
        if settled == _written(opens):
            cleaned[name] = opens
        elif settled != _written(due):
            self._ask(name, due, opens)

    def _ask(self, name: str, due: datetime, opens: datetime) -> None:
        time = _told(opens)
        self.fields[CHOICE] = forms.ChoiceField(
            label=gettext_lazy("Which time we promise"),
            choices=[
                (_written(opens), _("%(time)s, the next open time") % {"time": time}),
                (_written(due), _("%(time)s, though the service is closed then") % {"time": _told(due)}),
            ],
            widget=forms.RadioSelect,
            required=False,
        )
        asks = _("The service is closed then; the next open time is %(time)s. Choose which of the two we promise.")
        self.add_error(name, asks % {"time": time})


def next_open(team: Team, at: datetime) -> datetime | None:
    """When the team is there next after `at`; None when it is there then, or never. Closing time is still open."""
    versions = versions_of(team.calendar)
    try:
        until_then = calendar.next_opening(at - timedelta.resolution, versions) < at
        opens = calendar.next_opening(at, versions)
    except calendar.NeverOpen:
        return None
    return None if until_then or opens == at.astimezone(UTC) else opens


def _written(at: datetime) -> str:
    return timezone.localtime(at).strftime(WRITTEN)


def _told(at: datetime) -> str:
    return times.full(timezone.localtime(at), timezone.localtime(clock.now()), spoken())
