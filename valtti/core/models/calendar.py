"""Opening hours, versioned: a clock uses the version valid at each instant."""

from __future__ import annotations

from django.db import models


class Calendar(models.Model):
    """Named opening hours in one time zone."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    timezone = models.CharField(max_length=60, default="Europe/Helsinki")

    def __str__(self) -> str:
        return self.title


class CalendarVersion(models.Model):
    """Hours from `valid_from` on: `week` is seven lists (Monday first) of ["HH:MM", "HH:MM"] spans.

    `closed_days` and `holidays` are ISO dates; `extra_open` is [["2026-12-12", "10:00", "14:00"], …].
    `holidays` keeps the dates that were used, so that a newer list cannot change an old clock.
    """

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    week = models.JSONField()
    holiday_region = models.CharField(max_length=10, blank=True)
    holidays = models.JSONField(default=list)
    closed_days = models.JSONField(default=list)
    extra_open = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "valid_from"], name="one_version_a_day")]

    def __str__(self) -> str:
        return f"{self.calendar} from {self.valid_from}"
