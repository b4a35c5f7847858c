"""Ways to reach a customer. The language is a fact of the contact point."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from valtti.core import clock
from valtti.customers.models.customer import Customer


class ContactKind(models.TextChoices):
    """What kind of address it is."""

    EMAIL = "email", pgettext_lazy("kind of contact point", "E-mail")
    PHONE = "phone", pgettext_lazy("kind of contact point", "Phone")
    POST = "post", pgettext_lazy("kind of contact point", "Post")


class ContactState(models.TextChoices):
    """Whether what we send there arrives."""

    WORKS = "works", pgettext_lazy("state of a contact point", "works")
    BOUNCING = "bouncing", pgettext_lazy("state of a contact point", "letters come back")
    DEAD = "dead", pgettext_lazy("state of a contact point", "does not work")


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    def valid(self) -> Self:
        """Those in use now."""
        return self.filter(valid_until=None)


class ContactPoint(models.Model):
    """`value` as written, `normal` for matching (casefolded with IDNA, E.164). `shared` makes identification ask."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=320)
    normal = models.CharField(max_length=320)
    language = models.CharField(max_length=8, default="fi")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_how = models.CharField(max_length=10, blank=True)
    shared = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=ContactState.choices, default=ContactState.WORKS)
    state_at = models.DateTimeField(default=clock.now)
    preferred = models.BooleanField(default=False)
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "normal"], condition=Q(valid_until=None), name="one_owner_a_contact_point"
            )
        ]

    def __str__(self) -> str:
        return self.value
