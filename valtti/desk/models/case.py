"""A case is the customer's matter, however many messages and channels it takes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, functions
from django.urls import reverse

from valtti.core import clock, permissions
from valtti.core.texts import TranslatedTextField
from valtti.customers.models import Customer, Organisation, Touchpoint
from valtti.desk.models.words import Channel, Direction, Origin, Turn
from valtti.people.models import Team, User


class Topic(models.Model):
    """A node of the topic tree; `title` is {"fi", "ru", "en"}."""

    key = models.CharField(max_length=80, unique=True)
    title = TranslatedTextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return str(self.title) or self.key


def _untyped(rows: Any) -> Any:
    """For columns that only an annotation knows."""
    return rows


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """Cases of the teams in which the user reads correspondence; restricted ones only for who is on them."""
        teams = permissions.teams_with(user, "cases.read")
        let_in = Exists(LetIn.objects.filter(case=OuterRef("pk"), user=user))
        return self.filter(team__in=teams).filter(Q(restricted=False) | Q(assignee=user) | let_in)

    def open(self) -> Self:
        """Not closed, or reopened since."""
        return self.filter(closed_at=None)

    def grouped(self) -> Self:
        """With `group`: what comes next in each, and `rank`: its place among the groups."""
        steps = (
            (~Q(closed_at=None), "closed", 5),
            (Q(promise_due_at__isnull=False), "promised", 0),
            (Q(waiting_since__isnull=False), "owed", 1),
            (Q(turn=Turn.OURS), "ours", 2),
            (Q(turn=Turn.THIRD_PARTY), "third_party", 3),
        )
        group = models.Case(
            *(models.When(when, then=models.Value(key)) for when, key, _rank in steps), default=models.Value("turn")
        )
        rank = models.Case(
            *(models.When(when, then=models.Value(rank)) for when, _key, rank in steps), default=models.Value(4)
        )
        return self.annotate(group=group, rank=rank)

    def in_group(self, key: str) -> Self:
        """Of those `grouped()`, the ones of one group."""
        return self.filter(Q(("group", key)))

    def sizes(self) -> dict[str, int]:
        """Of those `grouped()`, how many there are in each group."""
        rows: Any = _untyped(self.order_by()).values("group").annotate(n=models.Count("pk"))
        return {row["group"]: row["n"] for row in rows}

    def in_work_order(self) -> Self:
        """Within each group: earliest due, most urgent, waiting longest, oldest."""
        by_due = functions.Coalesce("promise_due_at", "next_due_at").asc(nulls_last=True)
        return self.grouped().order_by(
            "rank", by_due, "urgency", models.F("waiting_since").asc(nulls_last=True), "opened_at", "id"
        )

    def next_first(self, soon: datetime) -> Self:
        """For [Next]: promises late or due before `soon`, then whatever falls due first."""
        pressing = models.Case(models.When(promise_due_at__lte=soon, then=0), default=1)
        return self.annotate(pressing=pressing).order_by(
            "pressing",
            models.F("next_due_at").asc(nulls_last=True),
            "urgency",
            models.F("waiting_since").asc(nulls_last=True),
            "opened_at",
            "id",
        )


class Case(models.Model):
    """One matter of one customer. Columns marked derived are written by actions only and can be recomputed."""

    reference = models.CharField(max_length=20, unique=True, null=True)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="cases")
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=8, default="fi")
    opened_at = models.DateTimeField(default=clock.now)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.CUSTOMER)
    urgency = models.PositiveSmallIntegerField(default=3)
    restricted = models.BooleanField(default=False)
    external_source = models.CharField(max_length=40, null=True, blank=True)
    external_id = models.CharField(max_length=80, null=True, blank=True)
    # Derived: kept by actions, checked by recomputing.
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    turn = models.CharField(max_length=12, choices=Turn.choices, default=Turn.OURS)
    closed_at = models.DateTimeField(null=True)
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    next_due_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    promise_due_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    last_line = models.CharField(max_length=200, blank=True)
    last_direction = models.CharField(max_length=4, choices=Direction.choices, blank=True)
    last_at = models.DateTimeField(null=True)
    last_event = models.BigIntegerField(default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["external_source", "external_id"], name="one_case_an_external_id"),
        ]
        indexes = [
            models.Index(fields=["team", "closed_at", "turn", "next_due_at"], name="case_queue"),
            models.Index(fields=["assignee", "closed_at", "next_due_at"], name="case_mine"),
            models.Index(fields=["customer", "opened_at"], name="case_customer"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Nobody has closed it, or it has been reopened since."""
        return self.closed_at is None


class OfCaseQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that are seen with their case."""

    def visible_to(self, user: User) -> Self:
        """Of the cases this user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def closed_to(self, user: User) -> Self:
        """Of restricted cases this user has not been let into, whichever team they are in."""
        return self.filter(case__restricted=True).exclude(case__in=Case.objects.visible_to(user))


class LetIn(models.Model):
    """This user may see this restricted case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="let_in")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="let_in_once")]

    def __str__(self) -> str:
        return f"{self.user} on {self.case_id}"


class CaseLinkQuerySet(models.QuerySet["CaseLink"]):
    def visible_to(self, user: User) -> Self:
        """Those of which this user may see both ends; what they may not see does not exist."""
        seen = Case.objects.visible_to(user)
        return self.filter(Exists(seen.filter(pk=OuterRef("a"))), Exists(seen.filter(pk=OuterRef("b"))))

    def of(self, case: Case) -> Self:
        """Those of which this case is one end."""
        return self.filter(Q(a=case) | Q(b=case))


class CaseLink(models.Model):
    """Two cases belong together: `b` follows, duplicates or was caused by `a`. `perhaps` suggests, until `settled`."""

    a = models.ForeignKey(Case, models.CASCADE, related_name="links_from")
    b = models.ForeignKey(Case, models.CASCADE, related_name="links_to")
    kind = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CaseLinkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["a", "b", "kind"], name="one_link_a_kind")]

    def __str__(self) -> str:
        return f"{self.b_id} {self.kind} {self.a_id}"
