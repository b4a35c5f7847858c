"""Forms about the house: teams, opening hours, its name and how long a login lasts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.core import calendar as reckoning
from valtti.core.hours import BadHours, holidays_of
from valtti.core.models import Calendar
from valtti.people.forms.own import time_zones
from valtti.people.models import House, Team
from valtti.people.models.door import DAY_BOUNDS, IDLE_BOUNDS
from valtti.people.queries.hours import CalendarPage
from valtti.people.week import WEEKDAYS, BadLine, days_in, extra_in, hours_in, shown_days, shown_extra, shown_hours
from valtti.ui.spoken import spoken

FIRST_YEAR, LAST_YEAR = 1900, 2200
CANNOT = {
    "times": _("Write the hours like 8–16, or 8–12, 13–17."),
    "timezone": _("This time zone is not known."),
    "region": _("The holidays of this region are not known. Try FI, or DE-BY for a part of a country."),
    "date": _("Write each day on a line of its own, like 2026-12-24."),
    "never_open": _("With these hours nobody would ever be there."),
    "week": _("A week has seven days."),
}


class TeamForm(forms.Form):
    """A team's name, hours and ways."""

    name = forms.CharField(label=_("Name of the team"), max_length=80)
    calendar = forms.ModelChoiceField(label=_("Opening hours"), queryset=Calendar.objects.order_by("title"))
    undo_seconds = forms.IntegerField(label=_("Seconds to undo an answer"), min_value=0, max_value=60, initial=10)
    reopen_days = forms.IntegerField(
        label=_("Days in which a customer's letter reopens a closed case"), min_value=0, max_value=365, initial=14
    )
    sends_receipts = forms.BooleanField(
        label=_("Confirm by letter that a new message has come"), required=False, initial=True
    )

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        if team is not None:
            kwargs["initial"] = {name: getattr(team, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class CalendarForm(forms.Form):
    """A new calendar."""

    title = forms.CharField(label=_("Name of the opening hours"), max_length=120)
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in time_zones()],
        initial=settings.TIME_ZONE,
    )


class HoursForm(forms.Form):
    """One version of opening hours: a line a day, holidays, days closed and days opened besides."""

    valid_from = forms.DateField(
        label=pgettext_lazy("a date", "From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    holiday_region = forms.CharField(
        label=_("Public holidays of"), required=False, max_length=10, help_text=_("FI, SE, EE, DE-BY … Empty: none.")
    )
    closed_days = forms.CharField(
        label=_("Closed besides"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One day a line, like 2026-12-24."),
    )
    extra_open = forms.CharField(
        label=_("Open besides"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One day a line, like 2026-12-12 10–14."),
    )

    def __init__(self, *args: Any, page: CalendarPage, **kwargs: Any) -> None:
        self.page, self.timezone = page, page.calendar.timezone
        kwargs["initial"] = _initial(page.newest) | {"valid_from": page.next_day}
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            line = forms.CharField(label=name, required=False, max_length=80)
            self.fields[f"day_{number}"] = line
        days = [f"day_{number}" for number in range(7)]
        self.order_fields(["valid_from", *days, "holiday_region", "closed_days", "extra_open"])

    @property
    def hours(self) -> dict[str, Any]:
        """The plain data of a version, as `publish_hours` takes it."""
        data = self.cleaned_data
        return {
            "week": data["week"],
            "holiday_region": data["holiday_region"],
            "closed_days": data["closed"],
            "extra_open": data["extra"],
        }

    def clean_valid_from(self) -> date:
        """Not on a day that has begun: what has been reckoned stays as it was."""
        day: date = self.cleaned_data["valid_from"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(CANNOT["date"], code="date")
        if any(day == version.valid_from for version in self.page.versions):
            raise forms.ValidationError(_("There are hours from this day on already."), code="taken")
        if self.page.versions and day < self.page.next_day:
            raise forms.ValidationError(_("New hours begin tomorrow at the earliest."), code="early")
        return day

    def clean_holiday_region(self) -> str:
        region: str = self.cleaned_data["holiday_region"].strip().upper()
        if region and not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", region):
            raise forms.ValidationError(CANNOT["region"], code="region")
        return region

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["week"] = [self._read(f"day_{number}", hours_in, "times") for number in range(7)]
        data["closed"] = self._read("closed_days", days_in, "date")
        data["extra"] = self._read("extra_open", extra_in, "date")
        if not self.errors:
            self._check(data)
        return data

    def _read(self, name: str, read: Any, code: str) -> Any:
        try:
            return read(self.cleaned_data.get(name, ""))
        except BadLine:
            self.add_error(name, forms.ValidationError(CANNOT[code], code=code))
            return []

    def _check(self, data: dict[str, Any]) -> None:
        """The version as a whole: a known region, and open at some time."""
        try:
            version = reckoning.hours(
                valid_from=data["valid_from"],
                timezone=self.timezone,
                week=data["week"],
                holiday_region=data["holiday_region"],
                closed_days=data["closed"],
                extra_open=data["extra"],
            )
            if data["holiday_region"]:
                holidays_of(data["holiday_region"], data["valid_from"].year)
            reckoning.check(version, version.since)
        except BadHours as bad:
            field = "holiday_region" if bad.code == "region" else None
            self.add_error(field, forms.ValidationError(CANNOT[bad.code], code=bad.code))


class HouseForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the house is called and coloured, and how long a login lasts."""

    hue = forms.IntegerField(
        label=_("Hue"), min_value=0, max_value=359, help_text=_("From 0 to 359 round the wheel; 222 is petrol.")
    )
    idle_minutes = forms.IntegerField(
        label=_("Minutes without a request until a login ends"), min_value=IDLE_BOUNDS[0], max_value=IDLE_BOUNDS[1]
    )
    day_hours = forms.IntegerField(
        label=_("Hours until a login ends in any case"), min_value=DAY_BOUNDS[0], max_value=DAY_BOUNDS[1]
    )

    class Meta:
        model = House
        fields = ("name", "hue", "idle_minutes", "day_hours")
        labels = {"name": _("Name of the house")}


def _initial(version: Any) -> dict[str, Any]:
    if version is None:
        return {}
    return {
        "holiday_region": version.holiday_region,
        "closed_days": shown_days(version.closed_days),
        "extra_open": shown_extra(version.extra_open, spoken()),
        **{f"day_{number}": shown_hours(spans, spoken()) for number, spans in enumerate(version.week)},
    }
