"""Steps of the customer's journey."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from valtti.core.texts import TranslatedTextField


class Phase(models.TextChoices):
    """Where on the journey a touchpoint lies."""

    BEFORE = "before", pgettext_lazy("phase of the journey", "before")
    DURING = "during", pgettext_lazy("phase of the journey", "during")
    AFTER = "after", pgettext_lazy("phase of the journey", "after")


class Touchpoint(models.Model):
    """One step; cases refer to it. `title` is {"fi", "ru", "en"}."""

    key = models.SlugField(unique=True)
    title = TranslatedTextField()
    phase = models.CharField(max_length=6, choices=Phase.choices, default=Phase.DURING)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.title) or self.key
