"""Users: who serves, and what each of them has chosen for the own pages."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import pgettext_lazy

from valtti.core import clock, permissions
from valtti.people.models.team import Team


class HouseRole(models.TextChoices):
    """What a user may do for the whole house; opens no team's cases by itself."""

    NONE = "", pgettext_lazy("role in the house", "None")
    ADMINISTRATOR = "administrator", pgettext_lazy("role in the house", "Administrator")
    AUDITOR = "auditor", pgettext_lazy("role in the house", "Auditor")


class Theme(models.TextChoices):
    """Light, dark, or as the device has it."""

    SYSTEM = "", pgettext_lazy("theme", "As on this device")
    LIGHT = "light", pgettext_lazy("theme", "Light")
    DARK = "dark", pgettext_lazy("theme", "Dark")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        """Those whose account is not closed."""
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        """An administrator of users sees all, everybody else the people of the own teams."""
        if permissions.may(user, "users.manage"):
            return self
        teams = {team_id for team_id, _ in getattr(user, "standing", ())}
        return self.filter(memberships__team_id__in=teams).distinct()


class UserManager(BaseUserManager["User"]):
    """Makes users; the address is the login."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def visible_to(self, user: Any) -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
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
    joined_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=5, choices=Theme.choices, blank=True)
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

    @property
    def standing(self) -> permissions.Standing:
        """(team id, role) of every membership: read anew each time, or once a request after `keep_standing()`."""
        kept: permissions.Standing | None = self.__dict__.get("_standing")
        if kept is not None:
            return kept
        found = frozenset(self.memberships.values_list("team_id", "role")) if self.pk else frozenset()
        if self.__dict__.get("_keeps_standing"):
            self.__dict__["_standing"] = found
        return found

    def keep_standing(self) -> None:
        """For the length of a request: ask the database once."""
        self.__dict__["_keeps_standing"] = True
