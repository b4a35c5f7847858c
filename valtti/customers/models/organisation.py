"""The body a customer acts for, and in which role."""

from __future__ import annotations

from django.db import models

from valtti.core import clock
from valtti.core.models import Calendar
from valtti.customers.models.customer import Customer


class Organisation(models.Model):
    """A firm, a housing company, an office. A domain only suggests a membership."""

    name = models.CharField(max_length=200)
    business_id = models.CharField(max_length=20, blank=True)
    domains = models.JSONField(default=list, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="branches")
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationRole(models.Model):
    """A customer acts for an organisation, from when to when."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="people")
    role = models.CharField(max_length=80, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.customer}, {self.role}, {self.organisation}"
