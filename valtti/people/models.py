"""Who serves: users, teams, memberships, skills and working languages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import pgettext_lazy

from valtti.core import clock
from valtti.core.models import Calendar


class Role(models.TextChoices):
    """What a member may do in one team."""

    AGENT = "agent", pgettext_lazy("role in a team", "Agent")
    LEAD = "lead", pgettext_lazy("role in a team", "Team lead")
    COACH = "coach", pgettext_lazy("role in a team", "Quality coach")
    ANALYST = "analyst", pgettext_lazy("role in a team", "Analyst")


class HouseRole(models.TextChoices):
    """What a user may do for the whole house; opens no team's cases by itself."""

    NONE = "", pgettext_lazy("role in the house", "None")
    ADMINISTRATOR = "administrator", pgettext_lazy("role in the house", "Administrator")
    AUDITOR = "auditor", pgettext_lazy("role in the house", "Auditor")


class Team(models.Model):
    """A team is a queue: its calendar, the name its letters carry, its undo span."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    undo_seconds = models.PositiveSmallIntegerField(default=10)
    reopen_days = models.PositiveSmallIntegerField(default=14)
    sends_receipts = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users; the address is the login."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person of ours. `name` is whole, `called` is what customers see."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    called = models.CharField(max_length=60, blank=True)
    house_role = models.CharField(max_length=16, choices=HouseRole.choices, blank=True, default=HouseRole.NONE)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now)
    language = models.CharField(max_length=8, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=5, blank=True)
    keys_on = models.BooleanField(default=True)
    undo_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    teams = models.ManyToManyField(Team, through="Membership", related_name="members")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What customers and colleagues read."""
        return self.called or self.name.split(" ")[0]


class Membership(models.Model):
    """A user in a team, in one role; several roles are several rows."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.AGENT)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.team}"


class Skill(models.Model):
    """Something one can be good at."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=80)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class UserSkill(models.Model):
    """How well a user has a skill: 1 knows, 2 good, 3 expert."""

    user = models.ForeignKey(User, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="holders")
    level = models.PositiveSmallIntegerField(default=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "skill"], name="one_level_a_skill")]

    def __str__(self) -> str:
        return f"{self.user} {self.skill} {self.level}"


class WorkingLanguage(models.Model):
    """A language a user serves in: 1 reads, 2 writes, 3 native."""

    user = models.ForeignKey(User, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "language"], name="one_level_a_language")]

    def __str__(self) -> str:
        return f"{self.user} {self.language} {self.level}"
