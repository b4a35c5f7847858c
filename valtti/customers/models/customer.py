"""A customer is one person; two records of one person are joined by a Merge that can be undone."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from valtti.core import clock, permissions
from valtti.people.models import Team, User


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: User) -> Self:
        """Those who have or had a case in a team whose correspondence the user reads, under any of their records."""
        teams = permissions.teams_with(user, "cases.read")
        shared = CustomerTeam.objects.filter(customer__root=OuterRef("root"), team__in=teams)
        return self.filter(Exists(shared))

    def present(self) -> Self:
        """Records that are not absorbed into another and not erased."""
        return self.filter(root=F("pk"), erased_at=None)


class Customer(models.Model):
    """One person. `root` is the record that stands for all merged ones (itself when not absorbed)."""

    name = models.CharField(max_length=200, blank=True)
    called = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="fi")
    needs = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="records")
    erased_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name"], name="customer_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new record stands for itself until it is merged."""
        super().save(*args, **kwargs)
        if self.root_id is None:
            self.root = self
            super().save(update_fields=["root"])

    def get_absolute_url(self) -> str:
        return reverse("customers:customer", args=[self.pk])

    @property
    def first_name(self) -> str:
        """How to address them in a short line."""
        return self.called or self.name.split(" ")[0]


class CustomerTeam(models.Model):
    """This team serves or served this customer, so its members may see them."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="team_rows")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "team"], name="one_row_a_team")]

    def __str__(self) -> str:
        return f"{self.customer} {self.team}"


class CustomerFact(models.Model):
    """Something the firm's records say, shown with its date and source."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="facts")
    key = models.SlugField()
    value = models.CharField(max_length=200)
    as_of = models.DateField()
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "key", "source"], name="one_fact_a_source")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class Merge(models.Model):
    """Two records are one person. Undoing fills the second pair; the row stays."""

    kept = models.ForeignKey(Customer, models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(Customer, models.PROTECT, related_name="merges_absorbed")
    merged_at = models.DateTimeField(default=clock.now)
    merged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    evidence = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=models.Q(undone_at=None), name="absorbed_into_one_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"
