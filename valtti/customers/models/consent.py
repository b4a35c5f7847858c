"""What a customer allowed, and when not to ask."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from valtti.core import clock
from valtti.customers.models.contact import ContactPoint
from valtti.customers.models.customer import Customer
from valtti.people.models import User


class Purpose(models.TextChoices):
    """What a consent is for; service messages need none."""

    SURVEY = "survey", pgettext_lazy("purpose of consent", "surveys")
    PROACTIVE = "proactive", pgettext_lazy("purpose of consent", "tips")
    MARKETING = "marketing", pgettext_lazy("purpose of consent", "marketing")


class Consent(models.Model):
    """Absence is not consent; withdrawing fills in the end."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="consents")
    contact_point = models.ForeignKey(ContactPoint, models.CASCADE, null=True, blank=True, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    basis = models.CharField(max_length=80)
    wording_version = models.CharField(max_length=40, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"


class QuietPeriod(models.Model):
    """Do not ask and do not promote now; higher rooms set it by an action."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="quiet_periods")
    reason = models.CharField(max_length=120)
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True)
    set_by_room = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.reason
