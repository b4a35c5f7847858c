"""One index over everything that can be searched; permission stands in the row itself."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """The searchable words of one row of an upper room. Tokens are made by our own normaliser."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    customer_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    restricted = models.BooleanField(default=False)
    channel = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=20, blank=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    exact = models.TextField(blank=True)
    lemmas = models.TextField(blank=True)
    grams = models.TextField(blank=True)
    normaliser_version = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="one_search_entry")]
        indexes = [
            models.Index(fields=["team_id", "at"], name="search_team"),
            models.Index(fields=["case_id"], name="search_case"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"
