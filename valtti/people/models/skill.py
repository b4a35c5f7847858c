"""What users can do: skills and working languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from valtti.people.models.user import User


class Level(models.IntegerChoices):
    """How well a skill is had."""

    KNOWS = 1, pgettext_lazy("level of a skill", "Knows it")
    GOOD = 2, pgettext_lazy("level of a skill", "Good at it")
    EXPERT = 3, pgettext_lazy("level of a skill", "Expert")


class Fluency(models.IntegerChoices):
    """How well a language is used at work."""

    READS = 1, pgettext_lazy("level of a language", "Reads")
    WRITES = 2, pgettext_lazy("level of a language", "Writes")
    NATIVE = 3, pgettext_lazy("level of a language", "As a first language")


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
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.GOOD)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "skill"], name="one_level_a_skill")]

    def __str__(self) -> str:
        return f"{self.user} {self.skill} {self.level}"


class WorkingLanguage(models.Model):
    """A language a user serves in: 1 reads, 2 writes, 3 native."""

    user = models.ForeignKey(User, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField(choices=Fluency.choices, default=Fluency.NATIVE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "language"], name="one_level_a_language")]

    def __str__(self) -> str:
        return f"{self.user} {self.language} {self.level}"
